// How an indicator and the money run through the year (绩效运行监控), RULES 5 and 6:
// signals by month, and where the year ends if the pace so far goes on. Pure and exact: a signal compares
// fractions, only what is shown is rounded.
#ifndef ATTAIN_SERVICE_SCORING_MONITORING_H_
#define ATTAIN_SERVICE_SCORING_MONITORING_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "service/scoring/decimal.h"
#include "service/scoring/model.h"

namespace attain::scoring {

// Worst first, but kNone, which says that there is nothing to compare.
enum class Signal { kNone = 1, kRed, kYellow, kGreen, kBlue };

struct Progress {
  Signal signal = Signal::kNone;
  std::optional<Decimal> percent;  // v, two decimals, for people; unset where no ratio was compared
};

// Whether targets of this level 2 grow with the months. Compared as importers compare it: without white space
// and the word 指标.
bool IsProrated(const Profile& profile, absl::string_view level2);

// `reported` is what was known and true by the end of `month`, 1 … 12.
// "≥", ">" and "=" with T > 0: v = A / (T·m/12) · 100, or A / T · 100 when not prorated; below red_below red,
// below yellow_below yellow, below green_below green, else blue. "≥" and ">" with T ≤ 0: A ≥ T green, else
// red. "=" with T ≤ 0: A = T green, else red. "≤" and "<": A ≤ T green, else red. Ratings: the highest level
// green, the lowest red, those between yellow. All else has none.
Progress ProgressOf(const Profile& profile, const Indicator& indicator, const Reported& reported, int month,
                    bool prorated);

// spent % / (m/12·100) · 100: red, yellow or green; none while the budget is unknown or 0, or nothing is
// reported as spent.
Progress ProgressOf(const Profile& profile, const Budget& budget, int month);

// Red before yellow, green and blue; kNone when there is no other.
Signal Worst(absl::Span<const Signal> signals);

// A / day · days, where the value was true on that day of the year, 1 … days: what a "≥", ">" or "=" target
// above 0 comes to when the pace goes on. Rounded to two decimals, or to as many as A or T has when they are
// more, so that the score of what is printed is the score that is printed. Unset for all other rows and
// without a number.
std::optional<Decimal> ForecastByPace(const Indicator& indicator, const Reported& reported, int day,
                                      int days);

}  // namespace attain::scoring

#endif  // ATTAIN_SERVICE_SCORING_MONITORING_H_
