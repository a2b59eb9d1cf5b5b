// Boards carried on from one revision to the next, for a reader that goes through all of them: a report is
// applied to the board at hand as it was when it was recorded, and nothing is read or decoded again.
#ifndef ATTAIN_SERVICE_CHANGES_RUNNING_BOARDS_H_
#define ATTAIN_SERVICE_CHANGES_RUNNING_BOARDS_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attain/storage/v1/event.pb.h"
#include "attain/v1/score.pb.h"
#include "service/state/footprint.h"
#include "service/state/snapshot.h"

namespace attain::engine {

// Thread-compatible.
class RunningBoards {
 public:
  // To the next revision. What this cannot carry on is forgotten and read again when it is asked for.
  // `footprints` are those of the events, in their order.
  absl::Status Advance(const disk::EntryPayload& payload, const std::vector<Footprint>& footprints,
                       uint64_t revision);
  // A table at the revision last advanced to, which is `now`; nothing where it is not in force. Good until
  // Advance.
  absl::StatusOr<std::optional<TableView>> Find(const Snapshot& now, const ResourceName& table);
  // Only what is at hand, else null.
  const TableModel* FindModel(const std::string& table) const;
  // A unit's roll-up of a year, as FindUnitScore gives it.
  absl::StatusOr<bool> FillUnit(const Snapshot& now, const std::string& unit, int32_t fiscal_year,
                                v1::Score* out);
  void Clear();

 private:
  struct Running {
    std::shared_ptr<const TableModel> model;
    std::shared_ptr<Board> board;
  };
  struct RunningUnit {
    disk::UnitState state;
    Snapshot::UnitView view;
  };
  void Forget(const Footprint& footprint);
  void ForgetUnit(const std::string& unit);
  absl::Status Apply(const disk::ActualRecorded& event, const Footprint& footprint, uint64_t revision);

  absl::flat_hash_map<std::string, Running> tables_;              // by resource name
  size_t rows_ = 0;                                               // of all of them together
  std::map<std::pair<std::string, int32_t>, RunningUnit> units_;  // by id and fiscal year
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_CHANGES_RUNNING_BOARDS_H_
