// The CSV template: kinds, weights, accumulation, merged level cells, money with units, unknown columns, and
// where every cell went.
#include "service/importing/template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "service/importing/document.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::importing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kHeader[] =
    "table_kind,unit_name,table_name,fiscal_year,budget_total,level1,level2,indicator,target,weight,rule";

ImportOptions Options() {
  static const scoring::Profile& profile = *new scoring::Profile(scoring::National());
  ImportOptions options;
  options.profile = &profile;
  return options;
}

ParsedDocument Read(const std::string& text) {
  absl::StatusOr<ParsedDocument> document = ReadTemplate(text, Options());
  EXPECT_TRUE(document.ok()) << document.status();
  return *std::move(document);
}

std::vector<std::string> Codes(const ParsedDocument& document) {
  std::vector<std::string> codes;
  for (const Finding& finding : document.findings) codes.push_back(finding.code);
  return codes;
}

std::string Row(const std::string& kind, const std::string& rest) {
  return absl::StrCat(kind, ",甲中心,巡查,2024,20,", rest);
}

TEST(Template, KindsAreKnownByManyWordsAndUnknownOnesAreErrors) {
  for (const char* word : {"unit", "UNIT", "单位", "单位整体", "部门 整体", "部门（单位）整体支出"}) {
    const ParsedDocument document =
        Read(absl::StrCat(kHeader, "\n", Row(word, "产出,数量,走访,≥3 次,90,按照正常比例赋分\n")));
    EXPECT_EQ(document.tables.at(0).kind, ParsedTable::Kind::kUnit) << word;
    EXPECT_THAT(Codes(document), IsEmpty()) << word;
  }
  EXPECT_EQ(Read(absl::StrCat(kHeader, "\n", Row("专项", "产出,数量,走访,≥3 次,90,按照正常比例赋分\n")))
                .tables.at(0)
                .kind,
            ParsedTable::Kind::kProject);
  const ParsedDocument unknown =
      Read(absl::StrCat(kHeader, "\n", Row("部门预算", "产出,数量,走访,≥3 次,90,按照正常比例赋分\n")));
  EXPECT_THAT(Codes(unknown), ElementsAre("KIND_UNKNOWN"));
  EXPECT_EQ(unknown.findings[0].severity, Severity::kError);
  EXPECT_EQ(unknown.findings[0].raw, "部门预算");
}

TEST(Template, WeightsMayCarryPointsOrPercent) {
  const ParsedDocument document =
      Read(absl::StrCat(kHeader, "\n", Row("project", "产出,数量,走访,≥3 次,45分,按照正常比例赋分\n"),
                        ",,,,,产出,数量,巡查,≥12 次,22.5 %,按照正常比例赋分\n,,,,,产出,数量,回访,≥12 "
                        "次,若干,按照正常比例赋分\n"));
  const auto& rows = document.tables.at(0).indicators;
  EXPECT_EQ(rows.at(0).weight->ToString(), "45");
  EXPECT_EQ(rows.at(1).weight->ToString(), "22.5");
  EXPECT_FALSE(rows.at(2).weight.has_value());
  EXPECT_THAT(Codes(document), ElementsAre("WEIGHT_IS_PERCENT", "WEIGHT_NOT_A_NUMBER"));
  EXPECT_EQ(document.findings[1].severity, Severity::kError)
      << "a table may not come into force without the points that it names";
}

TEST(Template, HowReportsAddUpIsRead) {
  const std::string header = absl::StrCat(kHeader, ",accumulation,allow_negative,applicability,options\n");
  const ParsedDocument document = Read(absl::StrCat(
      header,
      Row("project", "产出,数量,甲,≥3 次,30,按照正常比例赋分,SUM,是,适用,pass_gate=0.6; equal_mode=STRICT\n"),
      ",,,,,产出,数量,乙,≥3 次,30,按照正常比例赋分,平均,,不适用,steps=90:1/80:0.8\n"
      ",,,,,产出,数量,丙,≥3 次,30,按照正常比例赋分,逐年,也许,看情况,pass_gate=很高\n"));
  const auto& rows = document.tables.at(0).indicators;
  EXPECT_EQ(rows.at(0).accumulation, Accumulation::kSum);
  EXPECT_TRUE(rows.at(0).allow_negative);
  EXPECT_FALSE(rows.at(0).not_applicable);
  EXPECT_EQ(rows.at(0).options.pass_gate->ToString(), "0.6");
  EXPECT_EQ(rows.at(0).options.equal_mode, scoring::EqualMode::kStrict);
  EXPECT_EQ(rows.at(1).accumulation, Accumulation::kAverage);
  EXPECT_TRUE(rows.at(1).not_applicable);
  ASSERT_EQ(rows.at(1).options.steps.size(), 2u);
  EXPECT_EQ(rows.at(1).options.steps[1].factor.ToString(), "0.8");
  EXPECT_THAT(Codes(document),
              ElementsAre("CHOICE_UNKNOWN", "CHOICE_UNKNOWN", "CHOICE_UNKNOWN", "OPTION_UNKNOWN"));
}

