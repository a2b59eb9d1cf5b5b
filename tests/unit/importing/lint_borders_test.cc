// Both sides of each border that the validator draws: a table one step inside tells the finding, one step
// outside does not, and the table that all steps start from is told nothing at all.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "service/importing/document.h"
#include "service/importing/linter.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::importing {
namespace {

using scoring::Comparator;
using scoring::Dec;
using scoring::RuleKind;
using ::testing::IsEmpty;

ParsedIndicator Row(const char* level1, const char* level2, const char* name, const char* target,
                    const char* unit, const char* weight, RuleKind rule = RuleKind::kProportional) {
  ParsedIndicator row;
  row.level1 = level1;
  row.level2 = level2;
  row.name = name;
  row.comparator = Comparator::kAtLeast;
  row.target = Dec(target);
  row.unit = unit;
  row.weight = Dec(weight);
  row.rule = rule;
  row.rule_text = "按照完成比例赋分";
  row.basis = "计划标准";
  row.evidence = "台账";
  return row;
}

// 50 / 30 / 10 points, nothing to say against it.
ParsedTable Clean() {
  ParsedTable table;
  table.name = "展会服务项目";
  table.fiscal_year = 2024;
  table.leader = "王";
  table.total = Dec("10");
  table.fiscal = Dec("8");
  table.other = Dec("2");
  table.indicators = {
      Row("产出", "数量", "举办展会次数", "4", "次", "20"),
      Row("产出", "质量", "验收合格率", "95", "%", "15"),
      Row("产出", "时效", "按期完成率", "100", "%", "15"),
      Row("效益", "社会效益", "惠及企业数", "30", "家", "15"),
      Row("效益", "经济效益", "签约客户", "12", "户", "15"),
      Row("满意度", "服务对象满意度", "商户满意度", "90", "%", "10", RuleKind::kSatisfaction),
  };
  return table;
}

std::vector<std::string> CodesOf(const ParsedTable& table) {
  std::vector<std::string> codes;
  for (const Finding& finding : Lint(table, 1, scoring::Xinjiang())) codes.push_back(finding.code);
  return codes;
}

int Count(const ParsedTable& table, const char* code) {
  const std::vector<std::string> codes = CodesOf(table);
  return static_cast<int>(std::count(codes.begin(), codes.end(), code));
}

struct Border {
  const char* code;
  const char* what;
  std::function<void(ParsedTable*)> told, not_told;
};

ParsedIndicator& First(ParsedTable* table) {
  return table->indicators[0];
}
ParsedIndicator& Second(ParsedTable* table) {
  return table->indicators[1];
}
ParsedIndicator& Last(ParsedTable* table) {
  return table->indicators.back();
}
void NoWeights(ParsedTable* table) {
  for (ParsedIndicator& row : table->indicators) row.weight.reset();
}
void Nothing(ParsedTable*) {}

// A row of cost with this sign and target; its name holds no rate.
std::function<void(ParsedTable*)> Cost(Comparator comparator, const char* target, const char* unit) {
  return [=](ParsedTable* table) {
    First(table).level2 = "成本";
    First(table).name = "场地租赁成本";
    First(table).comparator = comparator;
    First(table).target = Dec(target);
    First(table).unit = unit;
  };
}
std::function<void(ParsedTable*)> Rate(const char* name, Comparator comparator, const char* target,
                                       const char* unit = "%") {
  return [=](ParsedTable* table) {
    Second(table).name = name;
    Second(table).comparator = comparator;
    Second(table).target = Dec(target);
    Second(table).unit = unit;
  };
}
std::function<void(ParsedTable*)> Prior(Comparator comparator, const char* target, const char* prior) {
  return [=](ParsedTable* table) {
    First(table).comparator = comparator;
    First(table).target = Dec(target);
    First(table).prior_value = Dec(prior);
  };
}
std::function<void(ParsedTable*)> Words(const char* words, RuleKind rule, const char* unit = "") {
  return [=](ParsedTable* table) {
    First(table).target.reset();
    First(table).comparator = Comparator::kNone;
    First(table).target_text = words;
    First(table).unit = unit;
    First(table).rule = rule;
  };
}
std::function<void(ParsedTable*)> Money(const char* total, const char* fiscal, const char* other) {
  return [=](ParsedTable* table) {
    table->total = Dec(total);
    table->fiscal = Dec(fiscal);
    table->other = Dec(other);
  };
}
std::function<void(ParsedTable*)> Weights(const char* first, const char* second) {
  return [=](ParsedTable* table) {
    First(table).weight = Dec(first);
    Second(table).weight = Dec(second);
  };
}
std::function<void(ParsedTable*)> Goal(const char* goal) {
  return [=](ParsedTable* table) { table->goal = goal; };
}
std::function<void(ParsedTable*)> Unit(const char* name, const char* unit) {
  return [=](ParsedTable* table) {
    First(table).name = name;
    First(table).unit = unit;
  };
}
template <typename Value>
std::function<void(ParsedTable*)> OfTable(Value ParsedTable::*field, Value value) {
  return [=](ParsedTable* table) { table->*field = value; };
}
std::function<void(ParsedTable*)> OfFirst(std::string ParsedIndicator::*field, const char* value) {
  return [=](ParsedTable* table) { First(table).*field = value; };
}
std::function<void(ParsedTable*)> OfLast(std::string ParsedIndicator::*field, const char* value) {
  return [=](ParsedTable* table) { Last(table).*field = value; };
}

std::vector<Border> OfTables() {
  const auto all_evidence = [](const char* last) {
    return [=](ParsedTable* table) {
      for (ParsedIndicator& row : table->indicators) row.evidence = "";
      Last(table).evidence = last;
    };
  };
  return {
      {"NAME_EMPTY", "a name", OfTable<std::string>(&ParsedTable::name, ""), Nothing},
      {"YEAR_MISSING", "1999", OfTable(&ParsedTable::fiscal_year, 1999),
       OfTable(&ParsedTable::fiscal_year, 2000)},
      {"YEAR_MISSING", "2101", OfTable(&ParsedTable::fiscal_year, 2101),
       OfTable(&ParsedTable::fiscal_year, 2100)},
      {"LEADER_MISSING", "only projects have one", OfTable<std::string>(&ParsedTable::leader, ""),
       [](ParsedTable* table) {
         table->leader = "";
         table->kind = ParsedTable::Kind::kUnit;
       }},
      {"NO_INDICATORS", "one row", [](ParsedTable* table) { table->indicators.clear(); },
       [](ParsedTable* table) { table->indicators.resize(1); }},
      {"UNWEIGHTED", "one weight is enough", NoWeights,
       [](ParsedTable* table) {
         NoWeights(table);
         First(table).weight = Dec("1");
       }},
      {"EVIDENCE_MISSING", "in the whole table", all_evidence(""), Nothing},
      {"MONEY_NEGATIVE", "below zero", Money("10", "10.01", "-0.01"), Money("10", "10", "0")},
      {"BUDGET_SUM", "above by 0.02", Money("10", "8", "2.02"), Money("10", "8", "2.01")},
      {"BUDGET_SUM", "below by 0.02", Money("10", "8", "1.98"), Money("10", "8", "1.99")},
      {"WEIGHT_SUM", "by a hundredth", Weights("20.01", "15"), Weights("20.01", "14.99")},
      {"NO_OUTPUT", "at level 1",
       [](ParsedTable* table) {
         for (ParsedIndicator& row : table->indicators)
           row.level1 = row.level1 == "产出" ? "成本" : row.level1;
       },
       Nothing},
      {"NO_BENEFIT", "at level 1",
       [](ParsedTable* table) {
         for (ParsedIndicator& row : table->indicators)
           row.level1 = row.level1 == "效益" ? "产出" : row.level1;
       },
       Nothing},
      {"NO_SATISFACTION", "level 2 will do",
       [](ParsedTable* table) {
         Last(table).level1 = "效益";
         Last(table).level2 = "社会效益";
       },
       OfLast(&ParsedIndicator::level1, "效益")},
      {"NO_TIMELINESS", "at level 2", [](ParsedTable* table) { table->indicators[2].level2 = "数量"; },
       Nothing},
      {"NO_QUALITY", "at level 2", [](ParsedTable* table) { Second(table).level2 = "数量"; }, Nothing},
      {"SPLIT_UNUSUAL", "one point moved",
       [](ParsedTable* table) {
         First(table).weight = Dec("21");
         Last(table).weight = Dec("9");
       },
       Weights("19", "16")},
      {"SPLIT_UNUSUAL", "50/40 without satisfaction is usual",
       [](ParsedTable* table) {
         Last(table).level1 = "产出";
         Last(table).level2 = "数量";
       },
       [](ParsedTable* table) {
         Last(table).level1 = "效益";
         Last(table).level2 = "社会效益";
       }},
  };
}

std::vector<Border> OfRows() {
  return {
      {"INDICATOR_NAME_EMPTY", "a name", OfFirst(&ParsedIndicator::name, ""), Nothing},
      {"INDICATOR_NAME_DUPLICATE", "a blank is no difference", OfFirst(&ParsedIndicator::name, "验收 合格率"),
       OfFirst(&ParsedIndicator::name, "验收合格率2")},
      {"LEVEL1_UNKNOWN", "a known one", OfFirst(&ParsedIndicator::level1, "收入"),
       OfFirst(&ParsedIndicator::level1, "产 出指标")},
      {"LEVEL2_UNKNOWN", "a known one", OfFirst(&ParsedIndicator::level2, "颜色"),
       OfFirst(&ParsedIndicator::level2, "数量指标")},
      {"WEIGHT_MISSING", "of one row", [](ParsedTable* table) { First(table).weight.reset(); }, Nothing},
      {"WEIGHT_NOT_POSITIVE", "zero", Weights("0", "35"), Weights("0.01", "34.99")},
      {"WEIGHT_HEAVY", "above 30 %", Weights("27.01", "7.99"), Weights("27", "8")},
      {"PAYMENT_RATE", "by its name", OfFirst(&ParsedIndicator::name, "资金支 付率"),
       OfFirst(&ParsedIndicator::name, "资金到位")},
      {"BASIS_MISMATCH", "only costs have it", OfFirst(&ParsedIndicator::basis, "预算支出标准"),
       [](ParsedTable* table) {
         First(table).basis = "预算支出标准";
         First(table).level2 = "经济成本";
       }},
      {"EVIDENCE_MISSING", "of one row", OfFirst(&ParsedIndicator::evidence, ""), Nothing},
      {"UNIT_ODD", "cities", Unit("走访城市数", "家"), Unit("走访城市数", "座")},
      {"UNIT_ODD", "countries", Unit("参展国家数", "座"), Unit("参展国家数", "国")},
      {"UNIT_ODD", "enterprises", Unit("参展企业数", "次"), Unit("参展企业数", "户")},
      {"UNIT_ODD", "people", Unit("培训人数", "次"), Unit("培训人数", "人次")},
      {"UNIT_ODD", "times", Unit("举办次数", "个"), Unit("举办次数", "批次")},
  };
}

std::vector<Border> OfTargets() {
  return {
      {"COST_DIRECTION", "a sign", Cost(Comparator::kNone, "10", "万元"),
       Cost(Comparator::kAtMost, "10", "万元")},
      {"COST_DIRECTION", "money only", Cost(Comparator::kNone, "10", "元"),
       Cost(Comparator::kNone, "10", "天")},
      {"COST_WITH_EQUAL", "exactly", Cost(Comparator::kEqual, "10", "万元"),
       Cost(Comparator::kAtMost, "10", "万元")},
      {"COST_WITH_EQUAL", "nothing at all", Cost(Comparator::kEqual, "0.01", "万元"),
       Cost(Comparator::kEqual, "0", "万元")},
      {"TARGET_INCOMPLETE", "no sign",
       [](ParsedTable* table) { First(table).comparator = Comparator::kNone; }, Nothing},
      {"TARGET_INCOMPLETE", "no unit", OfFirst(&ParsedIndicator::unit, ""), Nothing},
      {"RATE_AS_FRACTION", "below 1 %", Rate("验收合格率", Comparator::kAtLeast, "0.99"),
       Rate("验收合格率", Comparator::kAtLeast, "1")},
      {"RATE_AS_FRACTION", "1 without a unit", Rate("验收合格率", Comparator::kAtLeast, "1", ""),
       Rate("验收合格率", Comparator::kAtLeast, "1.01", "")},
      {"RATE_AS_FRACTION", "a limit may be small", Rate("验收合格率", Comparator::kAtLeast, "0.5"),
       Rate("验收合格率", Comparator::kAtMost, "0.5")},
      {"RATE_AS_FRACTION", "zero is none", Rate("验收合格率", Comparator::kAtLeast, "0.01"),
       Rate("验收合格率", Comparator::kAtLeast, "0")},
      {"ZERO_TARGET_RATE", "zero", Rate("成本变动率", Comparator::kAtMost, "0"),
       Rate("成本变动率", Comparator::kAtMost, "1")},
      {"ZERO_TARGET_RATE", "an upper limit", Rate("成本变动率", Comparator::kEqual, "0"),
       Rate("成本变动率", Comparator::kAtLeast, "0")},
      {"RATING_WITH_UNIT", "a number", [](ParsedTable* table) { First(table).rule = RuleKind::kRating; },
       Words("达成", RuleKind::kRating)},
      {"RATING_WITH_UNIT", "a unit", Words("达成", RuleKind::kRating, "次"),
       Words("达成", RuleKind::kRating)},
      {"RULE_UNMAPPED", "a rule", [](ParsedTable* table) { First(table).rule = RuleKind::kUnmapped; },
       Nothing},
      {"TARGET_EASIER", "less than last year", Prior(Comparator::kAtLeast, "4", "4.01"),
       Prior(Comparator::kAtLeast, "4", "4")},
      {"TARGET_EASIER", "a higher limit", Prior(Comparator::kAtMost, "4", "3.99"),
       Prior(Comparator::kAtMost, "4", "4")},
      {"TARGET_EMPTY", "words", Words("", RuleKind::kRating), Words("达成", RuleKind::kRating)},
      {"TARGET_IS_DATE", "a day", Words("2024年6月30日", RuleKind::kDirect),
       Words("按期完成", RuleKind::kDirect)},
      {"TARGET_NOT_NUMERIC", "a rule for words", Words("达成", RuleKind::kProportional),
       Words("达成", RuleKind::kRating)},
      {"TARGET_HAS_FIGURE", "words only", Words("完成展会4次以上任务", RuleKind::kUnmapped),
       Words("完成展会任务", RuleKind::kUnmapped)},
  };
}

// A number of the goal belongs to the row whose name shares two characters with what stands around it.
std::vector<Border> OfGoals() {
  return {
      {"GOAL_DISAGREES", "two shared characters", Goal("举办展会5次"), Goal("举办展会4次")},
      {"GOAL_DISAGREES", "one shared character is chance", Goal("开展会展5场"), Goal("参展5场")},
      {"GOAL_NUMBER_UNMATCHED", "one shared character is chance", Goal("参展5场"), Goal("参展4场")},
      {"GOAL_NUMBER_UNMATCHED", "editions and days are no promise", Goal("培训5人"), Goal("第5届，5月5日")},
      {"GOAL_DISAGREES", "only percentages meet percentages", Goal("验收合格率达到96%"),
       Goal("验收合格率达到95%")},
  };
}

void Check(const std::vector<Border>& borders) {
  for (const Border& border : borders) {
    ParsedTable table = Clean();
    border.told(&table);
    EXPECT_GE(Count(table, border.code), 1) << border.code << " is to be told: " << border.what;
    table = Clean();
    border.not_told(&table);
    EXPECT_EQ(Count(table, border.code), 0) << border.code << " is not to be told: " << border.what;
  }
}

TEST(LintBorders, NothingIsSaidAgainstACleanTable) {
  EXPECT_THAT(CodesOf(Clean()), IsEmpty());
}

TEST(LintBorders, OfTables) {
  Check(OfTables());
}

TEST(LintBorders, OfRows) {
  Check(OfRows());
}

TEST(LintBorders, OfTargets) {
  Check(OfTargets());
}

TEST(LintBorders, OfGoals) {
  Check(OfGoals());
}

TEST(LintBorders, MissingEvidenceIsSaidOnceForTheTableAndOnceForEachRowWithout) {
  ParsedTable table = Clean();
  for (ParsedIndicator& row : table.indicators) row.evidence = "";
  EXPECT_EQ(Count(table, "EVIDENCE_MISSING"), 1);
  First(&table).evidence = "台账";
  EXPECT_EQ(Count(table, "EVIDENCE_MISSING"), 5);
}

TEST(LintBorders, AWeightFindingCarriesThePointsThatAreOff) {
  ParsedTable table = Clean();
  First(&table).weight = Dec("12");
  for (const Finding& finding : Lint(table, 3, scoring::Xinjiang())) {
    if (finding.code != "WEIGHT_SUM") continue;
    EXPECT_EQ(finding.points->ToString(), "8");
    EXPECT_EQ(finding.place.table, 3);
    EXPECT_EQ(finding.place.row, 0);
    return;
  }
  FAIL() << "no WEIGHT_SUM";
}

}  // namespace
}  // namespace attain::importing
