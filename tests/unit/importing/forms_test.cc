// The forms that units fill in: the national one with its merged first column, points behind the levels, no
// column of rules, and signatures below; and what is told of their targets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "service/importing/document.h"
#include "service/importing/linter.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::importing {
namespace {

using scoring::Comparator;
using scoring::RuleKind;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

constexpr char kHeading[] = "项目支出绩效目标表\n(2026 年)\n项目名称\t甲项目\n年度资金总额\t10\n";
constexpr char kColumns[] = "一级指标\t二级指标\t三级指标\t指标值\t分值\n";
constexpr char kRule[] = "按照正常比例赋分";

struct Reading {
  ParsedTable table;
  std::vector<Finding> findings;  // of reader and validator

  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const ParsedIndicator& row : table.indicators)
      names.push_back(absl::StrCat(row.level1, "/", row.level2, " ", row.name));
    return names;
  }
  std::vector<std::string> Codes(Severity worst_of = Severity::kNote) const {
    std::vector<std::string> codes;
    for (const Finding& finding : findings) {
      if (finding.severity <= worst_of) codes.push_back(finding.code);
    }
    return codes;
  }
  const Finding* Find(const std::string& code) const {
    for (const Finding& finding : findings) {
      if (finding.code == code) return &finding;
    }
    ADD_FAILURE() << "no finding " << code;
    static const Finding& none = *new Finding();
    return &none;
  }
};

Reading Read(const std::string& rows, const std::string& columns = kColumns,
             const std::string& heading = kHeading) {
  const scoring::Profile profile = scoring::Xinjiang();
  ImportOptions options;
  options.profile = &profile;
  absl::StatusOr<ParsedDocument> document = ParseDocument(absl::StrCat(heading, columns, rows), options);
  EXPECT_TRUE(document.ok()) << document.status();
  if (!document.ok() || document->tables.empty()) return {};
  Reading reading{document->tables[0], document->findings};
  for (Finding& finding : Lint(reading.table, 1, profile)) reading.findings.push_back(std::move(finding));
  for (const Finding& finding : reading.findings) {
    EXPECT_FALSE(finding.message.zh.empty() || finding.message.en.empty() || finding.repair.zh.empty() ||
                 finding.repair.en.empty())
        << finding.code;
  }
  return reading;
}

std::string WithRules(const std::string& row) {
  return absl::StrCat(row, "\t", kRule, "\n");
}
constexpr char kWithRules[] = "一级指标\t二级指标\t三级指标\t指标值\t分值\t赋分规则\n";

TEST(Forms, TheYearStandsInTheTitleOrAboveIt) {
  const auto year = [](const std::string& title) {
    return Read("产出\t数量\t培训人次\t≥300 人次\t90\n", kColumns,
                absl::StrCat(title, "\n项目名称\t甲项目\n"))
        .table.fiscal_year;
  };
  EXPECT_EQ(year("项目支出绩效目标表\n(2026 年)"), 2026);
  EXPECT_EQ(year("2026年度项目支出绩效目标表"), 2026);
  EXPECT_EQ(year("项目支出绩效目标表（2026年度）"), 2026);
  EXPECT_EQ(year("（2026 年度）\n\n项目支出绩效目标表"), 2026);
  EXPECT_EQ(year("2026年\n项目支出绩效目标表"), 2026);
  EXPECT_EQ(year("2025年\n2026年度项目支出绩效目标表"), 2026);
  EXPECT_EQ(year("2026年3月1日\n项目支出绩效目标表"), 0) << "a day of signing is of the table above";
  EXPECT_EQ(year("2025年度项目支出绩效目标表\n(2026 年)"), 2026)
      << "what stands below the title is the table's own";
}

TEST(Forms, TheThirdLevelIsTheNameWhereTheFormHasBothColumns) {
  const Reading reading = Read(
      "绩效指标\t产出指标\t数量指标\t培训人次\t≥300 人次\t50\n\t效益指标\t社会效益指标\t满意率\t≥90%\t40\n",
      "绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t分值\n");
  EXPECT_THAT(reading.Names(), ElementsAre("产出/数量 培训人次", "效益/社会效益 满意率"));
  EXPECT_THAT(
      Read("产出\t数量\t培训人次\t≥300 人次\t90\n", "一级指标\t二级指标\t绩效指标\t指标值\t分值\n").Names(),
      ElementsAre("产出/数量 培训人次"))
      << "alone it is the name's column";
}

TEST(Forms, ARowWithoutANameIsAFindingWithItsPlace) {
  const Reading reading = Read("产出\t数量\t\t≥300 人次\t90\n");
  const Finding* finding = reading.Find("INDICATOR_NAME_EMPTY");
  EXPECT_EQ(finding->severity, Severity::kError);
  EXPECT_EQ(finding->place.line, 6);
  EXPECT_EQ(finding->place.row, 1);
  EXPECT_EQ(finding->points->ToString(), "90");
}