TEST(Template, BlankLevelsBelowAFilledOneAreThatLevel) {
  const ParsedDocument document =
      Read(absl::StrCat(kHeader, "\n", Row("project", "产出,数量,甲,≥3 次,30,按照正常比例赋分\n"),
                        ",,,,,,,乙,≥3 次,30,按照正常比例赋分\n,,,,,,质量,丙,≥3 次,20,按照正常比例赋分\n"
                        ",,,,,满意度,,丁,≥3 次,10,按照正常比例赋分\n"));
  std::vector<std::string> levels;
  for (const ParsedIndicator& row : document.tables.at(0).indicators)
    levels.push_back(absl::StrCat(row.level1, "/", row.level2));
  EXPECT_THAT(levels, ElementsAre("产出/数量", "产出/数量", "产出/质量", "满意度/"));
}

TEST(Template, MoneyWithAUnitIsConvertedAndTold) {
  const ParsedDocument document = Read(absl::StrCat(
      kHeader, "\nproject,甲中心,巡查,2024年度,353300元,产出,数量,甲,≥3 次,90,按照正常比例赋分\n"));
  EXPECT_EQ(document.tables.at(0).total->ToString(), "35.33");
  EXPECT_EQ(document.tables.at(0).fiscal_year, 2024);
  EXPECT_THAT(Codes(document), ElementsAre("MONEY_CONVERTED"));
}

TEST(Template, ChineseHeadersAndOtherSeparatorsAreUnderstood) {
  EXPECT_TRUE(IsTemplate("table_name\tindicator\ttarget\n"));
  EXPECT_TRUE(IsTemplate("Table_Name;Indicator;Target\n"));
  EXPECT_FALSE(IsTemplate("项目名称,三级指标,指标值\n")) << "a list of another layout";
  const std::string chinese =
      "目标表类别,单位名称,目标表名称,预算年度,一级指标,二级指标,三级指标,指标值,分值权重,赋分规则,累计方式\n"
      "项目,甲中心,巡查,2024,产出,数量,走访,≥3 次,90,按照正常比例赋分,累计\n";
  EXPECT_TRUE(IsTemplate(chinese));
  const ParsedDocument document = Read(chinese);
  EXPECT_THAT(Codes(document), IsEmpty());
  ASSERT_EQ(document.tables.size(), 1u);
  EXPECT_EQ(document.tables[0].name, "巡查");
  EXPECT_EQ(document.tables[0].indicators.at(0).accumulation, Accumulation::kSum);
}

TEST(Template, ColumnsItDoesNotHaveAreToldWithTheirCells) {
  const ParsedDocument document = Read(
      "序号,table_name,indicator,target,主管处室,weight,weight\n1,巡查,甲,≥3 次,一处,90,\n2,,乙,≥3 "
      "次,,,9,多余\n");
  EXPECT_THAT(Codes(document),
              ElementsAre("COLUMN_UNKNOWN", "COLUMN_UNKNOWN", "COLUMN_TWICE", "COLUMN_UNKNOWN"));
  EXPECT_EQ(document.findings[0].raw, "序号");
  EXPECT_THAT(document.findings[0].message.en, ::testing::HasSubstr("2 of its cells"));
  EXPECT_EQ(document.findings[1].place.line, 1);
}

int64_t NonEmpty(const CsvRecords& records) {
  int64_t count = 0;
  for (const auto& record : records.records) {
    for (const std::string& cell : record)
      count += cell.find_first_not_of(" \t\r\n") == std::string::npos ? 0 : 1;
  }
  return count;
}

