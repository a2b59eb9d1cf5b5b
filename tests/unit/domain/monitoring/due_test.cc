// ListDue: what is missing, late or waiting (RULES 7).
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Due : public EngineFixture {
 protected:
  void SetUp() override { Open(); }

  v1::ListDueResponse List(const std::string& by, const std::string& filter = "",
                           const std::string& actor = "reader") {
    v1::ListDueRequest request;
    request.set_parent("units/-");
    request.set_due_by(by);
    request.set_filter(filter);
    v1::ListDueResponse response;
    const absl::Status status = engine().Read(request, &response, {actor, "en", ""});
    EXPECT_TRUE(status.ok()) << status;
    return response;
  }
  // "ACTUAL a/t/i1 2024-06-30 +5" for each item.
  std::vector<std::string> Items(const std::string& by, const std::string& filter = "") {
    std::vector<std::string> items;
    const v1::ListDueResponse response = List(by, filter);
    for (const v1::DueItem& item : response.items()) {
      std::string name;
      for (const auto part : absl::StrSplit(item.name(), '/')) {
        if (part != "units" && part != "tables" && part != "indicators")
          absl::StrAppend(&name, name.empty() ? "" : "/", part);
      }
      EXPECT_FALSE(item.action().empty());
      items.push_back(absl::StrCat(v1::DueKind_Name(item.kind()).substr(sizeof("DUE_KIND_") - 1), " ", name,
                                   " ", item.due_date(), " +", item.days_late()));
    }
    return items;
  }
  void Spend(const std::string& table, const std::string& date) {
    v1::RecordSpendingRequest request;
    request.set_parent(table);
    request.mutable_spending()->set_spent("10");
    request.mutable_spending()->set_date(date);
    Do<v1::RecordSpendingResponse>(request);
  }
};

TEST_F(Due, ReportsAreDueAtTheEndOfTheMonthBefore) {
  MakeTable("a", "t", 3);
  EXPECT_THAT(Items("2024-01-31"), IsEmpty()) << "no month of the year has ended";
  EXPECT_THAT(Items("2024-02-01"), ElementsAre("ACTUAL a/t/i1 2024-01-31 +1", "ACTUAL a/t/i2 2024-01-31 +1",
                                               "ACTUAL a/t/i3 2024-01-31 +1", "SPENDING a/t 2024-01-31 +1"));
  Spend("units/a/tables/t", "2024-01-20");
  Report("units/a/tables/t/indicators/i1", "18", "2024-06-30");
  Report("units/a/tables/t/indicators/i2", "18", "2024-06-29");
  EXPECT_THAT(Items("2024-07-05", "kind != OUTLOOK"),
              ElementsAre("ACTUAL a/t/i3 2024-06-30 +5", "LATE a/t/i2 2024-06-30 +5"));
  EXPECT_EQ(List("2024-07-05").items(0).table(), "units/a/tables/t");
}

TEST_F(Due, RedAndYellowRowsWithoutACauseAreDue) {
  MakeTable("a", "t", 3);
  Spend("units/a/tables/t", "2024-06-30");
  Report("units/a/tables/t/indicators/i1", "1", "2024-06-30");
  Report("units/a/tables/t/indicators/i1", "30", "2024-07-02");
  EXPECT_THAT(Items("2024-07-05", "kind = OUTLOOK"), ElementsAre("OUTLOOK a/t/i1 2024-06-30 +5"))
      << "the value of July is none of June's";
  v1::RecordOutlookRequest outlook;
  outlook.set_indicator("units/a/tables/t/indicators/i1");
  outlook.mutable_outlook()->set_likelihood(v1::LIKELIHOOD_POSSIBLE);
  outlook.mutable_outlook()->set_cause(v1::OUTLOOK_CAUSE_FUNDS);
  outlook.mutable_outlook()->set_date("2024-06-30");
  Do<v1::RecordOutlookResponse>(outlook);
  EXPECT_THAT(Items("2024-07-05", "kind = OUTLOOK"), IsEmpty());
  EXPECT_THAT(Items("2025-01-05", "kind = OUTLOOK"), IsEmpty()) << "the year is over";
}

TEST_F(Due, DraftsAndSubmittedTablesWait) {
  MakeTable("a", "draft", 3, v1::ACCUMULATION_LATEST, /*approve=*/false);
  ASSERT_EQ(List("2099-01-01").items_size(), 1);
  const v1::DueItem draft = List("2099-01-01").items(0);
  EXPECT_EQ(draft.kind(), v1::DUE_KIND_SUBMIT);
  EXPECT_THAT(Items("2023-12-31"), IsEmpty());
  v1::SubmitTableRequest submit;
  submit.set_name(draft.name());
  v1::GetTableRequest get;
  get.set_name(draft.name());
  submit.set_etag(Ask<v1::GetTableResponse>(get).table().etag());
  const std::string etag = Do<v1::SubmitTableResponse>(submit).table().etag();
  EXPECT_EQ(List("2099-01-01").items(0).kind(), v1::DUE_KIND_APPROVE);
  v1::ReturnTableRequest back;
  back.set_name(draft.name());
  back.set_etag(etag);
  back.set_reason("权重不对");
  Do<v1::ReturnTableResponse>(back);
  EXPECT_EQ(List("2099-01-01").items(0).kind(), v1::DUE_KIND_RETURNED);
  EXPECT_THAT(List("2099-01-01").items(0).action(), ::testing::HasSubstr("权重不对"));
}

