// Loads and answers that are larger than most: a server that counts what is in flight, is overloaded, says a
// lot.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <chrono>
#include <future>

#include "absl/strings/str_cat.h"
#include "attain/v1/reporting_service.grpc.pb.h"
#include "clients/cpp/bulk_loader.h"
#include "clients/cpp/error.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "tests/unit/clients/fake_server.h"

namespace attain::client {
namespace {

using Stream = grpc::ServerReaderWriter<v1::StreamActualsResponse, v1::StreamActualsRequest>;

// Answers a stream as its function says.
class StreamServer final : public v1::ReportingService::Service {
 public:
  explicit StreamServer(std::function<grpc::Status(int call, Stream*)> answer) : answer_(std::move(answer)) {
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
    address_ = absl::StrCat("127.0.0.1:", port);
  }
  ~StreamServer() override { Stop(); }
  // Ends what is under way.
  void Stop() { server_->Shutdown(std::chrono::system_clock::now()); }
  grpc::Status StreamActuals(grpc::ServerContext*, Stream* stream) override {
    return answer_(++calls_, stream);
  }

  const std::string& address() const { return address_; }
  int calls() const { return calls_; }

 private:
  const std::function<grpc::Status(int, Stream*)> answer_;
  std::atomic<int> calls_ = 0;
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

Client Connect(const std::string& address, absl::Duration patience = absl::Seconds(10)) {
  ClientOptions options;
  options.server = address;
  options.timeout = absl::Seconds(20);
  options.patience = patience;
  return Client(options);
}

std::vector<v1::NamedReport> Reports(size_t count) {
  std::vector<v1::NamedReport> reports(count);
  for (v1::NamedReport& report : reports) report.mutable_report()->set_value("1");
  return reports;
}

void Answer(const v1::StreamActualsRequest& request, Stream* stream) {
  v1::StreamActualsResponse response;
  response.set_sequence(request.sequence());
  response.set_accepted(request.reports_size());
  stream->Write(response);
}

BulkResult Load(StreamServer& server, size_t reports, int window) {
  BulkOptions options;
  options.batch = 1;
  options.window = window;
  options.resume_patience = absl::Seconds(10);
  auto loading = std::async(
      std::launch::async, [&] { return LoadActuals(Connect(server.address()), Reports(reports), options); });
  if (loading.wait_for(std::chrono::seconds(20)) != std::future_status::ready) {
    ADD_FAILURE() << "the load hangs";
    server.Stop();
  }
  return loading.get();
}

TEST(StreamLoad, NoMoreThanTheWindowIsOnTheWay) {
  bool more = false;
  StreamServer server([&](int, Stream* stream) {
    std::vector<v1::StreamActualsRequest> held(3);
    for (auto& request : held) {
      if (!stream->Read(&request)) return grpc::Status::OK;
    }
    v1::StreamActualsRequest next;
    auto another = std::async(std::launch::async, [&] { return stream->Read(&next); });
    more = another.wait_for(std::chrono::milliseconds(300)) == std::future_status::ready;
    for (const auto& request : held) Answer(request, stream);
    for (bool read = another.get(); read; read = stream->Read(&next)) Answer(next, stream);
    return grpc::Status::OK;
  });
  const BulkResult result = Load(server, 12, 3);
  EXPECT_TRUE(result.status.ok()) << result.status;
  EXPECT_EQ(result.accepted, 12u);
  EXPECT_FALSE(more) << "a fourth message before the first was answered";
}

TEST(StreamLoad, AWindowBelowOneIsOne) {
  StreamServer server([&](int, Stream* stream) {
    for (v1::StreamActualsRequest request; stream->Read(&request);) Answer(request, stream);
    return grpc::Status::OK;
  });
  const BulkResult result = Load(server, 3, 0);
  EXPECT_TRUE(result.status.ok()) << result.status;
  EXPECT_EQ(result.accepted, 3u);
}

TEST(StreamLoad, AnOverloadedServerIsWaitedFor) {
  StreamServer server([&](int call, Stream* stream) {
    v1::StreamActualsRequest request;
    if (!stream->Read(&request)) return grpc::Status::OK;
    Answer(request, stream);
    if (call < 3) {
      google::rpc::ErrorInfo info;
      info.set_reason("OVERLOADED");
      google::rpc::Status details;
      details.add_details()->PackFrom(info);
      return grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "too much to do",
                          details.SerializeAsString());
    }
    while (stream->Read(&request)) Answer(request, stream);
    return grpc::Status::OK;
  });
  const BulkResult result = Load(server, 8, 4);
  EXPECT_TRUE(result.status.ok()) << result.status;
  EXPECT_EQ(result.accepted, 8u);
  EXPECT_EQ(server.calls(), 3);
}

TEST(StreamLoad, AFailedStoreEndsItAtOnce) {
  StreamServer server([&](int, Stream*) {
    google::rpc::ErrorInfo info;
    info.set_reason("STORE_UNAVAILABLE");
    google::rpc::Status details;
    details.add_details()->PackFrom(info);
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "the disk", details.SerializeAsString());
  });
  EXPECT_EQ(DetailsOf(Load(server, 2, 4).status).reason, "STORE_UNAVAILABLE");
  EXPECT_EQ(server.calls(), 1);
}

TEST(StreamLoad, AnswersOfAnotherProtocolEndTheStream) {
  StreamServer server([&](int call, Stream* stream) {
    v1::StreamActualsRequest request;
    while (stream->Read(&request)) {
      if (call == 1) request.set_sequence(request.sequence() + 1);
      Answer(request, stream);
    }
    return grpc::Status::OK;
  });
  const BulkResult result = Load(server, 4, 1);
  EXPECT_EQ(result.accepted, 4u);
  EXPECT_EQ(server.calls(), 2) << "an answer to another message counts for none";
}

TEST(LargeAnswers, AboveGrpcsOwnLimitAreRead) {
  FakeServer server;
  v1::Unit unit;
  unit.set_display_name(std::string(size_t{5} << 20, 'n'));
  server.state().units = {unit};
  const auto response = Connect(server.address()).ListUnits({});
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->units(0).display_name().size(), size_t{5} << 20);
}

// A variable of the environment for as long as this lives.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    const char* before = getenv(name);
    if (before != nullptr) before_ = before;
    had_ = before != nullptr;
    if (value == nullptr) {
      unsetenv(name);
    } else {
      setenv(name, value, 1);
    }
  }
  ~Variable() {
    if (had_) {
      setenv(name_, before_.c_str(), 1);
    } else {
      unsetenv(name_);
    }
  }

 private:
  const char* name_;
  std::string before_;
  bool had_ = false;
};

TEST(Proxy, CallsForThisMachineGoPastIt) {
  // Nobody listens there.
  const Variable grpc_proxy("grpc_proxy", nullptr), https("https_proxy", nullptr),
      no_grpc("no_grpc_proxy", nullptr), no("no_proxy", nullptr), http("http_proxy", "http://127.0.0.1:1");
  FakeServer server;
  for (const std::string& host : {std::string("127.0.0.1"), std::string("localhost")}) {
    const std::string address = host + server.address().substr(server.address().find(':'));
    const auto response = Connect(address, absl::Seconds(2)).ListUnits({});
    EXPECT_TRUE(response.ok()) << address << ": " << response.status();
  }
}

}  // namespace
}  // namespace attain::client
