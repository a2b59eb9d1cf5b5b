// What is kept decoded between commands.
#ifndef ATTAIN_SERVICE_STATE_WORKSPACE_H_
#define ATTAIN_SERVICE_STATE_WORKSPACE_H_

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "service/model/seen_reports.h"
#include "service/model/table_model.h"

namespace attain::engine {

// A table with its board as the committer keeps it. board is empty until the table is in force.
struct WorkingTable {
  std::shared_ptr<const TableModel> model;
  std::optional<Board> board;
  uint64_t thread = 0;  // the newest revision that touched it, by whatever kind of event
  size_t bytes = 0;
  // What was reported before, of rows whose reports are added up, by row id; made when it is first asked for.
  absl::flat_hash_map<std::string, SeenReports> seen;
  std::string key, board_key, unit_board_key;  // made once, by Workspace::Insert
};

// A unit's sums for one year.
struct WorkingUnitBoard {
  disk::UnitBoardState header;                                          // profile and its version
  scoring::RollupMode rollup = scoring::RollupMode::kByAdjustedBudget;  // of that profile
  scoring::RollupSums sums;                                             // under that mode
  uint64_t touched_at = 0;  // newest revision that has it on its list
};

// What the committer keeps decoded between commands. Belongs to the committer thread. Never holds anything
// that is not in the store or in the open group.
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

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_WORKSPACE_H_
