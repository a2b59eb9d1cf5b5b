// What arrives as bytes: every method is there, wrong bytes are refused by name, streams keep their order,
// and the server stays up.
#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "attain/v1/file_service.pb.h"
#include "attain/v1/profile_service.pb.h"
#include "attain/v1/watch_service.pb.h"
#include "tests/support/api.h"
#include "tests/support/item_error.h"
#include "tests/support/scratch.h"
#include "tests/support/server_process.h"

namespace attain::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class WireTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    scratch_ = new ScratchDirectory;
    absl::StatusOr<std::unique_ptr<ServerProcess>> server = ServerProcess::Start(*scratch_ / "data");
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = server->release();
    ASSERT_TRUE(Api(Connect(server_->address())).ImportSample().ok());
  }
  static void TearDownTestSuite() {
    EXPECT_EQ(server_->Terminate().code, 0);
    delete server_;
    delete scratch_;
  }
  WireTest() : api_(Connect(server_->address())), stub_(api_.channel) {}
  void TearDown() override { EXPECT_EQ(api_.Health(), grpc::health::v1::HealthCheckResponse::SERVING); }

  static grpc::ByteBuffer Bytes(const std::string& bytes) {
    const grpc::Slice slice(bytes);
    return grpc::ByteBuffer(&slice, 1);
  }

  Refusal Send(const std::string& path, const std::string& bytes, const std::string& language = "en",
               const std::string& actor = "") {
    TimedContext context;
    context.AddMetadata("accept-language", language);
    if (!actor.empty()) context.AddMetadata("attain-actor", actor);
    const grpc::ByteBuffer request = Bytes(bytes);
    grpc::ByteBuffer response;
    grpc::Status result;
    absl::Notification done;
    stub_.UnaryCall(&context, path, grpc::StubOptions(), &request, &response, [&](grpc::Status status) {
      result = std::move(status);
      done.Notify();
    });
    done.WaitForNotification();
    return Decode(result);
  }

  static v1::RecordActualRequest Report(const std::string& note) {
    v1::RecordActualRequest request;
    request.set_indicator("units/u/tables/p1/indicators/i1");
    request.mutable_report()->set_value("3");
    request.mutable_report()->set_date("2024-06-30");
    request.mutable_report()->set_note(note);
    return request;
  }
  // A message whose note is "\xff", which no proto3 library would send.
  template <typename Message>
  static std::string WithBadNote(const Message& message) {
    std::string bytes = message.SerializeAsString();
    bytes.at(bytes.rfind('~')) = '\xff';
    return bytes;
  }
  static v1::StreamActualsRequest Batch(int64_t sequence) {
    v1::StreamActualsRequest request;
    request.set_sequence(sequence);
    v1::NamedReport* report = request.add_reports();
    report->set_indicator("units/u/tables/p2/indicators/i2");
    *report->mutable_report() = Report("~").report();
    return request;
  }

  static ScratchDirectory* scratch_;
  static ServerProcess* server_;
  Api api_;
  grpc::GenericStub stub_;
};

ScratchDirectory* WireTest::scratch_ = nullptr;
ServerProcess* WireTest::server_ = nullptr;

constexpr char kRecord[] = "/attain.v1.ReportingService/RecordActual";

TEST_F(WireTest, EveryMethodIsThere) {
  int methods = 0;
  for (const google::protobuf::FileDescriptor* file :
       {v1::GetUnitRequest::descriptor()->file(), v1::RecordActualRequest::descriptor()->file(),
        v1::GetScoreRequest::descriptor()->file(), v1::GetProfileRequest::descriptor()->file(),
        v1::WatchRequest::descriptor()->file(), v1::UploadDocumentRequest::descriptor()->file(),
        v1::GetServerInfoRequest::descriptor()->file()}) {
    ASSERT_EQ(file->service_count(), 1);
    for (int i = 0; i < file->service(0)->method_count(); ++i, ++methods) {
      const google::protobuf::MethodDescriptor* method = file->service(0)->method(i);
      if (method->client_streaming()) continue;  // its own tests below
      const Refusal refusal =
          Send(absl::StrCat("/", file->service(0)->full_name(), "/", method->name()), "", "zh");
      EXPECT_NE(refusal.code, grpc::StatusCode::UNIMPLEMENTED) << method->full_name();
      EXPECT_NE(refusal.code, grpc::StatusCode::INTERNAL) << method->full_name();
    }
  }
  EXPECT_GT(methods, 45);
}

