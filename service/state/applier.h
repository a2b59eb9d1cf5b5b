// From an event to the values of the store.
//
// The only place that changes state, for live commands and for a rebuild from the journal alike: it sees
// nothing but the event and the state (no caller, no clock, no randomness), so the same journal always gives
// the same bytes.
#ifndef ATTAIN_SERVICE_STATE_APPLIER_H_
#define ATTAIN_SERVICE_STATE_APPLIER_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attain/storage/v1/event.pb.h"
#include "service/state/entry.h"
#include "service/state/footprint.h"
#include "service/state/group_listener.h"
#include "service/state/working_state.h"

namespace attain::engine {

// The events of one revision. Thread-compatible.
class Applier : public WorkingState {
 public:
  using WorkingState::WorkingState;

  // Fails only when the store does, and with DATA_LOSS for an event that does not fit the state. Boards wait
  // for WriteBoards.
  absl::Status Apply(const disk::Event& event);

  // Writes the boards that events changed, the threads of tables touched otherwise, and the request id when
  // there is one.
  absl::Status WriteBoards(const disk::RequestState* request, absl::string_view request_key);

  // A stored entry once more: all of the above. One that was written whole left no threads.
  absl::Status Replay(const disk::EntryPayload& payload, storage::EntryForm form);

  // The tables that events touched, in the order of first touch.
  const std::vector<ThreadStep>& steps() const { return steps_; }

  // How the tables that it touched stand now; after WriteBoards.
  void AppendMoved(std::vector<MovedTable>* moved) const;

  // Takes what the events touched out of the workspace, so that it is read again: for events that are not
  // kept, and after an error.
  void ForgetTouched();

 private:
  struct Thread {
    ResourceName table;
    bool moves_board = false;  // then the board, or the table itself, has the revision
  };

  absl::Status Note(const Footprint& footprint);
  absl::Status NoteStep(const ResourceName& table, bool moves_board);
  void WriteThreads();
  absl::Status ApplyTable(const ResourceName& name, const disk::TableSet& event);
  absl::Status ApplyActual(const ResourceName& name, const disk::ActualRecorded& event);
  absl::Status ApplyRetraction(const ResourceName& name, const disk::ActualRetracted& event);
  absl::Status ApplySpending(const ResourceName& name, const disk::SpendingRecorded& event);
  absl::Status ApplyEvaluation(const ResourceName& name, const disk::EvaluationSet& event);
  absl::Status ApplyReview(const ResourceName& name, const disk::ReviewRecorded& event);
  absl::Status CarryBoard(const ResourceName& name, const WorkingTable& before, WorkingTable* working);
  // Writes the report, and what becomes of the one that it corrects.
  absl::Status PutActual(ResourceName name, const disk::ActualRecorded& event, const TableModel& model,
                         int row, Board* board);
  // A report of the row counts no longer. That is rare: the row's reports are read again instead of one being
  // undone.
  absl::Status TakeBack(const ResourceName& table, const TableModel& model, int row, Board* board);
  absl::Status RecomputeCell(const ResourceName& table, const TableModel& model, int row, Board* board);

  // The one way to another board: takes the table's share out of its unit, lets `change` work, and puts the
  // share of the table that it returns into that one's unit. `before` is null for a table that is new; it may
  // be gone when `change` has run.
  absl::Status ChangeBoard(const WorkingTable* before,
                           absl::FunctionRef<absl::StatusOr<WorkingTable*>()> change);
  // The same for a table that stays as it is: `change` gets the row `indicator`, or -1 when that is empty.
  // DATA_LOSS when the table is not in force or has no such row.
  using CellChange = absl::FunctionRef<absl::Status(const TableModel& model, int row, Board* board)>;
  absl::Status ChangeBoard(const ResourceName& table, const std::string& indicator, CellChange change);
  // Null when the table has no part in its unit's sums.
  absl::StatusOr<WorkingUnitBoard*> UnitBoardWith(const WorkingTable& working);
  absl::StatusOr<WorkingUnitBoard*> UnitBoard(const WorkingTable& working);
  // The unit goes over to a newer version of its profile when a table of it has; its sums are added up anew
  // when that rolls up otherwise. `working`, the table, is not among them.
  absl::Status AdoptVersion(const WorkingTable& working);

  std::vector<ThreadStep> steps_;
  absl::flat_hash_map<std::string, size_t> step_of_;  // by key of the table
  std::vector<Thread> threads_;                       // one for each step
  int32_t noted_ = 0;                                 // events
  bool keeps_threads_ = true;
  // What footprints told: keys, in the order of first touch, without doubles.
  std::vector<std::string> touched_tables_;
  absl::flat_hash_set<std::string> known_tables_;  // the same, once there are several
  bool touched_profile_ = false;
  // Units that have a share of those tables.
  std::vector<std::string> touched_unit_boards_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_APPLIER_H_
