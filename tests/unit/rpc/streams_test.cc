// What the streams of the server do with an engine that takes its time, fails or is ill.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <thread>

#include "absl/strings/str_cat.h"
#include "attain/v1/reporting_service.grpc.pb.h"
#include "attain/v1/watch_service.grpc.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "service/api/errors.h"
#include "service/rpc/rpc_server.h"
#include "tests/support/item_error.h"
#include "tests/unit/rpc/fake_engine.h"

namespace attain::rpc {
namespace {

using grpc::health::v1::HealthCheckResponse;
using ::testing::HasSubstr;

constexpr std::chrono::milliseconds kShort{300};  // in which nothing more must come

std::string Reason(const grpc::Status& status) {
  google::rpc::Status details;
  google::rpc::ErrorInfo info;
  details.ParseFromString(status.error_details());
  for (const auto& detail : details.details()) detail.UnpackTo(&info);
  return info.reason();
}

class StreamsTest : public ::testing::Test {
 protected:
  void SetUp() override { Serve(); }
  void TearDown() override {
    // What the test left unanswered; the server waits for it.
    for (size_t i = answered_; i < engine_.count(); ++i) engine_.Answer(i);
    if (server_ != nullptr) server_->Stop(absl::Seconds(5));
  }
  void Serve() {
    RpcServerOptions options;
    options.engine = &engine_;
    options.listen = "127.0.0.1:0";
    absl::StatusOr<std::unique_ptr<RpcServer>> server = RpcServer::Start(options);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    channel_ = grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials());
    reporting_ = v1::ReportingService::NewStub(channel_);
  }
  static void Limit(grpc::ClientContext* context) {
    context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  }
  static v1::StreamActualsRequest Batch(int64_t sequence) {
    v1::StreamActualsRequest request;
    request.set_sequence(sequence);
    request.add_reports()->set_indicator("units/u/tables/t/indicators/i1");
    return request;
  }
  void AnswerNext(absl::Status status = absl::OkStatus()) { engine_.Answer(answered_++, std::move(status)); }

