// Words of documents and reports, as profiles know them.
#ifndef ATTAIN_SERVICE_SCORING_NAMES_H_
#define ATTAIN_SERVICE_SCORING_NAMES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "service/scoring/model.h"

namespace attain::scoring {

// A name as names are compared: without white space, half and full width.
std::string WithoutSpace(absl::string_view text);
// The canonical level id for what a person typed (white space ignored, synonyms of the profile), or empty.
std::string ResolveLevel(const Profile& profile, const Indicator& indicator, absl::string_view typed);

// The rule for a document's rule text (white space ignored), kUnmapped when the profile has no such alias.
RuleKind ResolveRule(const Profile& profile, absl::string_view text);

}  // namespace attain::scoring

#endif  // ATTAIN_SERVICE_SCORING_NAMES_H_
