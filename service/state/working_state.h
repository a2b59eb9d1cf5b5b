// The state as the open group of the committer sees it: what is committed, with the writes of the group
// itself on top.
#ifndef ATTAIN_SERVICE_STATE_WORKING_STATE_H_
#define ATTAIN_SERVICE_STATE_WORKING_STATE_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "service/api/names.h"
#include "service/model/table_model.h"
#include "service/state/reads.h"
#include "service/state/workspace.h"
#include "storage/store.h"

namespace attain::engine {

// Thread-compatible. Errors are the store's, and those named below.
class WorkingState {
 public:
  // The open entry of `group` has this revision. Neither pointer is owned.
  WorkingState(storage::Group* group, Workspace* workspace, uint64_t revision)
      : reads_(group), group_(group), workspace_(workspace), revision_(revision) {}

  uint64_t revision() const { return revision_; }

  // Everything that is stored as it stands.
  const Reads& reads() const { return reads_; }
  // Compiled, and kept in the workspace. RESOURCE_NOT_FOUND.
  absl::StatusOr<WorkingTable*> GetTable(const ResourceName& name);
  // The running figure of a row of `model` from its reports dated on or before `last_day`, without a review;
  // empty means all of them.
  absl::StatusOr<Cell> CellBy(const ResourceName& indicator, const TableModel& model, int row,
                              absl::string_view last_day);
  // The compiled profile of a table; version 0 means the newest.
  absl::StatusOr<std::shared_ptr<const scoring::Profile>> CompiledProfile(absl::string_view profile,
                                                                          int64_t version);

 protected:
  storage::Group* group() const { return group_; }
  Workspace* workspace() const { return workspace_; }

 private:
  const Reads reads_;
  storage::Group* const group_;
  Workspace* const workspace_;
  const uint64_t revision_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_WORKING_STATE_H_
