// A board made up anew from what was told, not read as it is stored: as of a day, or for other targets.
#ifndef ATTAIN_SERVICE_STATE_DATED_BOARD_H_
#define ATTAIN_SERVICE_STATE_DATED_BOARD_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "service/api/names.h"
#include "service/model/table_model.h"
#include "service/state/reads.h"

namespace attain::engine {

// From the reports, spending and reviews of the table dated up to `day`; empty: all. `newest` is the table's
// newest version, `model` the one whose targets count: a report told for a target of another shape counts for
// none.
absl::StatusOr<Board> BoardByDay(const Reads& reads, const ResourceName& name, const TableModel& newest,
                                 const TableModel& model, absl::string_view day);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_DATED_BOARD_H_