  FakeEngine engine_;
  size_t answered_ = 0;
  std::unique_ptr<RpcServer> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::ReportingService::Stub> reporting_;
};

TEST_F(StreamsTest, TheEngineHoldsNoMoreThanAWindowOfAStream) {
  grpc::ClientContext context;
  Limit(&context);
  const auto stream = reporting_->StreamActuals(&context);
  for (int i = 1; i <= 40; ++i) ASSERT_TRUE(stream->Write(Batch(i)));
  ASSERT_TRUE(engine_.Await(16)) << engine_.count();
  EXPECT_FALSE(engine_.Await(17, kShort)) << "a fast client fills the memory";
  AnswerNext();
  v1::StreamActualsResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_TRUE(engine_.Await(17)) << "room for one more";
  EXPECT_FALSE(engine_.Await(18, kShort));
  context.TryCancel();
}

TEST_F(StreamsTest, AnswersComeInTheirOrder) {
  grpc::ClientContext context;
  Limit(&context);
  const auto stream = reporting_->StreamActuals(&context);
  for (int i = 1; i <= 3; ++i) ASSERT_TRUE(stream->Write(Batch(i)));
  stream->WritesDone();
  ASSERT_TRUE(engine_.Await(3));
  for (const size_t index : {2u, 0u, 1u}) {
    static_cast<v1::StreamActualsResponse*>(engine_.command(index).response)
        ->set_sequence(static_cast<int64_t>(index) + 1);
    engine_.Answer(index);
  }
  answered_ = 3;
  v1::StreamActualsResponse response;
  for (int i = 1; i <= 3; ++i) {
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_EQ(response.sequence(), i);
  }
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(StreamsTest, ARefusedBatchIsAnsweredWithItsNumberAndTheStreamGoesOn) {
  grpc::ClientContext context;
  Limit(&context);
  const auto stream = reporting_->StreamActuals(&context);
  for (int i = 1; i <= 3; ++i) ASSERT_TRUE(stream->Write(Batch(i)));
  ASSERT_TRUE(engine_.Await(3));
  engine_.Answer(1, engine::Overloaded());
  EXPECT_TRUE(stream->Write(Batch(4)));
  ASSERT_TRUE(engine_.Await(4)) << "a batch behind the refused one is handed over";
  for (const size_t index : {0, 2, 3}) engine_.Answer(index);
  answered_ = 4;
  stream->WritesDone();
  v1::StreamActualsResponse response;
  for (int i = 1; i <= 4; ++i) {
    ASSERT_TRUE(stream->Read(&response)) << i;
    EXPECT_EQ(response.sequence(), i);
    EXPECT_EQ(response.has_batch_error(), i == 2);
    if (i == 2) EXPECT_EQ(ReasonIn(response.batch_error()), "OVERLOADED");
  }
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(StreamsTest, NothingBehindABatchThatTheServerCannotTakeIsHandedOverOrAnswered) {
  grpc::ClientContext context;
  Limit(&context);
  const auto stream = reporting_->StreamActuals(&context);
  for (int i = 1; i <= 3; ++i) ASSERT_TRUE(stream->Write(Batch(i)));
  ASSERT_TRUE(engine_.Await(3));
  engine_.Answer(1, engine::StoreUnavailable());
  EXPECT_TRUE(stream->Write(Batch(4)));
  EXPECT_FALSE(engine_.Await(4, kShort)) << "a batch behind the failed one is handed over";
  engine_.Answer(0);
  engine_.Answer(2);
  answered_ = 3;
  v1::StreamActualsResponse response;
  EXPECT_TRUE(stream->Read(&response)) << "what came before it is answered";
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.sequence(), 2);
  EXPECT_EQ(ReasonIn(response.batch_error()), "STORE_UNAVAILABLE");
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(Reason(stream->Finish()), "STORE_UNAVAILABLE");
}

TEST_F(StreamsTest, AllOrNothingHandsOverOneAtATime) {
  grpc::ClientContext context;
  Limit(&context);
  context.AddMetadata("attain-all-or-nothing", "true");
  const auto stream = reporting_->StreamActuals(&context);
  for (int i = 1; i <= 2; ++i) ASSERT_TRUE(stream->Write(Batch(i)));
  ASSERT_TRUE(engine_.Await(1));
  EXPECT_FALSE(engine_.Await(2, kShort)) << "the one before may still be refused";
  EXPECT_EQ(engine_.command(0).request->GetDescriptor()->name(), "BatchRecordActualsRequest");
  AnswerNext();
  ASSERT_TRUE(engine_.Await(2));
  AnswerNext();
  stream->WritesDone();
  v1::StreamActualsResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.sequence(), 1);
  EXPECT_EQ(response.accepted(), 1);
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.sequence(), 2);
  EXPECT_TRUE(stream->Finish().ok());
}

// Swapped into the request of a batch, it would be gone.
TEST_F(StreamsTest, AFieldThatIsNotKnownIsRefusedInBothModes) {
  for (const bool whole : {false, true}) {
    grpc::ClientContext context;
    Limit(&context);
    if (whole) context.AddMetadata("attain-all-or-nothing", "true");
    const auto stream = reporting_->StreamActuals(&context);
    v1::StreamActualsRequest batch = Batch(1);
    batch.GetReflection()->MutableUnknownFields(&batch)->AddVarint(900, 1);
    ASSERT_TRUE(stream->Write(batch));
    stream->WritesDone();
    v1::StreamActualsResponse response;
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_EQ(response.sequence(), 1);
    EXPECT_EQ(ReasonIn(response.batch_error()), "INVALID_FIELD");
    EXPECT_FALSE(stream->Read(&response));
    EXPECT_EQ(Reason(stream->Finish()), whole ? "INVALID_FIELD" : "");
    EXPECT_FALSE(engine_.Await(1, kShort)) << "nothing reaches the engine";
  }
}

TEST_F(StreamsTest, AServerThatStopsAnswersWhatIsUnderWayAndSaysWhy) {
  grpc::ClientContext context;
  Limit(&context);
  const auto stream = reporting_->StreamActuals(&context);
  ASSERT_TRUE(stream->Write(Batch(1)));
  ASSERT_TRUE(engine_.Await(1));
  std::thread stopping([this] { server_->Stop(absl::Seconds(20)); });
  AnswerNext();
  v1::StreamActualsResponse response;
  EXPECT_TRUE(stream->Read(&response));
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(Reason(stream->Finish()), "SHUTTING_DOWN");
  stopping.join();
  server_.reset();
}

