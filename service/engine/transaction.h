// One command at work: reads the state with its own group's writes, emits events, and applies each at once.
//
// Apply is the only place that changes state, for live commands and for a rebuild from the journal alike: it sees nothing but the event
// and the state (no clock, no randomness), so the same journal always gives the same bytes.
#ifndef ATTAIN_SERVICE_ENGINE_TRANSACTION_H_
#define ATTAIN_SERVICE_ENGINE_TRANSACTION_H_

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attain/storage/v1/event.pb.h"
#include "attain/v1/common.pb.h"
#include "service/engine/caller.h"
#include "service/engine/group_listener.h"
#include "service/engine/names.h"
#include "service/engine/seen_reports.h"
#include "service/engine/table_model.h"
#include "storage/store.h"

namespace attain::engine {

// A table with its board as the committer keeps it. board is empty until the table is in force.
struct WorkingTable {
  std::shared_ptr<const TableModel> model;
  std::optional<Board> board;
  size_t bytes = 0;
  uint64_t touched_at = 0;                     // newest revision that has it on its list
  // What was reported before, of rows whose reports are added up, by row id; made when it is first asked for.
  absl::flat_hash_map<std::string, SeenReports> seen;
  std::string key, board_key, unit_board_key;  // made once, by Workspace::Insert
};

struct WorkingUnitBoard {
  disk::UnitBoardState header;  // profile and its version
  scoring::RollupMode rollup = scoring::RollupMode::kByAdjustedBudget;  // of that profile
  scoring::RollupSums sums;                                             // under that mode
  uint64_t touched_at = 0;  // as of a table
};

// What the committer keeps decoded between commands. Belongs to the committer thread. Never holds anything that is not
// in the store or in the open group.
class Workspace {
 public:
  explicit Workspace(size_t limit_bytes) : limit_(limit_bytes) {}

  WorkingTable* Find(const std::string& key);
  WorkingTable* Insert(const std::string& key, WorkingTable table);
  void Forget(const std::string& key);
  // Drops the least recently used tables above the limit; call between groups, never while one is open.
  void Trim();
  void Clear();

  absl::flat_hash_map<std::string, WorkingUnitBoard> unit_boards;
  absl::flat_hash_map<std::string, std::shared_ptr<const scoring::Profile>> profiles;  // by ProfileVersionKey

 private:
  struct Entry {
    std::string key;
    WorkingTable table;
  };
  size_t limit_;
  size_t bytes_ = 0;
  std::list<Entry> entries_;  // most recent first
  absl::flat_hash_map<std::string, std::list<Entry>::iterator> index_;
};

template <typename State>
struct Found {
  State state;
  uint64_t revision = 0;
};

struct NamedUnit {
  std::string id;
  std::string display_name;  // empty: there is no such unit yet
};

class Transaction {
 public:
  // `time_us` is the entry's recorded time. The open entry of `group` belongs to this transaction.
  // `caller` must outlive it.
  Transaction(storage::Group* group, Workspace* workspace, uint64_t revision, int64_t time_us, const Caller& caller);

  uint64_t revision() const { return revision_; }
  int64_t time_us() const { return time_us_; }
  const Caller& caller() const { return caller_; }
  size_t event_count() const { return static_cast<size_t>(payload_.events_size()); }

