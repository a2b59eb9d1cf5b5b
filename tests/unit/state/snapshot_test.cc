// Which past a question sees: revisions, times, days and targets, with both sides of each border.
#include "service/state/snapshot.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "service/state/require.h"
#include "tests/unit/scoring/test_profiles.h"
#include "tests/unit/state/state_fixture.h"

namespace attain::engine {
namespace {

using scoring::Dec;
using scoring::Show;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class SnapshotTest : public StateFixture {
 protected:
  SnapshotTest() { Record({ProfileEvent(1), TableEvent(TableNamed(kTable))}); }

  // The revision that is read, or the reason why none is.
  std::string Read(const v1::ReadOptions& read, const v1::AsOf& as_of = {}) {
    const auto snapshot = Snapshot::Open(*store_, &cache_, read, as_of);
    return snapshot.ok() ? absl::StrCat((*snapshot)->revision())
                         : v1::ErrorReason_Name(ReasonOf(snapshot.status()));
  }
  std::string ReadRevision(int64_t revision) {
    v1::ReadOptions read;
    read.set_read_revision(revision);
    return Read(read);
  }
  std::string ReadTime(absl::Time time) {
    v1::ReadOptions read;
    read.mutable_read_time()->set_seconds(absl::ToUnixSeconds(time));
    read.mutable_read_time()->set_nanos(static_cast<int32_t>(
        absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(absl::ToUnixSeconds(time)))));
    return Read(read);
  }
  // The amended table: from this day on row sum wants so much.
  disk::TableState Amended(int count, const std::string& day, const std::string& target) {
    disk::TableState table = TableNamed(kTable);
    table.set_amendment_count(count);
    table.set_amend_date(day);
    table.mutable_indicators(1)->mutable_target()->set_value(target);
    return table;
  }
  std::string TargetAt(const Snapshot& snapshot) {
    const auto view = snapshot.GetBoard(NameOf(kTable));
    return view.ok() ? Show(view->model->rows[1].target) : view.status().ToString();
  }
  static std::string TotalAt(const Snapshot& snapshot, const std::string& table = kTable) {
    const auto view = snapshot.GetBoard(NameOf(table));
    return view.ok() ? Show(view->board->FinalScore().total) : view.status().ToString();
  }
};

TEST_F(SnapshotTest, RevisionsRunFromOneToTheHead) {
  Record({OutlookEvent("sum", "well", "2024-05-31")});
  EXPECT_EQ(Read({}), "2");
  for (const int64_t revision : {-1, 0, 3, 1'000})
    EXPECT_EQ(ReadRevision(revision), "ERROR_REASON_REVISION_OUT_OF_RANGE");
  EXPECT_EQ(ReadRevision(1), "1");
  EXPECT_EQ(ReadRevision(2), "2");
}

TEST_F(SnapshotTest, ATimeReadsTheNewestRevisionUpToIt) {
  Record({OutlookEvent("sum", "well", "2024-05-31")});
  EXPECT_EQ(ReadTime(TimeOf(1) - absl::Microseconds(1)), "ERROR_REASON_REVISION_OUT_OF_RANGE");
  EXPECT_EQ(ReadTime(TimeOf(1)), "1");
  EXPECT_EQ(ReadTime(TimeOf(2) - absl::Nanoseconds(1)), "1");
  EXPECT_EQ(ReadTime(TimeOf(2)), "2");
  EXPECT_EQ(ReadTime(TimeOf(1) + absl::Milliseconds(999)), "1");
  EXPECT_EQ(ReadTime(TimeOf(2000)), "2");
}

class StoppedClock : public Clock {
 public:
  explicit StoppedClock(absl::Time now) : now_(now) {}
  absl::Time Now() const override { return now_; }

 private:
  const absl::Time now_;
};

// What can still be recorded at that time would change the answer.
TEST_F(SnapshotTest, ATimeThatIsNotOverIsRefused) {
  const absl::Time now = absl::FromUnixSeconds(2'000'000'000);
  const StoppedClock clock(now);
  const auto read_at = [&](absl::Time time) {
    v1::ReadOptions read;
    read.mutable_read_time()->set_seconds(absl::ToUnixSeconds(time));
    read.mutable_read_time()->set_nanos(static_cast<int32_t>((absl::ToUnixMicros(time) % 1'000'000) * 1000));
    const auto snapshot = Snapshot::Open(*store_, &cache_, read, {}, &clock);
    return snapshot.ok() ? "" : MessageOf(snapshot.status(), "en");
  };
  EXPECT_EQ(read_at(now - absl::Microseconds(1)), "");
  for (const absl::Duration ahead : {absl::ZeroDuration(), absl::Microseconds(1), absl::Hours(24 * 365)}) {
    EXPECT_EQ(read_at(now + ahead), "That time is not over yet. For the newest state give no time.");
  }
}

TEST_F(SnapshotTest, ADayAndABasisMustBeOnes) {
  v1::AsOf as_of;
  for (const char* day : {"2024-02-30", "2024-2-3", "2024", "today"}) {
    as_of.set_date(day);
    EXPECT_EQ(Read({}, as_of), "ERROR_REASON_INVALID_FIELD") << day;
  }
  as_of.set_date("2024-02-29");
  EXPECT_EQ(Read({}, as_of), "1");
  as_of.set_target_basis(static_cast<v1::TargetBasis>(9));
  EXPECT_EQ(Read({}, as_of), "ERROR_REASON_INVALID_FIELD");
}

TEST_F(SnapshotTest, TargetsAreTheNewestOrThoseOfTheDay) {
  EXPECT_EQ(At()->basis(), v1::TARGET_BASIS_LATEST);
  EXPECT_EQ(AsOf("2024-05-31")->basis(), v1::TARGET_BASIS_IN_FORCE);
  EXPECT_EQ(AsOf("2024-05-31", v1::TARGET_BASIS_LATEST)->basis(), v1::TARGET_BASIS_LATEST);
  EXPECT_EQ(AsOf("", v1::TARGET_BASIS_ORIGINAL)->basis(), v1::TARGET_BASIS_ORIGINAL);
}

TEST_F(SnapshotTest, AnAmendmentIsInForceFromItsOwnDay) {
  Record({TableEvent(Amended(1, "2024-06-01", "50"))});
  Record({TableEvent(Amended(2, "2024-08-01", "60"))});
  struct {
    const char* day;
    v1::TargetBasis basis;
    const char* target;
  } const cases[] = {{"2024-05-31", v1::TARGET_BASIS_IN_FORCE, "40"},
                     {"2024-06-01", v1::TARGET_BASIS_IN_FORCE, "50"},
                     {"2024-07-31", v1::TARGET_BASIS_IN_FORCE, "50"},
                     {"2024-08-01", v1::TARGET_BASIS_IN_FORCE, "60"},
                     {"", v1::TARGET_BASIS_IN_FORCE, "60"},
                     {"", v1::TARGET_BASIS_UNSPECIFIED, "60"},
                     {"", v1::TARGET_BASIS_LATEST, "60"},
                     {"2024-05-31", v1::TARGET_BASIS_LATEST, "60"},
                     {"", v1::TARGET_BASIS_ORIGINAL, "40"},
                     {"2024-08-01", v1::TARGET_BASIS_ORIGINAL, "40"},
                     {"2024-05-31", v1::TARGET_BASIS_UNSPECIFIED, "40"}};
  for (const auto& each : cases)
    EXPECT_EQ(TargetAt(*AsOf(each.day, each.basis)), each.target) << each.day << " " << each.basis;
  v1::ReadOptions read;
  read.set_read_revision(2);
  EXPECT_EQ(TargetAt(*At(read)), "50") << "the second was not known then";
}

TEST_F(SnapshotTest, OfADayCountsWhatIsDatedUpToIt) {
  Record({ReportEvent("sum", "2", ReportOf("20", "2024-05-10", 2))});
  Record({SpendingEvent(SpendingOf("50", "", "2024-06-10", 3))});
  Record({ReviewEvent("sum", "4", "2024-07-10")});
  struct {
    const char *day, *total;
  } const cases[] = {{"2024-05-09", "0"},  {"2024-05-10", "5"},  {"2024-06-09", "5"},
                     {"2024-06-10", "10"}, {"2024-07-09", "10"}, {"2024-07-10", "9"}};
  for (const auto& each : cases) EXPECT_EQ(TotalAt(*AsOf(each.day)), each.total) << each.day;
  EXPECT_EQ(TotalAt(*At()), "9");
  EXPECT_EQ(AsOf("2024-05-10")->GetBoard(NameOf(kTable))->board->revision, 2u);
  EXPECT_EQ(AsOf("2024-06-10")->GetBoard(NameOf(kTable))->board->revision, 3u);
  EXPECT_EQ(AsOf("2024-07-10")->GetBoard(NameOf(kTable))->board->revision, 4u);
}

TEST_F(SnapshotTest, OfADayReportsThatWereTakenBackDoNotCount) {
  Record({ReportEvent("sum", "2", ReportOf("20", "2024-05-10", 2))});
  Record({RetractionEvent("sum", "2", "twice")});
  EXPECT_EQ(TotalAt(*AsOf("2024-05-10")), "0");
  v1::ReadOptions read;
  read.set_read_revision(2);
  v1::AsOf day;
  day.set_date("2024-05-10");
  EXPECT_EQ(TotalAt(*At(read, day)), "5") << "as it was known before";
}

TEST_F(SnapshotTest, ReportsInAnotherUnitDoNotCountAgainstOtherTargets) {
  disk::TableState amended = Amended(1, "2024-06-01", "50");
  amended.mutable_indicators(1)->mutable_target()->set_unit("次");
  Record({TableEvent(amended)});
  Record({ReportEvent("sum", "3", ReportOf("25", "2024-05-10", 3)),
          ReportEvent("latest", "3", ReportOf("20", "2024-05-10", 3))});
  EXPECT_EQ(TotalAt(*At()), "10");
  EXPECT_EQ(TotalAt(*AsOf("", v1::TARGET_BASIS_ORIGINAL)), "5") << "25 次 are not 25 个";
}

TEST_F(SnapshotTest, TypedPointsAndReviewsCountWhereTheyFit) {
  Record({ReportEvent("manual", "2", RatingOf("", "8", "2024-05-10", 2)),
          ReportEvent("sum", "2", ReportOf("40", "2024-05-10", 2))});
  Record({ReviewEvent("sum", "9", "2024-05-11")});
  disk::TableState amended = TableNamed(kTable);
  amended.set_amendment_count(1);
  amended.set_amend_date("2024-06-01");
  amended.mutable_indicators(1)->set_weight("12");
  amended.mutable_indicators(6)->set_weight("15");
  Record({TableEvent(amended)});
  Record({ReportEvent("manual", "5", RatingOf("", "15", "2024-06-10", 5))});
  Record({ReviewEvent("sum", "12", "2024-06-11")});
  EXPECT_EQ(TotalAt(*At()), "27");
  EXPECT_EQ(TotalAt(*AsOf("", v1::TARGET_BASIS_ORIGINAL)), "10")
      << "nobody gave 15 of 10 or 12 of 10; the row by its rule stays";
}

TEST_F(SnapshotTest, OfSeveralOutlooksTheNewestDayCountsAndOfOneDayTheLast) {
  const auto text = [this](const std::string& day) {
    const auto outlooks = (day.empty() ? At() : AsOf(day))->GetOutlooks(NameOf(kTable));
    EXPECT_TRUE(outlooks.ok());
    return outlooks->contains("sum") ? outlooks->at("sum").text() : "none";
  };
  Record({OutlookEvent("sum", "may", "2024-05-31")});
  Record({OutlookEvent("sum", "april", "2024-04-30")});
  Record({OutlookEvent("sum", "june", "2024-06-30")});
  Record({OutlookEvent("sum", "june again", "2024-06-30")});
  Record({OutlookEvent("latest", "another row", "2024-07-31")});
  EXPECT_EQ(text("2024-04-29"), "none");
  EXPECT_EQ(text("2024-04-30"), "april");
  EXPECT_EQ(text("2024-05-30"), "april");
  EXPECT_EQ(text("2024-05-31"), "may");
  EXPECT_EQ(text("2024-06-29"), "may");
  EXPECT_EQ(text("2024-06-30"), "june again");
  EXPECT_EQ(text(""), "june again");
}

TEST_F(SnapshotTest, AUnitOfAYearHasTheTablesOfThatYear) {
  disk::TableState later = TableNamed("units/u/tables/n");
  later.set_fiscal_year(2025);
  Record({TableEvent(later), TableEvent(TableNamed("units/u/tables/d", v1::TABLE_STATE_DRAFT))});
  Record({ReportEvent("sum", "3", ReportOf("20", "2024-05-10", 3)),
          ReportEvent("latest", "3", ReportOf("40", "2025-05-10", 3), "units/u/tables/n")});
  const auto total = [&](const Snapshot& snapshot, int year) {
    const auto view = snapshot.GetUnitBoard("u", year);
    return view.ok() ? absl::StrCat(view->fiscal_year, ":", view->sums.tables, ":",
                                    view->sums.weighted_total.ToString())
                     : v1::ErrorReason_Name(ReasonOf(view.status()));
  };
  EXPECT_EQ(total(*At(), 2024), "2024:1:500");
  EXPECT_EQ(total(*At(), 2025), "2025:1:1000");
  EXPECT_EQ(total(*At(), 0), "2025:1:1000") << "the newest";
  EXPECT_EQ(total(*At(), 2023), "ERROR_REASON_WRONG_STATE");
  EXPECT_EQ(total(*AsOf("2024-05-09"), 2024), "2024:1:0");
  EXPECT_EQ(total(*AsOf("2024-05-10"), 2024), "2024:1:500");
  EXPECT_EQ(total(*AsOf("2025-05-09"), 2025), "2025:1:0");
  EXPECT_EQ(total(*AsOf("2025-05-10"), 2025), "2025:1:1000");
  EXPECT_EQ(total(*AsOf("2025-05-10"), 0), "2025:1:1000");
}

TEST_F(SnapshotTest, OriginalTargetsOfAUnitAreThoseOfItsTables) {
  Record({ReportEvent("sum", "2", ReportOf("20", "2024-05-10", 2))});
  Record({TableEvent(Amended(1, "2024-06-01", "20"))});
  EXPECT_EQ(At()->GetUnitBoard("u", 2024)->sums.weighted_total, Dec("1000"));
  EXPECT_EQ(AsOf("", v1::TARGET_BASIS_ORIGINAL)->GetUnitBoard("u", 2024)->sums.weighted_total, Dec("500"));
}

TEST_F(SnapshotTest, OfADayAUnitIsRolledUpByTheVersionThatItsTablesHadThen) {
  Record({TableEvent(TableNamed("units/u/tables/x"))});
  Record({ProfileEvent(2, v1::ROLLUP_MODE_PLAIN_MEAN)});
  disk::TableState adopting = Amended(1, "2024-06-01", "40");
  adopting.set_profile_version(2);
  Record({TableEvent(adopting)});
  const auto version = [](const Snapshot& snapshot) {
    const auto view = snapshot.GetUnitBoard("u", 2024);
    return absl::StrCat(view->header.profile_version(), ":", view->profile->version, ":",
                        view->sums.weight.ToString());
  };
  EXPECT_EQ(version(*At()), "2:2:2");
  EXPECT_EQ(version(*AsOf("2024-05-31")), "1:1:200");
  EXPECT_EQ(version(*AsOf("2024-06-01")), "2:2:2");
}

TEST_F(SnapshotTest, WhatIsNotInForceHasNoBoard) {
  Record({TableEvent(TableNamed("units/u/tables/d", v1::TABLE_STATE_DRAFT))});
  EXPECT_EQ(ReasonOf(At()->GetBoard(NameOf("units/u/tables/d")).status()), v1::ERROR_REASON_WRONG_STATE);
  EXPECT_EQ(ReasonOf(At()->GetBoard(NameOf("units/u/tables/none")).status()),
            v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  EXPECT_FALSE(At()->FindBoard(NameOf("units/u/tables/d"))->has_value());
  EXPECT_FALSE(At()->FindBoard(NameOf("units/u/tables/none"))->has_value());
  EXPECT_TRUE(At()->FindBoard(NameOf(kTable))->has_value());
  EXPECT_EQ(At()->reads().Evaluation(NameOf(kTable))->state.state(), v1::EVALUATION_STATE_OPEN);
  EXPECT_EQ(At()->reads().Evaluation(NameOf(kTable))->revision, 0u);
}

TEST_F(SnapshotTest, WhatWasReadBeforeStaysTrueOfItsRevision) {
  std::vector<std::string> said;
  for (int i = 0; i < 4; ++i) {
    said.push_back(BoardAt(*At()));
    const int64_t revision = static_cast<int64_t>(next());
    Record({ReportEvent("sum", absl::StrCat(revision), ReportOf("3", "2024-05-10", revision))});
  }
  ModelCache empty(0);
  for (int i = 0; i < 4; ++i) {
    v1::ReadOptions read;
    read.set_read_revision(i + 1);
    EXPECT_EQ(BoardAt(*At(read)), said[i]) << i;
    EXPECT_EQ(BoardAt(**Snapshot::Open(*store_, &empty, read)), said[i]) << "without a cache, " << i;
  }
}

TEST_F(SnapshotTest, TablesAndReportsAreVisitedInOrderUntilItIsEnough) {
  Record({TableEvent(TableNamed("units/a/tables/z")), TableEvent(TableNamed("units/u/tables/a")),
          TableEvent(TableNamed("units/uu/tables/a"))});
  const auto tables = [this](const std::string& unit, size_t enough) {
    std::vector<std::string> names;
    const absl::Status status = At()->ForEachTable(unit, [&](const auto& model) -> absl::StatusOr<bool> {
      names.push_back(model->state.name());
      return names.size() < enough;
    });
    EXPECT_TRUE(status.ok()) << status;
    return names;
  };
  EXPECT_THAT(tables("u", 9), ElementsAre("units/u/tables/a", kTable));
  EXPECT_THAT(tables("-", 9),
              ElementsAre("units/a/tables/z", "units/u/tables/a", kTable, "units/uu/tables/a"));
  EXPECT_THAT(tables("-", 2), ElementsAre("units/a/tables/z", "units/u/tables/a"));
  const absl::Status failed = At()->ForEachTable(
      "-", [](const auto&) -> absl::StatusOr<bool> { return absl::AbortedError("enough"); });
  EXPECT_EQ(failed.code(), absl::StatusCode::kAborted);
  Record({ReportEvent("sum", "3", ReportOf("1", "2024-05-10", 3)),
          ReportEvent("sum", "3-2", ReportOf("1", "2024-05-10", 3)),
          ReportEvent("latest", "3", ReportOf("1", "2024-05-10", 3))});
  const auto reports = [this](const std::string& row, size_t enough) {
    std::vector<std::string> ids;
    const absl::Status status = At()->reads().ForEachActual(
        RowOf(row), [&](const std::string& indicator, const ActualId& id, const auto&) {
          ids.push_back(absl::StrCat(indicator, " ", id.ToString()));
          return ids.size() < enough;
        });
    EXPECT_TRUE(status.ok()) << status;
    return ids;
  };
  EXPECT_THAT(reports("sum", 9), ElementsAre("sum 3", "sum 3-2"));
  EXPECT_THAT(reports("-", 9), ElementsAre("latest 3", "sum 3", "sum 3-2"));
  EXPECT_THAT(reports("-", 1), ElementsAre("latest 3"));
}

TEST_F(SnapshotTest, AReportIsFoundByItsId) {
  Record({ReportEvent("sum", "2", ReportOf("1", "2024-05-10", 2))});
  EXPECT_EQ(RequireActual(At()->reads(), RowOf("sum"), {2, 1})->state.number(), "1");
  const absl::Status missing = RequireActual(At()->reads(), RowOf("sum"), {2, 2}).status();
  EXPECT_EQ(ReasonOf(missing), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  EXPECT_THAT(MessageOf(missing, "en"), HasSubstr("units/u/tables/t/indicators/sum/actuals/2-2"));
}

}  // namespace
}  // namespace attain::engine
