#include "service/state/board_scan.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/state/keys.h"
#include "storage/key_codec.h"

namespace attain::engine {
namespace {

constexpr size_t kPart = 512;  // tables

struct Stored {
  ResourceName name;
  std::string table_key, board_key, board;
};

absl::Status ReadBoards(const storage::Reader& reader, const KeyRange& range, std::vector<Stored>* boards) {
  absl::Status failed;
  RETURN_IF_ERROR(reader.Scan(range.begin, range.end,
                              [&](absl::string_view key, storage::Revision, absl::string_view value) {
                                Stored& stored = boards->emplace_back();
                                stored.name.kind = ResourceName::kTable;
                                if (!ParseBoardKey(key, &stored.name.unit, &stored.name.table)) {
                                  failed = FromStore(absl::DataLossError("board key does not parse"));
                                  return false;
                                }
                                stored.table_key = TableKey(stored.name.unit, stored.name.table);
                                stored.board_key = std::string(key);
                                stored.board = std::string(value);
                                return boards->size() < kPart;
                              }));
  return failed;
}

// Tables and boards have the same order; tables that are not in force have no board.
absl::Status VisitTables(const storage::Reader& reader, const std::vector<Stored>& boards, BoardVisitor visit,
                         bool* go_on) {
  absl::Status failed;
  auto next = boards.begin();
  RETURN_IF_ERROR(reader.Scan(boards.front().table_key, storage::PrefixEnd(boards.back().table_key),
                              [&](absl::string_view key, storage::Revision, absl::string_view value) {
                                if (key < next->table_key) return true;
                                if (key != next->table_key) return false;
                                absl::StatusOr<bool> wanted = visit(next->name, value, next->board);
                                failed = wanted.status();
                                *go_on = wanted.ok() && *wanted;
                                return *go_on && ++next != boards.end();
                              }));
  RETURN_IF_ERROR(failed);
  if (*go_on && next != boards.end()) return FromStore(absl::DataLossError("a board without its table"));
  return absl::OkStatus();
}

}  // namespace

absl::Status ForEachBoard(const storage::Store& store, const BoardScan& scan, BoardVisitor visit) {
  KeyRange range = BoardsOf(scan.unit);
  if (!scan.after.table.empty())
    range.begin = std::max(range.begin, storage::PrefixEnd(BoardKey(scan.after.unit, scan.after.table)));
  std::vector<Stored> boards;
  bool go_on = true;
  do {
    ASSIGN_OR_RETURN(const auto reader, store.ReadAt(scan.revision));
    boards.clear();
    RETURN_IF_ERROR(ReadBoards(*reader, range, &boards));
    if (boards.empty()) return absl::OkStatus();
    RETURN_IF_ERROR(VisitTables(*reader, boards, visit, &go_on));
    range.begin = storage::PrefixEnd(boards.back().board_key);
  } while (go_on && boards.size() == kPart);
  return absl::OkStatus();
}

}  // namespace attain::engine
