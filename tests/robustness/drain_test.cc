// SIGTERM under load: what is under way is finished and answered, nothing acknowledged is lost, the exit code
// is 0.
#include <gtest/gtest.h>
#include <signal.h>

#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "tests/robustness/writers.h"
#include "tests/support/api.h"
#include "tests/support/scratch.h"
#include "tests/support/server_process.h"

namespace attain::testing {
namespace {

using Serving = grpc::health::v1::HealthCheckResponse;

TEST(DrainTest, NothingAcknowledgedIsLostAndTheExitIsClean) {
  absl::BitGen random;
  ScratchDirectory scratch;
  const std::vector<std::unique_ptr<Writer>> writers = MakeWriters();
  int64_t base = 0;
  for (int round = 0; round < 6; ++round) {
    absl::StatusOr<std::unique_ptr<ServerProcess>> server = ServerProcess::Start(scratch / "data");
    ASSERT_TRUE(server.ok()) << server.status();
    const Api api(Connect((*server)->address()));
    if (round == 0) {
      ASSERT_TRUE(api.ImportSample().ok());
      base = api.GetServerInfo().revision();
    }
    for (const auto& writer : writers) writer->Settle(api, &random);
    int64_t answers = 0;
    for (const auto& writer : writers) answers += static_cast<int64_t>(writer->answers().size());
    ASSERT_EQ(api.GetServerInfo().revision(), base + answers);

    Acknowledged acknowledged;
    std::vector<grpc::Status> ends(writers.size());
    std::vector<std::thread> threads;
    for (size_t i = 0; i < writers.size(); ++i) {
      threads.emplace_back(
          [&, i] { ends[i] = writers[i]->Run(Api(Connect((*server)->address())), &acknowledged); });
    }
    EXPECT_TRUE(acknowledged.WaitFor(absl::Uniform(random, 100, 500), absl::Seconds(30)));
    (*server)->Signal(round % 2 == 0 ? SIGTERM : SIGINT);
    const Ended ended = (*server)->Wait();
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(ended.code, 0) << ended.error;
    EXPECT_NE(ended.error.find("attaind stopped at revision "), std::string::npos) << ended.error;
    for (const grpc::Status& end : ends) {
      EXPECT_EQ(end.error_code(), grpc::StatusCode::UNAVAILABLE) << end.error_code() << end.error_message();
    }
  }
}

TEST(DrainTest, IdleStreamsAreToldAndDoNotHoldItUp) {
  ScratchDirectory scratch;
  absl::StatusOr<std::unique_ptr<ServerProcess>> server = ServerProcess::Start(scratch / "data");
  ASSERT_TRUE(server.ok()) << server.status();
  const Api api(Connect((*server)->address()));
  TimedContext watching, streaming;
  streaming.AddMetadata("accept-language", "zh");
  const auto watch = api.health->Watch(&watching, grpc::health::v1::HealthCheckRequest());
  Serving health;
  ASSERT_TRUE(watch->Read(&health));
  EXPECT_EQ(health.status(), Serving::SERVING);
  const auto stream = api.reporting->StreamActuals(&streaming);
  v1::StreamActualsResponse response;
  ASSERT_TRUE(stream->Write(v1::StreamActualsRequest()));
  ASSERT_TRUE(stream->Read(&response));

  const absl::Time start = absl::Now();
  (*server)->Signal(SIGTERM);
  ASSERT_TRUE(watch->Read(&health));
  EXPECT_EQ(health.status(), Serving::NOT_SERVING);
  EXPECT_FALSE(watch->Read(&health));
  EXPECT_EQ(watch->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_FALSE(stream->Read(&response));
  const Refusal end = Decode(stream->Finish());
  EXPECT_EQ(end.code, grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(end.reason, "SHUTTING_DOWN");
  EXPECT_EQ(end.locale, "zh-CN");
  EXPECT_EQ((*server)->Wait().code, 0);
  EXPECT_LT(absl::Now() - start, absl::Seconds(8)) << "less than the time it gives to calls that hang";
}

}  // namespace
}  // namespace attain::testing
