#include "service/state/workspace.h"

#include <utility>

#include "service/state/keys.h"

namespace attain::engine {

WorkingTable* Workspace::Find(const std::string& key) {
  auto it = index_.find(key);
  if (it == index_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, it->second);
  return &it->second->table;
}

WorkingTable* Workspace::Insert(const std::string& key, WorkingTable table) {
  Forget(key);
  table.bytes = table.model->ApproximateBytes() + table.model->rows.size() * sizeof(Cell) * 2;
  bytes_ += table.bytes;
  table.key = key;
  table.board_key = BoardKey(table.model->unit, table.model->table);
  table.unit_board_key = UnitBoardKey(table.model->unit, table.model->state.fiscal_year());
  entries_.push_front({key, std::move(table)});
  index_[key] = entries_.begin();
  return &entries_.front().table;
}

void Workspace::Forget(const std::string& key) {
  auto it = index_.find(key);
  if (it == index_.end()) return;
  bytes_ -= it->second->table.bytes;
  entries_.erase(it->second);
  index_.erase(it);
}

void Workspace::Trim() {
  while (bytes_ > limit_ && !entries_.empty()) {
    const Entry& oldest = entries_.back();
    bytes_ -= oldest.table.bytes;
    index_.erase(oldest.key);
    entries_.pop_back();
  }
  // Unit boards and profiles are small; a bound keeps a million units from staying for ever.
  if (unit_boards.size() > 100'000) unit_boards.clear();
  if (profiles.size() > 10'000) profiles.clear();
}

void Workspace::Clear() {
  entries_.clear();
  index_.clear();
  unit_boards.clear();
  profiles.clear();
  bytes_ = 0;
}

}  // namespace attain::engine
