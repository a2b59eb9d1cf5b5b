// What an evaluation says of itself is what was handed in, reviewed, confirmed and returned, field by field;
// drift names every cell that moved, with who moved it (RULES 4).
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

class EvaluationAnswers : public EngineFixture {
 protected:
  void SetUp() override {
    engine_options.clock = &clock_;
    Open();
    MakeTable("u", "t", 2);  // i1 and i2: ≥ 30 个, 45 points each; budget 10
  }
  static std::string Row(int number) { return absl::StrCat(kTable, "/indicators/i", number); }

  void Spend(const std::string& spent, const std::string& adjusted = "", const std::string& actor = "money") {
    v1::RecordSpendingRequest request;
    request.set_parent(kTable);
    request.mutable_spending()->set_spent(spent);
    request.mutable_spending()->set_adjusted_budget(adjusted);
    request.mutable_spending()->set_date("2024-12-31");
    Do<v1::RecordSpendingResponse>(request, actor);
  }
  v1::RecordActualResponse ReportWith(int row, const std::string& value, const std::string& reason = "rain",
                                      const std::string& date = "2024-12-01") {
    v1::RecordActualRequest request = ReportRequest(Row(row), value, date);
    request.mutable_report()->set_reason(reason);
    return Do<v1::RecordActualResponse>(request, "lead");
  }
  // 45 + 30 + 10 × 8/10 = 83.
  void Complete() {
    ReportWith(1, "30");
    ReportWith(2, "20");
    Spend("8");
  }
  template <typename Request>
  Request Step() {
    Request request;
    request.set_name(absl::StrCat(kTable, "/evaluation"));
    request.set_etag(EvaluationOf(kTable).evaluation().etag());
    if constexpr (requires { request.set_reason(""); }) request.set_reason("incomplete");
    return request;
  }
  v1::SubmitEvaluationResponse Submit(const std::string& result = "") {
    auto request = Step<v1::SubmitEvaluationRequest>();
    request.set_result(result);
    return Do<v1::SubmitEvaluationResponse>(request, "lead");
  }
  v1::ConfirmEvaluationResponse Confirm(const std::string& opinion = "") {
    auto request = Step<v1::ConfirmEvaluationRequest>();
    request.set_opinion(opinion);
    return Do<v1::ConfirmEvaluationResponse>(request, "office");
  }
  v1::ReturnEvaluationResponse Return() {
    return Do<v1::ReturnEvaluationResponse>(Step<v1::ReturnEvaluationRequest>(), "office");
  }
  v1::ReviewIndicatorRequest Review(int row, const std::string& score, const std::string& reason = "thin") {
    v1::ReviewIndicatorRequest request;
    request.set_indicator(Row(row));
    request.set_score(score);
    request.set_reason(reason);
    return request;
  }
  v1::ReviewIndicatorResponse Reviewed(int row, const std::string& score, const std::string& reason = "thin",
                                       const std::string& actor = "evaluator") {
    return Do<v1::ReviewIndicatorResponse>(Review(row, score, reason), actor);
  }
  v1::ErrorReason WhyNoReview(const v1::ReviewIndicatorRequest& request,
                              const std::string& actor = "evaluator") {
    return ReasonFor<v1::ReviewIndicatorResponse>(request, actor);
  }
  // Puts an amendment in force.
  void Amend(const std::function<void(v1::Amendment*, const v1::Table&)>& change, bool approve = true) {
    v1::ProposeAmendmentRequest propose;
    propose.set_parent(kTable);
    propose.set_etag(TableOf(kTable).etag());
    propose.mutable_amendment()->set_reason("fewer cities");
    change(propose.mutable_amendment(), TableOf(kTable));
    const v1::Amendment amendment = Do<v1::ProposeAmendmentResponse>(propose, "proposer").amendment();
    if (!approve) {
      v1::RejectAmendmentRequest reject;
      reject.set_name(amendment.name());
      reject.set_etag(amendment.etag());
      reject.set_reason("no");
      Do<v1::RejectAmendmentResponse>(reject, "decider");
      return;
    }
    v1::ApproveAmendmentRequest request;
    request.set_name(amendment.name());
    request.set_etag(amendment.etag());
    Do<v1::ApproveAmendmentResponse>(request, "decider");
  }
  static v1::Indicator* ChangeRow(v1::Amendment* amendment, const v1::Table& table, int row) {
    v1::RowChange* change = amendment->add_rows();
    change->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
    *change->mutable_indicator() = table.indicators(row - 1);
    return change->mutable_indicator();
  }
  // "i1 actual 30 个 (2024-12-01) → 15 个 (2024-12-01) 45.00 → 22.50 @17 lead" for each cell.
  std::vector<std::string> Drift() {
    std::vector<std::string> cells;
    const v1::GetEvaluationResponse response = EvaluationOf(kTable);
    for (const v1::DriftCell& cell : response.drift().cells()) {
      EXPECT_FALSE(cell.display_name().empty()) << cell.DebugString();
      cells.push_back(absl::StrCat(cell.name().substr(cell.name().rfind('/') + 1), " ", cell.cell(), " ",
                                   cell.before(), " → ", cell.after(), " ", cell.points_before(), " → ",
                                   cell.points_after(), " @", cell.revision(), " ", cell.actor()));
    }
    return cells;
  }
  std::string Head() { return absl::StrCat(store().head().revision); }
};

