// Target tables in other layouts than the sample's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "service/importing/document.h"
#include "service/importing/linter.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::importing {
namespace {

using scoring::Comparator;
using ::testing::ElementsAre;

constexpr char kHeading[] = "项目支出绩效目标表\n(2024 年)\n项目名称\t甲项目\n年度资金总额\t10\n";
constexpr char kRule[] = "按照正常比例赋分";

ParsedDocument Parse(const std::string& text) {
  static const scoring::Profile& profile = *new scoring::Profile(scoring::Xinjiang());
  ImportOptions options;
  options.profile = &profile;
  absl::StatusOr<ParsedDocument> document = ParseDocument(text, options);
  EXPECT_TRUE(document.ok()) << document.status();
  return document.ok() ? *std::move(document) : ParsedDocument{};
}

// "name ≥4 次 10" of each row, and the codes of findings on single rows.
std::vector<std::string> Rows(const ParsedDocument& document) {
  static constexpr const char* kSigns[] = {"", "≥", ">", "=", "≤", "<"};
  std::vector<std::string> rows;
  for (const ParsedTable& table : document.tables) {
    for (const ParsedIndicator& row : table.indicators) {
      rows.push_back(absl::StrCat(row.level1, "/", row.level2, " ", row.name, " ",
                                  kSigns[static_cast<int>(row.comparator)],
                                  row.target.has_value() ? row.target->ToString() : row.target_text, row.unit,
                                  " ", row.weight.has_value() ? row.weight->ToString() : "-"));
    }
  }
  return rows;
}

std::vector<std::string> Codes(const ParsedDocument& document) {
  std::vector<std::string> codes;
  for (const Finding& finding : document.findings) {
    codes.push_back(finding.code);
    EXPECT_GT(finding.place.line, 0) << finding.code;
    EXPECT_FALSE(finding.message.zh.empty() || finding.message.en.empty()) << finding.code;
    EXPECT_FALSE(finding.repair.zh.empty() || finding.repair.en.empty()) << finding.code;
  }
  return codes;
}

// The reader's codes, then the validator's.
std::vector<std::string> AllCodes(const ParsedDocument& document) {
  const scoring::Profile profile = scoring::Xinjiang();
  ParsedDocument all = document;
  int number = 0;
  for (const ParsedTable& table : document.tables) {
    for (Finding& finding : Lint(table, ++number, profile)) all.findings.push_back(std::move(finding));
  }
  return Codes(all);
}

TEST(Layouts, WeightMayStandBeforeTheTarget) {
  const ParsedDocument document =
      Parse(absl::StrCat(kHeading, "一级指标\t二级指标\t三级指标\t分值\t年度指标值\t评分标准\n",
                         "产出指标\t数量指标\t培训人次\t22.5\t≧300 人次\t", kRule,
                         "\n\t质量指标\t合格率\t7.5\t═100%\t", kRule, "\n"));
  EXPECT_THAT(Rows(document), ElementsAre("产出/数量 培训人次 ≥300人次 22.5", "产出/质量 合格率 =100% 7.5"));
}

TEST(Layouts, WeightMayStandBehindTheActual) {
  const ParsedDocument document =
      Parse(absl::StrCat(kHeading, "一级指标\t二级指标\t三级指标\t指标值\t实际完成值\t分值\t得分\t赋分规则\n",
                         "产出\t数量\t简报\t≥12 期\t13 期\t2.8\t2.8\t", kRule, "\n"));
  EXPECT_THAT(Rows(document), ElementsAre("产出/数量 简报 ≥12期 2.8"));
}

TEST(Layouts, NatureValueAndUnitMayBeThreeColumns) {
  const ParsedDocument document = Parse(absl::StrCat(
      kHeading, "一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t权重\t赋分规则\n",
      "产出\t数量\t场次\t≥\t4\t场\t10\t", kRule, "\n\t时效\t办结天数\t小于等于\t5\t天\t10\t", kRule, "\n"));
  EXPECT_THAT(Rows(document), ElementsAre("产出/数量 场次 ≥4场 10", "产出/时效 办结天数 ≤5天 10"));
}

TEST(Layouts, DirectionAndComparatorMayBeTwoColumns) {
  const ParsedDocument document = Parse(absl::StrCat(
      kHeading, "一级指标\t二级指标\t三级指标\t指标性质\t比较符\t指标值\t计量单位\t权重\t赋分规则\n",
      "产出\t数量\t场次\t正向\t大于等于\t4\t场\t10\t", kRule, "\n"));
  EXPECT_THAT(Rows(document), ElementsAre("产出/数量 场次 ≥4场 10"));
}

TEST(Layouts, ComparatorAndUnitMayBePartOfTheName) {
  const ParsedDocument document = Parse(
      absl::StrCat(kHeading, "一级指标\t二级指标\t三级指标\t指标值\t权重\t赋分规则\n",
                   "产出\t数量\t培训人次不少于\t300 人\t10\t", kRule, "\n\t质量\t系统故障率(%)\t<=2\t10\t",
                   kRule, "\n\t时效\t办结天数（≤）\t5 天\t10\t", kRule, "\n"));
  EXPECT_THAT(Rows(document),
              ElementsAre("产出/数量 培训人次不少于 ≥300人 10", "产出/质量 系统故障率(%) ≤2% 10",
                          "产出/时效 办结天数（≤） ≤5天 10"));
}

TEST(Layouts, OneCellPerLineIsPutBackIntoRows) {
  const std::string text = absl::StrReplaceAll(
      absl::StrCat("项目支出绩效目标表\n(2024 "
                   "年)\n项目名称\n甲项目\n一级指标\t二级指标\t三级指标\t指标值\t分值\t赋分规则\n",
                   "产出指标\t数量指标\t培训人次\t≥300 人次\t50\t", kRule, "\n质量指标\t合格率\t=100%\t40\t",
                   kRule, "\n"),
      {{"\t", "\n"}});
  EXPECT_THAT(Rows(Parse(text)), ElementsAre("产出/数量 培训人次 ≥300人次 50", "产出/质量 合格率 =100% 40"));
}

TEST(Layouts, DatesAndApproximateTargetsAreTold) {
  const ParsedDocument document = Parse(
      absl::StrCat(kHeading, "一级指标\t二级指标\t三级指标\t指标值\t权重\t赋分规则\n",
                   "产出\t时效\t完工\t11月底前\t10\t直接赋分\n", "\t数量\t参会\t200余人\t10\t", kRule, "\n"));
  EXPECT_THAT(Rows(document), ElementsAre("产出/时效 完工 11月底前 10", "产出/数量 参会 ≥200人 10"));
  EXPECT_THAT(AllCodes(document), ::testing::IsSupersetOf({"TARGET_IS_DATE", "TARGET_APPROXIMATE"}));
}

TEST(Layouts, APageBreakWithinATableLosesNoRow) {
  const std::string header = "一级指标\t二级指标\t三级指标\t指标值\t权重\t赋分规则\n";
  const ParsedDocument document = Parse(absl::StrCat(kHeading, header, "产出\t数量\t甲\t≥1 个\t10\t", kRule,
                                                     "\n第 12 页\n", header, "\t质量\t乙\t≥2 个\t10\t", kRule,
                                                     "\n\n名词解释\n一、财政拨款收入：指\t当年取得的资金\n"));
  EXPECT_THAT(Rows(document), ElementsAre("产出/数量 甲 ≥1个 10", "产出/质量 乙 ≥2个 10"));
  EXPECT_THAT(Codes(document), ::testing::Not(::testing::Contains("ROW_REJECTED")));
}

TEST(Layouts, ARowThatFitsNowhereIsRejectedAloud) {
  const ParsedDocument document =
      Parse(absl::StrCat(kHeading, "一级指标\t二级指标\t三级指标\t指标值\t权重\t赋分规则\n",
                         "产出\t数量\t甲\t≥1 个\t10\t", kRule, "\n\t不知何物\t\t\t乱\t七\n"));
  EXPECT_EQ(document.tables.at(0).indicators.size(), 1u);
  EXPECT_THAT(Codes(document), ::testing::Contains("ROW_REJECTED"));
}

TEST(Layouts, AnUnknownRuleIsNotGuessed) {
  const ParsedDocument document =
      Parse(absl::StrCat(kHeading, "一级指标\t二级指标\t三级指标\t指标值\t权重\t赋分规则\n",
                         "产出\t数量\t甲\t≥1 个\t10\t看情况赋分\n"));
  EXPECT_EQ(document.tables.at(0).indicators.at(0).rule, scoring::RuleKind::kUnmapped);
  EXPECT_THAT(AllCodes(document), ::testing::Contains("RULE_UNMAPPED"));
  EXPECT_THAT(AllCodes(document), ::testing::Not(::testing::Contains("RULE_ASSUMED")));
}

TEST(Layouts, ATableWithoutHeaderIsToldNotInvented) {
  const ParsedDocument document = Parse("项目支出绩效目标表\n产出\t数量\t甲\t≥1 个\n");
  EXPECT_TRUE(document.tables.empty());
  EXPECT_THAT(Codes(document), ElementsAre("HEADER_MISSING", "TABLE_NOT_READ")) << "the row is told as well";
}

TEST(Layouts, WhatIsNoTextIsRefused) {
  const scoring::Profile profile = scoring::Xinjiang();
  ImportOptions options;
  options.profile = &profile;
  for (const std::string& bytes :
       {std::string("PK\x03\x04..."), std::string("%PDF-1.7"), std::string("\xc4\xbf\xb1\xea"),
        std::string("a\0b", 3), std::string((size_t{16} << 20) + 1, 'a')}) {
    const absl::Status status = ParseDocument(bytes, options).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << bytes.substr(0, 10);
  }
}

}  // namespace
}  // namespace attain::importing
