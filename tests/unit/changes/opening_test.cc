// How a watch begins: what is refused, where it goes on, when it starts over.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "service/api/errors.h"
#include "service/watch/token.h"
#include "tests/unit/changes/watcher.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

constexpr v1::WatchKind kScores = v1::WATCH_KIND_SCORES, kTables = v1::WATCH_KIND_TABLES,
                        kActuals = v1::WATCH_KIND_ACTUALS;

class Opening : public EngineFixture {
 protected:
  void SetUp() override {
    Open();
    MakeTable("a", "t", 2);
  }
  // The field that opening refuses; empty when it does not.
  std::string RefusedField(const v1::WatchRequest& request) {
    const auto watcher = std::make_shared<Watcher>();
    const absl::Status status = watcher->Open(engine(), request);
    if (status.ok()) return "";
    const google::rpc::Status rpc = ToRpcStatus(status, "en");
    for (const google::protobuf::Any& detail : rpc.details()) {
      google::rpc::BadRequest bad;
      if (detail.UnpackTo(&bad) && bad.field_violations_size() > 0) return bad.field_violations(0).field();
    }
    return v1::ErrorReason_Name(ReasonOf(status));
  }
  // The first messages, up to CREATED or the end of the snapshot.
  std::vector<v1::WatchResponse> Begin(const v1::WatchRequest& request, bool with_snapshot,
                                       const std::string& locale = "en") {
    watcher_ = std::make_shared<Watcher>();
    const absl::Status status = watcher_->Open(engine(), request, locale);
    EXPECT_TRUE(status.ok()) << status;
    if (!status.ok()) return {};
    return watcher_->TakeUntil([&](const v1::WatchResponse& one) {
      return with_snapshot ? one.has_snapshot_end() : one.has_created();
    });
  }
  // The token of a watch that has seen everything there is.
  std::string TokenNow(const v1::WatchRequest& request) {
    const std::vector<v1::WatchResponse> first = Begin(request, false);
    return first.empty() ? "" : first[0].resume_token();
  }
  v1::WatchResponse Next() {
    v1::WatchResponse response;
    EXPECT_TRUE(watcher_->Take(&response));
    return response;
  }

  std::shared_ptr<Watcher> watcher_;
};

TEST_F(Opening, NamesAreNeededAndAtMostAHundred) {
  EXPECT_EQ(RefusedField(WatchOf({})), "names");
  v1::WatchRequest request;
  for (int i = 0; i < 100; ++i) request.add_names("units/a/**");
  EXPECT_EQ(RefusedField(request), "");
  request.add_names("units/a/**");
  EXPECT_EQ(RefusedField(request), "names");
  EXPECT_EQ(RefusedField(WatchOf({"units/a", "units/A"})), "names[1]");
}

TEST_F(Opening, WhatIsNamedMustBeThere) {
  for (const char* name : {"units/a", "units/a/**", "units/a/tables/t", "units/a/tables/t/indicators/i1",
                           "units/-/tables/x", "units/b/tables/-", "**"})
    EXPECT_EQ(RefusedField(WatchOf({name})), "") << name;
  EXPECT_EQ(RefusedField(WatchOf({"units/b"})), "ERROR_REASON_RESOURCE_NOT_FOUND");
  EXPECT_EQ(RefusedField(WatchOf({"units/b/**"})), "ERROR_REASON_RESOURCE_NOT_FOUND");
  EXPECT_EQ(RefusedField(WatchOf({"units/a/tables/x"})), "ERROR_REASON_RESOURCE_NOT_FOUND");
  EXPECT_EQ(RefusedField(WatchOf({"units/a/tables/t/indicators/i3"})), "ERROR_REASON_RESOURCE_NOT_FOUND");
}