TEST_F(EvaluationAnswers, AHandInIsKeptAsItWasMade) {
  Complete();
  EXPECT_EQ(EvaluationOf(kTable).evaluation().state(), v1::EVALUATION_STATE_OPEN);
  const auto answer = Submit("all cities were seen");
  const v1::Evaluation& kept = answer.evaluation();
  EXPECT_EQ(kept.name(), absl::StrCat(kTable, "/evaluation"));
  EXPECT_EQ(kept.state(), v1::EVALUATION_STATE_SUBMITTED);
  EXPECT_EQ(kept.result(), "all cities were seen");
  EXPECT_EQ(kept.submitter(), "lead");
  EXPECT_EQ(kept.submit_time().DebugString(), answer.commit().record_time().DebugString());
  EXPECT_EQ(kept.submit_revision(), answer.commit().revision());
  EXPECT_EQ(answer.score().score(), "83.00");
  const v1::GetEvaluationResponse read = EvaluationOf(kTable);
  v1::Evaluation stored = read.evaluation();
  stored.clear_signatures();
  EXPECT_EQ(stored.DebugString(), kept.DebugString());
  EXPECT_EQ(read.score().DebugString(), answer.score().DebugString());
  EXPECT_EQ(read.drift().since_revision(), answer.commit().revision());
  EXPECT_EQ(read.read().revision(), static_cast<int64_t>(store().head().revision));
  v1::AsOf original;
  original.set_target_basis(v1::TARGET_BASIS_ORIGINAL);
  EXPECT_EQ(EvaluationOf(kTable, original).score().target_basis(), v1::TARGET_BASIS_ORIGINAL);
  EXPECT_EQ(read.score().target_basis(), v1::TARGET_BASIS_UNSPECIFIED);
}

TEST_F(EvaluationAnswers, AReviewIsKeptAsItWasMade) {
  Complete();
  Submit();
  const auto answer = Reviewed(2, "28.5", "two cities without evidence");
  const v1::IndicatorScore row = ScoreOf(Row(2)).indicators(0);
  EXPECT_EQ(answer.indicator_score().DebugString(), row.DebugString());
  EXPECT_EQ(row.review_score(), "28.50");
  EXPECT_EQ(row.review_reason(), "two cities without evidence");
  EXPECT_EQ(row.reviewer(), "evaluator");
  EXPECT_EQ(row.review_revision(), answer.commit().revision());
  EXPECT_EQ(answer.table_score().final_score(), "81.50");
  v1::AsOf before;
  before.set_date("2024-06-14");
  EXPECT_EQ(ScoreOf(Row(2), before).indicators(0).review_score(), "") << "it was given on 15 June";
}

