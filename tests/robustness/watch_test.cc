// WatchService over a socket: what the contract promises to one client of one server (api: Watch).
#include "tests/support/watch.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "tests/support/api.h"
#include "tests/support/scratch.h"
#include "tests/support/server_process.h"

namespace attain::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class WatchTest : public ::testing::Test {
 protected:
  void SetUp() override {
    Start({"--watch-progress=1"});
    ASSERT_TRUE(api_->ImportSample().ok());
  }

  void Start(const std::vector<std::string>& extra = {}) {
    absl::StatusOr<std::unique_ptr<ServerProcess>> server = ServerProcess::Start(scratch_ / "data", extra);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    api_ = std::make_unique<Api>(Connect(server_->address()));
  }

  int64_t Report(int table, int indicator, const std::string& value, const std::string& date = "2024-06-30") {
    v1::RecordActualRequest request;
    request.set_indicator(absl::StrCat("units/u/tables/p", table, "/indicators/i", indicator));
    request.mutable_report()->set_value(value);
    request.mutable_report()->set_date(date);
    request.mutable_write()->add_accept_findings("VALUE_JUMP");  // the figures only count up
    v1::RecordActualResponse response;
    const grpc::Status status = api_->RecordActual(request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    actual_ = response.actual().name();
    return response.commit().revision();
  }

  std::unique_ptr<WatchStream> Watch(const v1::WatchRequest& request, const std::string& language = "en") {
    return std::make_unique<WatchStream>(api_->channel, request, "", language);
  }

  // How the server refuses this watch.
  Refusal Refused(const v1::WatchRequest& request, const std::string& language = "en") {
    v1::WatchResponse response;
    const auto stream = Watch(request, language);
    EXPECT_FALSE(stream->Read(&response)) << response.ShortDebugString();
    return Decode(stream->Finish());
  }

  // Everything of a snapshot.
  WatchMirror SnapshotOf(v1::WatchRequest request) {
    request.set_snapshot(true);
    WatchMirror mirror;
    std::vector<v1::WatchResponse> seen;
    EXPECT_TRUE(Watch(request)->ReadUntil(IsSnapshotEnd, &seen));
    for (const v1::WatchResponse& response : seen) mirror.Apply(response);
    return mirror;
  }

  // The changes up to a revision, from a token on.
  std::vector<v1::WatchResponse> ChangesSince(v1::WatchRequest request, const std::string& token,
                                              int64_t last) {
    request.set_resume_token(token);
    std::vector<v1::WatchResponse> seen;
    EXPECT_TRUE(Watch(request)->ReadUntil(
        [last](const v1::WatchResponse& response) {
          return response.has_changes() && response.changes().revision() == last &&
                 !response.changes().more();
        },
        &seen));
    return seen;
  }

  ScratchDirectory scratch_;
  std::unique_ptr<ServerProcess> server_;
  std::unique_ptr<Api> api_;
  std::string actual_;  // reported last
};

void ExpectSame(const WatchMirror& mirror, const WatchMirror& fresh) {
  EXPECT_THAT(mirror.faults, IsEmpty());
  EXPECT_THAT(Differences(mirror, fresh), IsEmpty());
}

TEST_F(WatchTest, ASnapshotAndWhatFollowsAreAFreshRead) {
  Report(1, 1, "4");
  v1::WatchRequest request = WatchOf({"units/u/**"});
  request.set_snapshot(true);
  const auto stream = Watch(request);
  WatchMirror mirror;
  std::vector<v1::WatchResponse> seen;
  ASSERT_TRUE(stream->ReadUntil(IsSnapshotEnd, &seen));
  for (const v1::WatchResponse& response : seen) mirror.Apply(response);
  EXPECT_TRUE(seen.front().has_created());
  EXPECT_EQ(mirror.scores.size(), 1u + 5 + 35 + 1 + 3)
      << "unit, five projects with rows, the unit's own table";
  ExpectSame(mirror, FreshRead(*api_, mirror.revision));

  Report(1, 1, "3", "2024-07-31");
  v1::CorrectActualRequest correct;
  correct.set_name(actual_);
  correct.mutable_report()->set_value("5");
  correct.mutable_report()->set_date("2024-07-31");
  correct.set_change_reason("counted again");
  v1::CorrectActualResponse corrected;
  ASSERT_TRUE(
      Call(api_->reporting.get(), &v1::ReportingService::Stub::CorrectActual, correct, &corrected).ok());
  v1::RetractActualRequest retract;
  retract.set_name(corrected.actual().name());
  retract.set_change_reason("of another project");
  v1::RetractActualResponse retracted;
  ASSERT_TRUE(
      Call(api_->reporting.get(), &v1::ReportingService::Stub::RetractActual, retract, &retracted).ok());
  v1::RecordSpendingRequest spend;
  spend.set_parent("units/u/tables/p1");
  spend.mutable_spending()->set_spent("30");
  spend.mutable_spending()->set_date("2024-07-31");
  v1::RecordSpendingResponse spent;
  const grpc::Status spending = api_->RecordSpending(spend, &spent);
  ASSERT_TRUE(spending.ok()) << spending.error_message();
  v1::UpdateUnitRequest rename;
  rename.mutable_unit()->set_name("units/u");
  rename.mutable_unit()->set_display_name("改名后的单位");
  v1::GetUnitResponse unit;
  v1::GetUnitRequest get_unit;
  get_unit.set_name("units/u");
  ASSERT_TRUE(Call(api_->targets.get(), &v1::TargetService::Stub::GetUnit, get_unit, &unit).ok());
  rename.mutable_unit()->set_etag(unit.unit().etag());
  v1::UpdateUnitResponse renamed;
  const grpc::Status renaming =
      Call(api_->targets.get(), &v1::TargetService::Stub::UpdateUnit, rename, &renamed);
  ASSERT_TRUE(renaming.ok()) << renaming.error_message();
  seen.clear();
  ASSERT_TRUE(stream->ReadUntil(
      [&](const v1::WatchResponse& response) {
        return response.changes().revision() == renamed.commit().revision();
      },
      &seen));
  for (const v1::WatchResponse& response : seen) mirror.Apply(response);
  ExpectSame(mirror, FreshRead(*api_, mirror.revision));
}

TEST_F(WatchTest, AUnitFollowsItsRollUpAndSaysWhoAndWhy) {
  v1::WatchRequest request;
  request.add_names("units/u");
  const auto stream = Watch(request);
  v1::WatchResponse response;
  ASSERT_TRUE(stream->Read(&response));
  ASSERT_TRUE(response.has_created());
  TimedContext context;
  context.AddMetadata("attain-actor", "office-3");
  v1::RecordActualRequest report;
  report.set_indicator("units/u/tables/p1/indicators/i1");
  report.mutable_report()->set_value("4");
  report.mutable_report()->set_date("2024-06-30");
  v1::RecordActualResponse recorded;
  ASSERT_TRUE(api_->reporting->RecordActual(&context, report, &recorded).ok());
  ASSERT_TRUE(stream->ReadUntil([&](const v1::WatchResponse& next) {
    response = next;
    return next.has_changes();
  }));
  ASSERT_EQ(response.changes().events_size(), 1);
  const v1::WatchEvent& event = response.changes().events(0);
  EXPECT_EQ(event.name(), "units/u");
  EXPECT_EQ(event.cause(), "RecordActual");
  EXPECT_EQ(event.actor(), "office-3");
  EXPECT_EQ(event.score_before().score(), "0.00");
  EXPECT_EQ(event.score_after().score(), api_->GetScore("units/u").score());
  EXPECT_NE(event.score_after().score(), "0.00");
  EXPECT_EQ(response.changes().revision(), recorded.commit().revision());
  EXPECT_EQ(response.changes().record_time().seconds(), recorded.commit().record_time().seconds());
}

TEST_F(WatchTest, ARowThatStopsFittingTheFilterSaysSo) {
  v1::WatchRequest request;
  request.add_names("units/u/tables/-");
  request.set_filter("score < 10");
  request.set_snapshot(true);
  const auto stream = Watch(request);
  std::vector<v1::WatchResponse> seen;
  ASSERT_TRUE(stream->ReadUntil(IsSnapshotEnd, &seen));
  ASSERT_EQ(seen[1].snapshot().scores_size(), 5) << "the unit's own table has no score";
  Report(1, 1, "4");  // 10 points: leaves
  Report(1, 1, "0", "2024-07-31");
  v1::WatchResponse response;
  ASSERT_TRUE(stream->ReadUntil([&](const v1::WatchResponse& next) {
    response = next;
    return next.has_changes();
  }));
  ASSERT_EQ(response.changes().events_size(), 1);
  EXPECT_TRUE(response.changes().events(0).left());
  EXPECT_EQ(response.changes().events(0).score_after().score(), "10.00");
  Report(1, 1, "4", "2024-08-31");
  Report(2, 1, "1");
  int64_t last = Report(1, 1, "1", "2024-09-30");
  seen.clear();
  ASSERT_TRUE(stream->ReadUntil(
      [&](const v1::WatchResponse& next) { return next.changes().revision() == last; }, &seen));
  std::map<std::string, bool> present = {{"units/u/tables/p1", false}};
  for (const v1::WatchResponse& next : seen) {
    for (const v1::WatchEvent& event : next.changes().events()) present[event.name()] = !event.left();
  }
  EXPECT_TRUE(present.at("units/u/tables/p1")) << "came back under the line";
}

// Names, "-" and prefixes together: what is told is what the names say, each resource once per revision.
TEST_F(WatchTest, SeveralNamesAndPrefixesInOneStream) {
  v1::WatchRequest request =
      WatchOf({"units/u/tables/p1/**", "units/-/tables/p2", "units/u/tables/p3/indicators/i2",
               "units/u/tables/p3/indicators/i2", "units/u/tables/-/indicators/i3"});
  const auto wanted = [](const std::string& name) {
    return name.starts_with("units/u/tables/p1") || name == "units/u/tables/p2" ||
           name == "units/u/tables/p3/indicators/i2" || name.ends_with("/indicators/i3");
  };
  WatchMirror mirror = SnapshotOf(request);
  WatchMirror everything = FreshRead(*api_, mirror.revision);
  // Scores only.
  const auto of_wanted = [&](const std::map<std::string, std::string>& all) {
    WatchMirror some;
    for (const auto& [name, row] : all) {
      if (wanted(name)) some.scores.emplace(name, row);
    }
    return some;
  };
  const auto scores_of = [](const WatchMirror& all) {
    WatchMirror some;
    some.scores = all.scores;
    return some;
  };
  EXPECT_THAT(Differences(scores_of(mirror), of_wanted(everything.scores)), IsEmpty());
  const std::string token = mirror.token;
  int64_t last = 0;
  for (int table = 1; table <= 5; ++table) {
    for (const int indicator : {1, 2, 3}) last = Report(table, indicator, "3");
  }
  last = Report(1, 3, "2");
  for (const v1::WatchResponse& response : ChangesSince(request, token, last)) mirror.Apply(response);
  EXPECT_THAT(mirror.faults, IsEmpty());
  everything = FreshRead(*api_, last);
  EXPECT_THAT(Differences(scores_of(mirror), of_wanted(everything.scores)), IsEmpty());
  // p1: three reports and one more; p2: its score moves with each of its three, and all of its reports are
  // told; p3: i2, and i3 by "-".
  EXPECT_EQ(mirror.revisions.size(), 4u + 3 + 2 + 1 + 1);
  WatchMirror told, reports;
  told.actuals = mirror.actuals;
  for (const auto& [name, row] : everything.actuals) {
    if (wanted(name.substr(0, name.find("/actuals/"))) || name.starts_with("units/u/tables/p2/"))
      reports.actuals.emplace(name, row);
  }
  EXPECT_THAT(Differences(told, reports), IsEmpty());
}

TEST_F(WatchTest, OneRevisionIsOneMessageAndALargeOneIsCutAndJoined) {
  const WatchMirror before = SnapshotOf(WatchOf({"**"}));
  v1::BatchRecordActualsRequest batch;
  for (int i = 0; i < 1000; ++i) {
    v1::NamedReport* report = batch.add_reports();
    report->set_indicator(absl::StrCat("units/u/tables/p", i % 5 + 1, "/indicators/i", 1 + i % 3));
    report->mutable_report()->set_value(absl::StrCat(i % 10));
    report->mutable_report()->set_date("2024-06-30");
    report->mutable_report()->set_note(std::string(1500, 'n'));
  }
  batch.mutable_write()->add_accept_findings("VALUE_JUMP");  // the figures only count up
  v1::BatchRecordActualsResponse recorded;
  ASSERT_TRUE(api_->BatchRecordActuals(batch, &recorded).ok());
  const int64_t revision = recorded.commit().revision();
  const auto seen = ChangesSince(WatchOf({"**"}), before.token, revision);
  WatchMirror mirror = before;
  int parts = 0;
  for (const v1::WatchResponse& response : seen) {
    mirror.Apply(response);
    if (!response.has_changes()) continue;
    ++parts;
    EXPECT_EQ(response.changes().revision(), revision);
    EXPECT_LT(response.ByteSizeLong(), size_t{2} << 20) << "clients take 4 MiB by default";
  }
  EXPECT_GE(parts, 2);
  EXPECT_THAT(mirror.revisions, ElementsAre(revision));
  ExpectSame(mirror, FreshRead(*api_, revision));
  // A stream that ends between two parts begins the revision again.
  const auto again = ChangesSince(WatchOf({"**"}), seen[1].resume_token(), revision);
  ASSERT_EQ(again.size(), seen.size());
  for (size_t i = 1; i < seen.size(); ++i)
    EXPECT_EQ(again[i].SerializeAsString(), seen[i].SerializeAsString());
}

TEST_F(WatchTest, EqualWatchesGetEqualBytesAlsoAfterARestart) {
  const WatchMirror start = SnapshotOf(WatchOf({"units/u/**"}));
  v1::WatchRequest request = WatchOf({"units/u/**"});
  request.set_resume_token(start.token);
  const auto live = Watch(request);
  v1::WatchResponse created;
  ASSERT_TRUE(live->Read(&created));
  int64_t last = 0;
  for (int i = 0; i < 30; ++i) last = Report(i % 5 + 1, 1 + i % 3, absl::StrCat(i), "2024-06-30");
  std::vector<v1::WatchResponse> first;
  ASSERT_TRUE(live->ReadUntil([&](const auto& next) { return next.changes().revision() == last; }, &first));
  const auto second = ChangesSince(WatchOf({"units/u/**"}), start.token, last);
  server_->Kill();
  Start();
  const auto third = ChangesSince(WatchOf({"units/u/**"}), start.token, last);
  const auto bytes = [](const std::vector<v1::WatchResponse>& responses) {
    std::vector<std::string> all;
    for (const v1::WatchResponse& response : responses) {
      if (response.has_changes()) all.push_back(response.SerializeAsString());
    }
    return all;
  };
  EXPECT_EQ(bytes(first).size(), 30u);
  EXPECT_EQ(bytes(second), bytes(first));
  EXPECT_EQ(bytes(third), bytes(first));
}

TEST_F(WatchTest, LatestStateSendsWhatWasAndWhatIs) {
  const WatchMirror start = SnapshotOf(WatchOf({"units/u/**"}));
  v1::WatchRequest request = WatchOf({"units/u/**"});
  request.set_resume_token(start.token);
  request.set_mode(v1::WATCH_MODE_LATEST_STATE);
  request.set_interval_ms(300);
  const auto stream = Watch(request);
  int64_t last = 0;
  for (int i = 1; i <= 200; ++i) last = Report(1, 1, absl::StrCat(i % 7), "2024-06-30");
  WatchMirror mirror = start;
  int messages = 0;
  ASSERT_TRUE(stream->ReadUntil([&](const v1::WatchResponse& next) {
    mirror.Apply(next);
    messages += next.has_changes() ? 1 : 0;
    return next.changes().revision() == last;
  }));
  EXPECT_LT(messages, 100);
  ExpectSame(mirror, FreshRead(*api_, last));
}

TEST_F(WatchTest, AQuietStreamSaysHowFarItIs) {
  v1::WatchRequest request;
  request.add_names("units/u/tables/p5");
  const auto stream = Watch(request);
  const int64_t revision = Report(1, 1, "4");
  v1::WatchResponse response;
  ASSERT_TRUE(stream->ReadUntil([&](const v1::WatchResponse& next) {
    response = next;
    return next.progress().revision() == revision;
  }));
  const int64_t next = Report(5, 1, "4");
  const auto seen = ChangesSince(request, response.resume_token(), next);
  EXPECT_EQ(seen.size(), 2u) << "created and that change";
}

TEST_F(WatchTest, WrongRequestsAreRefusedWithWhatToDo) {
  const auto one = [](const std::string& name) {
    v1::WatchRequest request;
    request.add_names(name);
    return request;
  };
  EXPECT_EQ(Refused(v1::WatchRequest()).reason, "INVALID_FIELD");
  for (const char* name :
       {"unit/u", "units", "units/u/tables", "units/U", "**/u", "units/u/**/x", "profiles/p", ""}) {
    const Refusal refusal = Refused(one(name), "zh-CN");
    EXPECT_EQ(refusal.reason, "INVALID_NAME") << name;
    EXPECT_THAT(refusal.message, HasSubstr("units/x/**"));
  }
  EXPECT_EQ(Refused(one("units/nobody/**")).reason, "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Refused(one("units/u/tables/nothing")).reason, "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Refused(one("units/u/tables/p1/indicators/i99")).reason, "RESOURCE_NOT_FOUND");
  v1::WatchRequest request = one("units/u");
  request.set_filter("scroe < 80");
  EXPECT_THAT(Refused(request).message, HasSubstr("score"));
  request = one("units/u");
  request.add_kinds(static_cast<v1::WatchKind>(9));
  EXPECT_EQ(Refused(request).reason, "INVALID_FIELD");
  request = one("units/u");
  request.set_mode(v1::WATCH_MODE_LATEST_STATE);
  request.set_interval_ms(1);
  EXPECT_EQ(Refused(request).violations.at(0).first, "interval_ms");
  request.set_mode(v1::WATCH_MODE_EVERY_CHANGE);
  request.set_interval_ms(500);
  EXPECT_EQ(Refused(request).violations.at(0).first, "interval_ms");
  request = one("units/u");
  for (int i = 0; i < 101; ++i) request.add_names("units/u");
  EXPECT_EQ(Refused(request).reason, "REQUEST_TOO_LARGE");
}

TEST_F(WatchTest, ForeignAndDamagedTokensAreRefused) {
  v1::WatchRequest request = WatchOf({"units/u/**"});
  const std::string token = SnapshotOf(request).token;
  request.set_resume_token(token);
  for (size_t i = 0; i < token.size(); ++i) {
    std::string damaged = token;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x20);
    request.set_resume_token(damaged);
    EXPECT_EQ(Refused(request).reason, "INVALID_RESUME_TOKEN") << "byte " << i;
  }
  for (const std::string& wrong :
       {token.substr(1), token + "x", std::string("?"), std::string(1 << 20, 'x')}) {
    request.set_resume_token(wrong);
    EXPECT_EQ(Refused(request).code, grpc::StatusCode::INVALID_ARGUMENT);
  }
  v1::WatchRequest other = WatchOf({"units/u"});
  other.set_resume_token(token);
  EXPECT_THAT(Refused(other).message, HasSubstr("other names"));