TEST_F(Opening, IntervalsBelongToLatestStateAndHaveBorders) {
  v1::WatchRequest every = WatchOf({"**"});
  every.set_interval_ms(100);
  EXPECT_EQ(RefusedField(every), "interval_ms");
  every.set_mode(v1::WATCH_MODE_EVERY_CHANGE);
  EXPECT_EQ(RefusedField(every), "interval_ms");
  every.set_mode(static_cast<v1::WatchMode>(77));
  EXPECT_EQ(RefusedField(every), "mode");
  v1::WatchRequest latest = WatchOf({"**"});
  latest.set_mode(v1::WATCH_MODE_LATEST_STATE);
  for (const auto& [ms, field] : std::vector<std::pair<int, std::string>>{{0, ""},
                                                                          {-1, "interval_ms"},
                                                                          {49, "interval_ms"},
                                                                          {50, ""},
                                                                          {3'600'000, ""},
                                                                          {3'600'001, "interval_ms"}}) {
    latest.set_interval_ms(ms);
    EXPECT_EQ(RefusedField(latest), field) << ms;
  }
}

TEST_F(Opening, KindsAndFiltersAreChecked) {
  EXPECT_EQ(RefusedField(WatchOf({"**"}, {kActuals, kScores, kTables})), "");
  EXPECT_EQ(RefusedField(WatchOf({"**"}, {v1::WATCH_KIND_UNSPECIFIED})), "kinds");
  v1::WatchRequest request = WatchOf({"**"});
  request.set_filter("nonsense = 1");
  EXPECT_NE(RefusedField(request), "");
  request.set_filter(" ");
  EXPECT_EQ(RefusedField(request), "");
}

TEST_F(Opening, WithoutKindsScoresAreFollowed) {
  Begin(WatchOf({"**"}), false);
  Report("units/a/tables/t/indicators/i1", "5");
  const v1::WatchResponse response = Next();
  EXPECT_GT(response.changes().events_size(), 0) << response.ShortDebugString();
  for (const v1::WatchEvent& event : response.changes().events())
    EXPECT_TRUE(event.has_score_after()) << event.ShortDebugString();
}

TEST_F(Opening, OnlyWhatFitsTheFilterComes) {
  v1::WatchRequest request = WatchOf({"**"}, {kActuals});
  request.set_filter("number >= 10");
  Begin(request, false);
  Report("units/a/tables/t/indicators/i1", "5");
  Report("units/a/tables/t/indicators/i2", "15");
  const v1::WatchResponse response = Next();
  ASSERT_EQ(response.changes().events_size(), 1) << response.ShortDebugString();
  EXPECT_EQ(response.changes().events(0).actual().report().value(), "15");
}

TEST_F(Opening, GoesOnWhereItsTokenSays) {
  v1::WatchRequest request = WatchOf({"**"});
  request.set_resume_token(TokenNow(request));
  const int64_t then = static_cast<int64_t>(store().head().revision);
  Report("units/a/tables/t/indicators/i1", "5");
  const std::vector<v1::WatchResponse> first = Begin(request, false);
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(first[0].created().revision(), then);
  EXPECT_EQ(first[0].resume_token(), request.resume_token()) << "nothing was sent yet";
  EXPECT_EQ(Next().changes().revision(), then + 1) << "what happened meanwhile";
}

TEST_F(Opening, ATokenIsOfOneStoreAndOneWatch) {
  MakeTable("b", "t", 1);
  v1::WatchRequest request = WatchOf({"units/b/**", "units/a"}, {kScores});
  request.set_resume_token(TokenNow(request));
  EXPECT_EQ(RefusedField(request), "");
  v1::WatchRequest other = request;
  other.mutable_names()->SwapElements(0, 1);
  EXPECT_EQ(RefusedField(other), "") << "the order of names says nothing";
  other.add_names("units/a/**");
  EXPECT_EQ(RefusedField(other), "resume_token") << "other names";
  other = request;
  other.add_kinds(kTables);
  EXPECT_EQ(RefusedField(other), "resume_token") << "other kinds";
  other = request;
  other.set_filter("score > 1");
  EXPECT_EQ(RefusedField(other), "resume_token") << "another filter";
  other = request;
  other.set_resume_token("damaged");
  EXPECT_EQ(RefusedField(other), "resume_token");
  watcher_ = nullptr;  // the engine goes
  Open("another");
  MakeTable("a", "t", 2);
  MakeTable("b", "t", 1);
  EXPECT_EQ(RefusedField(request), "resume_token") << "another store";
}

