// What rule options may say, wherever they stand: in a row or as a profile's defaults.
#ifndef ATTAIN_SERVICE_DOMAIN_PROFILES_RULE_CHECKS_H_
#define ATTAIN_SERVICE_DOMAIN_PROFILES_RULE_CHECKS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "attain/v1/rule.pb.h"
#include "service/api/errors.h"

namespace attain::engine {

// A row may leave out whatever its profile says; nothing stands behind a profile's options.
enum class OptionsOf { kRow, kProfile };

// What would score wrongly without a word: lists that are not highest first, rating bands with gaps, shares
// outside 0 … 1, numbers and enum values that are none; in a profile also what is missing. `at` is the path
// of the options; each violation names its field below it. Empty: all is well.
std::vector<Violation> CheckRuleOptions(const v1::RuleOptions& options, absl::string_view at,
                                        OptionsOf of = OptionsOf::kRow);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_PROFILES_RULE_CHECKS_H_
