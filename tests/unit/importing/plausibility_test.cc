// Is a reported figure likely to be what the person meant? Slips are told, honest figures are not.
#include "service/importing/plausibility.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace attain::importing {
namespace {

using scoring::Comparator;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

Decimal Number(const char* text) {
  return *Decimal::Parse(text);
}

ReportedValue Value(const char* value, const char* target, const char* unit,
                    Comparator comparator = Comparator::kAtLeast) {
  ReportedValue report;
  report.value = Number(value);
  report.text = value;
  report.name = "审批及时率";
  report.target = Number(target);
  report.unit = unit;
  report.comparator = comparator;
  report.weight = Number("45");
  return report;
}

// "CODE" of what is told, "CODE!" of what has to be confirmed.
std::vector<std::string> Codes(const std::vector<Finding>& findings) {
  std::vector<std::string> codes;
  for (const Finding& finding : findings)
    codes.push_back(finding.code + (finding.severity == Severity::kError ? "!" : ""));
  return codes;
}
std::vector<std::string> Codes(const ReportedValue& report) {
  return Codes(JudgeReport(report));
}

ReportedValue After(ReportedValue report, const char* last) {
  report.last = Number(last);
  return report;
}

TEST(Plausibility, AFractionOfAPercentageIsAskedFor) {
  for (const auto& [value, target] : std::vector<std::pair<const char*, const char*>>{{"0.98", "95"},
                                                                                      {"1", "90"},
                                                                                      {"0.85", "100"},
                                                                                      {"0.12", "10"},
                                                                                      {"0.3", "98"},
                                                                                      {"1.1", "110"},
                                                                                      {"1", "60"}}) {
    EXPECT_THAT(Codes(Value(value, target, "%")), ElementsAre("VALUE_IS_FRACTION!"))
        << value << " of " << target;
  }
  EXPECT_THAT(Codes(Value("0.98", "95", "％")), ElementsAre("VALUE_IS_FRACTION!"));
  EXPECT_THAT(Codes(Value("0.98", "100", "%", Comparator::kAtMost)), ElementsAre("VALUE_IS_FRACTION!"));
  EXPECT_THAT(Codes(Value("1", "100", "%", Comparator::kEqual)), ElementsAre("VALUE_IS_FRACTION!"));
  EXPECT_THAT(Codes(Value("0.004", "4", "‰")), ElementsAre("VALUE_IS_FRACTION!"));
  const Finding finding = JudgeReport(Value("0.98", "95", "%")).at(0);
  EXPECT_EQ(finding.likely, "98");
  EXPECT_EQ(finding.points->ToString(), "45");
  EXPECT_EQ(finding.raw, "0.98");
}

TEST(Plausibility, SmallTargetsAndLowLimitsAreLeftAlone) {
  EXPECT_THAT(Codes(Value("0.5", "0.5", "%")), IsEmpty());
  EXPECT_THAT(Codes(Value("0.01", "1", "%", Comparator::kAtMost)), IsEmpty());
  EXPECT_THAT(Codes(Value("0.04", "5", "%", Comparator::kAtMost)), IsEmpty());
  EXPECT_THAT(Codes(Value("0", "95", "%")), IsEmpty());
  EXPECT_THAT(Codes(Value("94", "95", "%")), IsEmpty());
  EXPECT_THAT(Codes(Value("0.98", "1", "次")), IsEmpty()) << "no percentage";
  EXPECT_THAT(Codes(Value("0", "0", "%", Comparator::kAtMost)), IsEmpty());
}

TEST(Plausibility, TenThousandTimesMoreOrLessIsAskedFor) {
  EXPECT_THAT(Codes(Value("899740", "90", "万元", Comparator::kAtMost)),
              ElementsAre("VALUE_TEN_THOUSAND_TIMES!"));
  EXPECT_THAT(Codes(Value("500000", "90", "万元")), ElementsAre("VALUE_TEN_THOUSAND_TIMES!"));
  EXPECT_THAT(Codes(Value("1.3", "12000", "人次")), ElementsAre("VALUE_TEN_THOUSANDTH!"));
  EXPECT_EQ(JudgeReport(Value("1.3", "12000", "人次")).at(0).likely, "13000");
  EXPECT_EQ(JudgeReport(Value("899740", "90", "万元")).at(0).likely, "89.974");
  EXPECT_THAT(Codes(Value("100", "12000", "人次")), IsEmpty()) << "a first month";
  EXPECT_THAT(Codes(Value("40", "12", "次")), IsEmpty());
}

TEST(Plausibility, AJumpIsAskedForWhenOnlyDigitsMovedOrTheTargetIsLeftBehind) {
  EXPECT_THAT(Codes(After(Value("290", "30", "个"), "29")), ElementsAre("VALUE_JUMP!"));
  EXPECT_THAT(Codes(After(Value("310", "300", "个"), "31")), ElementsAre("VALUE_JUMP!")) << "a zero more";
  EXPECT_THAT(Codes(After(Value("305", "30", "个"), "29")),
              ElementsAre("VALUE_JUMP!", "VALUE_TEN_TIMES_TARGET"));
  EXPECT_THAT(Codes(After(Value("12", "12", "次"), "1")), ElementsAre("VALUE_JUMP"))
      << "on the way to the target it is told only";
  EXPECT_THAT(Codes(After(Value("10", "12", "次"), "1")), ElementsAre("VALUE_JUMP"));
  EXPECT_THAT(Codes(After(Value("2", "30", "个"), "25")), ElementsAre("VALUE_JUMP")) << "a tenth is told";
  EXPECT_THAT(Codes(After(Value("29", "30", "个"), "10")), IsEmpty());
  EXPECT_THAT(Codes(After(Value("29", "30", "个"), "0")), IsEmpty());
  ReportedValue earlier = After(Value("2", "30", "个"), "25");
  earlier.backdated = true;
  EXPECT_THAT(Codes(earlier), IsEmpty()) << "what was less before is no fall";
}

TEST(Plausibility, TheSameAgainCountsTwiceOnlyWhereReportsAreAdded) {
  ReportedValue report = Value("10", "40", "期");
  report.again = true;
  EXPECT_THAT(Codes(report), ElementsAre("SAME_VALUE_SAME_DAY"));
  report.accumulation = Accumulation::kSum;
  EXPECT_THAT(Codes(report), ElementsAre("SAME_VALUE_SAME_DAY!"));
  report.value = Decimal();
  EXPECT_THAT(Codes(report), ElementsAre("SAME_VALUE_SAME_DAY")) << "nothing added twice is nothing";
}

TEST(Plausibility, SharesEndAtAHundredAndGrowthDoesNot) {
  EXPECT_THAT(Codes(Value("102", "95", "%")), ElementsAre("RATE_ABOVE_HUNDRED"));
  EXPECT_THAT(Codes(Value("100.01", "95", "%")), ElementsAre("RATE_ABOVE_HUNDRED"));
  EXPECT_THAT(Codes(Value("100", "95", "%")), IsEmpty()) << "all of it";
  ReportedValue growth = Value("130", "95", "%");
  growth.name = "营业收入增长率";
  EXPECT_THAT(Codes(growth), IsEmpty());
  EXPECT_THAT(Codes(Value("130", "120", "%")), IsEmpty()) << "the target is above 100 % itself";
  EXPECT_THAT(Codes(Value("30", "3", "次")), ElementsAre("VALUE_TEN_TIMES_TARGET"));
}

SpentValue Spent(const char* value, const char* budget) {
  SpentValue spent;
  spent.value = Number(value);
  spent.text = value;
  spent.budget = Number(budget);
  spent.day = "2024-06-30";
  return spent;
}

TEST(Plausibility, SpendingIsHeldAgainstTheBudgetAndTheRecordBefore) {
  EXPECT_THAT(Codes(JudgeSpending(Spent("60", "50"))), ElementsAre("SPENT_ABOVE_BUDGET"));
  EXPECT_THAT(Codes(JudgeSpending(Spent("50", "50"))), IsEmpty());
  EXPECT_THAT(Codes(JudgeSpending(Spent("300000", "50"))), ElementsAre("VALUE_TEN_THOUSAND_TIMES!"));
  EXPECT_THAT(Codes(JudgeSpending(Spent("0.004", "50"))), ElementsAre("VALUE_TEN_THOUSANDTH!"));
  SpentValue next = Spent("48", "50");
  next.last = Number("4.8");
  next.last_day = "2024-03-31";
  EXPECT_THAT(Codes(JudgeSpending(next)), ElementsAre("VALUE_JUMP!"));
  next.value = Number("49");
  EXPECT_THAT(Codes(JudgeSpending(next)), ElementsAre("VALUE_JUMP"));
  next.value = Number("4");
  EXPECT_THAT(Codes(JudgeSpending(next)), ElementsAre("SPENT_FELL"));
  next.value = Number("4.8");
  next.day = next.last_day;
  EXPECT_THAT(Codes(JudgeSpending(next)), ElementsAre("SAME_VALUE_SAME_DAY"));
  next.day = "2024-02-29";
  EXPECT_THAT(Codes(JudgeSpending(next)), ElementsAre("NEWER_RECORD_COUNTS"));
}

TEST(Plausibility, OnlyWhatIsNamedIsAccepted) {
  std::vector<Finding> findings = JudgeReport(Value("0.98", "95", "%"));
  EXPECT_FALSE(Accept({"VALUE_JUMP"}, &findings));
  EXPECT_TRUE(Accept({"VALUE_JUMP", "VALUE_IS_FRACTION"}, &findings));
  EXPECT_THAT(Codes(findings), ElementsAre("VALUE_IS_FRACTION"));
}

TEST(Plausibility, ExtremesDoNotOverflow) {
  const char* big = "999999999999999999.999999999";
  EXPECT_THAT(Codes(After(Value(big, "0.000000001", "%"), "0.000000001")),
              Contains("VALUE_TEN_THOUSAND_TIMES!"));
  EXPECT_THAT(Codes(After(Value("0.000000001", big, "%"), big)), Not(Contains("VALUE_IS_FRACTION!")));
  EXPECT_THAT(Codes(JudgeSpending(Spent(big, big))), IsEmpty());
}

}  // namespace
}  // namespace attain::importing
