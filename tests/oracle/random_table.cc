#include "tests/oracle/random_table.h"

#include <algorithm>
#include <cstdlib>

namespace attain::scoring {
namespace {

// For literals of this file.
Decimal Literal(const char* text) {
  const absl::StatusOr<Decimal> parsed = Decimal::Parse(text);
  if (!parsed.ok()) std::abort();
  return *parsed;
}

bool IsNumeric(const Indicator& row) {
  return row.rule == RuleKind::kProportional || row.rule == RuleKind::kSteps ||
         row.rule == RuleKind::kSatisfaction || row.target.has_value();
}

const std::vector<RatingBand>& BandsOf(const Profile& profile, const Indicator& row) {
  return row.options.rating_bands.empty() ? profile.defaults.rating_bands : row.options.rating_bands;
}

}  // namespace

Decimal TableMaker::Pick(std::initializer_list<const char*> choices) {
  return Literal(choices.begin()[Below(choices.size())]);
}

Decimal TableMaker::AnyNumber() {
  const int scale = static_cast<int>(Below(5));
  const int64_t bound = OneIn(4) ? 1'000'000'000'000 : 20'000;
  return Decimal::FromInt64(static_cast<int64_t>(Below(static_cast<uint64_t>(bound))), scale);
}

RuleOptions TableMaker::MakeOptions(bool all) {
  RuleOptions options;
  const auto wanted = [&] { return all || OneIn(6); };
  if (wanted()) options.equal_mode = static_cast<EqualMode>(1 + Below(3));
  if (wanted()) options.reverse_mode = static_cast<ReverseMode>(1 + Below(2));
  if (wanted()) options.satisfaction_mode = static_cast<SatisfactionMode>(1 + Below(3));
  if (wanted()) options.score_decimals = static_cast<int>(Below(3));
  if (wanted()) options.rounding = static_cast<Rounding>(1 + Below(3));
  if (wanted())
    options.over_mode =
        OneIn(2) ? OverAchievementMode::kNone : static_cast<OverAchievementMode>(1 + Below(4));
  if (OneIn(6)) options.pass_gate = Pick({"0.6", "0.5", "0.333", "1"});
  if (OneIn(8)) options.deduct_per_missing = Pick({"1", "0.5", "2.25", "0"});
  if (OneIn(6)) options.direct_deduction = Pick({"1", "0.5", "3.333", "100"});
  if (wanted()) {
    switch (Below(3)) {
      case 0:
        options.steps = {{Literal("90"), true, Literal("1")},
                         {Literal("80"), true, Literal("0.8")},
                         {Literal("60"), true, Literal("0.5")}};
        break;
      case 1:
        options.steps = {{Literal("95"), false, Literal("1")},
                         {Literal("85.5"), true, Literal("0.75")},
                         {Literal("0"), true, Literal("0.1")}};
        break;
      default:  // less is better
        options.steps = {{Literal("30"), false, Literal("0")},
                         {Literal("10"), false, Literal("0.333")},
                         {Literal("0"), true, Literal("0.9")}};
    }
  }
  if (wanted()) {
    const char* middle = OneIn(2) ? "0.6" : "0.5";
    options.rating_bands = {{"achieved", "好", Literal("0.8"), Literal("1")},
                            {"partly", "中", Literal(middle), Literal("0.8")},
                            {"missed", "差", Literal("0"), Literal(middle)}};
  }
  if (OneIn(2))
    options.over_tiers = {
        {Literal("2"), Literal("0.5")}, {Literal("1.5"), Literal("0.85")}, {Literal("1"), Literal("0.95")}};
  if (options.over_tiers.empty() && all) options.over_tiers = {{Literal("1.3"), Literal("0.9")}};
  if (OneIn(2)) options.over_deviation_limit = Pick({"1", "1.2", "1.3", "0.9"});
  if (OneIn(2)) options.over_deviation_slope = Pick({"1", "0.5", "2", "0.333"});
  if (OneIn(2)) options.over_deviation_floor = Pick({"0", "0.6", "0.123"});
  return options;
}

Profile TableMaker::MakeProfile() {
  Profile profile;
  profile.id = "random";
  profile.version = 1;
  profile.defaults = MakeOptions(true);
  profile.indicator_points = Pick({"90", "100", "80", "90"});
  if (!OneIn(8)) profile.execution_points = Pick({"10", "20", "9", "10"});
  profile.grades = {{"A", Literal("90")},
                    {"B", Literal("80")},
                    {"C", Literal(OneIn(2) ? "60" : "70")},
                    {"D", Literal("0")}};
  profile.total_decimals = OneIn(4) ? static_cast<int>(Below(3)) : 2;
  profile.rescale_not_applicable = !OneIn(5);
  profile.over_flag_ratio = Pick({"1.2", "1.5", "1"});
  profile.over_reason_ratio = Pick({"1.3", "2"});
  profile.warning_gap = Pick({"0.05", "0.1", "0"});
  profile.warning_unspent = Pick({"0.2", "0.5"});
  profile.rollup = OneIn(3) ? RollupMode::kPlainMean : RollupMode::kByAdjustedBudget;
  return profile;
}

Indicator TableMaker::MakeRow(const Profile& profile) {
  Indicator row;
  row.rule = static_cast<RuleKind>(OneIn(20) ? 0 : OneIn(2) ? 1 : 1 + Below(6));
  row.options = MakeOptions(false);
  if (OneIn(3)) row.options = RuleOptions();
  row.weight =
      OneIn(3) ? Decimal::FromInt64(static_cast<int64_t>(Below(4000)), 2)
               : Pick({"10", "5", "3.33", "22.5", "2.8", "7.5", "40", "0.01", "2.875", "3.335", "0", "12"});
  if (OneIn(60)) row.weight.reset();
  row.not_applicable = OneIn(12);
  row.allow_negative = OneIn(6);
  const bool text = row.rule == RuleKind::kRating || row.rule == RuleKind::kManual ||
                    (row.rule == RuleKind::kDirect && OneIn(2));
  if (!text) {
    row.comparator = static_cast<Comparator>(1 + Below(5));
    row.target = OneIn(3) ? AnyNumber()
                 : OneIn(20)
                     ? Pick({"999999999999999999.999999999", "0.000000001"})
                     : Pick({"0", "1", "3", "4", "30", "45", "90", "100", "0.5", "33.33", "95", "-5", "7"});
  }
  (void)profile;
  return row;
}

Decimal TableMaker::Actual(const Profile& profile, const Indicator& row) {
  const Decimal target = row.target.value_or(Literal("90"));
  const Decimal tick = Decimal::FromInt64(1, 9);
  const Decimal ratio =
      Pick({"0", "0.333", "0.5", "0.6", "0.9", "0.97", "1", "1", "1.2", "1.3", "1.5", "2", "3"});
  Decimal value = OneIn(5) ? AnyNumber() : (ratio * target).Round(9, Rounding::kDown);
  if (OneIn(6)) value = Pick({"60", "80", "85.5", "90", "95", "100", "10", "30", "0"});
  switch (Below(6)) {
    case 0:
      value = value + tick;
      break;
    case 1:
      value = value - tick;
      break;
    case 2:
      value = target - Decimal::FromInt(static_cast<int64_t>(Below(6)));
      break;
    default:
      break;
  }
  (void)profile;
  if (value.sign() < 0 && !row.allow_negative) value = OneIn(2) ? -value : Decimal();
  return value;
}

Reported TableMaker::Report(const Profile& profile, const Indicator& row) {
  Reported reported;
  reported.reported = true;
  reported.revision = 1 + Below(1000);
  if (IsNumeric(row)) reported.number = Actual(profile, row);
  if (row.rule == RuleKind::kDirect && !row.target.has_value() && !OneIn(10)) reported.met = OneIn(2);
  if (IsNumeric(row) && OneIn(2)) reported.typed_deduction = Pick({"0.5", "1", "0", "50"});
  const bool typed = row.weight.has_value() && !OneIn(4);
  const auto between = [&](const Decimal& low, const Decimal& high) {
    // Both ends often; two decimals.
    if (low >= high || OneIn(3)) return low;
    if (OneIn(2)) return high;
    const int64_t from = static_cast<int64_t>((low * Decimal::FromInt(100)).coefficient());
    const int64_t to = static_cast<int64_t>((high * Decimal::FromInt(100)).coefficient());
    return Decimal::FromInt64(from + static_cast<int64_t>(Below(static_cast<uint64_t>(to - from + 1))), 2);
  };
  if (row.rule == RuleKind::kManual && typed) {
    reported.typed_score = between(Decimal(), row.weight->Round(2, Rounding::kDown));
  }
  if (row.rule == RuleKind::kRating) {
    const auto& bands = BandsOf(profile, row);
    reported.level = bands[Below(bands.size())].level;
    // The edges by trial: a score is right when it may be recorded.
    const ReportProblem problem = [&] {
      Reported probe = reported;
      probe.typed_score = Literal("-1");
      return CheckReported(profile, row, probe);
    }();
    if (typed && problem.low.has_value()) {
      const Decimal last = problem.high_inclusive ? *problem.high : *problem.high - Decimal::FromInt64(1, 2);
      reported.typed_score = between(*problem.low, std::max(*problem.low, last));
    }
  }
  return reported;
}

RandomTable TableMaker::Table() {
  RandomTable table;
  table.profile = MakeProfile();
  const uint64_t count = 1 + Below(6);
  for (uint64_t i = 0; i < count; ++i) {
    table.rows.push_back(MakeRow(table.profile));
    table.reported.push_back(OneIn(5) ? Reported() : Report(table.profile, table.rows.back()));
  }
  if (!OneIn(8))
    table.budget.adjusted =
        OneIn(10) ? Decimal()
                  : Pick({"35.33", "10.38", "24.79", "100", "0.01", "999999999999999999.999999999"});
  if (!OneIn(8)) {
    const Decimal share = Pick({"0", "0.5", "0.79", "0.8", "0.81", "0.9", "0.95", "1", "1.1"});
    table.budget.spent =
        OneIn(4) ? AnyNumber()
                 : (share * table.budget.adjusted.value_or(Literal("50"))).Round(9, Rounding::kDown);
  }
  return table;
}

}  // namespace attain::scoring