TEST(Forms, PointsBehindALevelAreNoPartOfItsName) {
  const Reading reading = Read(
      "产出指标（50分）\t数量指标（20 分）\t培训人次\t≥300 "
      "人次\t20\n\t质量指标(30)\t合格率\t≥90%\t30\n效益指标 (40%)\t社会效益指标\t满意率\t≥90%\t40\n");
  EXPECT_THAT(reading.Names(), ElementsAre("产出/数量 培训人次", "产出/质量 合格率", "效益/社会效益 满意率"));
  EXPECT_THAT(reading.Codes(Severity::kError), ElementsAre());
}

TEST(Forms, ALevelMayStandOnALineOfItsOwn) {
  EXPECT_THAT(Read("产出指标（50分）\t\t\t\t\n\t数量指标\t培训人次\t≥300 人次\t90\n").Names(),
              ElementsAre("产出/数量 培训人次"));
}

TEST(Forms, WhatStandsBelowTheTableIsNoIndicator) {
  const std::string rows =
      "产出\t数量\t培训人次\t≥300 "
      "人次\t50\n\t小计\t\t\t50\n效益\t社会效益\t满意率\t≥90%\t40\n合计\t\t\t\t90\n";
  for (const char* below :
       {"填表人：某某\t联系电话：\n", "备注\t本表一式两份\n", "说明：\t1. 本表由单位填写\n",
        "审核人：\t\t填报日期：\n", "总分\t90\n", "单位负责人（签字）：\t\t\t日期：\n"}) {
    const Reading reading = Read(rows + below);
    EXPECT_THAT(reading.Names(), ElementsAre("产出/数量 培训人次", "效益/社会效益 满意率")) << below;
    EXPECT_THAT(reading.Codes(Severity::kError), ElementsAre()) << below;
  }
  EXPECT_THAT(Read(absl::StrCat(rows, "填表人：\t\n", "\t\t参训率\t≥95%\t10\n")).Names(),
              Contains("效益/社会效益 参训率"))
      << "the table went on behind a page's foot";
}

TEST(Forms, ALineThatIsNeitherIsRejectedAloud) {
  const Reading reading = Read("产出\t数量\t培训人次\t≥300 人次\t90\n主要结论：\t暂无\t\t\t\n");
  EXPECT_THAT(reading.Names(), ElementsAre("产出/数量 培训人次"));
  EXPECT_EQ(reading.Find("ROW_REJECTED")->place.line, 7);
}

TEST(Forms, WithoutAColumnOfRulesTheUsualOnesAreAssumedAndTold) {
  const Reading reading = Read(
      "产出\t数量\t培训人次\t≥300 "
      "人次\t40\n\t时效\t完成时间\t11月底前\t10\n效益\t社会效益\t影响\t有效提高\t40\n");
  std::vector<RuleKind> rules;
  for (const ParsedIndicator& row : reading.table.indicators) rules.push_back(row.rule);
  EXPECT_THAT(rules, ElementsAre(RuleKind::kProportional, RuleKind::kDirect, RuleKind::kRating));
  const Finding* finding = reading.Find("RULE_ASSUMED");
  EXPECT_EQ(finding->severity, Severity::kWarning);
  EXPECT_EQ(finding->points->ToString(), "90");
  EXPECT_EQ(finding->place.line, 5);
  EXPECT_THAT(reading.Codes(), Not(Contains("RULE_UNMAPPED")));
  EXPECT_THAT(Read("产出\t数量\t培训人次\t≥300 人次\n", "一级指标\t二级指标\t三级指标\t指标值\n").Codes(),
              Not(Contains("RULE_ASSUMED")))
      << "nothing to score";
}

TEST(Forms, ABareNumberIsKeptAndToldUnlessItsNatureSaysWhichBoundItIs) {
  const Reading bare = Read(WithRules("产出\t数量\t场次\t24场\t90"), kWithRules);
  EXPECT_EQ(bare.table.indicators.at(0).comparator, Comparator::kNone);
  EXPECT_EQ(bare.table.indicators.at(0).target->ToString(), "24");
  const Finding* finding = bare.Find("TARGET_INCOMPLETE");
  EXPECT_EQ(finding->severity, Severity::kError);
  EXPECT_EQ(finding->raw, "24场");
  EXPECT_EQ(finding->place.line, 6);

  const std::string columns = "一级指标\t二级指标\t三级指标\t指标性质\t指标值\t分值\t赋分规则\n";
  const Reading by_nature =
      Read(WithRules("产出\t数量\t场次\t正向\t24场\t50") + WithRules("产出\t时效\t天数\t反向指标\t5天\t30") +
               WithRules("产出\t质量\t合格率\t定量\t100%\t10"),
           columns);
  std::vector<Comparator> comparators;
  for (const ParsedIndicator& row : by_nature.table.indicators) comparators.push_back(row.comparator);
  EXPECT_THAT(comparators, ElementsAre(Comparator::kAtLeast, Comparator::kAtMost, Comparator::kNone));
  EXPECT_EQ(by_nature.Find("COMPARATOR_BY_NATURE")->understood, "≥24 场");
  EXPECT_EQ(by_nature.Find("TARGET_INCOMPLETE")->place.row, 3);
}