TEST_F(WireTest, TextThatIsNotUtf8IsRefusedByField) {
  for (const char* language : {"en", "zh-CN"}) {
    const Refusal refusal = Send(kRecord, WithBadNote(Report("bad ~")), language);
    EXPECT_EQ(refusal.code, grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(refusal.reason, "INVALID_ENCODING");
    ASSERT_THAT(refusal.violations, SizeIs(1));
    EXPECT_EQ(refusal.violations[0].first, "report.note");
    EXPECT_EQ(refusal.locale, language);
    EXPECT_THAT(refusal.message, HasSubstr("UTF-8"));
  }
}

TEST_F(WireTest, BytesThatAreNoMessageAreRefused) {
  const std::string whole = Report("a note").SerializeAsString();
  for (const std::string& bytes :
       {whole.substr(0, whole.size() - 3), std::string("\xff\xff\xff\xff"), std::string(100'000, '\x0a')}) {
    const Refusal refusal = Send(kRecord, bytes);
    EXPECT_EQ(refusal.code, grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(refusal.reason, "INVALID_FIELD");
    EXPECT_THAT(refusal.message, HasSubstr("attain.v1.RecordActualRequest"));
  }
}

TEST_F(WireTest, LargeTextsAreRefusedAndHugeMessagesNotRead) {
  const Refusal large = Send(kRecord, Report(std::string(10'000'000, 'x')).SerializeAsString());
  EXPECT_EQ(large.code, grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(large.reason, "INVALID_FIELD");
  const Refusal huge = Send(kRecord, Report(std::string(33 << 20, 'x')).SerializeAsString());
  EXPECT_EQ(huge.code, grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_THAT(huge.message, HasSubstr("larger than max"));
}

TEST_F(WireTest, ManyViolationsStillFitIntoTheTrailer) {
  v1::BatchRecordActualsRequest request;
  for (int i = 0; i < 10'000; ++i) {
    v1::NamedReport* report = request.add_reports();
    report->set_indicator("units/u/tables/p1/indicators/i1");
    report->mutable_report()->set_value(
        absl::StrCat("这不是一个数字，这不是一个数字，这不是一个数字，这不是一个数字 ", i));
  }
  for (const char* language : {"en", "zh"}) {
    const Refusal refusal =
        Send("/attain.v1.ReportingService/BatchRecordActuals", request.SerializeAsString(), language);
    EXPECT_EQ(refusal.code, grpc::StatusCode::INVALID_ARGUMENT) << refusal.message;
    EXPECT_EQ(refusal.metadata.at("violations"), "10000");
    EXPECT_GT(refusal.violations.size(), 3u);
    EXPECT_LE(refusal.violations.size(), 20u);
    EXPECT_LT(refusal.bytes, 6000u);
  }
}

TEST_F(WireTest, TheCallersNameIsRecordedAndBounded) {
  EXPECT_EQ(Send(kRecord, Report("by name").SerializeAsString(), "en", "%E6%9D%8E%20lei").code,
            grpc::StatusCode::OK);
  std::string actor;
  for (const v1::Actual& actual : api_.ListActuals("units/u/tables/p1/indicators/i1")) {
    if (actual.report().note() == "by name") actor = actual.actor();
  }
  EXPECT_EQ(actor, "李 lei");
  EXPECT_EQ(Send(kRecord, Report("n").SerializeAsString(), "en", std::string(129, 'a')).reason,
            "INVALID_FIELD");
  EXPECT_EQ(Send(kRecord, Report("n").SerializeAsString(), "en", "%FF").reason, "INVALID_ENCODING");
  EXPECT_EQ(Send(kRecord, Report("n").SerializeAsString(), "en", std::string(128, 'a')).code,
            grpc::StatusCode::OK);
}

TEST_F(WireTest, AStreamAnswersInOrderWhateverIsInFlight) {
  TimedContext context;
  const auto stream = api_.reporting->StreamActuals(&context);
  constexpr int kBatches = 200;
  for (int i = 1; i <= kBatches; ++i) ASSERT_TRUE(stream->Write(Batch(i)));
  stream->WritesDone();
  v1::StreamActualsResponse response;
  int64_t revision = 0;
  for (int i = 1; i <= kBatches; ++i) {
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_EQ(response.sequence(), i);
    EXPECT_GT(response.commit().revision(), revision);
    revision = response.commit().revision();
  }
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(WireTest, AStreamSaysOfAMessageThatIsNoneWhichAndWhyAndGoesOn) {
  TimedContext context;
  context.AddMetadata("accept-language", "zh");
  grpc::CompletionQueue queue;
  const auto stream = stub_.PrepareCall(&context, "/attain.v1.ReportingService/StreamActuals", &queue);
  const auto finished = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  stream->StartCall(nullptr);
  ASSERT_TRUE(finished());
  stream->Write(Bytes(Batch(1).SerializeAsString()), nullptr);
  ASSERT_TRUE(finished());
  stream->Write(Bytes(WithBadNote(Batch(2))), nullptr);
  ASSERT_TRUE(finished());
  stream->Write(Bytes(Batch(3).SerializeAsString()), nullptr);
  ASSERT_TRUE(finished());
  stream->WritesDone(nullptr);
  ASSERT_TRUE(finished());
  for (int i = 1; i <= 3; ++i) {
    grpc::ByteBuffer answer;
    stream->Read(&answer, nullptr);
    ASSERT_TRUE(finished());
    v1::StreamActualsResponse response;
    ASSERT_TRUE(grpc::SerializationTraits<v1::StreamActualsResponse>::Deserialize(&answer, &response).ok());
    EXPECT_EQ(response.sequence(), i);
    EXPECT_EQ(response.has_batch_error(), i == 2);
    if (i != 2) continue;
    EXPECT_EQ(response.batch_error().code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(ReasonIn(response.batch_error()), "INVALID_ENCODING");
    EXPECT_EQ(DetailIn<google::rpc::LocalizedMessage>(response.batch_error()).locale(), "zh-CN");
  }
  grpc::Status status;
  stream->Finish(&status, nullptr);
  ASSERT_TRUE(finished());
  EXPECT_TRUE(status.ok()) << status.error_message();
}

TEST_F(WireTest, NothingIsRecordedBehindARefusedMessageThatIsAllOrNothing) {
  const auto head = [&] { return api_.GetServerInfo().revision(); };
  constexpr int kBatches = 60, kRefused = 23;
  for (int round = 0; round < 10; ++round) {
    const int64_t before = head();
    TimedContext context;
    context.AddMetadata("attain-all-or-nothing", "true");
    const auto stream = api_.reporting->StreamActuals(&context);
    for (int i = 1; i <= kBatches; ++i) {
      v1::StreamActualsRequest batch = Batch(i);
      if (i == kRefused) batch.add_reports()->set_indicator("units/u/tables/nowhere/indicators/i1");
      if (!stream->Write(batch)) break;  // the stream may have ended already
    }
    stream->WritesDone();
    v1::StreamActualsResponse response;
    for (int i = 1; i < kRefused; ++i) {
      ASSERT_TRUE(stream->Read(&response));
      EXPECT_EQ(response.sequence(), i);
      EXPECT_EQ(response.commit().revision(), before + i);
    }
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_EQ(response.sequence(), kRefused);
    EXPECT_EQ(ReasonIn(response.batch_error()), "RESOURCE_NOT_FOUND");
    EXPECT_FALSE(stream->Read(&response));
    EXPECT_EQ(Decode(stream->Finish()).reason, "RESOURCE_NOT_FOUND");
    EXPECT_EQ(head(), before + kRefused - 1);
  }
}

TEST_F(WireTest, CancelledStreamsLeaveNothingBehind) {
  for (int round = 0; round < 20; ++round) {
    TimedContext context;
    const auto stream = api_.reporting->StreamActuals(&context);
    for (int i = 1; i <= 30; ++i) stream->Write(Batch(i));
    v1::StreamActualsResponse response;
    for (int i = 0; i < round; ++i) ASSERT_TRUE(stream->Read(&response));
    context.TryCancel();
    while (stream->Read(&response)) {
    }
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
}

TEST_F(WireTest, HealthKnowsItsServices) {
  const auto ask = [this](const std::string& service, grpc::health::v1::HealthCheckResponse* response) {
    grpc::health::v1::HealthCheckRequest request;
    request.set_service(service);
    return Call(api_.health.get(), &grpc::health::v1::Health::Stub::Check, request, response);
  };
  grpc::health::v1::HealthCheckResponse response;
  EXPECT_TRUE(ask("attain.v1.ScoringService", &response).ok());
  EXPECT_EQ(response.status(), grpc::health::v1::HealthCheckResponse::SERVING);
  EXPECT_EQ(ask("attain.v1.Nonsense", &response).error_code(), grpc::StatusCode::NOT_FOUND);
  TimedContext context;
  grpc::health::v1::HealthCheckRequest unknown;
  unknown.set_service("nonsense");
  const auto watch = api_.health->Watch(&context, unknown);
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), grpc::health::v1::HealthCheckResponse::SERVICE_UNKNOWN);
  context.TryCancel();
}

// gRPC's own default cuts a client off at its third ping too many, which pings more often than every five
// minutes are; here every five seconds is allowed. The first comes after one interval, the fourth after four.
TEST_F(WireTest, AnIdleClientThatPingsIsNotCutOff) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 5'100);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  const Api idle(Connect(server_->address(), nullptr, arguments));
  idle.GetServerInfo();
  EXPECT_FALSE(idle.channel->WaitForStateChange(
      GRPC_CHANNEL_READY, std::chrono::system_clock::now() + std::chrono::milliseconds(21'500)));
}

}  // namespace
}  // namespace attain::testing
