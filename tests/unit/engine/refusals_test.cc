// What is refused is named as the request names it, with what may stand there instead.
#include <functional>

#include "absl/strings/str_cat.h"
#include "attain/v1/profile_service.pb.h"
#include "gmock/gmock.h"
#include "google/rpc/status.pb.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kTable[] = "units/a/tables/t";
constexpr char kFirst[] = "units/a/tables/t/indicators/i1";

class Refusals : public EngineFixture {
 protected:
  void SetUp() override {
    Open();
    MakeTable("a", "t", 2);
  }
  // Reason, details with their fields, and message.
  static std::string Words(const absl::Status& status, const std::string& locale = "en") {
    if (status.ok()) return "accepted";
    return absl::StrCat(v1::ErrorReason_Name(ReasonOf(status)).substr(13), " ",
                        ToRpcStatus(status, locale).SerializeAsString(), ": ", MessageOf(status, locale));
  }
  template <typename Response, typename Request>
  std::string WhyNot(const Request& request, const std::string& locale = "en") {
    Response response;
    return Words(Try(request, &response, "lead"), locale);
  }
  template <typename Response, typename Request>
  std::string WhyNotRead(const Request& request) {
    Response response;
    return Words(engine().Read(request, &response, {"reader", "en", ""}));
  }
  std::string WhyNoReport(const std::string& value) {
    return WhyNot<v1::RecordActualResponse>(ReportRequest(kFirst, value));
  }
  // A new table like that of the fixture, changed.
  std::string WhyNoTable(const std::function<void(v1::Table*)>& change) {
    v1::CreateTableRequest create;
    create.set_parent("units/a");
    create.set_table_id("new");
    *create.mutable_table() = TableOf(kTable);
    for (v1::Indicator& row : *create.mutable_table()->mutable_indicators()) row.clear_name();
    change(create.mutable_table());
    create.mutable_write()->set_validate_only(true);
    return WhyNot<v1::CreateTableResponse>(create);
  }
  v1::ProposeAmendmentRequest Amendment(int row, const std::function<void(v1::Indicator*)>& change) {
    v1::ProposeAmendmentRequest request;
    request.set_parent(kTable);
    request.set_etag(TableOf(kTable).etag());
    request.mutable_amendment()->set_reason("fewer cities");
    v1::RowChange* changed = request.mutable_amendment()->add_rows();
    changed->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
    *changed->mutable_indicator() = TableOf(kTable).indicators(row);
    change(changed->mutable_indicator());
    return request;
  }
};

TEST_F(Refusals, ARowOfAnotherTableIsNotOneOfThis) {
  for (const char* name :
       {"units/w/tables/p1/indicators/x", "../../x", "a/b/c", "units/a/tables/t/indicators/i1"}) {
    EXPECT_THAT(WhyNoTable([&](v1::Table* table) { table->mutable_indicators(1)->set_name(name); }),
                AllOf(HasSubstr("INVALID_FIELD"), HasSubstr("table.indicators[1].name"),
                      HasSubstr(absl::StrCat(name, " is not a row of units/a/tables/new"))));
  }
  for (const char* name : {"x", "units/a/tables/new/indicators/x"}) {
    EXPECT_EQ(WhyNoTable([&](v1::Table* table) { table->mutable_indicators(1)->set_name(name); }),
              "accepted");
  }
  auto request =
      Amendment(0, [](v1::Indicator* row) { row->set_name("units/a/tables/other/indicators/i1"); });
  EXPECT_THAT(WhyNot<v1::ProposeAmendmentResponse>(request),
              AllOf(HasSubstr("INVALID_FIELD"), HasSubstr("amendment.rows[0].indicator.name"),
                    HasSubstr("is not a row of units/a/tables/t")));
  request = Amendment(0, [](v1::Indicator* row) { row->set_name("i1"); });
  EXPECT_EQ(WhyNot<v1::ProposeAmendmentResponse>(request), "accepted");
}

