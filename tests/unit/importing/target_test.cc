// The target of a row from all its cells, and what the validator says of it.
#include "service/importing/values/target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "service/importing/target_lint.h"
#include "service/importing/values/row_kind.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::importing {
namespace {

using scoring::Comparator;
using scoring::RuleKind;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

std::string Shown(const TargetReading& reading) {
  return reading.target.has_value()
             ? absl::StrCat(SignOf(reading.comparator), reading.target->ToString(), " ", reading.unit)
             : reading.text;
}
std::vector<std::string> Codes(const std::vector<Finding>& findings) {
  std::vector<std::string> codes;
  for (const Finding& finding : findings) {
    codes.push_back(finding.code);
    EXPECT_FALSE(finding.message.zh.empty() || finding.message.en.empty() || finding.repair.zh.empty() ||
                 finding.repair.en.empty())
        << finding.code;
  }
  return codes;
}
const Finding& Find(const std::vector<Finding>& findings, absl::string_view code) {
  for (const Finding& finding : findings) {
    if (finding.code == code) return finding;
  }
  ADD_FAILURE() << "no " << code;
  static const Finding* const none = new Finding;
  return *none;
}

TEST(Target, TheNameMaySayComparatorAndUnit) {
  const auto hint = [](const char* name) {
    const NameHint found = ComparatorAndUnitOfName(name);
    return absl::StrCat(SignOf(found.comparator), found.unit);
  };
  EXPECT_EQ(hint("书车（≥**台）"), "≥台");
  EXPECT_EQ(hint("借阅量(≥XX万册)"), "≥万册");
  EXPECT_EQ(hint("满意度（≥__%）"), "≥%");
  EXPECT_EQ(hint("采购周期(不超过□天)"), "≤天");
  EXPECT_EQ(hint("培训人次(≥)"), "≥");
  EXPECT_EQ(hint("系统故障率(%)"), "%");
  EXPECT_EQ(hint("讲座（场）"), "场");
  EXPECT_EQ(hint("活动(单位：场次)"), "场次");
  EXPECT_EQ(hint("办结天数不超过"), "≤");
  for (const char* remark : {"培训（含线上）", "支出最高", "巡查（县城内）", "大于", "（场）", "满意度"})
    EXPECT_EQ(hint(remark), "") << remark;
}

TEST(Target, IsPutTogetherFromAllCells) {
  EXPECT_EQ(Shown(ReadTarget({"2", "", "", "产出", "数量", "书车（≥**台）"})), "≥2 台");
  EXPECT_EQ(Shown(ReadTarget({"48", "≥", "次", "", "", "出车"})), "≥48 次");
  EXPECT_EQ(Shown(ReadTarget({"3", "小于等于", "%", "", "", "差错率"})), "≤3 %");
  EXPECT_EQ(Shown(ReadTarget({"≥48次", "≤", "", "", "", "出车"})), "≥48 次") << "the value's own word counts";
  EXPECT_EQ(Shown(ReadTarget({"有效提高", "定性", "/", "", "", "影响"})), "有效提高");
  EXPECT_TRUE(ReadTarget({"≥48次", "正向", "次", "产出", "数量", "出车"}).findings.empty());
  EXPECT_TRUE(ReadTarget({"≥30公里", "", "千米", "", "", "里程"}).findings.empty())
      << "one unit, spelt twice";
}

TEST(Target, WhatWasNotPlainIsTold) {
  const TargetReading nature = ReadTarget({"30台", "正向", "", "", "", "维护"});
  EXPECT_EQ(Shown(nature), "≥30 台");
  EXPECT_THAT(Codes(nature.findings), ElementsAre("COMPARATOR_BY_NATURE"));
  const TargetReading about = ReadTarget({"约100人次", "", "", "", "", "培训"});
  EXPECT_THAT(Codes(about.findings), ElementsAre("TARGET_APPROXIMATE"));
  EXPECT_EQ(about.findings[0].understood, "≈100 人次");
  const TargetReading words = ReadTarget({"比上年增长6%", "", "", "", "", "产值"});
  EXPECT_EQ(Shown(words), "≥6 %");
  EXPECT_THAT(Codes(words.findings), ElementsAre("TARGET_HAS_FIGURE"));
  EXPECT_EQ(words.findings[0].severity, Severity::kWarning);
  const TargetReading units = ReadTarget({"≥48次", "", "场", "", "", "出车"});
  EXPECT_EQ(Shown(units), "≥48 次");
  EXPECT_THAT(Codes(units.findings), ElementsAre("UNIT_DISAGREES"));
}

TEST(Target, AMultipleAloneIsCompletedWhereItIsCertain) {
  EXPECT_EQ(Shown(ReadTarget({"18.64万", "≤", "", "产出", "成本", "总费用"})), "≤18.64 万元");
  EXPECT_EQ(Shown(ReadTarget({"18.64万", "≤", "万元", "产出", "成本", "总费用"})), "≤18.64 万元");
  EXPECT_EQ(Shown(ReadTarget({"1.3万", "≥", "人次", "产出", "数量", "参与"})), "≥13000 人次");
  const TargetReading open = ReadTarget({"1.3万", "≥", "", "产出", "数量", "参与"});
  EXPECT_EQ(Shown(open), "≥1.3 万");
  EXPECT_THAT(Codes(open.findings), ElementsAre("UNIT_COMPLETED"));
}

TEST(Target, DirectionAndComparatorMayContradictEachOther) {
  for (const auto& [value, nature] : {std::pair("0.3万元", "正向小于等于"),
                                      {"≥5天", "反向指标"},
                                      {"≤5天", "正向"},
                                      {"5天", "逆向≥"},
                                      {"≥5场", "≤"}}) {
    const TargetReading reading = ReadTarget({value, nature, "", "", "", "某项"});
    EXPECT_THAT(Codes(reading.findings), Contains("DIRECTION_CONTRADICTION")) << value << " " << nature;
    EXPECT_TRUE(reading.target.has_value());
  }
  for (const auto& [value, nature] : {std::pair("≥5天", "正向"),
                                      {"≤5天", "反向"},
                                      {"=100%", "正向"},
                                      {"≤5天", "定量"},
                                      {"5天", "约束性"}}) {
    EXPECT_THAT(Codes(ReadTarget({value, nature, "", "", "", "某项"}).findings),
                Not(Contains("DIRECTION_CONTRADICTION")))
        << value << " " << nature;
  }
  EXPECT_TRUE(Contradicts("越小越好", Comparator::kGreater));
  EXPECT_FALSE(Contradicts("", Comparator::kGreater));
}

TEST(Target, WithoutAColumnOfRulesAFigureInWordsIsNoRating) {
  EXPECT_EQ(AssumedRule(true, ""), RuleKind::kProportional);
  EXPECT_EQ(AssumedRule(false, "有效提高"), RuleKind::kRating);
  EXPECT_EQ(AssumedRule(false, "11月底前"), RuleKind::kDirect);
  EXPECT_EQ(AssumedRule(false, "80~85%"), RuleKind::kProportional) << "and TARGET_UNCLEAR holds it up";
  for (const char* text : {"零事故", "近千册", "每月2场", "3月底完成100%", "二十期", ""}) {
    EXPECT_EQ(AssumedRule(false, text), RuleKind::kUnmapped) << text;
  }
}

ParsedIndicator Row(const char* name, const char* target, RuleKind rule = RuleKind::kProportional,
                    const char* level2 = "数量") {
  ParsedIndicator row;
  row.level1 = "产出";
  row.level2 = level2;
  row.name = name;
  const TargetReading reading = ReadTarget({target, "", "", row.level1, row.level2, row.name});
  row.comparator = reading.comparator;
  row.target = reading.target;
  row.unit = reading.unit;
  row.target_text = reading.text;
  row.weight = Decimal::FromInt(10);
  row.rule = rule;
  return row;
}
std::vector<Finding> Checked(const ParsedIndicator& row, bool weighted = true) {
  return LintTarget(row, weighted, scoring::Xinjiang());
}

// The rows of a table as an office wrote it: what each is read as, and what is told by the reader and the
// validator.
TEST(Target, TheWritingsOfAPublishedTable) {
  struct Expected {
    const char *name, *level2, *text, *shown;
    std::vector<std::string> codes;
  };
  const Expected rows[] = {
      {"借阅量增长", "数量", "提升8%", "≥8 %", {"TARGET_HAS_FIGURE"}},
      {"差错率下降", "质量", "降低至2%以内", "≤2 %", {"TARGET_HAS_FIGURE"}},
      {"三月底付清", "时效", "3月底完成100%", "3月底完成100%", {"TARGET_IS_DATE", "TARGET_HAS_FIGURE"}},
      {"完工时间", "时效", "2025年年底前", "2025年年底前", {"TARGET_IS_DATE", "TARGET_NOT_NUMERIC"}},
      {"开馆时间", "时效", "2025年内", "2025年内", {"TARGET_IS_DATE", "TARGET_NOT_NUMERIC"}},
      {"绿植养护", "数量", "6200平方米绿植全覆盖", "6200平方米绿植全覆盖", {"TARGET_HAS_FIGURE"}},
      {"书架合格率", "质量", "二100%", "二100%", {"TARGET_HAS_FIGURE"}},
      {"单册采购价", "成本", "≤28.50/册", "≤28.50/册", {"TARGET_HAS_FIGURE"}},
      {"书车（≥**台）", "数量", "2", "≥2 台", {}},
      {"盘点达标率", "质量", "达到100%", "≥100 %", {}},
      {"还书及时率", "质量", "95%-98%", "95%-98%", {"TARGET_UNCLEAR"}},
      {"志愿者", "数量", "约30人", "30 人", {"TARGET_APPROXIMATE", "TARGET_INCOMPLETE"}},
      {"捐书", "数量", "近千册", "近千册", {"TARGET_HAS_FIGURE"}},
      {"讲座", "数量", "每月2场", "每月2场", {"TARGET_HAS_FIGURE"}},
      {"总费用", "成本", "18.64万", "18.64 万元", {"UNIT_COMPLETED", "COST_DIRECTION"}},
      {"印刷", "成本", "12 000元", "12000 元", {"COST_DIRECTION"}},
      {"耗材", "成本", "12，000元", "12000 元", {"COST_DIRECTION"}},
      {"投诉", "质量", "0", "0 ", {"TARGET_INCOMPLETE"}},
      {"事故", "质量", "无", "无", {"TARGET_HAS_FIGURE"}},
      {"覆盖", "质量", "百分之九十五", "95 %", {"TARGET_HAS_FIGURE", "TARGET_INCOMPLETE"}},
      {"完好率", "质量", "≥0.97", "≥0.97 ", {"TARGET_INCOMPLETE", "RATE_AS_FRACTION"}},
      // More of each kind.
      {"产值", "经济效益", "比上年增长6%", "≥6 %", {"TARGET_HAS_FIGURE"}},
      {"简报期数", "数量", "二十期", "20 期", {"TARGET_HAS_FIGURE", "TARGET_INCOMPLETE"}},
      {"安全事故", "质量", "零事故", "零事故", {"TARGET_HAS_FIGURE"}},
      {"响应时间", "时效", "≤24小时内", "≤24 小时", {}},
      {"接听量", "数量", "≥100左右 次", "≥100 次", {"TARGET_APPROXIMATE"}},
      {"验收", "时效", "二〇二五年底前", "二〇二五年底前", {"TARGET_IS_DATE", "TARGET_NOT_NUMERIC"}},
      {"巡查", "数量", "每季度不少于3次", "每季度不少于3次", {"TARGET_HAS_FIGURE"}},
      {"参与", "数量", "≥1.3万", "≥1.3 万", {"UNIT_COMPLETED"}},
      {"合格率", "质量", "≥０.９５％", "≥0.95 %", {"RATE_AS_FRACTION"}}};
  for (const Expected& given : rows) {
    const TargetReading reading = ReadTarget({given.text, "", "", "产出", given.level2, given.name});
    EXPECT_EQ(Shown(reading), given.shown) << given.text;
    std::vector<std::string> codes = Codes(reading.findings);
    for (const std::string& code :
         Codes(Checked(Row(given.name, given.text, RuleKind::kProportional, given.level2))))
      codes.push_back(code);
    EXPECT_EQ(codes, given.codes) << given.text;
  }
}

TEST(TargetLint, AFigureInWordsHoldsUpApprovalUntilSomebodyChooses) {
  const Finding unseen = Find(Checked(Row("安全事故", "零事故", RuleKind::kUnmapped)), "TARGET_HAS_FIGURE");
  EXPECT_EQ(unseen.severity, Severity::kError);
  EXPECT_EQ(unseen.raw, "零事故");
  EXPECT_THAT(unseen.repair.zh, ::testing::HasSubstr("=0起"));
  EXPECT_EQ(Find(Checked(Row("讲座", "每月2场")), "TARGET_HAS_FIGURE").severity, Severity::kError);
  // A person chose a rule for words: told, and not held up.
  EXPECT_EQ(
      Find(Checked(Row("基地", "建成3个基地，运行良好", RuleKind::kRating)), "TARGET_HAS_FIGURE").severity,
      Severity::kWarning);
  EXPECT_EQ(Find(Checked(Row("付清", "3月底完成100%", RuleKind::kDirect)), "TARGET_HAS_FIGURE").severity,
            Severity::kWarning);
  EXPECT_EQ(
      Find(Checked(Row("讲座", "每月2场", RuleKind::kUnmapped), /*weighted=*/false), "TARGET_HAS_FIGURE")
          .severity,
      Severity::kWarning);
  EXPECT_THAT(Codes(Checked(Row("影响", "有效提高", RuleKind::kRating))), ElementsAre());
}

TEST(TargetLint, ACostSaysWhichBoundItIs) {
  const Finding equal =
      Find(Checked(Row("经费", "=30万元", RuleKind::kProportional, "经济成本")), "COST_WITH_EQUAL");
  EXPECT_EQ(equal.severity, Severity::kWarning);
  EXPECT_THAT(equal.repair.zh, ::testing::HasSubstr("≤30万元"));
  EXPECT_THAT(Codes(Checked(Row("印刷费用", "=2.5万元"))), Contains("COST_WITH_EQUAL"));
  EXPECT_THAT(Codes(Checked(Row("经费", "≤30万元", RuleKind::kProportional, "成本"))), ElementsAre());
  EXPECT_THAT(Codes(Checked(Row("成本节约率", "=5%", RuleKind::kProportional, "成本"))), ElementsAre());
  EXPECT_THAT(Codes(Checked(Row("非税收入金额", "=30万元"))), ElementsAre()) << "wanted, not spent";
  const Finding bare = Find(Checked(Row("印刷费用", "200万元")), "COST_DIRECTION");
  EXPECT_EQ(bare.severity, Severity::kError);
  EXPECT_EQ(bare.understood, "200 万元 (190万元: ≤ 10.00, ≥ 9.50)");
}

TEST(TargetLint, AFractionForAPercentageIsTold) {
  EXPECT_THAT(Find(Checked(Row("完好率", "≥0.97")), "RATE_AS_FRACTION").repair.zh,
              ::testing::HasSubstr("≥97%"));
  EXPECT_THAT(Codes(Checked(Row("群众满意度", "=1"))), Contains("RATE_AS_FRACTION"));
  EXPECT_THAT(Codes(Checked(Row("覆盖率", "≥0.9%"))), Contains("RATE_AS_FRACTION"));
  for (const auto& [name, target] :
       {std::pair("差错率", "≤0.3%"), {"增长率", "≥0.5%"}, {"完好率", "≥97%"}, {"场次", "≥1场"}}) {
    EXPECT_THAT(Codes(Checked(Row(name, target))), Not(Contains("RATE_AS_FRACTION"))) << name;
  }
}

TEST(TargetLint, ZeroForARateOfChangeAsksForAnotherRule) {
  EXPECT_THAT(Codes(Checked(Row("三公经费变动率", "≤0%"))), Contains("ZERO_TARGET_RATE"));
  EXPECT_THAT(Codes(Checked(Row("在职人员调整率", "=0%"))), Contains("ZERO_TARGET_RATE"));
  EXPECT_THAT(Codes(Checked(Row("事故数", "=0起"))), ElementsAre());
}

}  // namespace
}  // namespace attain::importing