TEST(Template, EveryCellIsReadToldOrFurniture) {
  const std::string text = absl::StrCat(
      kHeader, ",处室\n", "部门预算,甲中心,巡查,去年,很多,产出,数量,甲,≥3 次,若干,按照正常比例赋分,一处\n",
      ",,,,,,,,,,,\n", ",,,,21,,,乙,≥3 次,9,按照正常比例赋分,,  ,多余\n");
  const ParsedDocument document = Read(text);
  EXPECT_EQ(document.ledger.total(), NonEmpty(ParseCsv(text)));
  EXPECT_EQ(document.ledger.furniture, 11);
  EXPECT_EQ(document.ledger.told, 7) << "处室 and its cell, 部门预算, 去年, 很多, 若干, 多余";
}

TEST(Template, ATableCellThatSaysOtherwiseIsTold) {
  const std::string header = "table_name,leader,indicator,target\n";
  const ParsedDocument document = Read(absl::StrCat(header, "巡查,乙,甲,≥3 次\n巡查,丙,乙,≥3 次\n"));
  EXPECT_EQ(document.tables.at(0).leader, "乙");
  EXPECT_THAT(Codes(document), ElementsAre("TABLE_CELL_DIFFERS"));
}

TEST(Template, TwoYearsAndTwoUnitsAreTablesOfTheirOwn) {
  const ParsedDocument document = Read(
      "unit_name,table_name,fiscal_year,indicator,target\n甲,巡查,2024,a,≥3 次\n甲,巡查,2025,a,≥3 "
      "次\n乙,巡查,2025,a,≥3 次\n");
  ASSERT_EQ(document.tables.size(), 3u);
  EXPECT_EQ(document.tables[2].unit_name, "乙");
}

TEST(Template, TailsAndApproximateWordsOfTargetsAreNoUnits) {
  const ParsedDocument document =
      Read(absl::StrCat(kHeader, "\n", Row("project", "产出,时效,响应时间,≤24小时内,45,按照正常比例赋分\n"),
                        ",,,,,,数量,接听量,≥100左右 次,45,按照正常比例赋分\n"));
  const auto& rows = document.tables.at(0).indicators;
  EXPECT_EQ(rows.at(0).unit, "小时");
  EXPECT_EQ(rows.at(0).target->ToString(), "24");
  EXPECT_EQ(rows.at(1).unit, "次");
  EXPECT_EQ(rows.at(1).target->ToString(), "100");
  EXPECT_THAT(Codes(document), Contains("TARGET_APPROXIMATE"));
}

TEST(Template, ASheetGivesPlacesAsPeopleNameThem) {
  document::Document workbook;
  workbook.set_media(document::MEDIA_XLSX);
  document::Grid* grid = workbook.add_blocks()->mutable_grid();
  grid->set_sheet("目标表");
  grid->set_rows(6);
  grid->set_columns(4);
  const std::vector<std::vector<std::string>> rows = {{"table_name", "indicator", "target", "weight"},
                                                      {"巡查", "甲", "≥3 次", "若干"},
                                                      {"", "", "", ""},
                                                      {"", "乙", "≥3 次", "9"}};
  for (size_t row = 0; row < rows.size(); ++row) {
    for (size_t column = 0; column < 4; ++column) {
      document::Cell* cell = grid->add_cells();
      cell->set_row(static_cast<int>(row) + 2);
      cell->set_column(static_cast<int>(column));
      cell->set_text(rows[row][column]);
      cell->set_address(absl::StrCat(std::string(1, static_cast<char>('A' + column)), row + 3));
    }
  }
  const absl::StatusOr<ParsedDocument> document = ReadDocument(workbook, Options());
  ASSERT_TRUE(document.ok());
  ASSERT_THAT(Codes(*document), ElementsAre("WEIGHT_NOT_A_NUMBER"));
  EXPECT_EQ(document->findings[0].place.sheet, "目标表");
  EXPECT_EQ(document->findings[0].place.address, "D4");
  EXPECT_EQ(document->findings[0].place.line, 0);
  ASSERT_EQ(document->tables.size(), 1u);
  EXPECT_EQ(document->tables[0].indicators.size(), 2u);
  EXPECT_EQ(document->ledger.total(), 11);
}

}  // namespace
}  // namespace attain::importing