  ScratchDirectory elsewhere;
  absl::StatusOr<std::unique_ptr<ServerProcess>> second = ServerProcess::Start(elsewhere / "data");
  ASSERT_TRUE(second.ok());
  const Api api(Connect((*second)->address()));
  ASSERT_TRUE(api.ImportSample().ok());
  request.set_resume_token(token);
  WatchStream stream(api.channel, request);
  v1::WatchResponse response;
  ASSERT_FALSE(stream.Read(&response));
  const Refusal refusal = Decode(stream.Finish());
  EXPECT_EQ(refusal.reason, "INVALID_RESUME_TOKEN");
  EXPECT_THAT(refusal.message, HasSubstr("another store"));
}

TEST_F(WatchTest, ASnapshotThatWasCutOffStartsOver) {
  v1::WatchRequest request = WatchOf({"units/u/**"});
  request.set_snapshot(true);
  std::vector<v1::WatchResponse> seen;
  ASSERT_TRUE(Watch(request)->ReadUntil([](const auto& next) { return next.has_snapshot(); }, &seen));
  request.set_resume_token(seen.back().resume_token());
  WatchMirror mirror;
  mirror.Apply(seen.back());
  seen.clear();
  ASSERT_TRUE(Watch(request, "zh-CN")->ReadUntil(IsSnapshotEnd, &seen));
  ASSERT_TRUE(seen[0].has_created());
  ASSERT_TRUE(seen[1].has_reset());
  EXPECT_EQ(seen[1].reset().reason(), v1::RESET_REASON_SNAPSHOT_INCOMPLETE);
  EXPECT_EQ(seen[1].reset().oldest_revision(), 1);
  for (const v1::WatchResponse& response : seen) mirror.Apply(response);
  ExpectSame(mirror, FreshRead(*api_, mirror.revision));
}

