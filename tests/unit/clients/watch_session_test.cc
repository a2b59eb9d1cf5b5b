// A session against a server that cuts, refuses and goes away where it hurts.
#include "clients/cpp/watch_session.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "absl/strings/str_cat.h"
#include "attain/v1/watch_service.grpc.pb.h"
#include "clients/cpp/error.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace attain::client {
namespace {

using ::testing::ElementsAre;

// What the server says on one connection, and how it ends it.
struct Act {
  std::vector<v1::WatchResponse> messages;
  grpc::Status end = {grpc::StatusCode::UNAVAILABLE, "gone"};
};

grpc::Status Refusal(grpc::StatusCode code, const char* reason) {
  google::rpc::ErrorInfo info;
  info.set_reason(reason);
  google::rpc::Status details;
  details.add_details()->PackFrom(info);
  return {code, reason, details.SerializeAsString()};
}

v1::WatchResponse Created(const char* token) {
  v1::WatchResponse response;
  response.mutable_created()->set_revision(1);
  response.set_resume_token(token);
  return response;
}
v1::WatchResponse Progress(const char* token) {
  v1::WatchResponse response;
  response.mutable_progress()->set_revision(5);
  response.set_resume_token(token);
  return response;
}
// A part of a revision.
v1::WatchResponse Changes(int64_t revision, const char* name, bool more, const char* token) {
  v1::WatchResponse response;
  response.mutable_changes()->set_revision(revision);
  response.mutable_changes()->add_events()->set_name(name);
  response.mutable_changes()->set_more(more);
  response.set_resume_token(token);
  return response;
}

// Plays its acts one connection after the other, then holds the last connection open until it is cancelled.
class Stage final : public v1::WatchService::Service {
 public:
  explicit Stage(std::vector<Act> acts) : acts_(std::move(acts)) {
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
    address_ = absl::StrCat("127.0.0.1:", port);
  }
  ~Stage() override { server_->Shutdown(std::chrono::system_clock::now()); }

  grpc::Status Watch(grpc::ServerContext* context, const v1::WatchRequest* request,
                     grpc::ServerWriter<v1::WatchResponse>* writer) override {
    std::unique_lock<std::mutex> lock(mutex_);
    requests_.push_back(*request);
    if (requests_.size() > acts_.size()) {
      while (!context->IsCancelled()) woken_.wait_for(lock, std::chrono::milliseconds(10));
      return grpc::Status::CANCELLED;
    }
    const Act act = acts_[requests_.size() - 1];
    lock.unlock();
    for (const v1::WatchResponse& message : act.messages) writer->Write(message);
    return act.end;
  }

  const std::string& address() const { return address_; }
  std::vector<v1::WatchRequest> requests() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return requests_;
  }

 private:
  const std::vector<Act> acts_;
  std::mutex mutex_;
  std::condition_variable woken_;
  std::vector<v1::WatchRequest> requests_;
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

Client Connect(const std::string& address, absl::Duration patience) {
  ClientOptions options;
  options.server = address;
  options.patience = patience;
  return Client(options);
}

// A session that is stopped when the test takes too long: then Next says CANCELLED instead of nothing at all.
class Watching {
 public:
  explicit Watching(Stage& stage, absl::Duration patience = absl::Seconds(10), v1::WatchRequest request = {})
      : session_(Connect(stage.address(), patience), std::move(request)), guard_([this] {
          std::unique_lock<std::mutex> lock(mutex_);
          if (!woken_.wait_for(lock, std::chrono::seconds(20), [this] { return done_; })) session_.Stop();
        }) {}
  ~Watching() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      done_ = true;
    }
    woken_.notify_all();
    guard_.join();
  }

  WatchSession& session() { return session_; }
  // The next update that is none of the connection.
  absl::StatusOr<WatchUpdate> News() {
    while (true) {
      absl::StatusOr<WatchUpdate> update = session_.Next();
      if (!update.ok()) return update;
      if (update->kind == WatchUpdate::kDisconnected) {
        waits.push_back(update->retry_in);
      } else if (update->kind != WatchUpdate::kCreated) {
        return update;
      }
    }
  }
  std::vector<absl::Duration> waits;  // before each new connection

 private:
  WatchSession session_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool done_ = false;
  std::thread guard_;
};

std::vector<std::string> NamesOf(const absl::StatusOr<WatchUpdate>& update) {
  std::vector<std::string> names;
  if (!update.ok()) return {update.status().ToString()};
  for (const v1::WatchEvent& event : update->response.changes().events()) names.push_back(event.name());
  return names;
}

TEST(WatchSession, ARevisionThatWasCutOffComesOnceAndWhole) {
  Stage stage({{{Created("t0"), Changes(2, "a", true, "half")}},
               {{Created("t0"), Changes(2, "a", true, "half"), Changes(2, "b", true, "half"),
                 Changes(2, "c", false, "t2"), Changes(3, "d", false, "t3")}}});
  Watching watching(stage);
  EXPECT_THAT(NamesOf(watching.News()), ElementsAre("a", "b", "c"));
  EXPECT_EQ(watching.session().token(), "t2");
  EXPECT_THAT(NamesOf(watching.News()), ElementsAre("d")) << "nothing of the revision before";
  const std::vector<v1::WatchRequest> requests = stage.requests();
  ASSERT_GE(requests.size(), 2u);
  EXPECT_EQ(requests[1].resume_token(), "t0") << "half a revision is no place to go on from";
}