TEST_F(Refusals, ANumberWithTooManyDigitsIsOutOfRange) {
  v1::RecordSpendingRequest spend;
  spend.set_parent(kTable);
  for (const char* money : {"99999999999999999999", "0.0000000000001", "99999999999999999999 万元"}) {
    spend.mutable_spending()->set_spent(money);
    EXPECT_THAT(WhyNot<v1::RecordSpendingResponse>(spend),
                AllOf(HasSubstr("NUMBER_OUT_OF_RANGE"), HasSubstr("at most 18 digits")));
  }
  constexpr char kHuge[] = "99999999999999999999";
  const std::function<void(v1::Table*)> changes[] = {
      [&](v1::Table* table) { table->mutable_budget()->set_total(kHuge); },
      [&](v1::Table* table) { table->mutable_indicators(0)->set_weight(kHuge); },
      [&](v1::Table* table) { table->mutable_indicators(0)->mutable_target()->set_value(kHuge); }};
  for (const auto& change : changes) {
    EXPECT_THAT(WhyNoTable(change), AllOf(HasSubstr("NUMBER_OUT_OF_RANGE"), HasSubstr("at most")));
  }
}

TEST_F(Refusals, AnAmendmentIsToldOfItsOwnRows) {
  EXPECT_THAT(
      WhyNot<v1::ProposeAmendmentResponse>(Amendment(1, [](v1::Indicator* row) { row->set_weight("many"); })),
      AllOf(HasSubstr("amendment.rows[0].indicator.weight"), Not(HasSubstr("table.indicators"))));
}

TEST_F(Refusals, RatingNamesTheFieldsOfItsRequest) {
  v1::CreateTableRequest create;
  create.set_parent("units/a");
  create.set_table_id("rated");
  *create.mutable_table() = TableOf(kTable);
  for (v1::Indicator& row : *create.mutable_table()->mutable_indicators()) {
    row.clear_name();
    row.clear_target();
    row.mutable_target()->set_text("明显");
    row.mutable_rule()->set_kind(v1::RULE_KIND_RATING);
  }
  v1::SubmitTableRequest submit;
  submit.set_name("units/a/tables/rated");
  submit.set_etag(Do<v1::CreateTableResponse>(create).table().etag());
  v1::ApproveTableRequest approve;
  approve.set_name(submit.name());
  approve.set_etag(Do<v1::SubmitTableResponse>(submit).table().etag());
  Do<v1::ApproveTableResponse>(approve, "office");
  v1::RateIndicatorRequest rate;
  rate.set_indicator("units/a/tables/rated/indicators/i1");
  rate.set_date("2024-06-30");
  rate.set_level("superb");
  const auto fields = [&] { return WhyNot<v1::RateIndicatorResponse>(rate); };
  EXPECT_THAT(fields(), AllOf(HasSubstr("level"), Not(HasSubstr("report."))));
  rate.set_level("achieved");
  rate.set_score("4444");
  EXPECT_THAT(fields(), AllOf(HasSubstr("score"), Not(HasSubstr("report."))));
  rate.set_score("40");
  rate.set_reason(std::string(5000, 'x'));
  EXPECT_THAT(fields(), AllOf(HasSubstr("reason"), Not(HasSubstr("report."))));
}

TEST_F(Refusals, WhatWasTypedIsQuoted) {
  EXPECT_THAT(WhyNoReport("-NaN"), HasSubstr("\"-NaN\" is not a number"));
  EXPECT_EQ(WhyNoReport("3\n"), "accepted");
  EXPECT_EQ(WhyNoReport("3 个\r\n"), "accepted");
}

TEST_F(Refusals, WideBlanksAreNoName) {
  v1::CreateUnitRequest unit;
  unit.set_unit_id("w");
  for (const char* blank : {"", " ", "\u3000", "\u3000 \u00a0"}) {
    unit.mutable_unit()->set_display_name(blank);
    EXPECT_THAT(WhyNot<v1::CreateUnitResponse>(unit), HasSubstr("unit.display_name is required"));
    EXPECT_THAT(WhyNoTable([&](v1::Table* table) { table->set_display_name(blank); }),
                HasSubstr("table.display_name is required"));
  }
}

