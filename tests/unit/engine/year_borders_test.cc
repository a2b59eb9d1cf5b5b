// The days and states on which a table's year turns: amendments on their own day, what a closed table still
// takes, what is due today, what drifts after the signature.
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kTable[] = "units/u/tables/t";

// A day that the test sets. Thread-compatible: set while nothing is asked.
class SetClock : public Clock {
 public:
  absl::Time Now() const override { return now; }
  absl::Time now = absl::FromCivil(absl::CivilSecond(2024, 3, 15, 12), absl::FixedTimeZone(8 * 3600));
  void Set(int month, int day) {
    now = absl::FromCivil(absl::CivilSecond(2024, month, day, 12), absl::FixedTimeZone(8 * 3600));
  }
};

class YearBorders : public EngineFixture {
 protected:
  void SetUp() override {
    engine_options.clock = &clock_;
    Open();
    MakeTable("u", "t", 2);  // i1 and i2: ≥ 30 个, 45 points each; budget 10
  }
  void TearDown() override { Close(); }

  static std::string Row(int number) { return absl::StrCat(kTable, "/indicators/i", number); }
  v1::ProposeAmendmentRequest Change(int row, const std::string& date) {
    const v1::Table table = TableOf(kTable);
    v1::ProposeAmendmentRequest request;
    request.set_parent(kTable);
    request.set_etag(table.etag());
    request.mutable_amendment()->set_reason("fewer");
    request.mutable_amendment()->set_effective_date(date);
    v1::RowChange* change = request.mutable_amendment()->add_rows();
    change->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
    *change->mutable_indicator() = table.indicators(row - 1);
    return request;
  }
  v1::ProposeAmendmentRequest Lower(int row, const std::string& target, const std::string& date) {
    v1::ProposeAmendmentRequest request = Change(row, date);
    request.mutable_amendment()->mutable_rows(0)->mutable_indicator()->mutable_target()->set_value(target);
    return request;
  }
  v1::Amendment Propose(const v1::ProposeAmendmentRequest& request) {
    return Do<v1::ProposeAmendmentResponse>(request, "lead").amendment();
  }
  static v1::ApproveAmendmentRequest Approval(const v1::Amendment& amendment) {
    v1::ApproveAmendmentRequest request;
    request.set_name(amendment.name());
    request.set_etag(amendment.etag());
    return request;
  }
  v1::Amendment Approve(const v1::Amendment& amendment) {
    return Do<v1::ApproveAmendmentResponse>(Approval(amendment), "office").amendment();
  }
  static v1::RecordOutlookRequest Outlook(int row, const std::string& date) {
    v1::RecordOutlookRequest request;
    request.set_indicator(Row(row));
    request.mutable_outlook()->set_likelihood(v1::LIKELIHOOD_CERTAIN);
    request.mutable_outlook()->set_date(date);
    return request;
  }
  void CloseTable() {
    v1::CloseTableRequest close;
    close.set_name(kTable);
    close.set_etag(TableOf(kTable).etag());
    Do<v1::CloseTableResponse>(close, "office");
  }
  void Complete() {
    for (int row : {1, 2}) Report(Row(row), "30", "2024-12-01");
    Spend("8", "2024-12-31");
  }
  void Spend(const std::string& spent, const std::string& date, const std::string& adjusted = "") {
    v1::RecordSpendingRequest request;
    request.set_parent(kTable);
    request.mutable_spending()->set_spent(spent);
    request.mutable_spending()->set_adjusted_budget(adjusted);
    request.mutable_spending()->set_date(date);
    Do<v1::RecordSpendingResponse>(request);
  }
  template <typename Request>
  Request Step() {
    Request request;
    request.set_name(absl::StrCat(kTable, "/evaluation"));
    request.set_etag(EvaluationOf(kTable).evaluation().etag());
    return request;
  }
  void Submit() { Do<v1::SubmitEvaluationResponse>(Step<v1::SubmitEvaluationRequest>(), "lead"); }
  std::vector<v1::DueKind> DueBy(const std::string& day) {
    v1::ListDueRequest request;
    request.set_parent("units/-");
    request.set_due_by(day);
    std::vector<v1::DueKind> kinds;
    const auto due = Ask<v1::ListDueResponse>(request);
    for (const v1::DueItem& item : due.items()) kinds.push_back(item.kind());
    return kinds;
  }
  std::vector<std::string> DriftCells() {
    std::vector<std::string> cells;
    const v1::GetEvaluationResponse evaluation = EvaluationOf(kTable);
    for (const v1::DriftCell& cell : evaluation.drift().cells())
      cells.push_back(absl::StrCat(cell.cell(), " ", cell.before(), " → ", cell.after()));
    return cells;
  }

