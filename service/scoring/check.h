// What may be reported of an indicator.
#ifndef ATTAIN_SERVICE_SCORING_CHECK_H_
#define ATTAIN_SERVICE_SCORING_CHECK_H_

#include <optional>

#include "service/scoring/decimal.h"
#include "service/scoring/model.h"

namespace attain::scoring {

// Refuses what may not be recorded: a text for a numeric indicator, a level the scale does not have, a typed
// score outside its band or outside [0, W] or with more than two decimals, a typed score where the rule
// computes it or the row has no weight.
struct ReportProblem {
  enum Kind {
    kNone,
    kNumberExpected,
    kLevelUnknown,
    kScoreOutsideBand,
    kScoreOutsideWeight,
    kScoreNotAllowed,
    kLevelExpected
  } kind = kNone;
  std::optional<Decimal> low, high;  // the band, when kScoreOutsideBand or kScoreOutsideWeight
  bool high_inclusive = false;
};
ReportProblem CheckReported(const Profile& profile, const Indicator& indicator, const Reported& reported);

}  // namespace attain::scoring

#endif  // ATTAIN_SERVICE_SCORING_CHECK_H_