TEST_F(WatchTest, AStorePutBackToAnOlderCopyResetsItsWatchers) {
  const std::string copy = scratch_ / "copy";
  EXPECT_EQ(server_->Terminate().code, 0);
  ASSERT_EQ(std::system(absl::StrCat("cp -r ", scratch_ / "data", " ", copy).c_str()), 0);
  Start();
  Report(1, 1, "4");
  Report(1, 1, "5", "2024-07-31");
  v1::WatchRequest request = WatchOf({"units/u/**"});
  const WatchMirror known = SnapshotOf(request);
  EXPECT_EQ(server_->Terminate().code, 0);
  ASSERT_EQ(std::system(absl::StrCat("rm -rf ", scratch_ / "data", " ", scratch_ / "data.head-mark",
                                     " && rm ", copy, "/head-mark && cp -r ", copy, " ", scratch_ / "data")
                            .c_str()),
            0);
  Start();
  request.set_resume_token(known.token);
  for (int round = 0; round < 2;
       ++round) {  // at first the revision is missing, then it is there with another history
    std::vector<v1::WatchResponse> seen;
    ASSERT_TRUE(Watch(request)->ReadUntil(IsSnapshotEnd, &seen));
    ASSERT_TRUE(seen[1].has_reset()) << seen[1].ShortDebugString();
    WatchMirror mirror = known;
    for (const v1::WatchResponse& response : seen) mirror.Apply(response);
    EXPECT_EQ(mirror.resets, 1);
    WatchMirror scores, fresh;
    scores.scores = mirror.scores;
    fresh.scores = FreshRead(*api_, mirror.revision).scores;
    EXPECT_THAT(Differences(scores, fresh), IsEmpty());
    for (int i = 0; i < 4; ++i) Report(2, 1, absl::StrCat(i), "2024-07-31");
  }
}

