// Goes through the tables in force with their boards as they lie on disk: for questions that need every one
// of a large store.
#ifndef ATTAIN_SERVICE_STATE_BOARD_SCAN_H_
#define ATTAIN_SERVICE_STATE_BOARD_SCAN_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "service/api/names.h"
#include "storage/store.h"

namespace attain::engine {

struct BoardScan {
  uint64_t revision = 0;
  std::string unit = "-";  // "-" = all
  // Only tables behind this one; a name without a table means from the first.
  ResourceName after;
};

// The bytes of one table and its board, valid during the call. False stops the scan.
using BoardVisitor = absl::FunctionRef<absl::StatusOr<bool>(const ResourceName& name, absl::string_view table,
                                                            absl::string_view board)>;

// In name order. Reads some hundred tables at a time and opens the revision anew for each, so that a long
// scan holds on to neither an old state of the store nor more than one such part in memory. Fills no cache.
absl::Status ForEachBoard(const storage::Store& store, const BoardScan& scan, BoardVisitor visit);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_BOARD_SCAN_H_
