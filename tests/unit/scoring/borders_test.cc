// Both sides of each border of RULES 2 and 5, one table for each rule.
#include <functional>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/scoring/monitoring.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::scoring {
namespace {

constexpr Comparator kGe = Comparator::kAtLeast, kGt = Comparator::kGreater, kEq = Comparator::kEqual,
                     kLe = Comparator::kAtMost, kLt = Comparator::kLess;

std::string Sign(Comparator comparator) {
  static constexpr const char* kSigns[] = {"", "≥", ">", "=", "≤", "<"};
  return kSigns[static_cast<int>(comparator)];
}

struct NumberCase {
  Comparator comparator;
  const char *target, *actual, *score;
};

void ExpectScores(std::initializer_list<NumberCase> cases,
                  const std::function<void(Indicator*)>& change = nullptr) {
  for (const NumberCase& each : cases) {
    Indicator row = Proportional(each.comparator, each.target, "10");
    row.allow_negative = true;
    if (change != nullptr) change(&row);
    EXPECT_EQ(Show(ScoreIndicator(National(), row, Number(each.actual)).score), each.score)
        << Sign(each.comparator) << " " << each.target << ", A " << each.actual;
  }
}

TEST(Borders, Proportional) {
  for (const Comparator forward : {kGe, kGt, kEq}) {
    ExpectScores({{forward, "4", "3.999999999", "10"},  // rounds up to W
                  {forward, "4", "3.99", "9.98"},
                  {forward, "4", "4", "10"},
                  {forward, "4", "4.000000001", "10"},
                  {forward, "4", "100", "10"},
                  {forward, "4", "0.01", "0.03"},
                  {forward, "4", "0.000000001", "0"},
                  {forward, "4", "0", "0"},
                  {forward, "4", "-0.000000001", "0"},
                  {forward, "4", "-4", "0"},
                  {forward, "-4", "-4", "10"},
                  {forward, "-4", "-4.000000001", "0"}});
  }
  ExpectScores({{kGe, "0", "0", "10"}, {kGe, "0", "-0.000000001", "0"}, {kGe, "0", "1", "10"}});
  ExpectScores(
      {{kEq, "0", "0", "10"}, {kEq, "0", "-1", "10"}, {kEq, "0", "0.000000001", "0"}, {kEq, "0", "1", "0"}});
  for (const Comparator reverse : {kLe, kLt}) {
    ExpectScores({{reverse, "4", "4", "10"},
                  {reverse, "4", "3.999999999", "10"},
                  {reverse, "4", "-1", "10"},
                  {reverse, "4", "4.01", "9.98"},
                  {reverse, "4", "6", "5"},
                  {reverse, "4", "7.99", "0.03"},
                  {reverse, "4", "8", "0"},
                  {reverse, "4", "8.000000001", "0"},
                  {reverse, "0", "0", "10"},
                  {reverse, "0", "0.000000001", "0"},
                  {reverse, "-4", "-4", "10"},
                  {reverse, "-4", "-3.999999999", "0"}});
  }
}

TEST(Borders, ProportionalByChoice) {
  ExpectScores({{kEq, "4", "4", "10"},
                {kEq, "4", "4.01", "9.98"},
                {kEq, "4", "3.99", "9.98"},
                {kEq, "4", "2", "5"},
                {kEq, "4", "6", "5"},
                {kEq, "4", "8", "0"},
                {kEq, "4", "7.99", "0.03"},
                {kEq, "4", "0", "0"},
                {kEq, "4", "-1", "0"},
                {kEq, "0", "0", "10"},
                {kEq, "0", "1", "0"},
                {kEq, "-4", "-4", "10"},
                {kEq, "-4", "-3.9", "0"}},
               [](Indicator* row) { row->options.equal_mode = EqualMode::kSymmetric; });
  ExpectScores({{kEq, "4", "4", "10"},
                {kEq, "4", "4.000000001", "0"},
                {kEq, "4", "3.999999999", "0"},
                {kEq, "0", "0", "10"}},
               [](Indicator* row) { row->options.equal_mode = EqualMode::kStrict; });
  ExpectScores({{kLe, "4", "4", "10"},
                {kLe, "4", "5", "8"},
                {kLe, "4", "8", "5"},
                {kLe, "4", "400", "0.1"},
                {kLe, "0", "1", "0"}},
               [](Indicator* row) { row->options.reverse_mode = ReverseMode::kRatio; });
  const auto gate = [](Indicator* row) { row->options.pass_gate = Dec("0.6"); };
  ExpectScores({{kGe, "4", "2.4", "6"},
                {kGe, "4", "2.399999999", "0"},
                {kGe, "4", "2.41", "6.03"},
                {kGe, "4", "4", "10"},
                {kEq, "4", "2.4", "6"},
                {kEq, "4", "2.399999999", "0"},
                {kLe, "4", "7", "2.5"},
                {kLe, "4", "1", "10"}},
               gate);
  ExpectScores({{kEq, "4", "2.4", "6"}, {kEq, "4", "2.399999999", "0"}, {kEq, "4", "6", "5"}},
               [&](Indicator* row) {
                 gate(row);
                 row->options.equal_mode = EqualMode::kSymmetric;
               });
  ExpectScores({{kGe, "4", "3", "7"},
                {kGe, "4", "3.999999999", "7"},
                {kGe, "4", "2.999999999", "4"},
                {kGe, "4", "2", "4"},
                {kGe, "4", "1", "1"},
                {kGe, "4", "0.5", "0"},
                {kGe, "4", "4", "10"},
                {kGe, "4", "0", "0"}},
               [](Indicator* row) { row->options.deduct_per_missing = Dec("3"); });
}

TEST(Borders, RoundingAndDecimals) {
  const auto score = [](const char* actual, Rounding rounding, int decimals, const char* weight = "10") {
    Indicator row = Proportional(kGe, "8", weight);
    row.options.rounding = rounding;
    row.options.score_decimals = decimals;
    return Show(ScoreIndicator(National(), row, Number(actual)).score);
  };
  EXPECT_EQ(score("1", Rounding::kHalfAway, 1), "1.3") << "1.25";
  EXPECT_EQ(score("1", Rounding::kDown, 1), "1.2");
  EXPECT_EQ(score("1", Rounding::kHalfEven, 1), "1.2");
  EXPECT_EQ(score("3", Rounding::kHalfEven, 1), "3.8") << "3.75";
  EXPECT_EQ(score("3", Rounding::kDown, 1), "3.7");
  EXPECT_EQ(score("1.000000001", Rounding::kHalfEven, 1), "1.3") << "more than half";
  EXPECT_EQ(score("0.999999999", Rounding::kHalfAway, 1), "1.2") << "less than half";
  EXPECT_EQ(score("2", Rounding::kHalfAway, 0), "3") << "2.5";
  EXPECT_EQ(score("2", Rounding::kHalfEven, 0), "2");
  EXPECT_EQ(score("6", Rounding::kHalfEven, 0), "8") << "7.5";
  EXPECT_EQ(score("1", Rounding::kHalfAway, 2), "1.25");
  EXPECT_EQ(score("7.999999999", Rounding::kHalfAway, 2, "3.333"), "3.33");
  EXPECT_EQ(score("7.999999999", Rounding::kHalfAway, 2, "3.337"), "3.337") << "never more than W";
}

TEST(Borders, Direct) {
  const auto direct = [](const NumberCase& each, const char* deduction) {
    Indicator row = Proportional(each.comparator, each.target, "10");
    row.rule = RuleKind::kDirect;
    row.allow_negative = true;
    if (deduction != nullptr) row.options.direct_deduction = Dec(deduction);
    return Show(ScoreIndicator(National(), row, Number(each.actual)).score);
  };
  const NumberCase cases[] = {
      {kGe, "4", "4", "10"},          {kGe, "4", "3.999999999", "0"}, {kGt, "4", "4", "10"},
      {kEq, "4", "4", "10"},          {kEq, "4", "5", "10"},          {kEq, "4", "3.999999999", "0"},
      {kEq, "0", "0", "10"},          {kEq, "0", "0.000000001", "0"}, {kLe, "4", "4", "10"},
      {kLe, "4", "4.000000001", "0"}, {kLt, "4", "4", "10"},          {kLt, "4", "5", "0"}};
  for (const NumberCase& each : cases) {
    EXPECT_EQ(direct(each, nullptr), each.score)
        << Sign(each.comparator) << each.target << " " << each.actual;
    EXPECT_EQ(direct(each, "3"), std::string(each.score) == "10" ? "10" : "7");
    EXPECT_EQ(direct(each, "10"), each.score);
    EXPECT_EQ(direct(each, "11"), each.score) << "never below 0";
  }
  Indicator half = Proportional(Comparator::kNone, "4", "10");
  half.rule = RuleKind::kDirect;
  EXPECT_EQ(ScoreIndicator(National(), half, Number("4")).status, ScoreStatus::kUnmapped) << "no comparator";
  half.comparator = kGe;
  half.target.reset();
  EXPECT_EQ(ScoreIndicator(National(), half, Number("4")).status, ScoreStatus::kUnmapped) << "no target";
  Indicator words = Row(RuleKind::kDirect, "10");
  EXPECT_EQ(Show(ScoreIndicator(National(), words, YesNo(true)).score), "10");
  EXPECT_EQ(Show(ScoreIndicator(National(), words, YesNo(false)).score), "0");
  words.options.direct_deduction = Dec("2.5");
  EXPECT_EQ(Show(ScoreIndicator(National(), words, YesNo(false)).score), "7.5");
}

TEST(Borders, RatingBands) {
  const auto problem = [](const char* weight, const char* level, const char* typed) {
    return CheckReported(National(), Row(RuleKind::kRating, weight), Typed(level, typed)).kind;
  };
  struct {
    const char *weight, *level, *typed;
    bool fits;
  } const cases[] = {{"40", "achieved", "40", true},      {"40", "achieved", "40.01", false},
                     {"40", "achieved", "32", true},      {"40", "achieved", "31.99", false},
                     {"40", "partly", "31.99", true},     {"40", "partly", "32", false},
                     {"40", "partly", "24", true},        {"40", "partly", "23.99", false},
                     {"40", "missed", "23.99", true},     {"40", "missed", "24", false},
                     {"40", "missed", "0", true},         {"40", "missed", "-0.01", false},
                     {"22.5", "achieved", "18", true},    {"22.5", "partly", "17.99", true},
                     {"22.5", "partly", "13.5", true},    {"22.5", "missed", "13.49", true},
                     {"22.5", "missed", "13.5", false},   {"3.33", "achieved", "2.66", true},
                     {"3.33", "achieved", "2.65", false}, {"3.33", "partly", "2", true},
                     {"3.33", "missed", "1.99", true},    {"40", "achieved", "35.125", false},
                     {"40", "achieved", "35.12", true}};
  for (const auto& each : cases) {
    EXPECT_EQ(problem(each.weight, each.level, each.typed),
              each.fits ? ReportProblem::kNone : ReportProblem::kScoreOutsideBand)
        << each.weight << " " << each.level << " " << each.typed;
  }
  const ReportProblem told = CheckReported(National(), Row(RuleKind::kRating, "22.5"), Typed("partly", "18"));
  EXPECT_EQ(Show(told.low), "13.5");
  EXPECT_EQ(Show(told.high), "18");
  EXPECT_FALSE(told.high_inclusive);
  EXPECT_TRUE(
      CheckReported(National(), Row(RuleKind::kRating, "22.5"), Typed("achieved", "1")).high_inclusive);
  const IndicatorScore open = ScoreIndicator(National(), Row(RuleKind::kRating, "40"), Level("partly"));
  EXPECT_EQ(open.status, ScoreStatus::kUnscored) << "none is invented";
  EXPECT_EQ(open.sure, Dec("24"));
  EXPECT_EQ(open.possible, Dec("31.99"));
}

TEST(Borders, WhatMayBeReported) {
  Indicator number = Proportional(kGe, "4", "10"), unweighted = Row(RuleKind::kRating, "");
  Indicator direct = Proportional(kGe, "4", "10");
  direct.rule = RuleKind::kDirect;
  Reported both = Number("4");
  both.typed_score = Dec("1");
  struct {
    const char* what;
    Indicator row;
    Reported reported;
    ReportProblem::Kind kind;
  } const cases[] = {
      {"a number", number, Number("4"), ReportProblem::kNone},
      {"a level for a number", number, Level("achieved"), ReportProblem::kNumberExpected},
      {"yes for a number", direct, YesNo(true), ReportProblem::kNumberExpected},
      {"points for a number", number, both, ReportProblem::kScoreNotAllowed},
      {"yes for words", Row(RuleKind::kDirect, "10"), YesNo(true), ReportProblem::kNone},
      {"no level", Row(RuleKind::kRating, "10"), Number("4"), ReportProblem::kLevelExpected},
      {"another level", Row(RuleKind::kRating, "10"), Level("superb"), ReportProblem::kLevelUnknown},
      {"a level", Row(RuleKind::kRating, "10"), Level("missed"), ReportProblem::kNone},
      {"a level without weight", unweighted, Level("missed"), ReportProblem::kNone},
      {"points without weight", unweighted, Typed("missed", "0"), ReportProblem::kScoreNotAllowed},
      {"by hand, without weight", Row(RuleKind::kManual, ""), Typed("", "0"),
       ReportProblem::kScoreNotAllowed},
      {"by hand, none", Row(RuleKind::kManual, "10"), YesNo(true), ReportProblem::kNone},
      {"by hand, 0", Row(RuleKind::kManual, "10"), Typed("", "0"), ReportProblem::kNone},
      {"by hand, W", Row(RuleKind::kManual, "10"), Typed("", "10"), ReportProblem::kNone},
      {"by hand, above W", Row(RuleKind::kManual, "10"), Typed("", "10.01"),
       ReportProblem::kScoreOutsideWeight},
      {"by hand, below 0", Row(RuleKind::kManual, "10"), Typed("", "-0.01"),
       ReportProblem::kScoreOutsideWeight},
      {"by hand, too fine", Row(RuleKind::kManual, "10"), Typed("", "9.999"),
       ReportProblem::kScoreOutsideWeight},
      {"steps", Row(RuleKind::kSteps, "10"), Level("x"), ReportProblem::kNumberExpected},
      {"satisfaction", Row(RuleKind::kSatisfaction, "10"), Level("x"), ReportProblem::kNumberExpected}};
  for (const auto& each : cases)
    EXPECT_EQ(CheckReported(National(), each.row, each.reported).kind, each.kind) << each.what;
}

TEST(Borders, SatisfactionAndSteps) {
  const auto score = [](SatisfactionMode mode, const char* actual, const char* target = "90") {
    Indicator row = Proportional(kGe, target, "10");
    row.rule = RuleKind::kSatisfaction;
    row.options.satisfaction_mode = mode;
    return Show(ScoreIndicator(National(), row, Number(actual)).score);
  };
  const std::pair<const char*, const char*> steps[] = {
      {"100", "10"},  {"90", "10"}, {"89.999999999", "8"}, {"80", "8"},
      {"79.99", "5"}, {"60", "5"},  {"59.999999999", "0"}, {"0", "0"}};
  for (const auto& [actual, points] : steps)
    EXPECT_EQ(score(SatisfactionMode::kSteps, actual), points) << actual;
  const std::pair<const char*, const char*> floor[] = {{"90", "10"},   {"89.99", "10"}, {"89", "9.89"},
                                                       {"60", "6.67"}, {"59.99", "0"},  {"59.999999999", "0"},
                                                       {"95", "10"}};
  for (const auto& [actual, points] : floor)
    EXPECT_EQ(score(SatisfactionMode::kRatioWithFloor, actual), points) << actual;
  EXPECT_EQ(score(SatisfactionMode::kRatioWithFloor, "55", "50"), "10") << "the target comes first";
  const std::pair<const char*, const char*> absolute[] = {{"100", "10"},    {"101", "10"}, {"99.99", "10"},
                                                          {"99.9", "9.99"}, {"50", "5"},   {"0", "0"}};
  for (const auto& [actual, points] : absolute)
    EXPECT_EQ(score(SatisfactionMode::kAbsolute, actual), points) << actual;
  Indicator row = Row(RuleKind::kSteps, "10");
  row.options.steps = {{Dec("90"), false, Dec("1")}, {Dec("50"), true, Dec("0.5")}};
  const std::pair<const char*, const char*> own[] = {
      {"90.000000001", "10"}, {"90", "5"}, {"50", "5"}, {"49.999999999", "0"}};
  for (const auto& [actual, points] : own)
    EXPECT_EQ(Show(ScoreIndicator(National(), row, Number(actual)).score), points) << actual;
}

TEST(Borders, MoreThanTheTarget) {
  struct {
    Comparator comparator;
    const char *target, *actual;
    uint32_t flags;
  } const cases[] = {{kGe, "10", "11.999999999", 0},
                     {kGe, "10", "12", kFlagOverAchieved},
                     {kGe, "10", "12.999999999", kFlagOverAchieved},
                     {kGe, "10", "13", kFlagOverAchieved | kFlagReasonRequired},
                     {kGt, "10", "13", kFlagOverAchieved | kFlagReasonRequired},
                     {kEq, "10", "13", kFlagOverAchieved | kFlagReasonRequired},
                     {kLe, "10", "5", 0},
                     {kGe, "10", "10", 0},
                     {kGe, "10", "9.99", kFlagReasonRequired},
                     {kGe, "0", "13", 0},
                     {kGe, "-10", "13", 0}};
  for (const auto& each : cases) {
    const IndicatorScore score =
        ScoreIndicator(National(), Proportional(each.comparator, each.target, "10"), Number(each.actual));
    EXPECT_EQ(score.flags, each.flags) << Sign(each.comparator) << each.target << " " << each.actual;
  }
}

TEST(Borders, MoreThanTheTargetByChoice) {
  const auto over = [](OverAchievementMode mode, const char* actual, const char* deduction = nullptr) {
    Indicator row = Proportional(kGe, "10", "10");
    row.options.over_mode = mode;
    row.options.over_tiers = {{Dec("2"), Dec("0.5")}, {Dec("1.5"), Dec("0.8")}};
    row.options.over_deviation_limit = Dec("1.2");
    row.options.over_deviation_slope = Dec("0.5");
    row.options.over_deviation_floor = Dec("0.6");
    Reported reported = Number(actual);
    if (deduction != nullptr) reported.typed_deduction = Dec(deduction);
    return Show(ScoreIndicator(National(), row, reported).score);
  };
  const std::pair<const char*, const char*> tiers[] = {
      {"10", "10"}, {"14.999999999", "10"}, {"15", "8"}, {"19.999999999", "8"}, {"20", "5"}, {"90", "5"}};
  for (const auto& [actual, points] : tiers)
    EXPECT_EQ(over(OverAchievementMode::kTiers, actual), points) << actual;
  const std::pair<const char*, const char*> deviation[] = {{"10", "10"}, {"12", "10"},    {"13", "9.5"},
                                                           {"20", "6"},  {"19.8", "6.1"}, {"90", "6"}};
  for (const auto& [actual, points] : deviation)
    EXPECT_EQ(over(OverAchievementMode::kDeviation, actual), points) << actual;
  EXPECT_EQ(over(OverAchievementMode::kManual, "10", "3"), "7") << "from the target on";
  EXPECT_EQ(over(OverAchievementMode::kManual, "20", "10"), "0");
  EXPECT_EQ(over(OverAchievementMode::kManual, "20", "11"), "0");
  EXPECT_EQ(over(OverAchievementMode::kManual, "9", "3"), "9") << "below the target nothing is taken off";
  EXPECT_EQ(over(OverAchievementMode::kManual, "20"), "10");
  EXPECT_EQ(over(OverAchievementMode::kNone, "20", "3"), "10");
  Indicator row = Proportional(kGe, "10", "10");
  EXPECT_FALSE(TakesDeduction(National(), row));
  row.options.over_mode = OverAchievementMode::kManual;
  EXPECT_TRUE(TakesDeduction(National(), row));
  for (const auto& [comparator, target, takes] :
       {std::tuple(kGt, "10", true), std::tuple(kEq, "10", true), std::tuple(kEq, "0", false),
        std::tuple(kLe, "10", false)}) {
    row.comparator = comparator;
    row.target = Dec(target);
    EXPECT_EQ(TakesDeduction(National(), row), takes) << Sign(comparator) << target;
  }
  row = Proportional(kEq, "10", "10");
  row.options.over_mode = OverAchievementMode::kManual;
  row.options.equal_mode = EqualMode::kSymmetric;
  EXPECT_FALSE(TakesDeduction(National(), row)) << "more is a miss";
  row.options.equal_mode.reset();
  row.rule = RuleKind::kSatisfaction;
  EXPECT_FALSE(TakesDeduction(National(), row));
}

TEST(Borders, EasierThanLastYear) {
  struct {
    Comparator comparator;
    const char *target, *prior;
    bool easier;
  } const cases[] = {{kGe, "5", "5", false},
                     {kGe, "4.999999999", "5", true},
                     {kGe, "5.000000001", "5", false},
                     {kLe, "5", "5", false},
                     {kLe, "5.000000001", "5", true},
                     {kLe, "4.999999999", "5", false},
                     {kEq, "5", "5", false},
                     {kEq, "4.999999999", "5", true},
                     {kEq, "0", "0", false},
                     {kEq, "0", "-1", true},
                     {kEq, "0", "1", false},
                     {kGt, "4", "5", true},
                     {kLt, "6", "5", true},
                     {Comparator::kNone, "4", "5", false}};
  for (const auto& each : cases)
    EXPECT_EQ(IsEasier(each.comparator, Dec(each.target), Dec(each.prior)), each.easier)
        << Sign(each.comparator) << each.target << " after " << each.prior;
}

TEST(Borders, Completion) {
  const auto of = [](Comparator comparator, const char* target, const char* actual) {
    const IndicatorScore score =
        ScoreIndicator(National(), Proportional(comparator, target, "10"), Number(actual));
    return absl::StrCat(Show(score.completion), score.met ? " met" : "");
  };
  EXPECT_EQ(of(kGe, "3", "2"), "66.67");
  EXPECT_EQ(of(kGe, "3", "3"), "100 met");
  EXPECT_EQ(of(kGe, "0", "3"), "unset met") << "no share of nothing";
  EXPECT_EQ(of(kLe, "3", "3"), "100 met");
  EXPECT_EQ(of(kLe, "3", "4"), "133.33");
  EXPECT_EQ(of(kEq, "8", "9"), "112.5 met");
  const auto met = [](const Indicator& row, const Reported& reported) {
    return ScoreIndicator(National(), row, reported).met;
  };
  EXPECT_TRUE(met(Row(RuleKind::kRating, "10"), Level("achieved")));
  EXPECT_FALSE(met(Row(RuleKind::kRating, "10"), Level("partly")));
  EXPECT_TRUE(met(Row(RuleKind::kDirect, "10"), YesNo(true)));
  EXPECT_FALSE(met(Row(RuleKind::kDirect, "10"), YesNo(false)));
  EXPECT_TRUE(met(Row(RuleKind::kManual, "10"), Typed("", "10")));
  EXPECT_FALSE(met(Row(RuleKind::kManual, "10"), Typed("", "9.99")));
}

IndicatorScore Scored(const char* points, const char* weight = "90") {
  IndicatorScore score;
  score.status = ScoreStatus::kScored;
  score.weight = Dec(weight);
  score.score = score.sure = score.possible = Dec(points);
  return score;
}

TableScore TableOf(const char* points, const Budget& budget, const Profile& profile = National()) {
  return ScoreTable(profile, std::vector<IndicatorScore>{Scored(points)}, budget);
}

TEST(Borders, Execution) {
  struct {
    const char *budget, *spent, *execution, *total, *sure, *possible;
  } const cases[] = {{"10", "10", "10", "60", "60", "60"},
                     {"10", "10.01", "10", "60", "60", "60"},
                     {"10", "9.99", "9.99", "59.99", "59.99", "59.99"},
                     {"10", "0", "0", "50", "50", "50"},
                     {"10", "-1", "0", "50", "50", "50"},
                     {"10", "", "unset", "50", "50", "60"},
                     {"0", "5", "unset", "50", "50", "50"},
                     {"", "5", "unset", "50", "50", "50"},
                     {"-1", "5", "unset", "50", "50", "50"},
                     {"3", "1", "3.33", "53.33", "53.33", "53.33"}};
  for (const auto& each : cases) {
    const TableScore table = TableOf("50", Money(each.budget, each.spent));
    EXPECT_EQ(Show(table.execution), each.execution) << each.budget << " " << each.spent;
    EXPECT_EQ(Show(table.total), each.total) << each.budget << " " << each.spent;
    EXPECT_EQ(Show(table.sure), each.sure) << each.budget << " " << each.spent;
    EXPECT_EQ(Show(table.possible), each.possible) << each.budget << " " << each.spent;
  }
  EXPECT_EQ(Show(TableOf("50.004", Money("3", "1")).total), "53.34") << "50.004 + 3.3333…, rounded once";
  Profile without = National();
  without.execution_points.reset();
  EXPECT_EQ(Show(TableOf("50", Money("10", "10"), without).total), "50");
  EXPECT_EQ(TableOf("90", Money("10", "1"), without).light, WarningLight::kNone);
}

TEST(Borders, Grades) {
  const std::pair<const char*, const char*> cases[] = {{"89.995", "优"}, {"89.994", "良"}, {"90", "优"},
                                                       {"79.995", "良"}, {"79.994", "中"}, {"59.995", "中"},
                                                       {"59.994", "差"}, {"0", "差"}};
  for (const auto& [points, grade] : cases) EXPECT_EQ(TableOf(points, Budget()).grade, grade) << points;
  EXPECT_EQ(GradeOf(National(), Dec("-0.01")), "") << "below every band";
  Profile whole = National();
  whole.total_decimals = 0;
  EXPECT_EQ(TableOf("89.5", Budget(), whole).grade, "优");
  EXPECT_EQ(TableOf("89.49", Budget(), whole).grade, "良");
}

TEST(Borders, WarningLight) {
  struct {
    const char *points, *budget, *spent;
    WarningLight light;
  } const cases[] = {{"0", "10", "0", WarningLight::kNone},
                     {"-1", "10", "0", WarningLight::kNone},
                     {"90", "100", "95", WarningLight::kNone},
                     {"90", "100", "94.999999999", WarningLight::kRed},
                     {"45", "100", "47.5", WarningLight::kYellow},
                     {"45", "100", "47.499999999", WarningLight::kRed},
                     {"45", "100", "79.999999999", WarningLight::kYellow},
                     {"45", "100", "80", WarningLight::kNone},
                     {"45", "0", "", WarningLight::kYellow},
                     {"45", "", "5", WarningLight::kNone},
                     {"45", "10", "", WarningLight::kNone},
                     {"90", "10", "11", WarningLight::kNone}};
  for (const auto& each : cases)
    EXPECT_EQ(TableOf(each.points, Money(each.budget, each.spent)).light, each.light)
        << each.points << " " << each.budget << " " << each.spent;
}

TEST(Borders, RowsThatDoNotApply) {
  IndicatorScore away;
  away.status = ScoreStatus::kNotApplicable;
  const auto table = [&](const char* weight, bool rescale = true) {
    away.weight = Dec(weight);
    Profile profile = National();
    profile.rescale_not_applicable = rescale;
    return ScoreTable(profile, std::vector<IndicatorScore>{Scored("30", "60"), away}, Money("10", "10"));
  };
  EXPECT_EQ(Show(table("30").total), "55") << "30 of 60 are 45 of 90";
  EXPECT_EQ(table("30").indicator_points, Dec("45"));
  EXPECT_EQ(Show(table("30", false).total), "40");
  EXPECT_EQ(Show(table("90").total), "40") << "nothing would be left";
  EXPECT_EQ(Show(table("89.99").total), "270010");
  EXPECT_EQ(table("30").reported, 0);
}

TEST(Borders, Counts) {
  const Profile profile = National();
  const std::vector<IndicatorScore> scores = {
      ScoreIndicator(profile, Proportional(kGe, "4", "30"), Number("3")),
      ScoreIndicator(profile, Row(RuleKind::kRating, "30"), Level("achieved")),
      ScoreIndicator(profile, Proportional(kGe, "4", "20"), Number("6")),
      ScoreIndicator(profile, Proportional(kGe, "4", "10"), Reported())};
  const TableScore table = ScoreTable(profile, scores, Budget());
  EXPECT_EQ(table.indicators, 4);
  EXPECT_EQ(table.reported, 3) << "one waits for a person and is reported all the same";
  EXPECT_EQ(table.unscored, 1);
  EXPECT_EQ(table.reasons_required, 2);
  EXPECT_EQ(Show(table.completion), "50");
  EXPECT_EQ(Show(table.total), "42.5");
  EXPECT_EQ(Show(table.sure), "66.5");
  EXPECT_EQ(Show(table.possible), "82.5");
}

TEST(Borders, Monitoring) {
  struct {
    Comparator comparator;
    const char *target, *actual;
    int month;
    bool prorated;
    Signal signal;
    const char* percent;
  } const cases[] = {{kGe, "120", "35.999999999", 6, true, Signal::kRed, "60"},
                     {kGe, "120", "36", 6, true, Signal::kYellow, "60"},
                     {kGe, "120", "47.999999999", 6, true, Signal::kYellow, "80"},
                     {kGe, "120", "48", 6, true, Signal::kGreen, "80"},
                     {kGe, "120", "71.999999999", 6, true, Signal::kGreen, "120"},
                     {kGe, "120", "72", 6, true, Signal::kBlue, "120"},
                     {kGt, "120", "72", 6, true, Signal::kBlue, "120"},
                     {kEq, "120", "72", 6, true, Signal::kBlue, "120"},
                     {kGe, "120", "72", 6, false, Signal::kYellow, "60"},
                     {kGe, "120", "71.99", 6, false, Signal::kRed, "59.99"},
                     {kGe, "120", "10", 1, true, Signal::kGreen, "100"},
                     {kGe, "120", "120", 12, true, Signal::kGreen, "100"},
                     {kGe, "0", "0", 6, true, Signal::kGreen, "unset"},
                     {kGe, "0", "-0.000000001", 6, true, Signal::kRed, "unset"},
                     {kGt, "-3", "-3", 6, true, Signal::kGreen, "unset"},
                     {kEq, "0", "0", 6, true, Signal::kGreen, "unset"},
                     {kEq, "0", "0.000000001", 6, true, Signal::kRed, "unset"},
                     {kEq, "0", "-1", 6, true, Signal::kRed, "unset"},
                     {kLe, "5", "5", 6, true, Signal::kGreen, "unset"},
                     {kLe, "5", "5.000000001", 6, true, Signal::kRed, "unset"},
                     {kLt, "5", "5", 6, true, Signal::kGreen, "unset"}};
  for (const auto& each : cases) {
    const Progress progress = ProgressOf(National(), Proportional(each.comparator, each.target, "10"),
                                         Number(each.actual), each.month, each.prorated);
    EXPECT_EQ(progress.signal, each.signal) << Sign(each.comparator) << each.target << " " << each.actual;
    EXPECT_EQ(Show(progress.percent), each.percent)
        << Sign(each.comparator) << each.target << " " << each.actual;
  }
}

TEST(Borders, MonitoringOfLevelsWordsAndNothing) {
  const Profile profile = National();
  const Indicator rated = Row(RuleKind::kRating, "10");
  const auto signal = [&](const Indicator& row, const Reported& reported) {
    return ProgressOf(profile, row, reported, 6, true).signal;
  };
  EXPECT_EQ(signal(rated, Level("achieved")), Signal::kGreen);
  EXPECT_EQ(signal(rated, Level("partly")), Signal::kYellow);
  EXPECT_EQ(signal(rated, Level("missed")), Signal::kRed);
  EXPECT_EQ(signal(rated, Level("superb")), Signal::kNone);
  EXPECT_EQ(signal(rated, Reported()), Signal::kNone);
  EXPECT_EQ(signal(Row(RuleKind::kDirect, "10"), YesNo(true)), Signal::kNone);
  Indicator row = Proportional(kGe, "4", "10");
  EXPECT_EQ(signal(row, Reported()), Signal::kNone);
  EXPECT_EQ(signal(row, Level("achieved")), Signal::kNone);
  row.not_applicable = true;
  EXPECT_EQ(signal(row, Number("1")), Signal::kNone);
  Indicator own = rated;
  own.options.rating_bands = {{"high", "", Dec("0.5"), Dec("1")}, {"low", "", Dec("0"), Dec("0.5")}};
  EXPECT_EQ(signal(own, Level("low")), Signal::kRed);
  EXPECT_EQ(signal(own, Level("missed")), Signal::kNone);
}

TEST(Borders, MonitoringOfMoney) {
  const auto signal = [](const char* budget, const char* spent, int month) {
    const Progress progress = ProgressOf(National(), Money(budget, spent), month);
    return absl::StrCat(static_cast<int>(progress.signal), " ", Show(progress.percent));
  };
  const int red = static_cast<int>(Signal::kRed), yellow = static_cast<int>(Signal::kYellow),
            green = static_cast<int>(Signal::kGreen);
  EXPECT_EQ(signal("120", "35.99", 6), absl::StrCat(red, " 59.98"));
  EXPECT_EQ(signal("120", "36", 6), absl::StrCat(yellow, " 60"));
  EXPECT_EQ(signal("120", "47.99", 6), absl::StrCat(yellow, " 79.98"));
  EXPECT_EQ(signal("120", "48", 6), absl::StrCat(green, " 80"));
  EXPECT_EQ(signal("120", "120", 6), absl::StrCat(green, " 200")) << "money is never blue";
  EXPECT_EQ(signal("120", "10", 1), absl::StrCat(green, " 100"));
  const int none = static_cast<int>(Signal::kNone);
  for (const auto& [budget, spent] :
       {std::pair("", "5"), std::pair("0", "5"), std::pair("-1", "5"), std::pair("120", "")})
    EXPECT_EQ(signal(budget, spent, 6), absl::StrCat(none, " unset"));
}

TEST(Borders, TheWorstSignalIsShown) {
  const auto worst = [](std::vector<Signal> signals) { return Worst(signals); };
  EXPECT_EQ(worst({}), Signal::kNone);
  EXPECT_EQ(worst({Signal::kNone, Signal::kNone}), Signal::kNone);
  EXPECT_EQ(worst({Signal::kNone, Signal::kBlue}), Signal::kBlue);
  EXPECT_EQ(worst({Signal::kBlue, Signal::kGreen, Signal::kNone}), Signal::kGreen);
  EXPECT_EQ(worst({Signal::kYellow, Signal::kGreen}), Signal::kYellow);
  EXPECT_EQ(worst({Signal::kGreen, Signal::kRed, Signal::kYellow}), Signal::kRed);
}

TEST(Borders, Prorating) {
  Profile profile = National();
  EXPECT_TRUE(IsProrated(profile, "质量"));
  profile.monitoring.not_prorated = {"质量", "时效 指标"};
  for (const char* exempt : {"质量", "质量指标", " 质 量 指标", "时效", "时效指标"})
    EXPECT_FALSE(IsProrated(profile, exempt)) << exempt;
  for (const char* other : {"数量", "", "质量数量", "指标质量"})
    EXPECT_TRUE(IsProrated(profile, other)) << other;
}

TEST(Borders, Pace) {
  const auto pace = [](Comparator comparator, const char* target, const Reported& reported, int day = 182,
                       int days = 366) {
    return Show(ForecastByPace(Proportional(comparator, target, "10"), reported, day, days));
  };
  EXPECT_EQ(pace(kGe, "100", Number("91")), "183");
  EXPECT_EQ(pace(kGt, "100", Number("91")), "183");
  EXPECT_EQ(pace(kEq, "100", Number("91")), "183");
  EXPECT_EQ(pace(kGe, "100", Number("1")), "2.01");
  EXPECT_EQ(pace(kGe, "100.5555", Number("1")), "2.011") << "as many decimals as the target: 2.0110";
  EXPECT_EQ(pace(kGe, "100", Number("1.001")), "2.013");
  EXPECT_EQ(pace(kGe, "100", Number("50"), 366, 366), "50");
  EXPECT_EQ(pace(kLe, "100", Number("91")), "unset");
  EXPECT_EQ(pace(kLt, "100", Number("91")), "unset");
  EXPECT_EQ(pace(kGe, "0", Number("91")), "unset");
  EXPECT_EQ(pace(kGe, "100", Reported()), "unset");
  EXPECT_EQ(pace(kGe, "100", Level("achieved")), "unset");
  Indicator away = Proportional(kGe, "100", "10");
  away.not_applicable = true;
  EXPECT_EQ(Show(ForecastByPace(away, Number("91"), 182, 366)), "unset");
}

TEST(Borders, RollUp) {
  TableScore table, reviewed;
  table.weighted = reviewed.weighted = true;
  table.total = Dec("80");
  table.sure = Dec("70");
  table.possible = Dec("90");
  table.indicators = 7;
  table.reported = 5;
  reviewed.total = Dec("60");
  RollupSums sums = TableSums(RollupMode::kByAdjustedBudget, table, Money("30", "10"), &reviewed, 2);
  RollupSums expected;
  expected.weight = expected.adjusted = Dec("30");
  expected.spent = Dec("10");
  expected.weighted_total = Dec("2400");
  expected.weighted_sure = Dec("2100");
  expected.weighted_possible = Dec("2700");
  expected.weighted_final = Dec("1800");
  expected.tables = 1;
  expected.indicators = 7;
  expected.reported = 5;
  expected.reviewed = 2;
  EXPECT_TRUE(sums == expected);
  const RollupSums twice = RollupSums(sums) += sums;
  EXPECT_TRUE((RollupSums(twice) -= sums) == sums);
  EXPECT_EQ(twice.weighted_possible, Dec("5400"));
  EXPECT_EQ(twice.weighted_sure, Dec("4200"));
  EXPECT_EQ(twice.reviewed, 4);
  const UnitScore unit = ScoreUnit(National(), twice);
  EXPECT_EQ(Show(unit.total), "80");
  EXPECT_EQ(Show(unit.sure), "70");
  EXPECT_EQ(Show(unit.possible), "90");
  EXPECT_EQ(Show(unit.final_total), "60");
  EXPECT_EQ(unit.grade, "良");
  EXPECT_EQ(unit.final_grade, "中");
  EXPECT_EQ(Show(unit.execution_rate), "33.33");
  EXPECT_EQ(unit.reviewed, 4);
  EXPECT_TRUE(TableSums(RollupMode::kByAdjustedBudget, table, Money("", "10")).spent.is_zero())
      << "of an unknown budget";
  EXPECT_EQ(Show(ScoreUnit(National(), TableSums(RollupMode::kByAdjustedBudget, table, Budget())).total),
            "unset");
  EXPECT_EQ(Show(ScoreUnit(National(), TableSums(RollupMode::kPlainMean, table, Budget())).total), "80");
}

}  // namespace
}  // namespace attain::scoring