TEST(Forms, ADateIsToldWithWhatToDo) {
  const Reading counted = Read(WithRules("产出\t时效\t完成时间\t2026年12月31日前\t90"), kWithRules);
  EXPECT_EQ(counted.Find("TARGET_NOT_NUMERIC")->severity, Severity::kError);
  EXPECT_THAT(counted.Find("TARGET_IS_DATE")->repair.zh, ::testing::HasSubstr("直接赋分"));
  const Reading direct = Read("产出\t时效\t完成时间\t2026年12月31日前\t90\t直接赋分\n", kWithRules);
  EXPECT_EQ(direct.Find("TARGET_IS_DATE")->severity, Severity::kNote);
}

TEST(Forms, ARangeIsNoNumberAndNoUnit) {
  for (const char* target : {"≥10-15 次", "≥1e3次", "≥6-"}) {
    const Reading reading = Read(WithRules(absl::StrCat("产出\t数量\t场次\t", target, "\t90")), kWithRules);
    const Finding* finding = reading.Find("TARGET_UNCLEAR");
    EXPECT_EQ(finding->severity, Severity::kError) << target;
    EXPECT_FALSE(reading.table.indicators.at(0).target.has_value()) << target;
  }
}

TEST(Forms, EasierIsToldInTheDirectionOfTheTarget) {
  const std::string columns = "一级指标\t二级指标\t三级指标\t指标值\t上年完成值\t分值\n";
  const auto easier = [&](const std::string& target, const std::string& prior) {
    return Read(absl::StrCat("产出\t数量\t次数\t", target, "\t", prior, "\t90\n"), columns);
  };
  EXPECT_THAT(easier("=0 次", "2").Codes(), Not(Contains("TARGET_EASIER"))) << "none is stricter than two";
  EXPECT_THAT(easier("≤3 次", "5").Codes(), Not(Contains("TARGET_EASIER")));
  EXPECT_EQ(easier("≥3 次", "5").Find("TARGET_EASIER")->repair.en, "Give a reason or raise the target.");
  const Reading reverse = easier("≤5 次", "3");
  EXPECT_EQ(reverse.Find("TARGET_EASIER")->message.zh, "目标允许的数值高于上年完成值。");
  EXPECT_EQ(reverse.Find("TARGET_EASIER")->repair.en, "Give a reason or lower the limit.");
}

TEST(Forms, AGoalInThousandsAgreesWithATargetInTenThousands) {
  const auto goal = [](const std::string& text) {
    return Read("产出\t数量\t群众文化活动参与人次\t≥1.2 万人次\t90\n", kColumns,
                absl::StrCat(kHeading, "项目总体目标\t", text, "\n"))
        .Codes();
  };
  EXPECT_THAT(goal("群众文化活动参与12000人次以上"), Not(Contains("GOAL_DISAGREES")));
  EXPECT_THAT(goal("群众文化活动参与12000人次以上"), Not(Contains("GOAL_NUMBER_UNMATCHED")));
  EXPECT_THAT(goal("群众文化活动参与15000人次以上"), Contains("GOAL_DISAGREES"));
}

TEST(Forms, EvidenceThatNoRowNamesIsToldOnce) {
  const std::string columns = "一级指标\t二级指标\t三级指标\t指标值\t分值\t佐证资料\n";
  const Reading none = Read("产出\t数量\t甲\t≥1 个\t50\t\n\t质量\t乙\t≥90%\t40\t\n", columns);
  EXPECT_EQ(std::count_if(none.findings.begin(), none.findings.end(),
                          [](const Finding& finding) { return finding.code == "EVIDENCE_MISSING"; }),
            1);
  EXPECT_EQ(none.Find("EVIDENCE_MISSING")->place.row, 0);
  EXPECT_EQ(Read("产出\t数量\t甲\t≥1 个\t50\t台账\n\t质量\t乙\t≥90%\t40\t\n", columns)
                .Find("EVIDENCE_MISSING")
                ->place.row,
            2);
}

}  // namespace
}  // namespace attain::importing
