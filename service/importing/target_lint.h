// The validator's findings on the target and the rule of one row. Nobody outside this folder includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_TARGET_LINT_H_
#define ATTAIN_SERVICE_IMPORTING_TARGET_LINT_H_

#include <vector>

#include "service/importing/document.h"

namespace attain::importing {

// Everything but place (its column is filled in), table, indicator and points. `weighted`: the table is
// scored. Pure; reads nothing but the row as it is stored, so the same table gives the same findings on
// import and later.
std::vector<Finding> LintTarget(const ParsedIndicator& row, bool weighted, const scoring::Profile& profile);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_TARGET_LINT_H_
