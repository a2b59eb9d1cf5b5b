// SimulateScore: what if, with nothing stored.
#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

class SimulateTest : public EngineFixture {
 protected:
  SimulateTest() {
    Open();
    ImportSample();
  }

  static v1::SimulateScoreRequest Request(const std::vector<std::pair<std::string, std::string>>& values) {
    v1::SimulateScoreRequest request;
    request.set_table("units/u/tables/p1");
    for (const auto& [row, value] : values) {
      v1::AssumedValue* assumed = request.add_values();
      assumed->set_indicator(absl::StrCat("units/u/tables/p1/indicators/", row));
      assumed->set_value(value);
    }
    return request;
  }

  v1::SimulateScoreResponse Simulate(const v1::SimulateScoreRequest& request) {
    return Ask<v1::SimulateScoreResponse>(request);
  }

  // "NOT_A_NUMBER at values[2].value"
  std::string Refusal(const v1::SimulateScoreRequest& request) {
    v1::SimulateScoreResponse response;
    const absl::Status status = engine().Read(request, &response, {"reader", "en", ""});
    google::rpc::BadRequest bad;
    const google::rpc::Status rpc = ToRpcStatus(status, "en");
    for (const google::protobuf::Any& detail : rpc.details()) detail.UnpackTo(&bad);
    const std::string field = bad.field_violations_size() > 0 ? bad.field_violations(0).field() : "no field";
    return absl::StrCat(v1::ErrorReason_Name(ReasonOf(status)).substr(13), " at ", field);
  }
};

TEST_F(SimulateTest, GivesWhatReportingTheSameWouldGive) {
  v1::SimulateScoreRequest request =
      Request({{"i1", "４"}, {"i2", "2 个"}, {"i3", "3"}, {"i4", "4"}, {"i5", "3"}, {"i6", "100%"}});
  v1::AssumedValue* rating = request.add_values();
  rating->set_indicator("units/u/tables/p1/indicators/i7");
  rating->set_value("达成年度指标");
  rating->set_score("38");
  request.set_spent("30");
  const uint64_t head = store().head().revision;
  const v1::SimulateScoreResponse assumed = Simulate(request);
  EXPECT_EQ(store().head().revision, head);
  EXPECT_EQ(assumed.score_now().score(), "0.00");
  EXPECT_EQ(assumed.score().indicators_size(), 7);
  EXPECT_EQ(assumed.score_now().indicators_size(), 0);

  for (const v1::AssumedValue& value : request.values()) {
    v1::RecordActualRequest report = ReportRequest(value.indicator(), value.value());
    report.mutable_report()->set_score(value.score());
    Do<v1::RecordActualResponse>(report);
  }
  v1::RecordSpendingRequest spend;
  spend.set_parent(request.table());
  spend.mutable_spending()->set_spent("30");
  spend.mutable_spending()->set_date("2024-06-30");
  Do<v1::RecordSpendingResponse>(spend);
  const v1::Score real = ScoreOf(request.table());
  EXPECT_EQ(assumed.score().score(), real.score());
  EXPECT_EQ(assumed.score().grade(), real.grade());
  EXPECT_EQ(assumed.score().light(), real.light());
  for (int i = 0; i < 7; ++i) {
    EXPECT_EQ(assumed.score().indicators(i).score(), real.indicators(i).score());
    EXPECT_EQ(assumed.score().indicators(i).actual(), real.indicators(i).actual());
    EXPECT_EQ(assumed.score().indicators(i).date(), "");
  }
  EXPECT_EQ(assumed.unit_score().score(), ScoreOf("units/u").score());
  EXPECT_EQ(assumed.unit_score_now().score(), "0.00");
}

TEST_F(SimulateTest, AValueStandsInPlaceOfAllReports) {
  MakeTable("v", "sum", 3, v1::ACCUMULATION_SUM);
  MakeTable("v", "ratio", 3, v1::ACCUMULATION_RATIO);
  Report("units/v/tables/sum/indicators/i1", "9");
  Report("units/v/tables/sum/indicators/i1", "11");
  v1::SimulateScoreRequest request;
  request.set_table("units/v/tables/sum");
  request.add_values()->set_indicator("units/v/tables/sum/indicators/i1");
  request.mutable_values(0)->set_value("15");
  EXPECT_EQ(Simulate(request).score().indicators(0).score(), "15.00");
  EXPECT_EQ(Simulate(request).score_now().score(), "20.00");
  request.set_table("units/v/tables/ratio");
  request.mutable_values(0)->set_indicator("units/v/tables/ratio/indicators/i1");
  EXPECT_EQ(Simulate(request).score().indicators(0).score(), "15.00");
}

TEST_F(SimulateTest, MoneyAloneMayBeAssumed) {
  v1::SimulateScoreRequest request = Request({});
  request.set_spent("5");
  request.set_adjusted_budget("10");
  EXPECT_EQ(Simulate(request).score().score(), "5.00");
  EXPECT_EQ(Simulate(request).score().adjusted_budget(), "10");
}

TEST_F(SimulateTest, ATableOfTheUnitItselfHasNoUnitFigure) {
  v1::SimulateScoreRequest request;
  request.set_table("units/u/tables/unit");
  const v1::SimulateScoreResponse response = Simulate(request);
  EXPECT_FALSE(response.has_unit_score());
  EXPECT_FALSE(response.has_unit_score_now());
}

TEST_F(SimulateTest, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(Refusal(Request({{"i1", "4"}, {"i2", "2"}, {"i3", "three"}})), "NOT_A_NUMBER at values[2].value");
  EXPECT_EQ(Refusal(Request({{"i1", "4 km"}})), "UNIT_MISMATCH at values[0].value");
  EXPECT_EQ(Refusal(Request({{"i1", "-1"}})), "NEGATIVE_VALUE at values[0].value");
  EXPECT_EQ(Refusal(Request({{"i1", ""}})), "INVALID_FIELD at values[0].value");
  EXPECT_EQ(Refusal(Request({{"i7", "splendid"}})), "UNKNOWN_LEVEL at values[0].value");
  EXPECT_EQ(Refusal(Request({{"i1", "4"}, {"i9", "2"}})), "RESOURCE_NOT_FOUND at values[1].indicator");
  EXPECT_EQ(Refusal(Request({{"i1", "4"}, {"i1", "2"}})), "INVALID_FIELD at values[1].indicator");
  v1::SimulateScoreRequest request = Request({{"i7", "达成年度指标"}});
  request.mutable_values(0)->set_score("12");
  EXPECT_EQ(Refusal(request), "SCORE_OUT_OF_BAND at values[0].score");
  request.mutable_values(0)->set_indicator("units/u/tables/p2/indicators/i7");
  EXPECT_EQ(Refusal(request), "INVALID_FIELD at values[0].indicator");
  request = Request({});
  request.set_spent("much");
  EXPECT_EQ(Refusal(request), "NOT_A_NUMBER at spent");
  request = Request({});
  request.set_adjusted_budget("-3");
  EXPECT_EQ(Refusal(request), "NEGATIVE_VALUE at adjusted_budget");
  request = Request({});
  for (int i = 0; i <= 500; ++i) request.add_values();
  EXPECT_EQ(Refusal(request), "REQUEST_TOO_LARGE at values");
  MakeTable("v", "draft", 3, v1::ACCUMULATION_LATEST, /*approve=*/false);
  request.set_table("units/v/tables/draft");
  EXPECT_EQ(Refusal(request), "WRONG_STATE at no field");
}

}  // namespace
}  // namespace attain::engine