  // Reads. UNIT_NOT_FOUND, TABLE_NOT_FOUND, PROFILE_NOT_FOUND, ACTUAL_NOT_FOUND.
  absl::StatusOr<Found<disk::UnitState>> GetUnit(absl::string_view unit);
  absl::StatusOr<WorkingTable*> GetTable(const ResourceName& name);
  absl::StatusOr<Found<disk::ProfileState>> GetProfile(absl::string_view profile);
  absl::StatusOr<Found<disk::ActualState>> GetActual(const ResourceName& name, const ActualId& id);
  // AMENDMENT_NOT_FOUND.
  absl::StatusOr<Found<disk::AmendmentState>> GetAmendment(const ResourceName& name);
  // Number of the table's newest amendment; 0 without.
  absl::StatusOr<int32_t> NewestAmendment(const ResourceName& table);
  // OPEN at revision 0 when nothing was handed in yet.
  absl::StatusOr<Found<disk::EvaluationState>> GetEvaluation(const ResourceName& table);
  // The running figure of a row of `model` from its reports dated on or before `last_day`, without a review; empty means all of them.
  absl::StatusOr<Cell> CellBy(const ResourceName& indicator, const TableModel& model, int row, absl::string_view last_day);
  absl::StatusOr<bool> Exists(const std::string& key);
  // Calls for every stored report of an indicator, in order of recording.
  absl::Status ForEachActual(const ResourceName& indicator,
                             absl::FunctionRef<void(const ActualId& id, const disk::ActualState&)> visit);
  // Whether the indicator ever had a report, a counting one or not.
  absl::StatusOr<bool> HasReports(const ResourceName& indicator);
  // The first unit with this display name, else the first whose name differs only in white space and full-width forms; of none, the first id of
  // unit1, unit2, … that is free. Reads all units.
  absl::StatusOr<NamedUnit> UnitNamed(absl::string_view display_name);
  // The unit's tables in order of their ids, without their rows. Reads all of them.
  absl::StatusOr<std::vector<disk::TableState>> TableHeads(absl::string_view unit);
  // The compiled profile of a table; version 0 means the newest.
  absl::StatusOr<std::shared_ptr<const scoring::Profile>> CompiledProfile(absl::string_view profile, int64_t version);

  // The id that the next report of this indicator gets.
  ActualId NextActualId(const std::string& indicator_name);

  // Records and applies. Fails only when the store does.
  absl::Status Emit(disk::Event event);

  // Writes what is left (boards), the request id if any, and returns the payload for the journal.
  // The answer kept under the request id stands in the journal only; the id leads to its revision.
  absl::Status Finish(absl::string_view cause, absl::string_view request_key, std::optional<disk::RequestState> request,
                      std::string* payload);
  // Forgets what this transaction put into the workspace.
  void Abandon();

  // How the tables that it touched stand now; after Finish.
  void AppendMoved(std::vector<MovedTable>* moved) const;

  // Replays one stored entry into the group.
  absl::Status Replay(const disk::EntryPayload& payload);

  void FillCommit(v1::Commit* commit) const;

 private:
  absl::Status Apply(const disk::Event& event);
  absl::Status ApplyTable(const disk::TableSet& event);
  absl::Status ApplyActual(const disk::ActualRecorded& event);
  absl::Status ApplyRetraction(const disk::ActualRetracted& event);
  absl::Status ApplySpending(const disk::SpendingRecorded& event);
  absl::Status ApplyEvaluation(const disk::EvaluationSet& event);
  absl::Status ApplyReview(const disk::ReviewRecorded& event);
  absl::Status CarryBoard(const ResourceName& name, const WorkingTable& before, WorkingTable* working);
  absl::Status RecomputeCell(const ResourceName& table, WorkingTable* working, int row);
  absl::Status WriteBoards(const disk::RequestState* request, absl::string_view request_key);
  // Brackets a change of a board: takes the table's share out of its unit and puts the new one in.
  absl::Status LeaveUnit(const WorkingTable& working);
  absl::Status JoinUnit(WorkingTable* working);
  absl::StatusOr<WorkingUnitBoard*> UnitBoard(const WorkingTable& working);
  // The unit goes over to a newer version of its profile when a table of it has; its sums are added up anew
  // when that rolls up otherwise. `working`, the table, is not among them.
  absl::Status AdoptVersion(const WorkingTable& working);
  absl::StatusOr<WorkingTable*> Working(absl::string_view table_name, ResourceName* name);

  storage::Group* group_;
  Workspace* workspace_;
  uint64_t revision_;
  int64_t time_us_;
  const Caller& caller_;
  disk::EntryPayload payload_;
  absl::flat_hash_map<std::string, uint32_t> actual_numbers_;
  // Keys, in the order of first touch, without doubles.
  std::vector<std::string> touched_tables_, touched_unit_boards_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_ENGINE_TRANSACTION_H_