TEST_F(Refusals, NamesAreMeasuredInCharacters) {
  v1::CreateUnitRequest unit;
  unit.set_unit_id("w");
  unit.mutable_write()->set_validate_only(true);
  const auto of = [](int count, const char* character) {
    std::string text;
    for (int i = 0; i < count; ++i) text += character;
    return text;
  };
  for (const char* character : {"x", "局", "𠀀"}) {
    unit.mutable_unit()->set_display_name(of(200, character));
    EXPECT_EQ(WhyNot<v1::CreateUnitResponse>(unit), "accepted") << character;
    unit.mutable_unit()->set_display_name(of(201, character));
    EXPECT_THAT(WhyNot<v1::CreateUnitResponse>(unit), HasSubstr("201 characters, at most 200"));
    EXPECT_EQ(WhyNoTable([&](v1::Table* table) { table->set_display_name(of(300, character)); }), "accepted");
    EXPECT_THAT(WhyNoTable([&](v1::Table* table) { table->set_display_name(of(301, character)); }),
                HasSubstr("301 characters, at most 300"));
    EXPECT_THAT(WhyNoTable([&](v1::Table* table) {
                  table->mutable_indicators(0)->set_display_name(of(201, character));
                }),
                HasSubstr("201 characters, at most 200"));
  }
}

TEST_F(Refusals, AProfilesVersionsAreNamed) {
  v1::GetProfileRequest get;
  get.set_name("profiles/national");
  get.set_version(99);
  EXPECT_THAT(WhyNotRead<v1::GetProfileResponse>(get),
              AllOf(HasSubstr("RESOURCE_NOT_FOUND"),
                    HasSubstr("profiles/national has no version 99; its newest is 1.")));
  get.set_name("profiles/nobody");
  EXPECT_THAT(WhyNotRead<v1::GetProfileResponse>(get), HasSubstr("There is no profiles/nobody"));
}

TEST_F(Refusals, ATableOutOfForceIsCalledByItsName) {
  MakeTable("a", "draft", 2, v1::ACCUMULATION_LATEST, /*approve=*/false);
  v1::RecordSpendingRequest spend;
  spend.set_parent("units/a/tables/draft");
  spend.mutable_spending()->set_spent("1");
  EXPECT_THAT(WhyNot<v1::RecordSpendingResponse>(spend, "zh-CN"), HasSubstr("“draft”尚未批准生效"));
}

TEST_F(Refusals, ReplayOfTablesUnderAnUnknownProfileIsNotFound) {
  v1::ReplayProfileRequest replay;
  replay.mutable_profile()->set_name("profiles/national");
  replay.set_of_profile("profiles/nobody");
  EXPECT_THAT(WhyNotRead<v1::ReplayProfileResponse>(replay), HasSubstr("RESOURCE_NOT_FOUND"));
}

TEST_F(Refusals, ARowWithoutTheSettingsOfItsModeIsNotSubmitted) {
  const auto amended = [&](const std::function<void(v1::RuleOptions*)>& change) {
    return WhyNot<v1::ProposeAmendmentResponse>(
        Amendment(1, [&](v1::Indicator* row) { change(row->mutable_rule()->mutable_options()); }));
  };
  EXPECT_THAT(amended([](auto* options) { options->set_over_mode(v1::OVER_ACHIEVEMENT_MODE_TIERS); }),
              AllOf(HasSubstr("VALIDATION_FAILED"), HasSubstr("needs over_tiers")));
  EXPECT_THAT(amended([](auto* options) { options->set_over_mode(v1::OVER_ACHIEVEMENT_MODE_DEVIATION); }),
              HasSubstr("needs over_deviation_limit"));
  EXPECT_EQ(amended([](auto* options) {
              options->set_over_mode(v1::OVER_ACHIEVEMENT_MODE_TIERS);
              options->add_over_tiers()->set_from_ratio("1.5");
              options->mutable_over_tiers(0)->set_factor("0.9");
            }),
            "accepted");
}

}  // namespace
}  // namespace attain::engine