TEST(WatchSession, GoesOnBehindTheNewestProgress) {
  Stage stage({{{Created("t0"), Progress("t5")}}, {{Created("t5"), Changes(6, "a", false, "t6")}}});
  v1::WatchRequest request;
  request.set_snapshot(true);
  request.add_names("units/**");
  Watching watching(stage, absl::Seconds(10), request);
  const absl::StatusOr<WatchUpdate> progress = watching.News();
  ASSERT_TRUE(progress.ok()) << progress.status();
  EXPECT_EQ(progress->kind, WatchUpdate::kProgress);
  EXPECT_EQ(watching.session().token(), "t5");
  EXPECT_THAT(NamesOf(watching.News()), ElementsAre("a"));
  const std::vector<v1::WatchRequest> requests = stage.requests();
  ASSERT_GE(requests.size(), 2u);
  EXPECT_TRUE(requests[0].snapshot());
  EXPECT_EQ(requests[0].resume_token(), "");
  EXPECT_EQ(requests[1].resume_token(), "t5");
  EXPECT_FALSE(requests[1].snapshot()) << "the rows are there already";
  EXPECT_THAT(requests[1].names(), ElementsAre("units/**"));
}

TEST(WatchSession, EveryLossAfterASuccessWaitsTheShortestPause) {
  std::vector<Act> acts(6, Act{{Created("t"), Progress("t")}});
  Stage stage(acts);
  Watching watching(stage);
  for (size_t i = 0; i < acts.size(); ++i) ASSERT_TRUE(watching.News().ok());
  EXPECT_EQ(watching.waits.size(), 5u);
  for (const absl::Duration wait : watching.waits) EXPECT_LT(wait, absl::Milliseconds(150));
}

TEST(WatchSession, PausesGrowWhileNothingComes) {
  Stage stage({{}, {}, {}, {{Progress("t")}}});
  Watching watching(stage);
  ASSERT_TRUE(watching.News().ok());
  ASSERT_EQ(watching.waits.size(), 3u);
  EXPECT_GE(watching.waits[2], absl::Milliseconds(200));
}

TEST(WatchSession, ARefusalEndsItAndAFullServerOnlyBeforeItWasOpen) {
  Stage refused({{{}, Refusal(grpc::StatusCode::INVALID_ARGUMENT, "INVALID_FILTER")}});
  Watching bad(refused);
  EXPECT_EQ(DetailsOf(bad.News().status()).reason, "INVALID_FILTER");
  EXPECT_EQ(DetailsOf(bad.session().Next().status()).reason, "INVALID_FILTER") << "it stays over";
  const grpc::Status full = Refusal(grpc::StatusCode::RESOURCE_EXHAUSTED, "TOO_MANY_WATCHES");
  Stage first({{{}, full}});
  Watching never(first);
  EXPECT_EQ(DetailsOf(never.News().status()).reason, "TOO_MANY_WATCHES");
  Stage later({{{Created("t")}}, {{}, full}, {{Progress("t2")}}});
  Watching again(later);
  EXPECT_TRUE(again.News().ok()) << "the old stream may still hold its place";
  EXPECT_EQ(again.session().token(), "t2");
}

TEST(WatchSession, AnOverloadedServerIsAskedAgain) {
  Stage stage({{{}, Refusal(grpc::StatusCode::RESOURCE_EXHAUSTED, "OVERLOADED")},
               {{}, Refusal(grpc::StatusCode::UNAVAILABLE, "SHUTTING_DOWN")},
               {{Progress("t")}}});
  Watching watching(stage);
  const absl::StatusOr<WatchUpdate> update = watching.News();
  EXPECT_TRUE(update.ok()) << update.status();
}

TEST(WatchSession, StopEndsANextUnderWayAndEveryLaterOne) {
  Stage stage({});
  Watching watching(stage);
  std::thread other([&] {
    while (stage.requests().empty()) std::this_thread::yield();
    watching.session().Stop();
  });
  EXPECT_TRUE(absl::IsCancelled(watching.session().Next().status()));
  EXPECT_TRUE(absl::IsCancelled(watching.session().Next().status()));
  other.join();
}

TEST(WatchSession, GivesUpOnlyWhenItWasNeverOpen) {
  WatchSession session(Connect("127.0.0.1:1", absl::ZeroDuration()), {});
  absl::StatusOr<WatchUpdate> update = session.Next();
  EXPECT_TRUE(IsUnreachable(update.status())) << update.status();
  Stage stage({{{Created("t")}}, {}, {{Progress("t2")}}});
  Watching watching(stage, absl::ZeroDuration());
  EXPECT_TRUE(watching.News().ok()) << "one that was open goes on for ever";
}

}  // namespace
}  // namespace attain::client