TEST_F(EvaluationAnswers, AReviewLiesBetweenNothingAndTheWeight) {
  Complete();
  Submit();
  for (const char* fine : {"0", "45", "44.99", "45.00"}) Reviewed(2, fine);
  for (const char* wrong : {"-0.01", "45.01", "1.001"})
    EXPECT_EQ(WhyNoReview(Review(2, wrong)), v1::ERROR_REASON_SCORE_OUT_OF_BAND) << wrong;
  EXPECT_EQ(WhyNoReview(Review(2, "29.99", "")), v1::ERROR_REASON_INVALID_FIELD) << "it differs: say why";
  Reviewed(2, "30", "");
  EXPECT_EQ(WhyNoReview(Review(2, "1", std::string(2001, 'x'))), v1::ERROR_REASON_INVALID_FIELD);
  Reviewed(2, "1", std::string(2000, 'x'));
  EXPECT_EQ(WhyNoReview(Review(9, "1")), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  EXPECT_EQ(WhyNoReview(Review(2, "1"), ""), v1::ERROR_REASON_ACTOR_REQUIRED);
}

TEST_F(EvaluationAnswers, OnlyWhatIsHandedInIsReviewed) {
  Complete();
  EXPECT_EQ(WhyNoReview(Review(2, "1")), v1::ERROR_REASON_WRONG_EVALUATION_STATE);
  Submit();
  Reviewed(2, "1");
  Confirm();
  EXPECT_EQ(WhyNoReview(Review(2, "2")), v1::ERROR_REASON_WRONG_EVALUATION_STATE);
  Return();
  EXPECT_EQ(WhyNoReview(Review(2, "2")), v1::ERROR_REASON_WRONG_EVALUATION_STATE);
}

TEST_F(EvaluationAnswers, RowsWithoutAScoreTakeNoReview) {
  MakeTableWith("u", "n", 2, [](v1::Table* table) {
    table->mutable_indicators(1)->set_not_applicable(true);
    table->clear_budget();
  });
  const std::string name = "units/u/tables/n";
  EXPECT_THAT(EvaluationOf(name).missing(), SizeIs(1)) << "the row that applies; no money is known";
  Report(absl::StrCat(name, "/indicators/i1"), "30");
  EXPECT_THAT(EvaluationOf(name).missing(), IsEmpty());
  v1::SubmitEvaluationRequest submit;
  submit.set_name(absl::StrCat(name, "/evaluation"));
  submit.set_etag(EvaluationOf(name).evaluation().etag());
  Do<v1::SubmitEvaluationResponse>(submit);
  v1::ReviewIndicatorRequest review = Review(2, "1");
  review.set_indicator(absl::StrCat(name, "/indicators/i2"));
  EXPECT_EQ(WhyNoReview(review), v1::ERROR_REASON_SCORE_NOT_ALLOWED);
}

TEST_F(EvaluationAnswers, AConfirmationIsKeptAsItWasMade) {
  Complete();
  Submit("result");
  Reviewed(2, "28");
  const auto answer = Confirm("well done");
  const v1::Evaluation& kept = answer.evaluation();
  EXPECT_EQ(kept.state(), v1::EVALUATION_STATE_CONFIRMED);
  EXPECT_EQ(kept.opinion(), "well done");
  EXPECT_EQ(kept.result(), "result");
  EXPECT_EQ(kept.submitter(), "lead");
  EXPECT_EQ(kept.confirmer(), "office");
  EXPECT_EQ(kept.confirm_time().DebugString(), answer.commit().record_time().DebugString());
  EXPECT_EQ(kept.confirm_revision(), answer.commit().revision());
  EXPECT_EQ(answer.score().final_score(), "81.00");
  v1::Evaluation stored = EvaluationOf(kTable).evaluation();
  stored.clear_signatures();
  EXPECT_EQ(stored.DebugString(), kept.DebugString());
  EXPECT_EQ(EvaluationOf(kTable).drift().since_revision(), answer.commit().revision());
  const v1::Evaluation returned = Return().evaluation();
  EXPECT_EQ(returned.state(), v1::EVALUATION_STATE_RETURNED) << "what was confirmed may be returned";
  EXPECT_EQ(returned.return_reason(), "incomplete");
  EXPECT_EQ(returned.submitter(), "lead");
}

TEST_F(EvaluationAnswers, EveryStepNeedsANameWhatWasReadAndATableInForce) {
  Complete();
  const auto submit = Step<v1::SubmitEvaluationRequest>();
  EXPECT_EQ(ReasonFor<v1::SubmitEvaluationResponse>(submit, ""), v1::ERROR_REASON_ACTOR_REQUIRED);
  ReportWith(2, "21");
  EXPECT_EQ(ReasonFor<v1::SubmitEvaluationResponse>(submit), v1::ERROR_REASON_STALE_ETAG) << "a report";
  const auto spent = Step<v1::SubmitEvaluationRequest>();
  Spend("9");
  EXPECT_EQ(ReasonFor<v1::SubmitEvaluationResponse>(spent), v1::ERROR_REASON_STALE_ETAG) << "spending";
  const auto amended = Step<v1::SubmitEvaluationRequest>();
  Amend([](auto* amendment, const auto& table) {
    ChangeRow(amendment, table, 1)->mutable_target()->set_value("29");
  });
  EXPECT_EQ(ReasonFor<v1::SubmitEvaluationResponse>(amended), v1::ERROR_REASON_STALE_ETAG) << "targets";
  auto words = Step<v1::SubmitEvaluationRequest>();
  words.set_result(std::string(8001, 'x'));
  EXPECT_EQ(ReasonFor<v1::SubmitEvaluationResponse>(words), v1::ERROR_REASON_INVALID_FIELD);
  Submit();
  auto confirm = Step<v1::ConfirmEvaluationRequest>();
  EXPECT_EQ(ReasonFor<v1::ConfirmEvaluationResponse>(confirm, ""), v1::ERROR_REASON_ACTOR_REQUIRED);
  confirm.set_etag("1");
  EXPECT_EQ(ReasonFor<v1::ConfirmEvaluationResponse>(confirm), v1::ERROR_REASON_STALE_ETAG);
  MakeTable("u", "draft", 2, v1::ACCUMULATION_LATEST, /*approve=*/false);
  v1::SubmitEvaluationRequest draft;
  draft.set_name("units/u/tables/draft/evaluation");
  draft.set_etag(TableOf("units/u/tables/draft").etag());
  EXPECT_EQ(ReasonFor<v1::SubmitEvaluationResponse>(draft), v1::ERROR_REASON_WRONG_STATE);
}

TEST_F(EvaluationAnswers, AConfirmationNeedsEverythingToo) {
  Complete();
  Submit();
  v1::ListActualsRequest list;
  list.set_parent(Row(2));
  v1::RetractActualRequest retract;
  retract.set_name(Ask<v1::ListActualsResponse>(list).actuals(0).name());
  retract.set_change_reason("not ours");
  Do<v1::RetractActualResponse>(retract);
  v1::ConfirmEvaluationResponse response;
  const absl::Status refused = Try(Step<v1::ConfirmEvaluationRequest>(), &response, "office");
  EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_EVALUATION_INCOMPLETE);
  EXPECT_THAT(MessageOf(refused, "en"), HasSubstr("指标2: report its actual value"));
  EXPECT_THAT(ToRpcStatus(refused, "en").DebugString(), HasSubstr("indicators/i2"));
}

