#include "service/scoring/monitoring.h"

#include <algorithm>

#include "absl/strings/strip.h"
#include "service/scoring/names.h"
#include "service/scoring/ratio.h"

namespace attain::scoring {
namespace {

constexpr int kMonths = 12, kShownDecimals = 2;

bool IsUpperLimit(Comparator comparator) {
  return comparator == Comparator::kAtMost || comparator == Comparator::kLess;
}

// Whether more is better and there is something to divide by.
bool HasRatio(const Indicator& indicator) {
  return indicator.target.has_value() && indicator.comparator != Comparator::kNone &&
         !IsUpperLimit(indicator.comparator) && indicator.target->sign() > 0;
}

// numerator / denominator as a percentage, denominator > 0. With `caps` false nothing is ahead: money has no
// blue.
Progress Grade(const Monitoring& rules, const Decimal& numerator, const Decimal& denominator, bool caps) {
  const Decimal percent = numerator * Decimal::FromInt(100);
  Progress progress;
  progress.percent = Quotient(percent, denominator, kShownDecimals, Rounding::kHalfAway);
  const auto below = [&](const Decimal& limit) { return percent < limit * denominator; };
  if (below(rules.red_below)) {
    progress.signal = Signal::kRed;
  } else if (below(rules.yellow_below)) {
    progress.signal = Signal::kYellow;
  } else {
    progress.signal = !caps || below(rules.green_below) ? Signal::kGreen : Signal::kBlue;
  }
  return progress;
}

Signal LevelSignal(const Profile& profile, const Indicator& indicator, const std::string& level) {
  const auto& own = indicator.options.rating_bands;
  const auto& bands = own.empty() ? profile.defaults.rating_bands : own;
  for (size_t i = 0; i < bands.size(); ++i) {
    if (bands[i].level != level) continue;
    if (i == 0) return Signal::kGreen;
    return i + 1 == bands.size() ? Signal::kRed : Signal::kYellow;
  }
  return Signal::kNone;
}

std::string LevelName(absl::string_view text) {
  return std::string(absl::StripSuffix(WithoutSpace(text), "指标"));
}

}  // namespace

Progress ProgressOf(const Profile& profile, const Indicator& indicator, const Reported& reported, int month,
                    bool prorated) {
  if (!reported.reported || indicator.not_applicable) return {};
  if (!indicator.target.has_value() || indicator.comparator == Comparator::kNone) {
    return {LevelSignal(profile, indicator, reported.level), std::nullopt};
  }
  if (!reported.number.has_value()) return {};
  const Decimal& actual = *reported.number;
  const Decimal& target = *indicator.target;
  if (HasRatio(indicator)) {
    return Grade(profile.monitoring, actual * Decimal::FromInt(kMonths),
                 target * Decimal::FromInt(prorated ? month : kMonths), /*caps=*/true);
  }
  const bool met = IsUpperLimit(indicator.comparator)           ? actual <= target
                   : indicator.comparator == Comparator::kEqual ? actual == target
                                                                : actual >= target;
  return {met ? Signal::kGreen : Signal::kRed, std::nullopt};
}

Progress ProgressOf(const Profile& profile, const Budget& budget, int month) {
  if (!budget.adjusted.has_value() || budget.adjusted->sign() <= 0 || !budget.spent.has_value()) return {};
  return Grade(profile.monitoring, *budget.spent * Decimal::FromInt(kMonths),
               *budget.adjusted * Decimal::FromInt(month),
               /*caps=*/false);
}

Signal Worst(absl::Span<const Signal> signals) {
  Signal worst = Signal::kNone;
  for (const Signal signal : signals) {
    if (signal == Signal::kNone) continue;
    if (worst == Signal::kNone || signal < worst) worst = signal;
  }
  return worst;
}

std::optional<Decimal> ForecastByPace(const Indicator& indicator, const Reported& reported, int day,
                                      int days) {
  if (!reported.reported || !reported.number.has_value() || indicator.not_applicable ||
      !HasRatio(indicator)) {
    return std::nullopt;
  }
  const int decimals = std::max({kShownDecimals, reported.number->scale(), indicator.target->scale()});
  return Quotient(*reported.number * Decimal::FromInt(days), Decimal::FromInt(day), decimals,
                  Rounding::kHalfAway);
}

bool IsProrated(const Profile& profile, absl::string_view level2) {
  const std::string name = LevelName(level2);
  for (const std::string& exempt : profile.monitoring.not_prorated) {
    if (LevelName(exempt) == name) return false;
  }
  return true;
}

}  // namespace attain::scoring
