// Evaluation: what it asks for, who signs, what stays as it was signed, what drifts.
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kTable[] = "units/u/tables/t";

class EvaluationTest : public EngineFixture {
 protected:
  void SetUp() override {
    Open();
    MakeTable("u", "t", 2);  // i1 and i2: ≥ 30 个, 45 points each; budget 10
  }

  static std::string Row(int number) { return absl::StrCat(kTable, "/indicators/i", number); }

  void Spend(const std::string& spent) {
    v1::RecordSpendingRequest request;
    request.set_parent(kTable);
    request.mutable_spending()->set_spent(spent);
    request.mutable_spending()->set_date("2024-12-31");
    Do<v1::RecordSpendingResponse>(request);
  }
  void ReportWithReason(int row, const std::string& value) {
    v1::RecordActualRequest request = ReportRequest(Row(row), value, "2024-12-01");
    request.mutable_report()->set_reason("rain");
    Do<v1::RecordActualResponse>(request, "lead");
  }
  // Everything that is asked for: 45 + 30 + 10 × 8/10 = 83.
  void Complete() {
    ReportWithReason(1, "30");
    ReportWithReason(2, "20");
    Spend("8");
  }
  template <typename Request>
  Request Step() {
    Request request;
    request.set_name(absl::StrCat(kTable, "/evaluation"));
    request.set_etag(EvaluationOf(kTable).evaluation().etag());
    return request;
  }
  v1::SubmitEvaluationResponse Submit() {
    return Do<v1::SubmitEvaluationResponse>(Step<v1::SubmitEvaluationRequest>(), "lead");
  }
  v1::ConfirmEvaluationResponse Confirm() {
    return Do<v1::ConfirmEvaluationResponse>(Step<v1::ConfirmEvaluationRequest>(), "office");
  }
  v1::ReviewIndicatorRequest Review(int row, const std::string& score, const std::string& reason) {
    v1::ReviewIndicatorRequest request;
    request.set_indicator(Row(row));
    request.set_score(score);
    request.set_reason(reason);
    return request;
  }
};

TEST_F(EvaluationTest, AllThatIsMissingIsListed) {
  Report(Row(1), "20");
  const v1::GetEvaluationResponse open = EvaluationOf(kTable);
  ASSERT_THAT(open.missing(), SizeIs(3));
  EXPECT_EQ(open.missing(0).kind(), v1::MISSING_KIND_REASON);
  EXPECT_EQ(open.missing(1).kind(), v1::MISSING_KIND_ACTUAL);
  EXPECT_EQ(open.missing(2).kind(), v1::MISSING_KIND_SPENDING);
  EXPECT_FALSE(open.has_drift());
  v1::SubmitEvaluationResponse response;
  const absl::Status refused = Try(Step<v1::SubmitEvaluationRequest>(), &response);
  EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_EVALUATION_INCOMPLETE);
  EXPECT_THAT(MessageOf(refused, "en"), HasSubstr("3 things are missing"));
  EXPECT_THAT(ToRpcStatus(refused, "zh-CN").DebugString(), HasSubstr("spending"));
  Complete();
  EXPECT_THAT(EvaluationOf(kTable).missing(), IsEmpty());
}

TEST_F(EvaluationTest, AReviewStandsBesideTheSelfScore) {
  Complete();
  EXPECT_EQ(ReasonFor<v1::ReviewIndicatorResponse>(Review(2, "28", "x"), "office"),
            v1::ERROR_REASON_WRONG_EVALUATION_STATE);
  Submit();
  EXPECT_EQ(ReasonFor<v1::ReviewIndicatorResponse>(Review(2, "28", ""), "office"),
            v1::ERROR_REASON_INVALID_FIELD)
      << "differs: say why";
  EXPECT_EQ(ReasonFor<v1::ReviewIndicatorResponse>(Review(2, "45.01", "x"), "office"),
            v1::ERROR_REASON_SCORE_OUT_OF_BAND);
  EXPECT_EQ(ReasonFor<v1::ReviewIndicatorResponse>(Review(2, "-1", "x"), "office"),
            v1::ERROR_REASON_SCORE_OUT_OF_BAND);
  EXPECT_EQ(ReasonFor<v1::ReviewIndicatorResponse>(Review(2, "1.005", "x"), "office"),
            v1::ERROR_REASON_SCORE_OUT_OF_BAND);
  EXPECT_EQ(ReasonFor<v1::ReviewIndicatorResponse>(Review(2, "good", "x"), "office"),
            v1::ERROR_REASON_NOT_A_NUMBER);
  EXPECT_EQ(ReasonFor<v1::ReviewIndicatorResponse>(Review(2, "28", "x"), ""),
            v1::ERROR_REASON_ACTOR_REQUIRED);
  Do<v1::ReviewIndicatorResponse>(Review(1, "45", ""), "office");  // agrees: no reason needed
  const auto answer =
      Do<v1::ReviewIndicatorResponse>(Review(2, "28", "two cities without evidence"), "office");
  EXPECT_EQ(answer.indicator_score().score(), "30.00");
  EXPECT_EQ(answer.indicator_score().final_score(), "28.00");
  EXPECT_EQ(answer.table_score().score(), "83.00");
  EXPECT_EQ(answer.table_score().final_score(), "81.00");
  EXPECT_EQ(answer.table_score().review_count(), 2);
  EXPECT_EQ(ScoreOf("units/u").final_score(), "81.00");
  EXPECT_EQ(ScoreOf("units/u").score(), "83.00");
  v1::ExplainScoreRequest explain;
  explain.set_name(kTable);
  EXPECT_THAT(Ask<v1::ExplainScoreResponse>(explain).explanation().DebugString(),
              HasSubstr("two cities without evidence"));
}

