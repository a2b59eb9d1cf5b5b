// From an event to the values of the store.
//
// The only place that changes state, for live commands and for a rebuild from the journal alike: it sees
// nothing but the event and the state (no caller, no clock, no randomness), so the same journal always gives
// the same bytes.
#ifndef ATTAIN_SERVICE_STATE_APPLIER_H_
#define ATTAIN_SERVICE_STATE_APPLIER_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attain/storage/v1/event.pb.h"
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

  // Writes the boards that events changed, and the request id when there is one.
  absl::Status WriteBoards(const disk::RequestState* request, absl::string_view request_key);

  // A stored entry once more: all of the above.
  absl::Status Replay(const disk::EntryPayload& payload);

  // How the tables that it touched stand now; after WriteBoards.
  void AppendMoved(std::vector<MovedTable>* moved) const;

  // Takes what it changed out of the workspace, so that it is read again: for events that are not kept.
  void ForgetTouched();

 private:
  absl::Status ApplyTable(const disk::TableSet& event);
  absl::Status ApplyActual(const disk::ActualRecorded& event);
  absl::Status ApplyRetraction(const disk::ActualRetracted& event);
  absl::Status ApplySpending(const disk::SpendingRecorded& event);
  absl::Status ApplyEvaluation(const disk::EvaluationSet& event);
  absl::Status ApplyReview(const disk::ReviewRecorded& event);
  absl::Status CarryBoard(const ResourceName& name, const WorkingTable& before, WorkingTable* working);
  absl::Status RecomputeCell(const ResourceName& table, WorkingTable* working, int row);
  // Brackets a change of a board: takes the table's share out of its unit and puts the new one in.
  absl::Status LeaveUnit(const WorkingTable& working);
  absl::Status JoinUnit(WorkingTable* working);
  absl::StatusOr<WorkingUnitBoard*> UnitBoard(const WorkingTable& working);
  // The unit goes over to a newer version of its profile when a table of it has; its sums are added up anew
  // when that rolls up otherwise. `working`, the table, is not among them.
  absl::Status AdoptVersion(const WorkingTable& working);
  absl::StatusOr<WorkingTable*> Working(absl::string_view table_name, ResourceName* name);

  // Keys, in the order of first touch, without doubles.
  std::vector<std::string> touched_tables_, touched_unit_boards_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_APPLIER_H_
