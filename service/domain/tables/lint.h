// The validator on stored tables.
#ifndef ATTAIN_SERVICE_DOMAIN_TABLES_LINT_H_
#define ATTAIN_SERVICE_DOMAIN_TABLES_LINT_H_

#include <vector>

#include "attain/storage/v1/state.pb.h"
#include "service/importing/document.h"
#include "service/scoring/model.h"

namespace attain::engine {

namespace disk = ::attain::storage::v1;

// Findings of RULES 9 on a table, worst first.
std::vector<importing::Finding> LintState(const disk::TableState& state, const scoring::Profile& profile);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_TABLES_LINT_H_