TEST_F(EvaluationTest, AReviewDoesNotCountWithoutItsReport) {
  Complete();
  Submit();
  Do<v1::ReviewIndicatorResponse>(Review(2, "28", "thin"), "office");
  const std::string name = ScoreOf(Row(2)).indicators(0).name();
  v1::ListActualsRequest list;
  list.set_parent(name);
  v1::RetractActualRequest retract;
  retract.set_name(Ask<v1::ListActualsResponse>(list).actuals(0).name());
  retract.set_change_reason("not ours");
  const auto answer = Do<v1::RetractActualResponse>(retract, "lead");
  EXPECT_EQ(answer.table_score().score(), "53.00");
  EXPECT_EQ(answer.table_score().final_score(), "53.00");
  EXPECT_EQ(answer.table_score().review_count(), 0);
  EXPECT_EQ(ScoreOf("units/u").final_score(), "53.00");
  const v1::IndicatorScore row = ScoreOf(Row(2)).indicators(0);
  EXPECT_EQ(row.final_score(), "");
  EXPECT_EQ(row.review_score(), "28.00") << "it is kept and shown";
  v1::ExplainScoreRequest explain;
  explain.set_name(kTable);
  EXPECT_THAT(Ask<v1::ExplainScoreResponse>(explain).explanation().DebugString(),
              HasSubstr("it does not count"));
  ReportWithReason(2, "20");
  EXPECT_EQ(ScoreOf(kTable).final_score(), "81.00");
  v1::AsOf before;
  before.set_date("2024-11-30");
  EXPECT_EQ(ScoreOf(kTable, before).final_score(), "0.00") << "reported in December";
}

TEST_F(EvaluationTest, AReviewOfARowThatNoLongerAppliesDoesNotCount) {
  ReportWithReason(1, "30");
  ReportWithReason(2, "20");
  Spend("10");
  Submit();
  Do<v1::ReviewIndicatorResponse>(Review(2, "10", "thin"), "office");
  EXPECT_EQ(ScoreOf(kTable).final_score(), "65.00");
  v1::ProposeAmendmentRequest propose;
  propose.set_parent(kTable);
  propose.set_etag(TableOf(kTable).etag());
  propose.mutable_amendment()->set_reason("cancelled");
  v1::RowChange* change = propose.mutable_amendment()->add_rows();
  change->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
  *change->mutable_indicator() = TableOf(kTable).indicators(1);
  change->mutable_indicator()->set_not_applicable(true);
  v1::ApproveAmendmentRequest approve;
  const v1::Amendment amendment = Do<v1::ProposeAmendmentResponse>(propose, "lead").amendment();
  approve.set_name(amendment.name());
  approve.set_etag(amendment.etag());
  Do<v1::ApproveAmendmentResponse>(approve, "office");
  const v1::Score score = ScoreOf(kTable);
  EXPECT_EQ(score.score(), "100.00") << "what is left is scaled up";
  EXPECT_EQ(score.final_score(), "100.00");
  EXPECT_EQ(score.review_count(), 0);
}