TEST_F(EvaluationAnswers, AClosedTableIsEvaluatedToItsEnd) {
  Complete();
  v1::CloseTableRequest close;
  close.set_name(kTable);
  close.set_etag(TableOf(kTable).etag());
  Do<v1::CloseTableResponse>(close);
  Submit();
  Reviewed(2, "28");
  Confirm();
  Return();
  EXPECT_EQ(Submit().evaluation().state(), v1::EVALUATION_STATE_SUBMITTED);
}

TEST_F(EvaluationAnswers, WhatIsMissingIsToldByKindInTheCallersLanguage) {
  MakeTableWith("u", "m", 5, [](v1::Table* table) {
    for (int row : {1, 2}) {
      v1::Indicator* rated = table->mutable_indicators(row);
      rated->clear_target();
      rated->mutable_target()->set_text("明显");
      rated->mutable_rule()->set_kind(v1::RULE_KIND_RATING);
    }
    table->mutable_indicators(3)->set_not_applicable(true);
    table->mutable_indicators(4)->mutable_rule()->clear_kind();
    table->mutable_indicators(4)->mutable_rule()->set_text("看情况赋分");
  });
  const std::string name = "units/u/tables/m";
  const auto missing = [&](const std::string& locale) {
    v1::GetEvaluationRequest request;
    request.set_name(absl::StrCat(name, "/evaluation"));
    v1::GetEvaluationResponse response;
    EXPECT_TRUE(engine().Read(request, &response, {"reader", locale, ""}).ok());
    std::vector<std::string> all;
    for (const v1::Missing& item : response.missing())
      all.push_back(absl::StrCat(item.name().substr(item.name().rfind('/') + 1), " ", item.display_name(),
                                 ": ", item.action()));
    return all;
  };
  Report(absl::StrCat(name, "/indicators/i1"), "20");
  Report(absl::StrCat(name, "/indicators/i2"), "达成年度指标");
  EXPECT_THAT(missing("en"), ElementsAre("i1 指标1: give the deviation reason and improvement",
                                         "i2 指标2: a level is recorded; type its score",
                                         "i3 指标3: report its actual value",
                                         "i5 指标5: its rule is not mapped; amend the table to a known rule",
                                         "m m: record the spending of the year"));
  EXPECT_THAT(missing("zh-CN"),
              ElementsAre("i1 指标1: 须填写偏差原因及改进措施", "i2 指标2: 已选等级，尚未评定得分",
                          "i3 指标3: 尚未上报实际完成值", "i5 指标5: 赋分规则未映射，请通过调整改为已知规则",
                          "m m: 尚未登记全年执行数"));
}