// Health looks once a second.
TEST_F(StreamsTest, AHealthWatchIsToldOfAFailedStore) {
  const auto health = grpc::health::v1::Health::NewStub(channel_);
  grpc::ClientContext context;
  Limit(&context);
  const auto watch = health->Watch(&context, grpc::health::v1::HealthCheckRequest());
  HealthCheckResponse response;
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVING);
  for (const bool healthy : {false, true}) {
    engine_.is_healthy = healthy;
    ASSERT_TRUE(watch->Read(&response)) << "within the deadline of 30 s";
    EXPECT_EQ(response.status(), healthy ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING);
    grpc::ClientContext check_context;
    Limit(&check_context);
    HealthCheckResponse checked;
    ASSERT_TRUE(health->Check(&check_context, grpc::health::v1::HealthCheckRequest(), &checked).ok());
    EXPECT_EQ(checked.status(), response.status());
  }
  server_->Stop(absl::Seconds(5));
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::NOT_SERVING);
  EXPECT_FALSE(watch->Read(&response));
  const grpc::Status end = watch->Finish();
  EXPECT_EQ(end.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(end.error_message(), "the server is stopping") << "told, not cut off";
  server_.reset();
}

TEST_F(StreamsTest, HealthKnowsTheServicesOfTheApiAndNoOther) {
  const auto health = grpc::health::v1::Health::NewStub(channel_);
  for (const auto& [name, known] :
       {std::pair<const char*, bool>("", true), {"attain.v1.WatchService", true}, {"nonsense", false}}) {
    grpc::health::v1::HealthCheckRequest request;
    request.set_service(name);
    grpc::ClientContext check_context, watch_context;
    Limit(&check_context);
    Limit(&watch_context);
    HealthCheckResponse response;
    EXPECT_EQ(health->Check(&check_context, request, &response).error_code(),
              known ? grpc::StatusCode::OK : grpc::StatusCode::NOT_FOUND)
        << name;
    const auto watch = health->Watch(&watch_context, request);
    ASSERT_TRUE(watch->Read(&response));
    EXPECT_EQ(response.status(), known ? HealthCheckResponse::SERVING : HealthCheckResponse::SERVICE_UNKNOWN)
        << name;
    watch_context.TryCancel();
  }
}

TEST_F(StreamsTest, WatchesOfOneMachineCountTogetherWhateverTheirPorts) {
  for (int i = 0; i < 2; ++i) {
    grpc::ChannelArguments own;
    own.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // a connection of its own
    const auto channel =
        grpc::CreateCustomChannel(server_->address(), grpc::InsecureChannelCredentials(), own);
    const auto stub = v1::WatchService::NewStub(channel);
    grpc::ClientContext context;
    Limit(&context);
    context.AddMetadata("accept-language", "fr, zh-CN");
    const auto watch = stub->Watch(&context, v1::WatchRequest());
    v1::WatchResponse response;
    EXPECT_FALSE(watch->Read(&response));
    EXPECT_FALSE(watch->Finish().ok());
  }
  const std::vector<engine::Caller> watchers = engine_.watchers();
  ASSERT_EQ(watchers.size(), 2u);
  EXPECT_EQ(watchers[0].peer, "ipv4:127.0.0.1");
  EXPECT_EQ(watchers[1].peer, watchers[0].peer);
  EXPECT_EQ(watchers[0].locale, "zh-CN") << "the first language that the server speaks";
}

TEST(RpcServerAddress, IsHostAndPort) {
  FakeEngine engine;
  for (const char* wrong : {"", "50051", ":50051", "host:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:x",
                            "::1:50051", "unix:"}) {
    RpcServerOptions options;
    options.engine = &engine;
    options.listen = wrong;
    const absl::Status status = RpcServer::Start(options).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << wrong;
    EXPECT_THAT(std::string(status.message()), HasSubstr("an address is HOST:PORT"));
  }
}

}  // namespace
}  // namespace attain::rpc