TEST_F(EvaluationTest, TheStepsHaveAnOrder) {
  Complete();
  EXPECT_EQ(ReasonFor<v1::ConfirmEvaluationResponse>(Step<v1::ConfirmEvaluationRequest>()),
            v1::ERROR_REASON_WRONG_EVALUATION_STATE);
  v1::ReturnEvaluationRequest back = Step<v1::ReturnEvaluationRequest>();
  EXPECT_EQ(ReasonFor<v1::ReturnEvaluationResponse>(back), v1::ERROR_REASON_INVALID_FIELD)
      << "a return has a reason";
  back.set_reason("incomplete");
  EXPECT_EQ(ReasonFor<v1::ReturnEvaluationResponse>(back), v1::ERROR_REASON_WRONG_EVALUATION_STATE);
  v1::ReturnEvaluationResponse refused;
  EXPECT_THAT(MessageOf(Try(back, &refused, "office"), "zh-CN"),
              HasSubstr("”的自评目前是“未提交”，此操作只能在“已提交，待复核”或“已确认”时进行。"));
  Submit();
  EXPECT_EQ(ReasonFor<v1::SubmitEvaluationResponse>(Step<v1::SubmitEvaluationRequest>()),
            v1::ERROR_REASON_WRONG_EVALUATION_STATE);
  back.set_etag(EvaluationOf(kTable).evaluation().etag());
  EXPECT_EQ(Do<v1::ReturnEvaluationResponse>(back, "office").evaluation().return_reason(), "incomplete");
  Submit();
  Confirm();
  const v1::Evaluation confirmed = EvaluationOf(kTable).evaluation();
  EXPECT_EQ(confirmed.state(), v1::EVALUATION_STATE_CONFIRMED);
  std::vector<v1::SignatureKind> kinds;
  for (const v1::Signature& signature : confirmed.signatures()) {
    kinds.push_back(signature.kind());
    EXPECT_THAT(signature.hash(), SizeIs(64));
    EXPECT_FALSE(signature.actor().empty());
  }
  EXPECT_THAT(kinds,
              ElementsAre(v1::SIGNATURE_KIND_TABLE_APPROVED, v1::SIGNATURE_KIND_EVALUATION_SUBMITTED,
                          v1::SIGNATURE_KIND_EVALUATION_SUBMITTED, v1::SIGNATURE_KIND_EVALUATION_CONFIRMED));
}

TEST_F(EvaluationTest, WhoSignsSignsWhatWasRead) {
  Complete();
  const v1::SubmitEvaluationRequest read = Step<v1::SubmitEvaluationRequest>();
  ReportWithReason(2, "21");
  EXPECT_EQ(ReasonFor<v1::SubmitEvaluationResponse>(read), v1::ERROR_REASON_STALE_ETAG);
  Submit();
  const v1::ConfirmEvaluationRequest seen = Step<v1::ConfirmEvaluationRequest>();
  Do<v1::ReviewIndicatorResponse>(Review(2, "3", "x"), "another evaluator");
  EXPECT_EQ(ReasonFor<v1::ConfirmEvaluationResponse>(seen), v1::ERROR_REASON_STALE_ETAG);
}

TEST_F(EvaluationTest, LaterChangesShowAsDriftAndTheSignedFormStays) {
  Complete();
  Submit();
  Do<v1::ReviewIndicatorResponse>(Review(2, "28", "thin"), "office");
  const int64_t pinned = Confirm().commit().revision();
  v1::ReadOptions then;
  then.set_read_revision(pinned);
  const std::string form = EvaluationOf(kTable, then).SerializeAsString();
  EXPECT_THAT(EvaluationOf(kTable).drift().cells(), IsEmpty());
  ReportWithReason(1, "15");
  Spend("9");
  const v1::GetEvaluationResponse now = EvaluationOf(kTable);
  ASSERT_THAT(now.drift().cells(), SizeIs(2));
  EXPECT_EQ(now.drift().since_revision(), pinned);
  EXPECT_EQ(now.drift().cells(0).cell(), "actual");
  EXPECT_EQ(now.drift().cells(0).before(), "30 个 (2024-12-01)");
  EXPECT_EQ(now.drift().cells(0).after(), "15 个 (2024-12-01)");
  EXPECT_EQ(now.drift().cells(0).points_before(), "45.00");
  EXPECT_EQ(now.drift().cells(0).points_after(), "22.50");
  EXPECT_EQ(now.drift().cells(0).actor(), "lead");
  EXPECT_EQ(now.drift().cells(1).cell(), "spending");
  EXPECT_EQ(now.drift().cells(1).after(), "9 / 10");
  EXPECT_EQ(now.drift().score_before(), "81.00");
  EXPECT_EQ(now.drift().points(), "-21.50");
  EXPECT_THAT(now.score().indicators(0).flags(), ::testing::Contains(v1::SCORE_FLAG_EDITED_AFTER_DEADLINE));
  EXPECT_THAT(now.score().flags(), ::testing::Contains(v1::SCORE_FLAG_EDITED_AFTER_DEADLINE));
  EXPECT_EQ(EvaluationOf(kTable, then).SerializeAsString(), form)
      << "what was signed prints the same for ever";
  Open();
  EXPECT_EQ(EvaluationOf(kTable, then).SerializeAsString(), form);
}

TEST_F(EvaluationTest, AReturnedEvaluationTakesTheLateFlagsAway) {
  Complete();
  Submit();
  ReportWithReason(1, "29");
  const auto late = [&] {
    const v1::Score score = ScoreOf(kTable);
    return std::count(score.flags().begin(), score.flags().end(), v1::SCORE_FLAG_EDITED_AFTER_DEADLINE);
  };
  EXPECT_EQ(late(), 1);
  v1::ReturnEvaluationRequest back = Step<v1::ReturnEvaluationRequest>();
  back.set_reason("correct it");
  Do<v1::ReturnEvaluationResponse>(back);
  EXPECT_EQ(late(), 0);
}

}  // namespace
}  // namespace attain::engine
