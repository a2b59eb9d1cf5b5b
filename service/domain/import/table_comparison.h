// A table of a document beside one that is there already: what differs, row by row.
#ifndef ATTAIN_SERVICE_DOMAIN_IMPORT_TABLE_COMPARISON_H_
#define ATTAIN_SERVICE_DOMAIN_IMPORT_TABLE_COMPARISON_H_

#include <string>
#include <vector>

#include "attain/storage/v1/state.pb.h"
#include "service/domain/import/figure_recorder.h"
#include "service/importing/document.h"

namespace attain::engine {

// Tells that `coming` is the table `there` and was not imported again (a warning with this code, for the
// table as a whole), and what differs in target, unit, weight, budget and rows (TABLE_ROW_DIFFERS, at most 20
// and then their number). `name` is how people find the other: a resource name, or "table 2".
void TellSameTable(const disk::TableState& there, const disk::TableState& coming, absl::string_view code,
                   const scoring::Text& name, const FigureOrigin& origin,
                   std::vector<importing::Finding>* findings);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_IMPORT_TABLE_COMPARISON_H_