TEST_F(EvaluationAnswers, AReasonThatIsThereIsNotMissingAndABudgetOfNothingIsNotSpent) {
  ReportWith(1, "20", "rain");
  ReportWith(2, "30", "");
  ASSERT_THAT(EvaluationOf(kTable).missing(), SizeIs(1));
  EXPECT_EQ(EvaluationOf(kTable).missing(0).kind(), v1::MISSING_KIND_SPENDING);
  MakeTableWith("u", "free", 2, [](v1::Table* table) { table->mutable_budget()->set_total("0"); });
  for (const char* row : {"i1", "i2"}) Report(absl::StrCat("units/u/tables/free/indicators/", row), "30");
  EXPECT_THAT(EvaluationOf("units/u/tables/free").missing(), IsEmpty());
}

TEST_F(EvaluationAnswers, EverySignatureHasItsPersonItsTimeAndItsPlace) {
  const std::string approved = absl::StrCat(TableOf(kTable).approve_revision());
  Amend([](auto* amendment, const auto& table) {
    ChangeRow(amendment, table, 1)->mutable_target()->set_value("30.5");
  });
  const std::string amended = Head();
  Amend([](auto* amendment,
           const auto& table) { ChangeRow(amendment, table, 1)->mutable_target()->set_value("31"); },
        /*approve=*/false);
  Complete();
  Submit();
  const std::string first = Head();
  Return();
  Submit();
  const std::string second = Head();
  const auto confirmed = Confirm();
  std::vector<std::string> signatures;
  const v1::GetEvaluationResponse response = EvaluationOf(kTable);
  for (const v1::Signature& signature : response.evaluation().signatures()) {
    EXPECT_GT(signature.record_time().seconds(), 0) << signature.DebugString();
    EXPECT_THAT(signature.hash(), SizeIs(64));
    signatures.push_back(absl::StrCat(v1::SignatureKind_Name(signature.kind()).substr(15), " @",
                                      signature.revision(), " ", signature.actor(), " ",
                                      signature.name().substr(std::string(kTable).size())));
  }
  EXPECT_THAT(signatures, ElementsAre(absl::StrCat("TABLE_APPROVED @", approved, " tester "),
                                      absl::StrCat("AMENDMENT_APPROVED @", amended, " decider /amendments/1"),
                                      absl::StrCat("EVALUATION_SUBMITTED @", first, " lead /evaluation"),
                                      absl::StrCat("EVALUATION_SUBMITTED @", second, " lead /evaluation"),
                                      absl::StrCat("EVALUATION_CONFIRMED @", Head(), " office /evaluation")));
  EXPECT_EQ(response.evaluation().signatures(4).record_time().DebugString(),
            confirmed.commit().record_time().DebugString());
}

