// What is due, both sides of every border of RULES 7, with for whom it is.
#include <map>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kTable[] = "units/a/tables/t";

std::string Row(int row) {
  return absl::StrCat(kTable, "/indicators/i", row);
}

class DueBorders : public EngineFixture {
 protected:
  void SetUp() override {
    engine_options.clock = &clock_;  // 15 June 2024
    Open();
  }
  v1::ListDueRequest Question(const std::string& by, const std::string& parent = "units/-") {
    v1::ListDueRequest request;
    request.set_parent(parent);
    request.set_due_by(by);
    return request;
  }
  // "ACTUAL i1 2024-01-31 +1" for each item, "*" behind what is for the caller.
  std::vector<std::string> Items(const v1::ListDueRequest& request, const std::string& actor = "reader",
                                 const std::string& locale = "en") {
    v1::ListDueResponse response;
    const absl::Status status = engine().Read(request, &response, {actor, locale, ""});
    EXPECT_TRUE(status.ok()) << status;
    EXPECT_EQ(response.total_size(), response.items_size());
    std::vector<std::string> items;
    for (const v1::DueItem& item : response.items()) {
      items.push_back(absl::StrCat(v1::DueKind_Name(item.kind()).substr(9), " ",
                                   item.name().substr(item.name().rfind('/') + 1), " ", item.due_date(), " +",
                                   item.days_late(), item.for_caller() ? "*" : ""));
      actions_[item.kind()] = item.action();
    }
    return items;
  }
  std::vector<std::string> Items(const std::string& by, const std::string& actor = "reader",
                                 const std::string& locale = "en") {
    return Items(Question(by), actor, locale);
  }
  // One kind of them.
  std::vector<std::string> Of(v1::DueKind kind, const std::string& by, const std::string& actor = "reader") {
    v1::ListDueRequest request = Question(by);
    request.set_filter(absl::StrCat("kind = ", v1::DueKind_Name(kind).substr(9)));
    return Items(request, actor);
  }
  void Spend(const std::string& spent, const std::string& date) {
    v1::RecordSpendingRequest request;
    request.set_parent(kTable);
    request.mutable_spending()->set_spent(spent);
    request.mutable_spending()->set_date(date);
    Do<v1::RecordSpendingResponse>(request);
  }
  void ReportAll(const std::string& date, const std::string& reason = "rain") {
    const v1::Table table = TableOf(kTable);
    for (const v1::Indicator& row : table.indicators()) {
      v1::RecordActualRequest request = ReportRequest(row.name(), "30", date);
      request.mutable_report()->set_reason(reason);
      Do<v1::RecordActualResponse>(request);
    }
    Spend("10", date);
  }
  template <typename Response, typename Request>
  Response Evaluate(const std::string& actor) {
    Request request;
    request.set_name(absl::StrCat(kTable, "/evaluation"));
    request.set_etag(EvaluationOf(kTable).evaluation().etag());
    if constexpr (requires { request.set_reason(""); }) request.set_reason("look again");
    return Do<Response>(request, actor);
  }
  template <typename Response, typename Request>
  void Step() {
    Request request;
    request.set_name(kTable);
    request.set_etag(TableOf(kTable).etag());
    if constexpr (requires { request.set_reason(""); }) request.set_reason("weights");
    Do<Response>(request, "office");
  }
  void Close() { Step<v1::CloseTableResponse, v1::CloseTableRequest>(); }

  std::map<int, std::string> actions_;
};

TEST_F(DueBorders, ReportsAreDueAtTheEndOfEveryMonthThatHasEnded) {
  MakeTable("a", "t", 1);
  EXPECT_THAT(Items("2024-01-31"), IsEmpty());
  EXPECT_THAT(Items("2024-02-01"), ElementsAre("ACTUAL i1 2024-01-31 +1*", "SPENDING t 2024-01-31 +1*"));
  EXPECT_THAT(Items("2024-02-29"), ElementsAre("ACTUAL i1 2024-01-31 +29*", "SPENDING t 2024-01-31 +29*"));
  EXPECT_THAT(Items("2024-03-01")[0], "ACTUAL i1 2024-02-29 +1*");
  EXPECT_THAT(Items("2025-01-01")[0], "ACTUAL i1 2024-12-31 +1*");
  EXPECT_THAT(Items("2025-03-01")[0], "ACTUAL i1 2024-12-31 +60*") << "at most the year's last day";
  EXPECT_THAT(Items("2023-12-31"), IsEmpty());
}