  SetClock clock_;
};

TEST_F(YearBorders, AnAmendmentMayNotTakeEffectBeforeOneApprovedMeanwhile) {
  const v1::Amendment first = Propose(Lower(1, "24", "2024-08-01")),
                      second = Propose(Lower(2, "24", "2024-09-01")),
                      third = Propose(Lower(2, "20", "2024-09-01"));
  Approve(second);
  EXPECT_EQ(ReasonFor<v1::ApproveAmendmentResponse>(Approval(first), "office"),
            v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(TableOf(kTable).amendment_count(), 1);
  v1::RejectAmendmentRequest reject;
  reject.set_name(third.name());
  reject.set_etag(third.etag());
  reject.set_reason("overtaken");
  Do<v1::RejectAmendmentResponse>(reject, "office");
  EXPECT_EQ(Approve(Propose(Lower(1, "20", "2024-09-01"))).state(), v1::AMENDMENT_STATE_APPROVED)
      << "the same day is not before it";
}

TEST_F(YearBorders, AnAmendmentWithoutADayTakesEffectTodayButNotBeforeTheLastOne) {
  EXPECT_EQ(Approve(Propose(Lower(1, "24", ""))).effective_date(), "2024-03-15");
  Approve(Propose(Lower(2, "24", "2024-09-01")));
  EXPECT_EQ(Approve(Propose(Lower(1, "20", ""))).effective_date(), "2024-09-01");
}

TEST_F(YearBorders, AnAmendmentIsInForceOnItsOwnDay) {
  Report(Row(1), "18", "2024-06-30");
  // On 31 July 18 of 30 × 7/12 is fine; of 60 × 7/12 it is not.
  Approve(Propose(Lower(1, "60", "2024-07-31")));
  EXPECT_EQ(ReasonFor<v1::RecordOutlookResponse>(Outlook(1, "2024-07-10")), v1::ERROR_REASON_INVALID_FIELD)
      << "a red row needs a cause";
  EXPECT_EQ(Do<v1::RecordOutlookResponse>(Outlook(1, "2024-06-10")).outlook().date(), "2024-06-10")
      << "the month before has the targets from before";
}

TEST_F(YearBorders, ARowAddedLaterWantsNothingOfTheMonthsBefore) {
  v1::ProposeAmendmentRequest request = Change(1, "2024-09-01");
  v1::Amendment* amendment = request.mutable_amendment();
  amendment->mutable_rows(0)->mutable_indicator()->set_weight("40");
  v1::RowChange* added = amendment->add_rows();
  added->set_kind(v1::ROW_CHANGE_KIND_ADDED);
  *added->mutable_indicator() = amendment->rows(0).indicator();
  added->mutable_indicator()->clear_name();
  added->mutable_indicator()->set_display_name("新指标");
  added->mutable_indicator()->set_weight("5");
  Approve(Propose(request));
  Report(Row(3), "1", "2024-06-30");
  Do<v1::RecordOutlookResponse>(Outlook(3, "2024-06-30"));
  Report(Row(3), "1", "2024-09-30");
  EXPECT_EQ(ReasonFor<v1::RecordOutlookResponse>(Outlook(3, "2024-09-30")), v1::ERROR_REASON_INVALID_FIELD)
      << "from September on it is red";
}

TEST_F(YearBorders, ATypedScoreAboveTheAmendedWeightStandsInTheWay) {
  v1::ProposeAmendmentRequest manual = Change(1, "2024-03-01");
  v1::Indicator* row = manual.mutable_amendment()->mutable_rows(0)->mutable_indicator();
  row->mutable_rule()->set_kind(v1::RULE_KIND_MANUAL);
  row->mutable_target()->Clear();
  row->mutable_target()->set_text("办好");
  Approve(Propose(manual));
  v1::RecordActualRequest typed = ReportRequest(Row(1), "办好", "2024-06-01");
  typed.mutable_report()->set_score("40");
  typed.mutable_report()->set_reason("as seen");
  Do<v1::RecordActualResponse>(typed);
  const auto weigh = [this](const std::string& first, const std::string& second) {
    v1::ProposeAmendmentRequest request = Change(1, "2024-09-01");
    request.mutable_amendment()->mutable_rows(0)->mutable_indicator()->set_weight(first);
    v1::RowChange* other = request.mutable_amendment()->add_rows();
    other->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
    *other->mutable_indicator() = TableOf(kTable).indicators(1);
    other->mutable_indicator()->set_weight(second);
    return request;
  };
  EXPECT_EQ(ReasonFor<v1::ProposeAmendmentResponse>(weigh("39.99", "50.01"), "lead"),
            v1::ERROR_REASON_SCORE_OUT_OF_BAND);
  EXPECT_EQ(Propose(weigh("40", "50")).state(), v1::AMENDMENT_STATE_PROPOSED);
}

TEST_F(YearBorders, ARowThatDoesNotApplyTakesNoReview) {
  v1::ProposeAmendmentRequest request = Change(2, "2024-03-01");
  request.mutable_amendment()->mutable_rows(0)->mutable_indicator()->set_not_applicable(true);
  Approve(Propose(request));
  Report(Row(1), "30", "2024-12-01");
  Spend("10", "2024-12-31");
  Submit();
  v1::ReviewIndicatorRequest review;
  review.set_indicator(Row(2));
  review.set_score("10");
  review.set_reason("thin");
  EXPECT_EQ(ReasonFor<v1::ReviewIndicatorResponse>(review, "office"), v1::ERROR_REASON_SCORE_NOT_ALLOWED);
  review.set_indicator(Row(1));
  for (const char* wrong : {"-0.01", "45.01", "1.234"}) {
    review.set_score(wrong);
    EXPECT_EQ(ReasonFor<v1::ReviewIndicatorResponse>(review, "office"), v1::ERROR_REASON_SCORE_OUT_OF_BAND)
        << wrong;
  }
  for (const char* right : {"0", "45"}) {
    review.set_score(right);
    EXPECT_EQ(Do<v1::ReviewIndicatorResponse>(review, "office").indicator_score().review_score(),
              absl::StrCat(right, ".00"));
  }
}

TEST_F(YearBorders, AClosedTableIsStillEvaluatedAndTakesNothingElse) {
  Complete();
  const v1::Amendment open = Propose(Lower(1, "24", "2024-09-01"));
  EXPECT_THAT(DueBy("2024-12-31"), Contains(v1::DUE_KIND_AMENDMENT));
  CloseTable();
  EXPECT_THAT(DueBy("2024-12-31"), Not(Contains(v1::DUE_KIND_AMENDMENT)));
  EXPECT_EQ(ReasonFor<v1::ApproveAmendmentResponse>(Approval(open), "office"), v1::ERROR_REASON_WRONG_STATE);
  EXPECT_EQ(ReasonFor<v1::RecordActualResponse>(ReportRequest(Row(1), "31", "2024-12-02")),
            v1::ERROR_REASON_WRONG_STATE);
  Submit();
  v1::ReviewIndicatorRequest review;
  review.set_indicator(Row(1));
  review.set_score("40");
  review.set_reason("thin");
  Do<v1::ReviewIndicatorResponse>(review, "office");
  Do<v1::ConfirmEvaluationResponse>(Step<v1::ConfirmEvaluationRequest>(), "office");
  EXPECT_EQ(EvaluationOf(kTable).evaluation().state(), v1::EVALUATION_STATE_CONFIRMED);
  EXPECT_EQ(ScoreOf(kTable).final_score(), "93.00");
}

TEST_F(YearBorders, WhatIsDueTodayIsListed) {
  MakeTable("u", "d", 1, v1::ACCUMULATION_LATEST,
            /*approve=*/false);  // made on 15 March: to be submitted since
  const auto submits = [this](const std::string& day) {
    const std::vector<v1::DueKind> kinds = DueBy(day);
    return std::count(kinds.begin(), kinds.end(), v1::DUE_KIND_SUBMIT);
  };
  EXPECT_EQ(submits("2024-03-14"), 0);
  EXPECT_EQ(submits("2024-03-15"), 1);
}

TEST_F(YearBorders, AnOutlookIsAskedForOnRowsThatAreStillThere) {
  Report(Row(1), "1", "2024-02-28");
  Report(Row(2), "1", "2024-02-28");
  Spend("1", "2024-02-28");
  const auto outlooks = [this] {
    const std::vector<v1::DueKind> kinds = DueBy("2024-03-20");
    return std::count(kinds.begin(), kinds.end(), v1::DUE_KIND_OUTLOOK);
  };
  EXPECT_EQ(outlooks(), 2);
  v1::RecordOutlookRequest told = Outlook(1, "2024-02-28");
  told.mutable_outlook()->set_likelihood(v1::LIKELIHOOD_POSSIBLE);
  told.mutable_outlook()->set_cause(v1::OUTLOOK_CAUSE_FUNDS);
  Do<v1::RecordOutlookResponse>(told);
  EXPECT_EQ(outlooks(), 1);
  v1::ProposeAmendmentRequest request = Change(1, "2024-03-10");
  request.mutable_amendment()->mutable_rows(0)->mutable_indicator()->set_weight("90");
  v1::RowChange* removed = request.mutable_amendment()->add_rows();
  removed->set_kind(v1::ROW_CHANGE_KIND_REMOVED);
  removed->mutable_indicator()->set_name(Row(2));
  request.mutable_amendment()->mutable_rows(0)->mutable_indicator()->set_level1("产出");
  Approve(Propose(request));
  EXPECT_EQ(outlooks(), 0) << "the other row was removed";
}

TEST_F(YearBorders, WhatMovesAfterTheSignatureDrifts) {
  Complete();
  Submit();
  EXPECT_THAT(DriftCells(), IsEmpty());
  Report(Row(1), "30", "2024-12-20");
  EXPECT_THAT(DriftCells(), ElementsAre("actual 30 个 (2024-12-01) → 30 个 (2024-12-20)")) << "the day alone";
  Spend("8", "2024-12-31", "12");
  EXPECT_THAT(DriftCells(), Contains(::testing::HasSubstr("12"))) << "the budget alone";
}

TEST_F(YearBorders, ARequestIdBelongsToItsMethod) {
  MakeTable("u", "d", 1, v1::ACCUMULATION_LATEST, /*approve=*/false);
  v1::SubmitTableRequest submit;
  submit.set_name("units/u/tables/d");
  submit.set_etag(TableOf(submit.name()).etag());
  submit.mutable_write()->set_request_id("once");
  Do<v1::SubmitTableResponse>(submit);
  v1::ApproveTableRequest approve;  // the very same bytes
  approve.set_name(submit.name());
  approve.set_etag(submit.etag());
  approve.mutable_write()->set_request_id("once");
  ASSERT_EQ(approve.SerializeAsString(), submit.SerializeAsString());
  EXPECT_EQ(ReasonFor<v1::ApproveTableResponse>(approve), v1::ERROR_REASON_REQUEST_ID_REUSED);
  EXPECT_EQ(TableOf(submit.name()).state(), v1::TABLE_STATE_SUBMITTED);
}

TEST_F(YearBorders, AClockThatGoesBackIsNotBelieved) {
  const auto at = [this](int month) {
    clock_.Set(month, 1);
    const v1::RecordActualResponse made =
        Report(Row(1), absl::StrCat(month), absl::StrCat("2024-0", month, "-01"));
    return absl::FromUnixSeconds(made.commit().record_time().seconds()) +
           absl::Nanoseconds(made.commit().record_time().nanos());
  };
  const absl::Time may = at(5), april = at(4), june = at(6);
  EXPECT_GE(april, may);
  EXPECT_GT(june, april);
  Open();
  EXPECT_GE(at(3), june) << "not even after a restart";
}

}  // namespace
}  // namespace attain::engine