TEST_F(EvaluationAnswers, DriftNamesReportsReasonsDaysAndMoneyWithWhoBroughtThem) {
  Complete();
  Submit();
  EXPECT_THAT(Drift(), IsEmpty());
  ReportWith(1, "30", "rain", "2024-12-02");
  const std::string day = Head();
  ReportWith(2, "20", "more rain");
  const std::string reason = Head();
  Spend("8", "9", "treasurer");
  const std::string money = Head();
  EXPECT_THAT(Drift(),
              ElementsAre(absl::StrCat("i1 actual 30 个 (2024-12-01) → 30 个 (2024-12-02) 45.00 → 45.00 @",
                                       day, " lead"),
                          absl::StrCat("i2 reason rain → more rain 30.00 → 30.00 @", reason, " lead"),
                          absl::StrCat("t spending 8 / 10 → 8 / 9 8.00 → 8.89 @", money, " treasurer")));
  const v1::Drift drift = EvaluationOf(kTable).drift();
  EXPECT_EQ(drift.score_before(), "83.00");
  EXPECT_EQ(drift.score_after(), "83.89");
  EXPECT_EQ(drift.points(), "+0.89");
  Spend("4", "10");
  EXPECT_EQ(EvaluationOf(kTable).drift().points(), "-4.00");
}

TEST_F(EvaluationAnswers, DriftNamesWhatAnAmendmentChangedOnce) {
  Complete();
  Submit();
  Amend([](auto* amendment, const auto& table) {
    v1::Indicator* first = ChangeRow(amendment, table, 1);
    first->mutable_target()->set_value("60");
    first->set_weight("40");
    v1::Indicator* second = ChangeRow(amendment, table, 2);
    second->set_weight("50");
    second->mutable_rule()->mutable_options()->set_pass_gate("0.1");
  });
  std::vector<std::string> cells;
  for (const std::string& cell : Drift()) cells.push_back(cell.substr(0, cell.find(' ', 4)));
  EXPECT_THAT(cells, ElementsAre("i1 target", "i1 weight", "i2 weight", "i2 rule"))
      << "the score that followed is no report";
  EXPECT_THAT(Drift()[0], HasSubstr(absl::StrCat("≥30 个 → ≥60 个 45.00 → 20.00 @", Head())));
}

