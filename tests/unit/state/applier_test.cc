// What each event leaves in the store, field by field, and that what is not kept leaves nothing.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "attain/v1/actual.pb.h"
#include "service/state/keys.h"
#include "service/state/require.h"
#include "tests/unit/scoring/test_profiles.h"
#include "tests/unit/state/state_fixture.h"

namespace attain::engine {
namespace {

using scoring::Dec;
using scoring::Show;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ApplierTest : public StateFixture {
 protected:
  ApplierTest() { Record({ProfileEvent(1), TableEvent(TableNamed(kTable))}); }

  disk::ActualState ActualOf(const std::string& row, const std::string& id) {
    const auto actual = RequireActual(At()->reads(), RowOf(row), *ActualId::Parse(id));
    EXPECT_TRUE(actual.ok()) << actual.status();
    return actual.ok() ? actual->state : disk::ActualState();
  }
  scoring::RollupSums SumsAt(const Snapshot& snapshot, int year = 2024) {
    const auto view = snapshot.GetUnitBoard("u", year);
    EXPECT_TRUE(view.ok()) << view.status();
    return view.ok() ? view->sums : scoring::RollupSums();
  }
  // The board as it lies there, as a workspace has it that reads it anew, and as it follows from the reports:
  // all say the same, and the unit's sums are those of its tables.
  void ExpectConsistent() {
    const std::string stored = BoardAt(*At());
    Workspace fresh(size_t{1} << 20);
    auto group = store_->Begin();
    ASSERT_TRUE(group.ok());
    WorkingState state(group->get(), &fresh, (*group)->StartEntry());
    const auto again = state.GetTable(NameOf(kTable)), kept_there = [&] {
      WorkingState other(group->get(), &workspace_, next());
      return other.GetTable(NameOf(kTable));
    }();
    ASSERT_TRUE(again.ok()) << again.status();
    ASSERT_TRUE(kept_there.ok());
    EXPECT_EQ(ShowBoard(*(*again)->board), stored) << "read anew";
    EXPECT_EQ(ShowBoard(*(*kept_there)->board), stored) << "kept decoded";
    const std::string built = BoardAt(*AsOf("2099-12-31", v1::TARGET_BASIS_LATEST));
    EXPECT_EQ(Unpinned(built), Unpinned(stored)) << "from the reports";
    EXPECT_EQ(SumsAt(*AsOf("2099-12-31", v1::TARGET_BASIS_LATEST)), SumsAt(*At()));
  }
  // Without the revision of the board, which a board from reports has from those alone.
  static std::string Unpinned(std::string board) {
    const size_t at = board.find("\nrevision ");
    return board.erase(at, board.find(" submitted", at) - at);
  }
};

TEST_F(ApplierTest, AUnitIsThereWithTheRevisionThatSetIt) {
  disk::Event event;
  event.mutable_unit_set()->set_name("units/w");
  event.mutable_unit_set()->set_display_name("局");
  const uint64_t revision = Record({event});
  const auto unit = RequireUnit(At()->reads(), "w");
  ASSERT_TRUE(unit.ok());
  EXPECT_EQ(unit->state.display_name(), "局");
  EXPECT_EQ(unit->revision, revision);
  EXPECT_EQ(ReasonOf(RequireUnit(At()->reads(), "nobody").status()), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
}

TEST_F(ApplierTest, AProfileHasAllItsVersions) {
  Record({ProfileEvent(2, v1::ROLLUP_MODE_PLAIN_MEAN)});
  const auto rollup = [this](int64_t version) {
    const auto found = RequireProfile(At()->reads(), "national", version);
    return found.ok() ? absl::StrCat(found->state.version(), ":", found->state.rollup()) : "none";
  };
  EXPECT_EQ(rollup(0), "2:2");
  EXPECT_EQ(rollup(1), "1:1");
  EXPECT_EQ(rollup(2), "2:2");
  EXPECT_EQ(rollup(3), "none");
  const absl::Status missing = RequireProfile(At()->reads(), "national", 3).status();
  EXPECT_EQ(ReasonOf(missing), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  EXPECT_THAT(MessageOf(missing, "en"), HasSubstr("no version 3; its newest is 2"));
  EXPECT_EQ(ReasonOf(RequireProfile(At()->reads(), "nobody", 0).status()),
            v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  EXPECT_EQ(ReasonOf(RequireProfile(At()->reads(), "nobody", 1).status()),
            v1::ERROR_REASON_RESOURCE_NOT_FOUND);
}

TEST_F(ApplierTest, ATextThatATableCameWithIsFoundByItsRevision) {
  disk::Event event = TableEvent(TableNamed("units/u/tables/x"));
  event.mutable_table_set()->set_source_text("…");
  const uint64_t revision = Record({event});
  EXPECT_EQ((*At()->GetTable(NameOf("units/u/tables/x")))->state.source_revision(),
            static_cast<int64_t>(revision));
  EXPECT_EQ((*At()->GetTable(NameOf(kTable)))->state.source_revision(), 0);
}

TEST_F(ApplierTest, AReportIsStoredAndCounts) {
  disk::ActualState actual = ReportOf("20", "2024-05-10", static_cast<int64_t>(next()));
  actual.mutable_report()->set_note("note");
  const uint64_t revision = Record({ReportEvent("sum", absl::StrCat(next()), actual)});
  EXPECT_EQ(ActualOf("sum", absl::StrCat(revision)).DebugString(), actual.DebugString());
  const TableView view = *At()->GetBoard(NameOf(kTable));
  EXPECT_EQ(view.board->revision, revision);
  EXPECT_EQ(Show(view.board->total.total), "5");
  EXPECT_EQ(SumsAt(*At()).weighted_total, Dec("500"));
  EXPECT_EQ(SumsAt(*At()).reported, 1);
  EXPECT_EQ(SumsAt(*At()).tables, 1) << "a table that changes counts once";
  ExpectConsistent();
}

TEST_F(ApplierTest, SeveralReportsOfOneRevisionAllCount) {
  const int64_t revision = static_cast<int64_t>(next());
  Record({ReportEvent("sum", absl::StrCat(revision), ReportOf("20", "2024-05-10", revision)),
          ReportEvent("sum", absl::StrCat(revision, "-2"), ReportOf("10", "2024-05-10", revision)),
          ReportEvent("latest", absl::StrCat(revision), ReportOf("40", "2024-05-10", revision))});
  EXPECT_EQ(Show(At()->GetBoard(NameOf(kTable))->board->total.total), "17.5");
  ExpectConsistent();
}

TEST_F(ApplierTest, ACorrectionReplacesItsReport) {
  const uint64_t first = Record({ReportEvent("sum", "2", ReportOf("20", "2024-05-10", 2))});
  Record({ReviewEvent("sum", "4", "2024-06-01")});
  disk::ActualState correction = ReportOf("30", "2024-05-09", 4);
  correction.set_corrects(absl::StrCat(first));
  const uint64_t revision = Record({ReportEvent("sum", "4", correction)});
  const disk::ActualState old = ActualOf("sum", "2");
  EXPECT_EQ(old.state(), v1::ACTUAL_STATE_CORRECTED);
  EXPECT_EQ(old.corrected_by(), "4");
  EXPECT_EQ(old.number(), "20") << "it is kept";
  EXPECT_EQ(ActualOf("sum", "4").state(), v1::ACTUAL_STATE_ACTIVE);
  const TableView view = *At()->GetBoard(NameOf(kTable));
  EXPECT_EQ(Show(view.board->cells[1].reported.number), "30");
  EXPECT_EQ(view.board->cells[1].reported.date, "2024-05-09");
  EXPECT_EQ(view.board->cells[1].count, 1);
  EXPECT_EQ(view.board->revision, revision);
  EXPECT_EQ(Show(view.board->FinalScore().total), "4") << "the review stays";
  ExpectConsistent();
}

TEST_F(ApplierTest, ARetractionTakesItsReportOutAndKeepsIt) {
  Record({ReportEvent("sum", "2", ReportOf("20", "2024-05-10", 2))});
  Record({ReportEvent("sum", "3", ReportOf("10", "2024-05-11", 3))});
  const uint64_t revision = Record({RetractionEvent("sum", "3", "twice")});
  const disk::ActualState old = ActualOf("sum", "3");
  EXPECT_EQ(old.state(), v1::ACTUAL_STATE_RETRACTED);
  EXPECT_EQ(old.change_reason(), "twice");
  EXPECT_EQ(old.number(), "10");
  EXPECT_EQ(Show(At()->GetBoard(NameOf(kTable))->board->cells[1].reported.number), "20");
  EXPECT_EQ(At()->GetBoard(NameOf(kTable))->board->revision, revision);
  ExpectConsistent();
  Record({RetractionEvent("sum", "2", "wrong")});
  EXPECT_FALSE(At()->GetBoard(NameOf(kTable))->board->cells[1].reported.reported);
  ExpectConsistent();
}

TEST_F(ApplierTest, MoneyIsListedAndCounts) {
  const uint64_t revision = Record({SpendingEvent(SpendingOf("50", "", "2024-05-10", 2))});
  EXPECT_EQ(Show(At()->GetBoard(NameOf(kTable))->board->total.total), "5");
  EXPECT_EQ(At()->GetBoard(NameOf(kTable))->board->revision, revision);
  EXPECT_EQ(SumsAt(*At()).spent, Dec("50"));
  Record({SpendingEvent(SpendingOf("60", "80", "2024-05-09", 3))});
  EXPECT_EQ(SumsAt(*At()).spent, Dec("50")) << "of an earlier day";
  EXPECT_EQ(SumsAt(*At()).adjusted, Dec("80"));
  const KeyRange range = SpendingsOf("u", "t");
  std::vector<std::string> listed;
  ASSERT_TRUE(At()->reader()
                  .Scan(range.begin, range.end,
                        [&](absl::string_view, storage::Revision, absl::string_view value) {
                          disk::SpendingState spending;
                          EXPECT_TRUE(spending.ParseFromArray(value.data(), static_cast<int>(value.size())));
                          listed.push_back(spending.spent());
                          return true;
                        })
                  .ok());
  EXPECT_THAT(listed, ElementsAre("50", "60"));
  ExpectConsistent();
}

TEST_F(ApplierTest, AnEvaluationStandsUntilItIsReturned) {
  Record({ReportEvent("sum", "2", ReportOf("20", "2024-05-10", 2))});
  const uint64_t submitted = Record({EvaluationEvent(v1::EVALUATION_STATE_SUBMITTED, 3)});
  EXPECT_EQ(At()->reads().Evaluation(NameOf(kTable))->state.state(), v1::EVALUATION_STATE_SUBMITTED);
  EXPECT_EQ(At()->reads().Evaluation(NameOf(kTable))->revision, submitted);
  const auto late = [this] {
    return (At()->GetBoard(NameOf(kTable))->board->scores[1].flags & scoring::kFlagLate) != 0;
  };
  EXPECT_FALSE(late());
  EXPECT_EQ(At()->GetBoard(NameOf(kTable))->board->submit_revision, 3u);
  Record({ReportEvent("sum", "4", ReportOf("1", "2024-05-10", 4))});
  EXPECT_TRUE(late());
  ExpectConsistent();
  Record({EvaluationEvent(v1::EVALUATION_STATE_CONFIRMED, 3)});
  EXPECT_TRUE(late());
  ExpectConsistent();
  Record({EvaluationEvent(v1::EVALUATION_STATE_RETURNED, 3)});
  EXPECT_FALSE(late());
  EXPECT_EQ(At()->GetBoard(NameOf(kTable))->board->submit_revision, 0u);
  ExpectConsistent();
}

TEST_F(ApplierTest, AReviewIsStoredAndCounts) {
  Record({ReportEvent("sum", "2", ReportOf("20", "2024-05-10", 2))});
  const uint64_t revision = Record({ReviewEvent("sum", "4.5", "2024-06-01")});
  const TableView view = *At()->GetBoard(NameOf(kTable));
  ASSERT_TRUE(view.board->cells[1].review.has_value());
  EXPECT_EQ(view.board->cells[1].review->score, Dec("4.5"));
  EXPECT_EQ(view.board->revision, revision);
  EXPECT_EQ(Show(view.board->FinalScore().total), "4.5");
  EXPECT_EQ(SumsAt(*At()).weighted_final, Dec("450"));
  EXPECT_EQ(SumsAt(*At()).reviewed, 1);
  ExpectConsistent();
}

TEST_F(ApplierTest, AnOutlookIsStoredAndMovesNoBoard) {
  Record({ReportEvent("sum", "2", ReportOf("20", "2024-05-10", 2))});
  const std::string before = BoardAt(*At());
  Record({OutlookEvent("sum", "well", "2024-05-31")});
  EXPECT_EQ(At()->GetOutlooks(NameOf(kTable))->at("sum").text(), "well");
  EXPECT_EQ(BoardAt(*At()), before);
}

TEST_F(ApplierTest, AmendmentsAreKeptByTheirNumbers) {
  for (int number = 1; number <= 11; ++number) {
    disk::Event event;
    event.mutable_amendment_set()->set_table(kTable);
    event.mutable_amendment_set()->mutable_amendment()->set_number(number);
    event.mutable_amendment_set()->mutable_amendment()->set_reason(absl::StrCat("reason ", number));
    Record({event});
    auto group = store_->Begin();
    WorkingState state(group->get(), &workspace_, next());
    EXPECT_EQ(*state.reads().NewestAmendment(NameOf(kTable)), number);
    ResourceName name = NameOf(kTable);
    name.amendment = number;
    EXPECT_EQ(RequireAmendment(state.reads(), name)->state.reason(), absl::StrCat("reason ", number));
    name.amendment = number + 1;
    EXPECT_EQ(ReasonOf(RequireAmendment(state.reads(), name).status()), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  }
  const auto all = At()->reads().Amendments(NameOf(kTable));
  ASSERT_TRUE(all.ok());
  ASSERT_EQ(all->size(), 11u);
  for (int i = 0; i < 11; ++i) EXPECT_EQ((*all)[i].state.number(), i + 1) << "ten comes after nine";
}

TEST_F(ApplierTest, AnAmendedTableKeepsItsFiguresAndCountsByItsNewRows) {
  Record({ReportEvent("sum", "2", ReportOf("20", "2024-05-10", 2))});
  Record({ReportEvent("sum", "3", ReportOf("10", "2024-05-11", 3))});
  disk::TableState amended = TableNamed(kTable);
  amended.set_amendment_count(1);
  amended.set_amend_date("2024-06-01");
  amended.mutable_indicators(1)->set_accumulation(v1::ACCUMULATION_AVERAGE);
  amended.mutable_indicators(1)->set_weight("20");
  const uint64_t revision = Record({TableEvent(amended)});
  const TableView view = *At()->GetBoard(NameOf(kTable));
  EXPECT_EQ(Show(view.board->cells[1].reported.number), "15") << "added up otherwise";
  EXPECT_EQ(Show(view.board->total.total), "7.5");
  EXPECT_EQ(view.board->revision, revision);
  EXPECT_EQ(SumsAt(*At()).weighted_total, Dec("750"));
  ExpectConsistent();
  amended.set_state(v1::TABLE_STATE_CLOSED);
  Record({TableEvent(amended)});
  EXPECT_EQ(At()->GetBoard(NameOf(kTable))->board->revision, revision) << "closing is no amendment";
  EXPECT_EQ(SumsAt(*At()).tables, 1) << "a closed table goes on counting";
  ExpectConsistent();
}

TEST_F(ApplierTest, ATableCountsInItsUnitAndYearOnlyWhileItTakesPart) {
  EXPECT_EQ(ReasonOf(At()->GetUnitBoard("v", 2024).status()), v1::ERROR_REASON_WRONG_STATE);
  const std::string other = "units/u/tables/x";
  Record({TableEvent(TableNamed(other, v1::TABLE_STATE_SUBMITTED))});
  EXPECT_EQ(SumsAt(*At()).tables, 1);
  EXPECT_EQ(ReasonOf(At()->GetBoard(NameOf(other)).status()), v1::ERROR_REASON_WRONG_STATE);
  Record({TableEvent(TableNamed(other))});
  EXPECT_EQ(SumsAt(*At()).tables, 2);
  Record({TableEvent(TableNamed("units/v/tables/x"))});
  EXPECT_EQ(SumsAt(*At()).tables, 2) << "another unit's";
  disk::TableState moved = TableNamed(other);
  moved.set_fiscal_year(2025);
  Record({TableEvent(moved)});
  EXPECT_EQ(SumsAt(*At()).tables, 1);
  EXPECT_EQ(SumsAt(*At(), 2025).tables, 1);
  moved.set_kind(v1::TABLE_KIND_UNIT);
  Record({TableEvent(moved)});
  EXPECT_EQ(SumsAt(*At(), 2025).tables, 0);
}

TEST_F(ApplierTest, AUnitGoesOverToANewerVersionOfItsProfile) {
  const std::string other = "units/u/tables/x", next_year = "units/u/tables/y";
  disk::TableState later = TableNamed(next_year);
  later.set_fiscal_year(2025);
  Record({TableEvent(TableNamed(other)), TableEvent(TableNamed("units/u/tables/d", v1::TABLE_STATE_DRAFT)),
          TableEvent(later)});
  Record({ReportEvent("latest", "3", ReportOf("40", "2024-05-10", 3), other),
          ReportEvent("latest", "3", ReportOf("20", "2024-05-10", 3)),
          ReportEvent("latest", "3", ReportOf("20", "2024-05-10", 3), next_year)});
  EXPECT_EQ(SumsAt(*At()).weight, Dec("200"));
  Record({ProfileEvent(2, v1::ROLLUP_MODE_PLAIN_MEAN)});
  disk::TableState adopting = TableNamed(kTable);
  adopting.set_profile_version(2);
  Record({TableEvent(adopting)});
  EXPECT_EQ(SumsAt(*At()).weight, Dec("2")) << "both tables, each once";
  EXPECT_EQ(SumsAt(*At()).weighted_total, Dec("15"));
  EXPECT_EQ(At()->GetUnitBoard("u", 2024)->header.profile_version(), 2);
  EXPECT_EQ(SumsAt(*At(), 2025).weight, Dec("100")) << "another year's sums stay";
  ExpectConsistent();
  Record({TableEvent(TableNamed("units/u/tables/z"))});
  EXPECT_EQ(At()->GetUnitBoard("u", 2024)->header.profile_version(), 2) << "never back";
  EXPECT_EQ(SumsAt(*At()).weight, Dec("3"));
  ExpectConsistent();
}

TEST_F(ApplierTest, AnotherProfileDoesNotChangeHowTheUnitIsRolledUp) {
  disk::Event own = ProfileEvent(7, v1::ROLLUP_MODE_PLAIN_MEAN);
  own.mutable_profile_set()->set_name("profiles/own");
  disk::TableState table = TableNamed("units/u/tables/x");
  table.set_profile("profiles/own");
  table.set_profile_version(7);
  Record({own, TableEvent(table)});
  EXPECT_EQ(At()->GetUnitBoard("u", 2024)->header.profile(), "profiles/national");
  EXPECT_EQ(At()->GetUnitBoard("u", 2024)->header.profile_version(), 1);
  EXPECT_EQ(SumsAt(*At()).weight, Dec("200"));
}

TEST_F(ApplierTest, WhatIsNotKeptLeavesNothing) {
  const auto spend = [this] { Record({SpendingEvent(SpendingOf("10", "", "2024-05-10", 3))}); };
  Record({ReportEvent("sum", "2", ReportOf("20", "2024-05-10", 2))});
  spend();
  const scoring::RollupSums sums = SumsAt(*At());
  const std::vector<std::vector<disk::Event>> tried = {
      {ReportEvent("sum", "3", ReportOf("7", "2024-05-10", 3))},
      {SpendingEvent(SpendingOf("7", "", "2024-05-10", 3))},
      {TableEvent(TableNamed(kTable, v1::TABLE_STATE_CLOSED))},
      {TableEvent(TableNamed("units/u/tables/x")),
       ReportEvent("sum", "3", ReportOf("7", "2024-05-10", 3), "units/u/tables/x")},
      {ReviewEvent("sum", "1", "2024-06-01")},
      {EvaluationEvent(v1::EVALUATION_STATE_SUBMITTED, 3)},
      {RetractionEvent("sum", "2", "no")}};
  for (const auto& events : tried) {
    const std::string before = BoardAt(*At());
    EXPECT_TRUE(Try(events).ok());
    EXPECT_EQ(BoardAt(*At()), before);
    spend();  // writes the boards again
    ExpectConsistent();
    EXPECT_EQ(SumsAt(*At()), sums);
  }
  EXPECT_EQ(ReasonOf(At()->GetTable(NameOf("units/u/tables/x")).status()),
            v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  Record({SpendingEvent(SpendingOf("50", "", "2024-05-10", next()))});
  EXPECT_EQ(SumsAt(*At()).tables, 1);
  EXPECT_EQ(SumsAt(*At()).weighted_total, Dec("1000"));
  ExpectConsistent();
}

TEST_F(ApplierTest, AProfileThatWasNotKeptIsNotCompiled) {
  EXPECT_TRUE(Try({ProfileEvent(2, v1::ROLLUP_MODE_PLAIN_MEAN), TableEvent([] {
                     disk::TableState table = TableNamed("units/v/tables/x");
                     table.set_profile_version(2);
                     return table;
                   }())})
                  .ok());
  auto group = store_->Begin();
  WorkingState state(group->get(), &workspace_, next());
  EXPECT_EQ(ReasonOf(state.CompiledProfile("national", 2).status()), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  EXPECT_EQ((*state.CompiledProfile("national", 0))->version, 1);
}

TEST_F(ApplierTest, AnEventThatFitsNoTableIsDamage) {
  Record({TableEvent(TableNamed("units/u/tables/d", v1::TABLE_STATE_DRAFT))});
  const disk::ActualState report = ReportOf("7", "2024-05-10", 3);
  const std::vector<disk::Event> wrong = {
      ReportEvent("sum", "3", report, "units/u/tables/d"), ReportEvent("gone", "3", report),
      SpendingEvent(SpendingOf("7", "", "2024-05-10", 3), "units/u/tables/d"), disk::Event()};
  for (const disk::Event& event : wrong)
    EXPECT_EQ(Try({event}).code(), absl::StatusCode::kDataLoss) << event.ShortDebugString();
  EXPECT_EQ(ReasonOf(Try({ReportEvent("sum", "3", report, "units/u/tables/none")})),
            v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  EXPECT_EQ(ReasonOf(Try({RetractionEvent("sum", "99", "no")})), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  ExpectConsistent();
}

TEST_F(ApplierTest, ARequestIdIsKeptWithItsContentAndRevisionAlone) {
  auto group = store_->Begin();
  Applier applier(group->get(), &workspace_, (*group)->StartEntry());
  disk::RequestState request;
  request.set_fingerprint("print");
  request.set_revision(2);
  request.set_response("the whole answer");
  ASSERT_TRUE(applier.WriteBoards(&request, "key").ok());
  (*group)->FinishEntry("", TimeOf(2));
  ASSERT_TRUE((*group)->Commit().ok());
  disk::RequestState kept;
  ASSERT_TRUE(kept.ParseFromString(**store_->GetOnce("key")));
  EXPECT_EQ(kept.fingerprint(), "print");
  EXPECT_EQ(kept.revision(), 2);
  EXPECT_EQ(kept.response(), "") << "the journal has it";
}

TEST_F(ApplierTest, TellsHowTheTablesStandThatItTouched) {
  auto group = store_->Begin();
  Applier applier(group->get(), &workspace_, (*group)->StartEntry());
  const std::string x = "units/u/tables/x", d = "units/u/tables/d";
  for (const disk::Event& event :
       {ReportEvent("sum", "2", ReportOf("20", "2024-05-10", 2)), TableEvent(TableNamed(x)),
        ReportEvent("sum", "2-2", ReportOf("10", "2024-05-10", 2)),
        ReportEvent("sum", "2", ReportOf("40", "2024-05-10", 2), x),
        TableEvent(TableNamed(d, v1::TABLE_STATE_DRAFT)), OutlookEvent("sum", "well", "2024-05-31")})
    ASSERT_TRUE(applier.Apply(event).ok());
  ASSERT_TRUE(applier.WriteBoards(nullptr, "").ok());
  std::vector<MovedTable> moved;
  applier.AppendMoved(&moved);
  std::vector<std::string> told;
  for (const MovedTable& each : moved) {
    EXPECT_EQ(each.revision, 2u);
    told.push_back(absl::StrCat(each.table == TableKey("u", "t")   ? "t"
                                : each.table == TableKey("u", "x") ? "x"
                                                                   : "d",
                                " ", each.in_force, " ", Show(each.total)));
  }
  EXPECT_THAT(told, ElementsAre("t 1 7.5", "x 1 10", "d 0 unset")) << "each once, in order";
}

TEST_F(ApplierTest, ReportsOfARowAreReadInTheirOrder) {
  for (int number : {1, 2, 10, 11}) {
    const std::string id = number == 1 ? "2" : absl::StrCat("2-", number);
    if (number == 1) Record({ReportEvent("sum", id, ReportOf("1", "2024-05-10", 2))});
    if (number > 1)
      Record({ReportEvent("sum", id,
                          ReportOf(absl::StrCat(number), absl::StrCat("2024-05-1", number % 10), 2))});
  }
  auto group = store_->Begin();
  WorkingState state(group->get(), &workspace_, next());
  std::vector<std::string> ids;
  ASSERT_TRUE(
      state.reads()
          .ForEachActual(RowOf("sum"),
                         [&](const std::string&, const ActualId& id, const Found<disk::ActualState>&) {
                           ids.push_back(id.ToString());
                           return true;
                         })
          .ok());
  EXPECT_THAT(ids, ElementsAre("2", "2-2", "2-10", "2-11"));
  EXPECT_TRUE(*state.reads().HasReports(RowOf("sum")));
  EXPECT_FALSE(*state.reads().HasReports(RowOf("latest")));
  const TableModel& model = *(*state.GetTable(NameOf(kTable)))->model;
  EXPECT_EQ(Show(state.CellBy(RowOf("sum"), model, 1, "")->reported.number), "24");
  EXPECT_EQ(Show(state.CellBy(RowOf("sum"), model, 1, "2024-05-11")->reported.number), "22")
      << "its own day counts";
  EXPECT_EQ(Show(state.CellBy(RowOf("sum"), model, 1, "2024-05-10")->reported.number), "11");
  EXPECT_FALSE(state.CellBy(RowOf("sum"), model, 1, "2024-05-09")->reported.reported);
}

}  // namespace
}  // namespace attain::engine
