// Unary calls: who answers them, when they are sent away, what is said of them, and keys that encrypt.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <future>
#include <memory>
#include <mutex>
#include <thread>

#include "absl/strings/str_cat.h"
#include "attain/v1/target_service.grpc.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "service/api/errors.h"
#include "service/calls/key_pair.h"
#include "service/rpc/rpc_server.h"
#include "tests/support/scratch.h"
#include "tests/unit/rpc/fake_engine.h"

namespace attain::rpc {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr std::chrono::seconds kDeadline{20};

std::string Reason(const grpc::Status& status) {
  google::rpc::Status details;
  google::rpc::ErrorInfo info;
  details.ParseFromString(status.error_details());
  for (const auto& detail : details.details()) detail.UnpackTo(&info);
  return info.reason();
}

class KeptLog final : public calls::Log {
 public:
  bool Writes(calls::Level) const override { return true; }
  void Write(calls::Entry entry) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (const calls::Field& field : entry.fields)
      absl::StrAppend(&entry.message, " ", field.key, "=", field.value);
    lines_.push_back(entry.message);
  }
  std::vector<std::string> lines() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return lines_;
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> lines_;
};

class DispatchTest : public ::testing::Test {
 protected:
  void Serve() {
    options_.engine = &engine_;
    options_.listen = "127.0.0.1:0";
    options_.log = &call_log_;
    absl::StatusOr<std::unique_ptr<RpcServer>> server = RpcServer::Start(options_);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    targets_ = v1::TargetService::NewStub(
        grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()));
  }
  void TearDown() override {
    if (server_ != nullptr) server_->Stop(absl::Seconds(5));
  }
  grpc::Status GetUnit(const std::string& actor = "", const std::string& language = "en") {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kDeadline);
    context.AddMetadata("accept-language", language);
    if (!actor.empty()) context.AddMetadata("attain-actor", actor);
    v1::GetUnitRequest request;
    request.set_name("units/u");
    v1::GetUnitResponse response;
    return targets_->GetUnit(&context, request, &response);
  }

  // A query that waits for a thread; GetUnit needs none.
  grpc::Status ListUnits() {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kDeadline);
    v1::ListUnitsResponse response;
    return targets_->ListUnits(&context, v1::ListUnitsRequest(), &response);
  }

  FakeEngine engine_;
  KeptLog log_;
  const calls::CallLog call_log_{&log_, [] { return uint64_t{7}; }};
  RpcServerOptions options_;
  std::unique_ptr<RpcServer> server_;
  std::unique_ptr<v1::TargetService::Stub> targets_;
};

// What a newer client asks for is not left out in silence.
TEST_F(DispatchTest, AFieldThatIsNotKnownIsRefusedBeforeTheEngineSeesTheRequest) {
  std::atomic<int> seen{0};
  engine_.on_read = [&](const engine::Caller&) {
    ++seen;
    return absl::OkStatus();
  };
  Serve();
  v1::GetUnitRequest request;
  request.set_name("units/u");
  request.mutable_read()->GetReflection()->MutableUnknownFields(request.mutable_read())->AddVarint(3, 1);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kDeadline);
  context.AddMetadata("accept-language", "en");
  v1::GetUnitResponse response;
  const grpc::Status status = targets_->GetUnit(&context, request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(Reason(status), "INVALID_FIELD");
  EXPECT_THAT(status.error_message(), HasSubstr("field 3 of read"));
  EXPECT_EQ(seen, 0);
}

TEST_F(DispatchTest, LongQueriesWaitForAThreadAndTooManyAreSentAway) {
  std::promise<void> may_answer;
  std::shared_future<void> go = may_answer.get_future().share();
  std::atomic<int> begun{0};
  engine_.on_read = [&](const engine::Caller&) {
    ++begun;
    go.wait_for(kDeadline);
    return absl::OkStatus();
  };
  options_.workers = 1;
  options_.max_waiting_queries = 1;
  Serve();
  std::vector<std::future<grpc::Status>> calls;
  const auto end = std::chrono::steady_clock::now() + kDeadline;
  calls.push_back(std::async(std::launch::async, [this] { return ListUnits(); }));
  while (begun == 0 && std::chrono::steady_clock::now() < end) std::this_thread::yield();
  // That one runs and one more waits; those that are sent away are answered at once.
  for (int i = 0; i < 3; ++i) calls.push_back(std::async(std::launch::async, [this] { return ListUnits(); }));
  const auto answered = [&] {
    return std::count_if(calls.begin(), calls.end(), [](const std::future<grpc::Status>& call) {
      return call.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    });
  };
  while (answered() < 2 && std::chrono::steady_clock::now() < end) std::this_thread::yield();
  EXPECT_EQ(answered(), 2);
  EXPECT_LE(begun, 1) << "one thread";
  may_answer.set_value();
  int fine = 0, overloaded = 0;
  for (std::future<grpc::Status>& call : calls) {
    const grpc::Status status = call.get();
    status.ok() ? ++fine : Reason(status) == "OVERLOADED" ? ++overloaded : 0;
  }
  EXPECT_EQ(fine, 2);
  EXPECT_EQ(overloaded, 2);
}

