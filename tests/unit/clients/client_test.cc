#include "clients/cpp/client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "clients/cpp/error.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "tests/unit/clients/fake_server.h"

namespace attain::client {
namespace {

grpc::Status WithReason(grpc::StatusCode code, const char* reason) {
  google::rpc::ErrorInfo info;
  info.set_reason(reason);
  google::rpc::Status details;
  details.add_details()->PackFrom(info);
  return {code, reason, details.SerializeAsString()};
}

ClientOptions OptionsFor(const FakeServer& server) {
  ClientOptions options;
  options.server = server.address();
  return options;
}

TEST(Client, SendsActorLanguageAndToken) {
  FakeServer server;
  ClientOptions options = OptionsFor(server);
  options.actor = "王 50%";
  options.language = "zh-CN";
  options.token = "secret";
  ASSERT_TRUE(Client(options).ListUnits({}).ok());
  EXPECT_EQ(server.state().metadata["attain-actor"], "%E7%8E%8B%2050%25");
  EXPECT_EQ(server.state().metadata["accept-language"], "zh-CN");
  EXPECT_EQ(server.state().metadata["authorization"], "Bearer secret");
}

TEST(Client, GivesAMutationARequestIdAndKeepsItWhenItRepeats) {
  FakeServer server;
  server.state().refuse_next = 2;
  server.state().refusal = {grpc::StatusCode::UNAVAILABLE, "away"};
  const auto response = Client(OptionsFor(server)).SubmitTable({});
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->commit().revision(), 7);
  ASSERT_EQ(server.state().request_ids.size(), 3u);
  EXPECT_EQ(server.state().request_ids[0].size(), 32u);
  EXPECT_EQ(
      std::set<std::string>(server.state().request_ids.begin(), server.state().request_ids.end()).size(), 1u);
}

TEST(Client, LeavesAGivenRequestIdAlone) {
  FakeServer server;
  v1::SubmitTableRequest request;
  request.mutable_write()->set_request_id("mine");
  ASSERT_TRUE(Client(OptionsFor(server)).SubmitTable(request).ok());
  EXPECT_THAT(server.state().request_ids, testing::ElementsAre("mine"));
}

TEST(Client, WaitsForAServerThatIsStoppingOrOverloaded) {
  for (const grpc::Status& refusal : {WithReason(grpc::StatusCode::UNAVAILABLE, "SHUTTING_DOWN"),
                                      WithReason(grpc::StatusCode::RESOURCE_EXHAUSTED, "OVERLOADED")}) {
    FakeServer server;
    server.state().refuse_next = 1;
    server.state().refusal = refusal;
    EXPECT_TRUE(Client(OptionsFor(server)).ListUnits({}).ok());
  }
}

TEST(Client, DoesNotRepeatWhatCannotSucceed) {
  for (const grpc::Status& refusal :
       {DetailedRefusal(), WithReason(grpc::StatusCode::UNAVAILABLE, "STORE_UNAVAILABLE"),
        WithReason(grpc::StatusCode::ABORTED, "STALE_ETAG")}) {
    FakeServer server;
    server.state().refuse_next = 1;
    server.state().refusal = refusal;
    const absl::Status status = Client(OptionsFor(server)).ListUnits({}).status();
    EXPECT_EQ(static_cast<int>(status.code()), static_cast<int>(refusal.error_code()));
    EXPECT_NE(DetailsOf(status).reason, "");
  }
}

TEST(Client, GivesUpOnAServerThatIsNotThere) {
  ClientOptions options;
  options.server = "127.0.0.1:1";
  options.patience = absl::Milliseconds(100);
  EXPECT_TRUE(IsUnreachable(Client(options).ListUnits({}).status()));
  EXPECT_FALSE(Client(options).IsServing().ok());
}

TEST(Client, EndsACallAtItsTimeout) {
  FakeServer server;
  server.state().refuse_next = 1000;
  server.state().refusal = WithReason(grpc::StatusCode::UNAVAILABLE, "SHUTTING_DOWN");
  ClientOptions options = OptionsFor(server);
  options.timeout = absl::Milliseconds(400);
  EXPECT_EQ(DetailsOf(Client(options).ListUnits({}).status()).reason, "SHUTTING_DOWN");
}

TEST(Client, RequestIdsDiffer) {
  EXPECT_NE(NewRequestId(), NewRequestId());
}

}  // namespace
}  // namespace attain::client