TEST_F(Due, AnAmendmentIsNotForItsProposer) {
  MakeTable("a", "t", 3);
  v1::GetTableRequest get;
  get.set_name("units/a/tables/t");
  const v1::Table table = Ask<v1::GetTableResponse>(get).table();
  v1::ProposeAmendmentRequest propose;
  propose.set_etag(table.etag());
  propose.set_parent("units/a/tables/t");
  v1::RowChange* row = propose.mutable_amendment()->add_rows();
  row->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
  *row->mutable_indicator() = table.indicators(0);
  row->mutable_indicator()->mutable_target()->set_value("24");
  propose.mutable_amendment()->set_reason("项目缩减");
  Do<v1::ProposeAmendmentResponse>(propose);
  EXPECT_EQ(List("2099-01-01", "kind = AMENDMENT AND for_caller = true", "tester").items_size(), 0);
  EXPECT_EQ(List("2099-01-01", "kind = AMENDMENT AND for_caller = true", "").items_size(), 0)
      << "nobody in particular";
  const auto others = List("2099-01-01", "kind = AMENDMENT AND for_caller = true", "boss");
  ASSERT_EQ(others.items_size(), 1);
  EXPECT_EQ(others.items(0).name(), "units/a/tables/t/amendments/1");
}

TEST_F(Due, TheYearsEndAsksForReasonsThenForTheSelfEvaluationThenForTheReview) {
  MakeTable("a", "t", 3);
  const std::string table = "units/a/tables/t";
  Spend(table, "2024-12-31");
  for (int i = 1; i <= 3; ++i)
    Report(absl::StrCat(table, "/indicators/i", i), i == 2 ? "29" : "30", "2024-12-31");
  EXPECT_THAT(Items("2025-01-30"), IsEmpty());
  EXPECT_THAT(Items("2025-02-02"), ElementsAre("REASON a/t/i2 2025-01-31 +2"));
  v1::RecordActualRequest explained = ReportRequest(table + "/indicators/i2", "29", "2024-12-31");
  explained.mutable_report()->set_reason("一家未签约");
  Do<v1::RecordActualResponse>(explained);
  EXPECT_THAT(Items("2025-02-02"), ElementsAre("EVALUATION a/t 2025-01-31 +2"));
  v1::GetEvaluationRequest get;
  get.set_name(absl::StrCat(table, "/evaluation"));
  v1::SubmitEvaluationRequest submit;
  submit.set_name(absl::StrCat(table, "/evaluation"));
  submit.set_etag(Ask<v1::GetEvaluationResponse>(get).evaluation().etag());
  Do<v1::SubmitEvaluationResponse>(submit);
  ASSERT_EQ(List("2099-01-01").items_size(), 1);
  EXPECT_EQ(List("2099-01-01").items(0).kind(), v1::DUE_KIND_REVIEW);
}

TEST_F(Due, TheMostUrgentComesFirstAndPagesShowOneDay) {
  MakeTable("a", "t", 3);
  MakeTable("b", "t", 3);
  MakeTable("b", "old", 3, v1::ACCUMULATION_LATEST, /*approve=*/false);
  v1::ListDueRequest request;
  request.set_parent("units/-");
  request.set_due_by("2099-01-01");
  request.set_page_size(3);
  std::vector<int> late;
  std::string first_token;
  int64_t total = 0;
  do {
    const auto page = Ask<v1::ListDueResponse>(request);
    for (const v1::DueItem& item : page.items()) late.push_back(item.days_late());
    if (first_token.empty()) first_token = page.next_page_token();
    request.set_page_token(page.next_page_token());
    total = page.total_size();
  } while (!request.page_token().empty());
  EXPECT_EQ(static_cast<int64_t>(late.size()), total);
  EXPECT_EQ(total, 9);
  EXPECT_TRUE(std::is_sorted(late.rbegin(), late.rend()));
  request.set_page_token(first_token);
  request.set_due_by("2099-01-02");
  v1::ListDueResponse response;
  EXPECT_EQ(ReasonOf(engine().Read(request, &response, {"reader", "en", ""})),
            v1::ERROR_REASON_INVALID_PAGE_TOKEN);
}

TEST_F(Due, WithoutADayItIsTodayAndInThePastTheDayOfItsRevision) {
  MakeTable("a", "t", 3);
  v1::ListDueRequest request;
  request.set_parent("units/a");
  const std::string today =
      absl::FormatCivilTime(absl::ToCivilDay(absl::Now(), absl::FixedTimeZone(8 * 3600)));
  const auto now = Ask<v1::ListDueResponse>(request);
  request.set_due_by(today);
  EXPECT_EQ(now.SerializeAsString(), Ask<v1::ListDueResponse>(request).SerializeAsString());
  request.clear_due_by();
  request.mutable_read()->set_read_revision(now.read().revision());
  EXPECT_EQ(now.SerializeAsString(), Ask<v1::ListDueResponse>(request).SerializeAsString());
  request.set_due_by("tomorrow");
  v1::ListDueResponse response;
  EXPECT_EQ(ReasonOf(engine().Read(request, &response, {})), v1::ERROR_REASON_INVALID_FIELD);
}

}  // namespace
}  // namespace attain::engine