TEST_F(Opening, ATokenOfASnapshotThatWasCutOffStartsOver) {
  v1::WatchRequest request = WatchOf({"**"});
  request.set_snapshot(true);
  const std::vector<v1::WatchResponse> all = Begin(request, true);
  ASSERT_GE(all.size(), 3u);
  EXPECT_TRUE(watch::DecodeToken(all[0].resume_token())->in_snapshot) << "of CREATED";
  EXPECT_FALSE(watch::DecodeToken(all.back().resume_token())->in_snapshot) << "of the end";
  request.set_resume_token(all[1].resume_token());
  const std::vector<v1::WatchResponse> again = Begin(request, true);
  ASSERT_GE(again.size(), 3u);
  EXPECT_TRUE(again[0].has_created());
  ASSERT_TRUE(again[1].has_reset()) << again[1].ShortDebugString();
  EXPECT_EQ(again[1].reset().reason(), v1::RESET_REASON_SNAPSHOT_INCOMPLETE);
  EXPECT_EQ(again[1].reset().oldest_revision(), 1);
  EXPECT_TRUE(again[2].has_snapshot()) << again[2].ShortDebugString();
}

// A list, then a watch from the list's revision: nothing lies between them.
TEST_F(Opening, AfterARevisionComesAllThatIsAboveIt) {
  v1::ListScoresRequest list;
  list.set_parent("units/a");
  const int64_t listed = Ask<v1::ListScoresResponse>(list).read().revision();
  const int64_t between = Report("units/a/tables/t/indicators/i1", "20").commit().revision();
  ASSERT_EQ(between, listed + 1);
  v1::WatchRequest request = WatchOf({"units/a/**"});
  request.set_after_revision(listed);
  ASSERT_EQ(Begin(request, false)[0].created().revision(), listed);
  EXPECT_EQ(Next().changes().revision(), between);
  v1::WatchRequest resumed = WatchOf({"units/a/**"});
  for (const int64_t revision : {listed, between}) {
    request.set_after_revision(revision);
    resumed.set_resume_token(TokenNow(request));
    EXPECT_EQ(Begin(resumed, false)[0].created().revision(), revision) << "its token is one of this history";
  }
}

TEST_F(Opening, AfterRevisionZeroComesTheWholeHistory) {
  v1::WatchRequest request = WatchOf({"units/**"});
  request.add_kinds(v1::WATCH_KIND_TABLES);
  request.set_after_revision(0);
  ASSERT_EQ(Begin(request, false)[0].created().revision(), 0);
  const v1::WatchResponse first = Next();
  ASSERT_TRUE(first.has_changes()) << first.ShortDebugString();
  EXPECT_EQ(first.changes().events(0).name(), "units/a/tables/t");
  EXPECT_GT(first.changes().revision(), 1);
}

TEST_F(Opening, AfterARevisionThatIsNotThereIsOutOfRange) {
  v1::WatchRequest request = WatchOf({"units/a/**"});
  for (const int64_t revision : {int64_t{-1}, static_cast<int64_t>(store().head().revision) + 1}) {
    request.set_after_revision(revision);
    EXPECT_EQ(RefusedField(request), "ERROR_REASON_REVISION_OUT_OF_RANGE") << revision;
  }
}

TEST_F(Opening, AHistoryThatIsAnotherStartsOver) {
  v1::WatchRequest request = WatchOf({"**"});
  watch::Token token = *watch::DecodeToken(TokenNow(request));
  for (const bool ahead : {false, true}) {
    watch::Token other = token;
    if (ahead) {
      other.revision += 1000;
    } else {
      other.hash = "otherone";
    }
    request.set_resume_token(watch::EncodeToken(other));
    const std::vector<v1::WatchResponse> first = Begin(request, true);
    ASSERT_GE(first.size(), 3u);
    EXPECT_EQ(first[0].created().revision(), static_cast<int64_t>(token.revision));
    EXPECT_EQ(first[1].reset().reason(), v1::RESET_REASON_HISTORY_CHANGED);
    EXPECT_TRUE(first[2].has_snapshot());
  }
}

}  // namespace
}  // namespace attain::engine
