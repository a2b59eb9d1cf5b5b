#include "clients/cpp/client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "clients/cpp/error.h"
#include "tests/unit/clients/fake_server.h"

namespace attain::client {
namespace {

using testing::ElementsAre;

ClientOptions OptionsFor(const FakeServer& server) {
  ClientOptions options;
  options.server = server.address();
  return options;
}

// What the reads so far asked for with at_least; empty where they did not.
std::vector<std::string> TokensOfReads(FakeServer& server) {
  std::vector<std::string> tokens;
  for (const v1::ReadOptions& read : server.state().reads) tokens.push_back(read.at_least());
  return tokens;
}

// A client that was answered at revision 12, token "twelve".
Client ClientThatSaw12(FakeServer& server) {
  server.state().read.set_revision(12);
  server.state().read.set_token("twelve");
  Client client(OptionsFor(server));
  EXPECT_TRUE(client.ListUnits({}).ok());
  server.state().read.Clear();
  return client;
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
  EXPECT_THAT(server.state().request_ids, ElementsAre("mine"));
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

TEST(Client, AReadAfterAWriteIsNotOlderThanIt) {
  FakeServer server;
  server.state().tables.emplace_back().set_name("units/u/tables/p1");
  server.state().commit_token = "nine";
  const Client client(OptionsFor(server));
  ASSERT_TRUE(client.ListUnits({}).ok());
  ASSERT_TRUE(client.RecordActual({}).ok());
  v1::GetTableRequest request;
  request.set_name("units/u/tables/p1");
  request.mutable_read()->set_language_code("zh-CN");
  ASSERT_TRUE(client.GetTable(request).ok());
  ASSERT_TRUE(client.ListUnits({}).ok());
  EXPECT_THAT(TokensOfReads(server), ElementsAre("", "nine", "nine"));
  EXPECT_EQ(server.state().reads[0].consistency_case(), v1::ReadOptions::CONSISTENCY_NOT_SET);
  EXPECT_EQ(server.state().reads[1].language_code(), "zh-CN");
}

TEST(Client, AReadIsNotOlderThanTheReadBeforeIt) {
  FakeServer server;
  const Client client = ClientThatSaw12(server);
  server.state().read.set_revision(15);
  server.state().read.set_token("fifteen");
  ASSERT_TRUE(client.ListUnits({}).ok());
  ASSERT_TRUE(client.ListUnits({}).ok());
  EXPECT_THAT(TokensOfReads(server), ElementsAre("", "twelve", "fifteen"));
}

TEST(Client, AnOlderAnswerDoesNotReplaceTheNewestThatWasSeen) {
  FakeServer server;
  server.state().commit_token = "nine";
  const Client client = ClientThatSaw12(server);
  ASSERT_TRUE(client.RecordActual({}).ok());
  ASSERT_TRUE(client.ListUnits({}).ok());
  EXPECT_THAT(TokensOfReads(server), ElementsAre("", "twelve"));
}

// A dry run's commit has no token.
TEST(Client, ADryRunLeavesTheNewestThatWasSeenAsItIs) {
  FakeServer server;
  const Client client(OptionsFor(server));
  v1::RecordActualRequest request;
  request.mutable_write()->set_validate_only(true);
  ASSERT_TRUE(client.RecordActual(request).ok());
  server.state().commit_token = "nine";
  ASSERT_TRUE(client.ListUnits({}).ok());
  ASSERT_TRUE(client.RecordActual({}).ok());
  ASSERT_TRUE(client.ListUnits({}).ok());
  EXPECT_THAT(TokensOfReads(server), ElementsAre("", "nine"));
}

TEST(Client, AReadThatSaysItsMomentIsLeftAlone) {
  FakeServer server;
  const Client client = ClientThatSaw12(server);
  v1::ListUnitsRequest revision, time, own, latest;
  revision.mutable_read()->set_read_revision(3);
  time.mutable_read()->mutable_read_time()->set_seconds(1'700'000'000);
  own.mutable_read()->set_at_least("own");
  latest.mutable_read()->set_latest(true);
  for (const v1::ListUnitsRequest& request : {revision, time, own, latest}) {
    ASSERT_TRUE(client.ListUnits(request).ok());
    EXPECT_EQ(server.state().reads.back().SerializeAsString(), request.read().SerializeAsString())
        << request.ShortDebugString();
  }
}

TEST(Client, ForgetsWhatItSawWhenTheHistoryIsAnother) {
  FakeServer server;
  const Client client = ClientThatSaw12(server);
  server.state().refuse_next = 1;
  server.state().refusal = WithReason(grpc::StatusCode::ABORTED, "EPOCH_CHANGED", {{"epoch", "2"}});
  const absl::Status refused = client.ListUnits({}).status();
  EXPECT_EQ(DetailsOf(refused).reason, "EPOCH_CHANGED") << "the caller hears of it: " << refused;
  ASSERT_TRUE(client.ListUnits({}).ok());
  EXPECT_THAT(TokensOfReads(server), ElementsAre("", "twelve", ""));
  // The new history is shorter than what was seen of the old one.
  server.state().commit_token = "nine";
  ASSERT_TRUE(client.RecordActual({}).ok());
  ASSERT_TRUE(client.ListUnits({}).ok());
  EXPECT_EQ(TokensOfReads(server).back(), "nine");
}

TEST(Client, RemembersWhatItSawThroughOtherRefusals) {
  FakeServer server;
  const Client client = ClientThatSaw12(server);
  server.state().refuse_next = 1;
  server.state().refusal = WithReason(grpc::StatusCode::ABORTED, "STALE_ETAG");
  EXPECT_FALSE(client.ListUnits({}).ok());
  ASSERT_TRUE(client.ListUnits({}).ok());
  EXPECT_THAT(TokensOfReads(server), ElementsAre("", "twelve", "twelve"));
}

TEST(Client, WaitsForAServerThatDoesNotHaveYetWhatItSaw) {
  FakeServer server;
  const Client client = ClientThatSaw12(server);
  server.state().refuse_next = 1;
  server.state().refusal = WithReason(grpc::StatusCode::UNAVAILABLE, "REVISION_NOT_HERE_YET");
  EXPECT_TRUE(client.ListUnits({}).ok());
  EXPECT_THAT(TokensOfReads(server), ElementsAre("", "twelve", "twelve"));
}

TEST(Client, WhatWasSeenIsOfOneClientAndItsCopies) {
  FakeServer server;
  const Client client = ClientThatSaw12(server), copy = client, other(OptionsFor(server));
  ASSERT_TRUE(other.ListUnits({}).ok());
  ASSERT_TRUE(copy.ListUnits({}).ok());
  EXPECT_THAT(TokensOfReads(server), ElementsAre("", "", "twelve"));
}

TEST(Client, RequestIdsDiffer) {
  EXPECT_NE(NewRequestId(), NewRequestId());
}

}  // namespace
}  // namespace attain::client