TEST_F(DueBorders, AReportOfTheMonthsLastDayIsNotLate) {
  MakeTable("a", "t", 1);
  Spend("10", "2024-06-30");
  Report(Row(1), "30", "2024-05-31");
  EXPECT_THAT(Of(v1::DUE_KIND_LATE, "2024-06-30"), IsEmpty());
  EXPECT_THAT(Of(v1::DUE_KIND_LATE, "2024-07-01"), ElementsAre("LATE i1 2024-06-30 +1*"));
  Report(Row(1), "30", "2024-06-30");
  EXPECT_THAT(Of(v1::DUE_KIND_LATE, "2024-07-01"), IsEmpty());
}

TEST_F(DueBorders, RowsThatDoNotApplyAndMoneyThatIsNotThereAreNotDue) {
  MakeTableWith("a", "t", 2, [](v1::Table* table) {
    table->mutable_budget()->set_total("0");
    table->mutable_indicators(1)->set_not_applicable(true);
  });
  EXPECT_THAT(Items("2024-02-01"), ElementsAre("ACTUAL i1 2024-01-31 +1*"));
  v1::ListDueRequest nobody = Question("2024-02-01", "units/nobody");
  EXPECT_EQ(WhyNotRead<v1::ListDueResponse>(nobody), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  nobody.set_parent("units/a");
  nobody.set_due_by("1 February");
  EXPECT_EQ(WhyNotRead<v1::ListDueResponse>(nobody), v1::ERROR_REASON_INVALID_FIELD);
}

TEST_F(DueBorders, ADraftWaitsFromItsYearOrFromTheDayItWasMade) {
  MakeTable("a", "t", 1, v1::ACCUMULATION_LATEST, /*approve=*/false);
  EXPECT_THAT(Items("2024-06-14"), IsEmpty());
  EXPECT_THAT(Items("2024-06-15"), ElementsAre("SUBMIT t 2024-06-15 +0*"));
  clock_.now += absl::Hours(24 * 10);
  v1::UpdateTableRequest update;
  update.mutable_update_mask()->add_paths("*");
  *update.mutable_table() = TableOf(kTable);
  update.mutable_table()->set_goal("anew");
  Do<v1::UpdateTableResponse>(update);
  EXPECT_THAT(Items("2024-06-30"), ElementsAre("SUBMIT t 2024-06-15 +15*")) << "a change is no beginning";
  *update.mutable_table() = TableOf(kTable);
  update.mutable_table()->set_fiscal_year(2025);
  Do<v1::UpdateTableResponse>(update);
  EXPECT_THAT(Items("2024-12-31"), IsEmpty());
  EXPECT_THAT(Items("2025-01-01"), ElementsAre("SUBMIT t 2025-01-01 +0*"));
}

TEST_F(DueBorders, ASubmittedOrReturnedTableWaitsFromThatDayOn) {
  MakeTable("a", "t", 1, v1::ACCUMULATION_LATEST, /*approve=*/false);
  clock_.now += absl::Hours(24);
  Step<v1::SubmitTableResponse, v1::SubmitTableRequest>();
  EXPECT_THAT(Items("2024-06-20"), ElementsAre("APPROVE t 2024-06-16 +4*"));
  clock_.now += absl::Hours(24);
  Step<v1::ReturnTableResponse, v1::ReturnTableRequest>();
  EXPECT_THAT(Items("2024-06-20", ""), ElementsAre("RETURNED t 2024-06-17 +3*"));
  EXPECT_THAT(actions_[v1::DUE_KIND_RETURNED], HasSubstr("hand it in again: weights"));
}

TEST_F(DueBorders, AnAmendmentWaitsForSomebodyElseUntilItIsDecided) {
  MakeTable("a", "t", 1);
  v1::ProposeAmendmentRequest propose;
  propose.set_parent(kTable);
  propose.set_etag(TableOf(kTable).etag());
  propose.mutable_amendment()->set_reason("fewer");
  v1::RowChange* change = propose.mutable_amendment()->add_rows();
  change->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
  *change->mutable_indicator() = TableOf(kTable).indicators(0);
  change->mutable_indicator()->mutable_target()->set_value("20");
  const v1::Amendment first = Do<v1::ProposeAmendmentResponse>(propose, "lead").amendment();
  EXPECT_THAT(Of(v1::DUE_KIND_AMENDMENT, "2024-06-14", "office"), IsEmpty());
  EXPECT_THAT(Of(v1::DUE_KIND_AMENDMENT, "2024-06-15", "office"), ElementsAre("AMENDMENT 1 2024-06-15 +0*"));
  EXPECT_THAT(Of(v1::DUE_KIND_AMENDMENT, "2024-06-15", "lead"), ElementsAre("AMENDMENT 1 2024-06-15 +0"));
  EXPECT_THAT(Of(v1::DUE_KIND_AMENDMENT, "2024-06-15", ""), ElementsAre("AMENDMENT 1 2024-06-15 +0"));
  v1::RejectAmendmentRequest reject;
  reject.set_name(first.name());
  reject.set_etag(first.etag());
  reject.set_reason("no");
  Do<v1::RejectAmendmentResponse>(reject, "office");
  EXPECT_THAT(Of(v1::DUE_KIND_AMENDMENT, "2024-06-15"), IsEmpty());
  const v1::Amendment second = Do<v1::ProposeAmendmentResponse>(propose, "lead").amendment();
  EXPECT_THAT(Of(v1::DUE_KIND_AMENDMENT, "2024-06-15"), ElementsAre("AMENDMENT 2 2024-06-15 +0*"));
  Close();
  EXPECT_THAT(Of(v1::DUE_KIND_AMENDMENT, "2024-06-15"), IsEmpty()) << "a closed table takes none";
}

TEST_F(DueBorders, OutlooksAreDueForRedAndYellowRowsUpToNovember) {
  MakeTable("a", "t", 3);
  Spend("10", "2024-06-30");
  Report(Row(1), "1", "2024-06-30");
  Report(Row(2), "11", "2024-06-30");
  Report(Row(3), "30", "2024-06-30");
  EXPECT_THAT(Of(v1::DUE_KIND_OUTLOOK, "2024-07-01"),
              ElementsAre("OUTLOOK i1 2024-06-30 +1*", "OUTLOOK i2 2024-06-30 +1*"));
  EXPECT_THAT(actions_[v1::DUE_KIND_OUTLOOK], HasSubstr("yellow in month 6"));
  EXPECT_THAT(Of(v1::DUE_KIND_OUTLOOK, "2024-12-31"),
              ElementsAre("OUTLOOK i1 2024-11-30 +31*", "OUTLOOK i2 2024-11-30 +31*"));
  EXPECT_THAT(Of(v1::DUE_KIND_OUTLOOK, "2025-01-01"), IsEmpty()) << "the year is over";
  Report(Row(2), "30", "2024-06-30");
  Of(v1::DUE_KIND_OUTLOOK, "2024-07-01");
  EXPECT_THAT(actions_[v1::DUE_KIND_OUTLOOK], HasSubstr("red in month 6"));
}

TEST_F(DueBorders, AnOutlookIsNotAskedForOfARowThatWasRemoved) {
  MakeTable("a", "t", 2);
  Spend("10", "2024-06-30");
  Report(Row(1), "1", "2024-06-30");
  Report(Row(2), "30", "2024-06-30");
  v1::ProposeAmendmentRequest propose;
  propose.set_parent(kTable);
  propose.set_etag(TableOf(kTable).etag());
  propose.mutable_amendment()->set_reason("cancelled");
  propose.mutable_amendment()->set_effective_date("2024-07-02");
  v1::RowChange* removed = propose.mutable_amendment()->add_rows();
  removed->set_kind(v1::ROW_CHANGE_KIND_REMOVED);
  removed->mutable_indicator()->set_name(Row(1));
  v1::RowChange* change = propose.mutable_amendment()->add_rows();
  change->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
  *change->mutable_indicator() = TableOf(kTable).indicators(1);
  change->mutable_indicator()->set_weight("90");
  const v1::Amendment amendment = Do<v1::ProposeAmendmentResponse>(propose, "lead").amendment();
  EXPECT_THAT(Of(v1::DUE_KIND_OUTLOOK, "2024-07-05"), ElementsAre("OUTLOOK i1 2024-06-30 +5*"));
  v1::ApproveAmendmentRequest approve;
  approve.set_name(amendment.name());
  approve.set_etag(amendment.etag());
  Do<v1::ApproveAmendmentResponse>(approve, "office");
  EXPECT_THAT(Of(v1::DUE_KIND_OUTLOOK, "2024-07-05"), IsEmpty());
}

TEST_F(DueBorders, WhatTheSelfEvaluationNeedsIsDueOnTheLastOfJanuary) {
  MakeTableWith("a", "t", 2, [](v1::Table* table) {
    v1::Indicator* rated = table->mutable_indicators(1);
    rated->clear_target();
    rated->mutable_target()->set_text("明显");
    rated->mutable_rule()->set_kind(v1::RULE_KIND_RATING);
  });
  Spend("10", "2024-12-31");
  Report(Row(1), "29", "2024-12-31");
  Report(Row(2), "达成年度指标", "2024-12-31");
  EXPECT_THAT(Items("2025-01-30"), IsEmpty());
  EXPECT_THAT(Items("2025-01-31"), ElementsAre("REASON i1 2025-01-31 +0*", "SCORE i2 2025-01-31 +0*"));
  EXPECT_EQ(actions_[v1::DUE_KIND_SCORE], "a level is recorded; type its score");
  Items("2025-01-31", "reader", "zh-CN");
  EXPECT_EQ(actions_[v1::DUE_KIND_SCORE], "已选等级，尚未评定得分");
  Close();
  EXPECT_THAT(Items("2025-01-31"), IsEmpty()) << "nothing of it can be done any more";
}

TEST_F(DueBorders, AnEvaluationWaitsForWhoeverIsNextAndGivesTheirName) {
  MakeTable("a", "t", 1);
  ReportAll("2024-12-31");
  EXPECT_THAT(Items("2025-01-30"), IsEmpty());
  EXPECT_THAT(Items("2025-02-01"), ElementsAre("EVALUATION t 2025-01-31 +1*"));
  EXPECT_THAT(Items("2025-02-01", ""), ElementsAre("EVALUATION t 2025-01-31 +1"));
  Evaluate<v1::SubmitEvaluationResponse, v1::SubmitEvaluationRequest>("lead");
  EXPECT_THAT(Items("2024-06-14"), IsEmpty());
  EXPECT_THAT(Items("2025-02-01"), ElementsAre("REVIEW t 2024-06-15 +231*"));
  EXPECT_THAT(Items("2025-02-01", ""), ElementsAre("REVIEW t 2024-06-15 +231"));
  Evaluate<v1::ReturnEvaluationResponse, v1::ReturnEvaluationRequest>("office");
  EXPECT_THAT(Items("2025-02-01"), ElementsAre("RETURNED t 2024-06-15 +231*")) << "and nothing else";
  EXPECT_THAT(Items("2025-02-01", ""), ElementsAre("RETURNED t 2024-06-15 +231"));
  EXPECT_THAT(actions_[v1::DUE_KIND_RETURNED], HasSubstr("look again"));
  Evaluate<v1::SubmitEvaluationResponse, v1::SubmitEvaluationRequest>("lead");
  Evaluate<v1::ConfirmEvaluationResponse, v1::ConfirmEvaluationRequest>("office");
  EXPECT_THAT(Items("2025-12-31"), IsEmpty()) << "a confirmed table has nothing due";
}

TEST_F(DueBorders, AClosedTableTakesNoReportsButItsEvaluationGoesOn) {
  MakeTable("a", "t", 1);
  ReportAll("2024-06-30");
  EXPECT_THAT(Of(v1::DUE_KIND_LATE, "2024-12-31"), ElementsAre("LATE i1 2024-11-30 +31*"));
  Close();
  EXPECT_THAT(Items("2024-12-31"), IsEmpty());
  EXPECT_THAT(Items("2025-02-01"), ElementsAre("EVALUATION t 2025-01-31 +1*"));
  Evaluate<v1::SubmitEvaluationResponse, v1::SubmitEvaluationRequest>("lead");
  EXPECT_THAT(Items("2025-02-01"), ElementsAre("REVIEW t 2024-06-15 +231*"));
}

TEST_F(DueBorders, TheMostUrgentComesFirstThenTheKindThenTheName) {
  MakeTable("b", "t", 1);
  MakeTable("a", "t", 2);
  MakeTable("a", "draft", 1, v1::ACCUMULATION_LATEST, /*approve=*/false);
  EXPECT_THAT(Items("2024-07-05"), ElementsAre("SUBMIT draft 2024-06-15 +20*", "ACTUAL i1 2024-06-30 +5*",
                                               "ACTUAL i2 2024-06-30 +5*", "ACTUAL i1 2024-06-30 +5*",
                                               "SPENDING t 2024-06-30 +5*", "SPENDING t 2024-06-30 +5*"));
}

TEST_F(DueBorders, APageBelongsToItsCallerAndWithoutADayItIsTodayOrTheDayOfTheRevision) {
  MakeTable("a", "t", 3);
  v1::ListDueRequest request = Question("");
  request.set_page_size(1);
  v1::ListDueResponse first;
  ASSERT_TRUE(engine().Read(request, &first, {"lead", "en", ""}).ok());
  EXPECT_EQ(first.items(0).due_date(), "2024-05-31");
  request.set_page_token(first.next_page_token());
  v1::ListDueResponse second;
  EXPECT_TRUE(engine().Read(request, &second, {"lead", "en", ""}).ok());
  EXPECT_EQ(second.read().revision(), first.read().revision());
  EXPECT_EQ(ReasonOf(engine().Read(request, &second, {"other", "en", ""})),
            v1::ERROR_REASON_INVALID_PAGE_TOKEN);
  const int64_t june = static_cast<int64_t>(store().head().revision);
  clock_.now += absl::Hours(24 * 31);
  v1::ListDueRequest again = Question("");
  EXPECT_EQ(Items(again)[0], "ACTUAL i1 2024-06-30 +16*");
  again.mutable_read()->set_read_revision(june);
  EXPECT_EQ(Items(again)[0], "ACTUAL i1 2024-05-31 +15*");
}

}  // namespace
}  // namespace attain::engine
