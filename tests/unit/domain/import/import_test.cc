// Documents as units write them: what is odd is told with its place, and holds nothing else up (RULES 9
// and 11).
#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "service/api/errors.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kRule[] = "按照正常比例赋分";

std::string Document(const std::string& name, const std::string& rows, const std::string& year = "2025",
                     const std::string& columns = "一级指标\t二级指标\t三级指标\t指标值\t分值\t赋分规则") {
  return absl::StrCat("项目支出绩效目标表\n(", year, " 年)\n预算单位\t甲局\n项目名称\t", name,
                      "\n年度资金总额\t10\n", columns, "\n", rows);
}

std::string GoodRow() {
  return absl::StrCat("产出\t数量\t人次\t≥300 人次\t90\t", kRule, "\n");
}

class Import : public EngineFixture {
 protected:
  void SetUp() override { Open(); }

  static v1::ImportDocumentRequest Request(const std::string& content, bool validate_only = false) {
    v1::ImportDocumentRequest request;
    request.set_content(content);
    request.set_unit("units/self");
    request.mutable_write()->set_validate_only(validate_only);
    return request;
  }
  v1::ImportDocumentResponse Bring(const std::string& content, bool validate_only = false) {
    return Do<v1::ImportDocumentResponse>(Request(content, validate_only));
  }
  v1::ErrorReason Submit(const v1::Table& table) {
    v1::SubmitTableRequest submit;
    submit.set_name(table.name());
    submit.set_etag(table.etag());
    v1::SubmitTableResponse response;
    return ReasonOf(Try(submit, &response));
  }
  // "CODE row/line" of the errors.
  static std::vector<std::string> Errors(const v1::ImportDocumentResponse& response) {
    std::vector<std::string> errors;
    for (const v1::Finding& finding : response.findings()) {
      if (finding.severity() == v1::SEVERITY_ERROR)
        errors.push_back(absl::StrCat(finding.code(), " ", finding.row(), "/", finding.line()));
    }
    return errors;
  }
};

TEST_F(Import, IncompleteTargetsAreFindingsAndStayInADraft) {
  const std::string rows =
      absl::StrCat("产出\t数量\t场次\t24场\t30\t", kRule, "\n\t质量\t合格率\t100%\t30\t", kRule,
                   "\n\t时效\t完成时间\t11月底前\t20\t", kRule, "\n\t质量\t\t≥1 个\t10\t", kRule, "\n");
  const std::string document = absl::StrCat(Document("甲项目", rows), Document("乙项目", GoodRow()));
  for (const bool validate_only : {true, false}) {
    v1::ImportDocumentRequest request = Request(document, validate_only);
    request.set_goal(v1::IMPORT_GOAL_APPROVE);
    const auto response = Do<v1::ImportDocumentResponse>(request);
    EXPECT_THAT(Errors(response), ElementsAre("TARGET_INCOMPLETE 1/7", "TARGET_INCOMPLETE 2/8",
                                              "TARGET_NOT_NUMERIC 3/9", "INDICATOR_NAME_EMPTY 4/10"));
    EXPECT_EQ(response.table_count(), 2);
    EXPECT_EQ(response.row_count(), 5);
    EXPECT_EQ(response.tables(0).state(), v1::TABLE_STATE_DRAFT);
    EXPECT_EQ(response.tables(1).state(), v1::TABLE_STATE_APPROVED);
    const v1::Target& target = response.tables(0).indicators(0).target();
    EXPECT_EQ(absl::StrCat(target.value(), target.unit(), target.comparator()), "24场0")
        << "nothing is guessed";
  }
}

