// A server on a free port, with routes that answer at once, later, on a worker or never.
#ifndef ATTAIN_TESTS_UNIT_HTTP_HTTP_FIXTURE_H_
#define ATTAIN_TESTS_UNIT_HTTP_HTTP_FIXTURE_H_

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "service/calls/log_format.h"
#include "service/http/http_server.h"
#include "tests/support/raw_http.h"

namespace attain::http {

class CalledHandler final : public Handler {
 public:
  explicit CalledHandler(std::function<void(const Request&, Responder)> called)
      : called_(std::move(called)) {}
  void Handle(const Request& request, Responder responder) override {
    called_(request, std::move(responder));
  }

 private:
  const std::function<void(const Request&, Responder)> called_;
};

inline Route RouteTo(std::string method, std::string pattern,
                     std::function<void(const Request&, Responder)> called) {
  return {std::move(method), std::move(pattern), std::make_shared<CalledHandler>(std::move(called))};
}

// Keeps the lines without their time. Thread-safe.
class KeptLog final : public calls::Log {
 public:
  bool Writes(calls::Level) const override { return true; }
  void Write(calls::Entry entry) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    const std::string line =
        calls::FormatLine(calls::LogFormat::kText, absl::UnixEpoch(), absl::UTCTimeZone(), entry);
    lines_.push_back(line.substr(line.find(' ') + 1, line.size() - line.find(' ') - 2));
  }
  std::vector<std::string> lines() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return lines_;
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> lines_;
};

// Holds what waits for an answer. Thread-safe.
class Waiting {
 public:
  void Put(Responder responder) {
    const std::lock_guard<std::mutex> lock(mutex_);
    responders_.push_back(std::make_unique<Responder>(std::move(responder)));
    changed_.notify_all();
  }
  // The oldest, within 20 seconds; null when none came.
  std::unique_ptr<Responder> Take() {
    std::unique_lock<std::mutex> lock(mutex_);
    if (!changed_.wait_for(lock, std::chrono::seconds(20), [&] { return !responders_.empty(); }))
      return nullptr;
    std::unique_ptr<Responder> first = std::move(responders_.front());
    responders_.erase(responders_.begin());
    return first;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::unique_ptr<Responder>> responders_;
};

inline Response TextResponse(std::string body) {
  Response response;
  response.body = std::move(body);
  return response;
}

class HttpTest : public ::testing::Test {
 protected:
  HttpTest() {
    options_.listen = "127.0.0.1:0";
    options_.log = &log_;
  }

  // /hello, /items/*, POST /echo (64 bytes), /later (answered by the test), /worker (the same, on a worker
  // that waits), /drop (never answered), /large (4 MiB).
  static std::vector<Route> Routes(Waiting* later, std::function<void()> on_worker) {
    std::vector<Route> routes;
    routes.push_back(RouteTo(
        "GET", "/hello", [](const Request&, Responder responder) { responder.Send(TextResponse("hello")); }));
    routes.push_back(RouteTo("GET", "/items/*", [](const Request& request, Responder responder) {
      responder.Send(TextResponse(absl::StrCat(request.method, "|", request.path, "|",
                                               absl::StrJoin(request.captured, ","), "|", request.query, "|",
                                               request.locale, "|", request.body, "|", request.peer)));
    }));
    routes.push_back(RouteTo("POST", "/echo", [](const Request& request, Responder responder) {
      responder.Send(TextResponse(request.body));
    }));
    routes.back().most_body = 64;
    routes.push_back(RouteTo(
        "GET", "/later", [later](const Request&, Responder responder) { later->Put(std::move(responder)); }));
    routes.push_back(RouteTo("GET", "/worker", [on_worker](const Request&, Responder responder) {
      on_worker();
      responder.Send(TextResponse("worked"));
    }));
    routes.back().runs = Runs::kOnWorker;
    routes.push_back(RouteTo("GET", "/drop", [](const Request&, Responder) {}));
    routes.push_back(RouteTo("GET", "/large", [](const Request&, Responder responder) {
      responder.Send(TextResponse(std::string(4 << 20, 'x')));
    }));
    return routes;
  }

  void Start() {
    absl::StatusOr<std::unique_ptr<HttpServer>> server = HttpServer::Start(options_, Routes(&later_, [this] {
                                                                             if (on_worker_) on_worker_();
                                                                           }));
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
  }
  testing::HttpAnswer Ask(absl::string_view request, bool to_head = false) {
    return testing::Fetch(server_->address(), request, to_head);
  }
  // Whether so many connections are left within 20 seconds.
  bool AwaitConnections(size_t count) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (server_->connections() != count) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::yield();
    }
    return true;
  }

  KeptLog kept_;
  const calls::CallLog log_{&kept_, [] { return uint64_t{7}; }};
  HttpServerOptions options_;
  Waiting later_;
  std::function<void()> on_worker_;  // set before Start
  std::unique_ptr<HttpServer> server_;
};

}  // namespace attain::http

#endif  // ATTAIN_TESTS_UNIT_HTTP_HTTP_FIXTURE_H_
