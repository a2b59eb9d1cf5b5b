// Profiles and rows for tests of scoring. The built-in profiles are data of the engine; these hold the
// defaults of RULES.md.
#ifndef ATTAIN_TESTS_UNIT_SCORING_TEST_PROFILES_H_
#define ATTAIN_TESTS_UNIT_SCORING_TEST_PROFILES_H_

#include "absl/strings/string_view.h"
#include "service/scoring/score.h"

namespace attain::scoring {

// The number; the test aborts when it is none.
Decimal Dec(absl::string_view text);

// RULES.md's defaults: 90 + 10 points, LINEAR, AT_LEAST, r2, bands 80/60, grades 90/80/60.
Profile National();
// The same rules under another name: the province's defaults equal the national ones.
Profile Xinjiang();

// A row of `weight` points; an empty weight leaves it unweighted.
Indicator Row(RuleKind rule, absl::string_view weight);
// A PROPORTIONAL row.
Indicator Proportional(Comparator comparator, absl::string_view target, absl::string_view weight);

Reported Number(absl::string_view value);
Reported Level(absl::string_view level);
// With a typed score.
Reported Typed(absl::string_view level, absl::string_view score);
Reported YesNo(bool met);

// A budget; an empty text is unknown.
Budget Money(absl::string_view adjusted, absl::string_view spent);

// "7.5", or "unset".
std::string Show(const std::optional<Decimal>& value);

}  // namespace attain::scoring

#endif  // ATTAIN_TESTS_UNIT_SCORING_TEST_PROFILES_H_
