// Options of a rule as one cell of the template has them: "pass_gate=0.6; equal_mode=strict;
// steps=90:1/80:0.8".
#ifndef ATTAIN_SERVICE_IMPORTING_RULE_OPTIONS_H_
#define ATTAIN_SERVICE_IMPORTING_RULE_OPTIONS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "service/scoring/model.h"

namespace attain::importing {

// Reads `text` into `options` and returns the parts that could not be read, empty when all could. Names are
// those of RuleOptions of the API without its lists of rating bands; modes are written as there, without
// prefix and in any case; steps and over_tiers as from:factor, highest first, with / between them.
std::vector<std::string> ParseRuleOptions(absl::string_view text, scoring::RuleOptions* options);

// The names, for people.
std::string RuleOptionNames();

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_RULE_OPTIONS_H_