TEST_F(EvaluationAnswers, DriftNamesRowsThatCameAndWent) {
  Complete();
  Submit();
  Amend([](auto* amendment, const auto& table) {
    v1::RowChange* removed = amendment->add_rows();
    removed->set_kind(v1::ROW_CHANGE_KIND_REMOVED);
    removed->mutable_indicator()->set_name(table.indicators(1).name());
    v1::RowChange* added = amendment->add_rows();
    added->set_kind(v1::ROW_CHANGE_KIND_ADDED);
    *added->mutable_indicator() = table.indicators(1);
    added->mutable_indicator()->set_name("i3");
    added->mutable_indicator()->set_display_name("替代指标");
  });
  EXPECT_THAT(Drift(), ElementsAre(absl::StrCat("i3 row  → 替代指标  →  @", Head(), " "),
                                   absl::StrCat("i2 row 指标2 →  30.00 →  @", Head(), " ")));
}

TEST_F(EvaluationAnswers, DriftNamesReviewsWithTheirEvaluator) {
  Complete();
  Submit();
  Reviewed(2, "28", "thin");
  Confirm();
  Return();
  Submit();
  EXPECT_THAT(Drift(), IsEmpty());
  Reviewed(2, "28", "still thin", "other");
  EXPECT_THAT(Drift(), ElementsAre(absl::StrCat("i2 review 28.00 → 28.00 28.00 → 28.00 @", Head(), " other")))
      << "other words are another review";
  Reviewed(2, "29", "still thin", "other");
  EXPECT_THAT(Drift(),
              ElementsAre(absl::StrCat("i2 review 28.00 → 29.00 28.00 → 29.00 @", Head(), " other")));
}

TEST_F(EvaluationAnswers, ATypedScoreThatChangedIsDrift) {
  MakeTableWith("u", "r", 1, [](v1::Table* table) {
    v1::Indicator* rated = table->mutable_indicators(0);
    rated->clear_target();
    rated->mutable_target()->set_text("明显");
    rated->mutable_rule()->set_kind(v1::RULE_KIND_RATING);
    table->clear_budget();
  });
  const std::string name = "units/u/tables/r";
  const auto rate = [&](const char* score) {
    v1::RateIndicatorRequest request;
    request.set_indicator(absl::StrCat(name, "/indicators/i1"));
    request.set_level("达成年度指标");
    request.set_score(score);
    request.set_reason("fine");
    request.set_date("2024-06-30");
    Do<v1::RateIndicatorResponse>(request, "rater");
  };
  rate("80");
  v1::SubmitEvaluationRequest submit;
  submit.set_name(absl::StrCat(name, "/evaluation"));
  submit.set_etag(EvaluationOf(name).evaluation().etag());
  Do<v1::SubmitEvaluationResponse>(submit);
  rate("85");
  const v1::Drift drift = EvaluationOf(name).drift();
  ASSERT_THAT(drift.cells(), SizeIs(1));
  EXPECT_EQ(drift.cells(0).cell(), "actual");
  EXPECT_THAT(drift.cells(0).before(), HasSubstr("80.00"));
  EXPECT_THAT(drift.cells(0).after(), HasSubstr("85.00"));
  EXPECT_EQ(drift.cells(0).actor(), "rater");
}

TEST_F(EvaluationAnswers, ADryRunSignsNothing) {
  Complete();
  auto request = Step<v1::SubmitEvaluationRequest>();
  request.mutable_write()->set_validate_only(true);
  const std::string before = *store().ContentDigest();
  EXPECT_EQ(Do<v1::SubmitEvaluationResponse>(request).evaluation().state(), v1::EVALUATION_STATE_SUBMITTED);
  EXPECT_EQ(*store().ContentDigest(), before);
  EXPECT_EQ(EvaluationOf(kTable).evaluation().state(), v1::EVALUATION_STATE_OPEN);
  EXPECT_EQ(WhyNoReview(Review(2, "1")), v1::ERROR_REASON_WRONG_EVALUATION_STATE);
}

}  // namespace
}  // namespace attain::engine
