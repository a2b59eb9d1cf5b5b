#include "service/importing/values/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "service/importing/document.h"
#include "service/importing/template.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::importing {
namespace {

using ::testing::ElementsAre;

constexpr char kHeader[] =
    "table_kind,table_name,fiscal_year,budget_total,level1,level2,indicator,target,weight,rule\n";

absl::StatusOr<ParsedDocument> Parse(const std::string& text, size_t max_rows = 100'000) {
  static const scoring::Profile& profile = *new scoring::Profile(scoring::National());
  ImportOptions options;
  options.profile = &profile;
  options.max_rows = max_rows;
  return ParseDocument(text, options);
}

std::vector<std::string> Codes(const ParsedDocument& document) {
  std::vector<std::string> codes;
  for (const Finding& finding : document.findings) codes.push_back(finding.code);
  return codes;
}

TEST(Csv, QuotesCommasAndLineBreaksBelongToTheCell) {
  const CsvRecords csv = ParseCsv("a,\"b,\"\"c\"\"\nd\",e\r\nf\n\n");
  EXPECT_THAT(csv.records, ElementsAre(ElementsAre("a", "b,\"c\"\nd", "e"), ElementsAre("f")));
  EXPECT_THAT(csv.lines, ElementsAre(1, 3));
  EXPECT_EQ(csv.unclosed, 0);
}

TEST(Csv, TheTemplateOfTheProjectComesInWhole) {
  std::ifstream file(ATTAIN_SOURCE_DIR "/samples/template.csv");
  std::stringstream text;
  text << file.rdbuf();
  const absl::StatusOr<ParsedDocument> document = Parse(text.str());
  ASSERT_TRUE(document.ok());
  ASSERT_EQ(document->tables.size(), 1u);
  const ParsedTable& table = document->tables[0];
  EXPECT_EQ(table.fiscal_year, 2024);
  EXPECT_EQ(table.total->ToString(), "12");
  Decimal sum;
  for (const ParsedIndicator& row : table.indicators) sum = sum + *row.weight;
  EXPECT_EQ(sum.ToString(), "90");
  EXPECT_TRUE(document->findings.empty());
}

TEST(Csv, ColumnsStandInAnyOrderAndAByteOrderMarkIsNoCell) {
  const auto document = Parse("\xef\xbb\xbfweight,target,indicator,table_name\n9,>=4 次,甲,项目\n");
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->tables.at(0).indicators.at(0).weight->ToString(), "9");
  EXPECT_EQ(document->tables.at(0).indicators.at(0).name, "甲");
}

TEST(Csv, WordsWhereANumberBelongsAreTold) {
  const auto document =
      Parse(absl::StrCat(kHeader, "project,项目,去年,很多,产出,数量,甲,>=4 次,若干,按照正常比例赋分\n"));
  ASSERT_TRUE(document.ok());
  EXPECT_THAT(Codes(*document), ElementsAre("CELL_NOT_A_NUMBER", "MONEY_UNCLEAR", "WEIGHT_NOT_A_NUMBER"));
  for (const Finding& finding : document->findings) EXPECT_EQ(finding.place.line, 2);
}

TEST(Csv, AQuoteThatNeverEndsIsAnError) {
  const auto document = Parse(
      absl::StrCat(kHeader, "project,项目,2024,1,产出,数量,\"甲,>=4 次,9,按照正常比例赋分\nproject,项目\n"));
  ASSERT_TRUE(document.ok());
  EXPECT_THAT(Codes(*document), ::testing::Contains("QUOTE_UNCLOSED"));
}

TEST(Csv, TooManyRowsAreRefusedNotCut) {
  std::string text = kHeader;
  for (int i = 0; i < 11; ++i)
    absl::StrAppend(&text, "project,项目,2024,1,产出,数量,甲", i, ",>=4 次,9,按照正常比例赋分\n");
  EXPECT_EQ(Parse(text, 10).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(Parse(text, 11).ok());
}

}  // namespace
}  // namespace attain::importing