TEST_F(DispatchTest, ShortQueriesNeedNoThread) {
  options_.workers = 1;
  options_.max_waiting_queries = 0;
  Serve();
  EXPECT_TRUE(GetUnit().ok());
  EXPECT_EQ(engine_.count(), 0u) << "a query is no command";
}

TEST_F(DispatchTest, TheEngineHearsWhoCallsAndInWhichLanguage) {
  engine::Caller heard;
  engine_.on_read = [&](const engine::Caller& caller) {
    heard = caller;
    return absl::OkStatus();
  };
  Serve();
  EXPECT_TRUE(GetUnit("%E6%9D%8E%20lei", "zh-CN").ok());
  EXPECT_EQ(heard.actor, "李 lei");
  EXPECT_EQ(heard.locale, "zh-CN");
  EXPECT_TRUE(GetUnit(std::string(128, 'a')).ok());
  EXPECT_EQ(Reason(GetUnit(std::string(129, 'a'))), "INVALID_FIELD");
  EXPECT_EQ(Reason(GetUnit("%FF")), "INVALID_ENCODING");
}

TEST_F(DispatchTest, WhatIsRefusedIsLoggedAndWhatIsFineIsNot) {
  Serve();
  EXPECT_TRUE(GetUnit().ok());
  EXPECT_THAT(log_.lines(), SizeIs(0));
  engine_.on_read = [](const engine::Caller&) { return engine::NotFound("unit", "units/u"); };
  EXPECT_EQ(Reason(GetUnit()), "RESOURCE_NOT_FOUND");
  ASSERT_THAT(log_.lines(), SizeIs(1));
  EXPECT_THAT(log_.lines()[0],
              HasSubstr("method=GetUnit code=NOT_FOUND reason=RESOURCE_NOT_FOUND revision=7"));
}

TEST_F(DispatchTest, AServerThatStopsSendsNewCallsAway) {
  std::promise<void> may_answer;
  std::shared_future<void> go = may_answer.get_future().share();
  std::promise<void> begun;
  std::atomic<int> reads{0};
  engine_.on_read = [&](const engine::Caller&) {
    if (++reads > 1) return absl::OkStatus();
    begun.set_value();
    go.wait_for(kDeadline);
    return absl::OkStatus();
  };
  Serve();
  std::future<grpc::Status> under_way = std::async(std::launch::async, [this] { return ListUnits(); });
  ASSERT_EQ(begun.get_future().wait_for(kDeadline), std::future_status::ready);
  std::future<void> stopped = std::async(std::launch::async, [this] { server_->Stop(absl::Seconds(20)); });
  const auto end = std::chrono::steady_clock::now() + kDeadline;
  std::string reason;
  while (reason.empty() && std::chrono::steady_clock::now() < end) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(200));
    v1::GetUnitResponse response;
    reason = Reason(targets_->GetUnit(&context, v1::GetUnitRequest(), &response));
  }
  EXPECT_EQ(reason, "SHUTTING_DOWN");
  may_answer.set_value();
  EXPECT_TRUE(under_way.get().ok()) << "what is under way is answered";
  stopped.get();
  server_ = nullptr;
}

TEST(KeyPair, IsACertificateAndItsOwnKey) {
  testing::ScratchDirectory scratch;
  for (const char* name : {"one", "two"}) {
    ASSERT_EQ(std::system(absl::StrCat("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
                                       "-days 2 -subj /CN=localhost -keyout ",
                                       scratch / name, ".key -out ", scratch / name, ".crt 2>/dev/null")
                              .c_str()),
              0);
  }
  const auto check = [&](const std::string& certificate, const std::string& key) {
    return std::string(calls::CheckKeyPair(testing::ReadFileOrDie(scratch / certificate),
                                           testing::ReadFileOrDie(scratch / key))
                           .message());
  };
  EXPECT_EQ(check("one.crt", "one.key"), "");
  EXPECT_THAT(check("one.crt", "two.key"), HasSubstr("does not belong"));
  EXPECT_THAT(check("one.key", "one.key"), HasSubstr("certificate is not PEM"));
  EXPECT_THAT(check("one.crt", "one.crt"), HasSubstr("key is not PEM"));
  EXPECT_FALSE(calls::CheckKeyPair("", "").ok());
  FakeEngine engine;
  RpcServerOptions options;
  options.engine = &engine;
  options.listen = "127.0.0.1:0";
  options.tls_key = testing::ReadFileOrDie(scratch / "one.key");
  EXPECT_EQ(RpcServer::Start(options).status().code(), absl::StatusCode::kInvalidArgument) << "half a pair";
}

}  // namespace
}  // namespace attain::rpc
