#include "clients/cpp/bulk_loader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "clients/cpp/error.h"
#include "tests/unit/clients/fake_server.h"

namespace attain::client {
namespace {

std::vector<v1::NamedReport> Reports(int count) {
  std::vector<v1::NamedReport> reports(static_cast<size_t>(count));
  for (v1::NamedReport& report : reports) report.mutable_report()->set_value("1");
  return reports;
}

Client Connect(const FakeServer& server) {
  ClientOptions options;
  options.server = server.address();
  options.patience = absl::Seconds(5);
  return Client(options);
}

TEST(BulkLoader, CutsIntoBatchesAndTellsProgress) {
  FakeServer server;
  BulkOptions options;
  options.batch = 4;
  options.request_id = "load";
  std::vector<size_t> done;
  options.progress = [&](size_t count, size_t total) {
    EXPECT_EQ(total, 10u);
    done.push_back(count);
  };
  const BulkResult result = LoadActuals(Connect(server), Reports(10), options);
  EXPECT_TRUE(result.status.ok()) << result.status;
  EXPECT_EQ(result.accepted, 10u);
  EXPECT_EQ(result.answered, 10u);
  EXPECT_EQ(result.last_revision, 3);
  EXPECT_THAT(done, testing::ElementsAre(4, 8, 10));
  EXPECT_THAT(server.state().request_ids, testing::ElementsAre("load-0", "load-1", "load-2"));
}

TEST(BulkLoader, WholeMessagesAreAnsweredUpToTheFirstRefusedOne) {
  FakeServer server;
  std::vector<v1::NamedReport> reports = Reports(10);
  reports[7].mutable_report()->set_value("bad");
  BulkOptions options;
  options.batch = 3;
  options.all_or_nothing = true;
  options.id_of = [](size_t first, const v1::StreamActualsRequest& message) {
    EXPECT_EQ(message.sequence(), 0) << "it is no part of the content";
    return absl::StrCat("row-", first, "+", message.reports_size());
  };
  std::vector<size_t> firsts;
  options.answered = [&](size_t first, size_t count, const v1::StreamActualsResponse& answer) {
    EXPECT_EQ(count, 3u);
    EXPECT_EQ(answer.accepted(), 3);
    firsts.push_back(first);
  };
  const BulkResult result = LoadActuals(Connect(server), reports, options);
  EXPECT_EQ(result.status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(result.answered, 6u);
  EXPECT_THAT(firsts, testing::ElementsAre(0, 3));
  EXPECT_THAT(server.state().request_ids, testing::ElementsAre("row-0+3", "row-3+3"));
}

TEST(BulkLoader, LongReportsGoInShorterMessages) {
  std::vector<v1::NamedReport> reports = Reports(6);
  EXPECT_EQ(MessageSize(reports, 4), 4u);
  EXPECT_EQ(MessageSize(reports, 100), 6u);
  for (v1::NamedReport& report : reports) report.mutable_report()->set_note(std::string(400'000, 'n'));
  EXPECT_EQ(MessageSize(reports, 100), 3u);
  reports[0].mutable_report()->set_note(std::string(2'000'000, 'n'));
  EXPECT_EQ(MessageSize(reports, 100), 1u);
}

TEST(BulkLoader, NothingIsDoneAtOnce) {
  FakeServer server;
  const BulkResult result = LoadActuals(Connect(server), {}, {});
  EXPECT_TRUE(result.status.ok());
  EXPECT_EQ(result.answered, 0u);
  EXPECT_TRUE(server.state().request_ids.empty());
}

TEST(BulkLoader, NamesRefusedReportsByTheirIndex) {
  FakeServer server;
  std::vector<v1::NamedReport> reports = Reports(7);
  reports[1].mutable_report()->set_value("bad");
  reports[5].mutable_report()->set_value("bad");
  BulkOptions options;
  options.batch = 3;
  const BulkResult result = LoadActuals(Connect(server), reports, options);
  EXPECT_TRUE(result.status.ok());
  EXPECT_EQ(result.accepted, 5u);
  ASSERT_EQ(result.refusals.size(), 2u);
  EXPECT_EQ(result.refusals[0].index, 1u);
  EXPECT_EQ(result.refusals[1].index, 5u);
  EXPECT_EQ(result.refusals[1].reason, "NOT_A_NUMBER");
}

TEST(BulkLoader, GoesOnBehindABrokenConnectionWithoutDoubles) {
  FakeServer server;
  server.state().break_after = 3;
  BulkOptions options;
  options.batch = 2;
  options.window = 4;
  const BulkResult result = LoadActuals(Connect(server), Reports(30), options);
  EXPECT_TRUE(result.status.ok()) << result.status;
  EXPECT_EQ(result.accepted, 30u);
  EXPECT_EQ(server.state().recorded.size(), 15u);
  EXPECT_GT(server.state().request_ids.size(), 15u) << "the message that was not answered is sent again";
}

TEST(BulkLoader, GivesUpWhenNobodyAnswers) {
  ClientOptions options;
  options.server = "127.0.0.1:1";
  options.patience = absl::Milliseconds(50);
  const BulkResult result = LoadActuals(Client(options), Reports(3), {});
  EXPECT_TRUE(IsUnreachable(result.status)) << result.status;
  EXPECT_EQ(result.answered, 0u);
}

}  // namespace
}  // namespace attain::client