TEST_F(Import, AnIncompleteDraftIsMendedRowByRowAndSubmittedOnlyThen) {
  const std::string rows =
      absl::StrCat("产出\t数量\t场次\t24场\t60\t", kRule, "\n\t质量\t合格率\t100%\t30\t", kRule, "\n");
  v1::Table table = Bring(Document("甲项目", rows)).tables(0);
  EXPECT_EQ(Submit(table), v1::ERROR_REASON_VALIDATION_FAILED);
  for (int row = 0; row < 2; ++row) {
    v1::UpdateTableRequest update;
    update.mutable_update_mask()->add_paths("*");
    *update.mutable_table() = table;
    update.mutable_table()->mutable_indicators(row)->mutable_target()->set_comparator(
        v1::COMPARATOR_AT_LEAST);
    table = Do<v1::UpdateTableResponse>(update).table();
  }
  v1::UpdateTableRequest back;
  back.mutable_update_mask()->add_paths("*");
  *back.mutable_table() = table;
  back.mutable_table()->mutable_indicators(0)->mutable_target()->clear_comparator();
  EXPECT_EQ(ReasonFor<v1::UpdateTableResponse>(back), v1::ERROR_REASON_INVALID_FIELD)
      << "what is complete stays complete";
  v1::CreateTableRequest create;
  create.set_parent("units/self");
  create.set_table_id("typed");
  *create.mutable_table() = back.table();
  EXPECT_EQ(ReasonFor<v1::CreateTableResponse>(create), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(Submit(table), v1::ERROR_REASON_UNSPECIFIED);
}

TEST_F(Import, ATableThatCannotBeStoredIsToldAndTheOthersComeIn) {
  const std::string heavy = absl::StrCat("产出\t数量\t人次\t≥300 人次\t5000\t", kRule, "\n");
  const auto response = Bring(absl::StrCat(Document("甲项目", heavy), Document("乙项目", GoodRow())));
  EXPECT_THAT(Errors(response), Contains("TABLE_NOT_IMPORTED 1/7"));
  ASSERT_EQ(response.tables_size(), 1);
  EXPECT_EQ(response.tables(0).display_name(), "乙项目");
  EXPECT_EQ(response.table_count(), 1);
  EXPECT_EQ(response.row_count(), 1);
}

TEST_F(Import, WhenNothingCanBeStoredTheRefusalNamesTheLine) {
  const std::string document = Document("甲项目", GoodRow(), "");
  EXPECT_THAT(Errors(Bring(document, /*validate_only=*/true)),
              ElementsAre("YEAR_MISSING 0/1", "TABLE_NOT_IMPORTED 0/1"));
  v1::ImportDocumentResponse response;
  const absl::Status status = Try(Request(document), &response);
  EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_VALIDATION_FAILED);
  EXPECT_THAT(MessageOf(status, "zh-CN"), HasSubstr("第 1 行 年度"));
  v1::GetUnitRequest unit;
  unit.set_name("units/self");
  v1::GetUnitResponse got;
  EXPECT_EQ(ReasonOf(engine().Read(unit, &got, {"reader", "en", ""})), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
}

TEST_F(Import, ASecondDocumentOfTheYearTakesTheNextId) {
  const auto name = [&](const std::string& project, const std::string& year, bool validate_only) {
    return Bring(Document(project, GoodRow(), year), validate_only).tables(0).name();
  };
  EXPECT_EQ(name("甲项目", "2024", false), "units/self/tables/p1");
  EXPECT_EQ(name("甲项目", "2025", false), "units/self/tables/p1-2025");
  for (const bool validate_only : {true, false})
    EXPECT_EQ(name("乙项目", "2025", validate_only), "units/self/tables/p2");
  EXPECT_EQ(name("丙项目", "2024", false), "units/self/tables/p2-2024");
  EXPECT_EQ(name("丙项目", "2025", false), "units/self/tables/p3");
  const auto again = Bring(Document("乙项目", GoodRow()));
  EXPECT_EQ(again.tables_size(), 0);
  EXPECT_THAT(again.existing_tables(), ElementsAre("units/self/tables/p2"));
  const auto told = std::find_if(again.findings().begin(), again.findings().end(),
                                 [](const v1::Finding& finding) { return finding.code() == "TABLE_EXISTS"; });
  ASSERT_NE(told, again.findings().end());
  EXPECT_THAT(told->message(), ::testing::AllOf(HasSubstr("乙项目"), HasSubstr("units/self/tables/p2")));
}

TEST_F(Import, ATableWithoutAColumnOfRulesCanBeScored) {
  const std::string rows = "产出\t数量\t人次\t≥300 人次\t50\n效益\t社会效益\t影响\t有效提高\t40\n";
  v1::ImportDocumentRequest request =
      Request(Document("甲项目", rows, "2025", "一级指标\t二级指标\t三级指标\t指标值\t分值"));
  request.set_goal(v1::IMPORT_GOAL_APPROVE);
  const v1::Table table = Do<v1::ImportDocumentResponse>(request).tables(0);
  ASSERT_EQ(table.state(), v1::TABLE_STATE_APPROVED);
  Report(absl::StrCat(table.name(), "/indicators/i1"), "150", "2025-06-30");
  EXPECT_EQ(ScoreOf(table.name()).score(), "25.00");
}

TEST_F(Import, LintTellsOfTheStoredTableWhatTheImportTold) {
  const std::string rows = absl::StrCat(
      "产出\t数量\t场次\t24场\t40\t", kRule,
      "\n\t时效\t完成时间\t11月底前\t10\t直接赋分\n效益\t社会效益\t影响\t有效提高\t40\t看情况赋分\n");
  const auto imported = Bring(Document("甲项目", rows));
  v1::LintTableRequest request;
  request.set_name(imported.tables(0).name());
  const auto codes = [](const auto& response) {
    std::multiset<std::string> all;
    for (const v1::Finding& finding : response.findings())
      all.insert(absl::StrCat(finding.code(), " ", finding.row()));
    return all;
  };
  EXPECT_EQ(codes(imported), codes(Ask<v1::LintTableResponse>(request)));
  EXPECT_THAT(codes(imported), ::testing::IsSupersetOf({"TARGET_INCOMPLETE 1", "TARGET_IS_DATE 2",
                                                        "RULE_UNMAPPED 3", "EVIDENCE_MISSING 0"}));
}

}  // namespace
}  // namespace attain::engine
