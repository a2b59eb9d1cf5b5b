// The validator of target tables, RULES 9. Pure.
#ifndef ATTAIN_SERVICE_IMPORTING_LINTER_H_
#define ATTAIN_SERVICE_IMPORTING_LINTER_H_

#include <vector>

#include "service/importing/cells/parsed.h"

namespace attain::importing {

// Findings of RULES 9 on one table; `table_number` goes into their places.
std::vector<Finding> Lint(const ParsedTable& table, int table_number, const scoring::Profile& profile);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_LINTER_H_