TEST_F(WatchTest, TooManyAreRefusedAndAPlaceIsGivenBack) {
  EXPECT_EQ(server_->Terminate().code, 0);
  Start({"--max-watches=5", "--max-watches-per-caller=3"});
  v1::WatchRequest request;
  request.add_names("**");
  v1::WatchResponse response;
  std::vector<std::unique_ptr<WatchStream>> open;
  const auto try_as = [&](const std::string& actor) {
    auto stream = std::make_unique<WatchStream>(api_->channel, request, actor);
    if (!stream->Read(&response)) return Decode(stream->Finish());
    open.push_back(std::move(stream));
    return Refusal();
  };
  for (int i = 0; i < 3; ++i) EXPECT_EQ(try_as("a").code, grpc::StatusCode::OK);
  const Refusal mine = try_as("a");
  EXPECT_EQ(mine.code, grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(mine.reason, "TOO_MANY_WATCHES");
  EXPECT_EQ(mine.metadata.at("limit"), "3");
  EXPECT_EQ(try_as("b").code, grpc::StatusCode::OK);
  EXPECT_EQ(try_as("").code, grpc::StatusCode::OK);
  EXPECT_EQ(try_as("c").metadata.at("limit"), "5");
  EXPECT_EQ(api_->GetServerInfo().watch().streams(), 5);
  EXPECT_EQ(api_->GetServerInfo().watch().refused(), 2);
  open.erase(open.begin());
  const absl::Time limit = absl::Now() + absl::Seconds(20);
  while (try_as("a").code != grpc::StatusCode::OK && absl::Now() < limit) {
  }
  EXPECT_EQ(open.size(), 5u);
  open.clear();
  while (api_->GetServerInfo().watch().streams() > 0 && absl::Now() < limit) {
  }
  EXPECT_EQ(api_->GetServerInfo().watch().ring_bytes(), 0);
}

// Health flips first: a load balancer must not send those who come back to the server that sends them away.
// Both streams share one connection and one queue, so what the server wrote first is seen first.
TEST_F(WatchTest, HealthFlipsBeforeTheStreamsEnd) {
  grpc::CompletionQueue queue;
  TimedContext health_context, watch_context;
  void* const kHealth = &health_context;
  void* const kWatch = &watch_context;
  void* const kNothing = nullptr;
  const auto health =
      api_->health->AsyncWatch(&health_context, grpc::health::v1::HealthCheckRequest(), &queue, kNothing);
  const auto stub = v1::WatchService::NewStub(api_->channel);
  const auto watch = stub->AsyncWatch(&watch_context, WatchOf({"**"}), &queue, kNothing);
  void* tag = nullptr;
  bool ok = false;
  for (int started = 0; started < 2; ++started) ASSERT_TRUE(queue.Next(&tag, &ok) && ok);
  grpc::health::v1::HealthCheckResponse status;
  v1::WatchResponse response;
  health->Read(&status, kHealth);
  watch->Read(&response, kWatch);
  for (int first = 0; first < 2; ++first) ASSERT_TRUE(queue.Next(&tag, &ok) && ok);
  ASSERT_EQ(status.status(), grpc::health::v1::HealthCheckResponse::SERVING);
  health->Read(&status, kHealth);
  watch->Read(&response, kWatch);
  server_->Signal(SIGTERM);
  while (queue.Next(&tag, &ok) && tag == kWatch && ok) watch->Read(&response, kWatch);  // progress
  EXPECT_EQ(tag, kHealth);
  EXPECT_EQ(status.status(), grpc::health::v1::HealthCheckResponse::NOT_SERVING);
  if (tag == kHealth) {
    while (queue.Next(&tag, &ok) && ok) watch->Read(&response, kWatch);
  }
  grpc::Status end;
  watch->Finish(&end, kWatch);
  EXPECT_TRUE(queue.Next(&tag, &ok));
  EXPECT_EQ(Decode(end).reason, "SHUTTING_DOWN");
  EXPECT_EQ(server_->Wait().code, 0);
  health_context.TryCancel();
  queue.Shutdown();
  while (queue.Next(&tag, &ok)) {
  }
}

// Those who come back after a restart must not come in step.
TEST_F(WatchTest, EachStreamIsToldAnotherTimeToComeBack) {
  std::vector<std::unique_ptr<WatchStream>> streams;
  v1::WatchResponse response;
  for (int i = 0; i < 20; ++i) {
    streams.push_back(Watch(WatchOf({"**"})));
    ASSERT_TRUE(streams.back()->Read(&response));
  }
  server_->Signal(SIGTERM);
  std::set<int64_t> delays;
  for (const auto& stream : streams) {
    const grpc::Status status = stream->Finish();
    google::rpc::Status details;
    ASSERT_TRUE(details.ParseFromString(status.error_details()));
    google::rpc::RetryInfo retry;
    for (const google::protobuf::Any& detail : details.details()) detail.UnpackTo(&retry);
    delays.insert(retry.retry_delay().seconds() * 1000 + retry.retry_delay().nanos() / 1'000'000);
  }
  EXPECT_GE(delays.size(), 10u);
}

TEST_F(WatchTest, AServerThatStopsSaysWhenToComeBackAndTheTokenGoesOn) {
  v1::WatchRequest request = WatchOf({"units/u/**"});
  request.set_snapshot(true);
  const auto stream = Watch(request);
  WatchMirror mirror;
  ASSERT_TRUE(stream->ReadUntil([&](const v1::WatchResponse& next) {
    mirror.Apply(next);
    return next.has_snapshot_end();
  }));
  server_->Signal(SIGTERM);
  v1::WatchResponse response;
  while (stream->Read(&response)) mirror.Apply(response);
  const grpc::Status status = stream->Finish();
  const Refusal end = Decode(status);
  EXPECT_EQ(end.code, grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(end.reason, "SHUTTING_DOWN");
  google::rpc::Status details;
  ASSERT_TRUE(details.ParseFromString(status.error_details()));
  google::rpc::RetryInfo retry;
  for (const google::protobuf::Any& detail : details.details()) detail.UnpackTo(&retry);
  const int64_t nanos = retry.retry_delay().seconds() * 1'000'000'000 + retry.retry_delay().nanos();
  EXPECT_GE(nanos, 100'000'000);
  EXPECT_LE(nanos, 1'000'000'000);
  EXPECT_EQ(server_->Wait().code, 0);
  Start();
  const int64_t last = Report(3, 1, "2");
  for (const v1::WatchResponse& next : ChangesSince(WatchOf({"units/u/**"}), mirror.token, last))
    mirror.Apply(next);
  ExpectSame(mirror, FreshRead(*api_, last));
}

}  // namespace
}  // namespace attain::testing
