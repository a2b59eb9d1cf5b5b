// A table as the engine works with it: rows compiled for scoring, the running figures (board), and the step from one to the
// scores. Pure functions over values; no storage, no clock.
#ifndef ATTAIN_SERVICE_ENGINE_TABLE_MODEL_H_
#define ATTAIN_SERVICE_ENGINE_TABLE_MODEL_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attain/storage/v1/state.pb.h"
#include "service/scoring/model.h"
#include "service/scoring/score.h"

namespace attain::engine {

namespace disk = ::attain::storage::v1;

// A profile ready for scoring. DATA_LOSS when a stored number does not parse (it was checked before it was stored).
absl::StatusOr<scoring::Profile> CompileProfile(const disk::ProfileState& state);

// Rule options of a row or of a profile's defaults. INVALID_ARGUMENT naming the field ("pass_gate").
absl::StatusOr<scoring::RuleOptions> CompileOptions(const disk::RuleOptionsState& state);
absl::StatusOr<scoring::Indicator> CompileIndicator(const disk::IndicatorState& state);

// One table at one version. Immutable once made: shared between the committer and readers.
struct TableModel {
  std::string unit, table;  // ids
  disk::TableState state;
  uint64_t revision = 0;    // of this version
  std::shared_ptr<const scoring::Profile> profile;
  std::vector<scoring::Indicator> rows;
  absl::flat_hash_map<std::string, int> row_by_id;

  bool in_force() const;  // APPROVED or CLOSED
  bool weighted() const;
  size_t ApproximateBytes() const;
};
absl::StatusOr<std::shared_ptr<const TableModel>> CompileTable(absl::string_view unit, absl::string_view table,
                                                               disk::TableState state, uint64_t revision,
                                                               std::shared_ptr<const scoring::Profile> profile);

// The running figure of one row.
struct Cell {
  scoring::Reported reported;
  std::string reason;
  std::string actual_id;
  scoring::Decimal sum, denominator_sum;
  int64_t count = 0;
};

// All running figures of one table with the scores that follow from them.
struct Board {
  std::vector<Cell> cells;
  scoring::Budget budget;          // adjusted is the table's own until a spending report changes it
  std::string spent_date;
  uint64_t revision = 0;           // newest input
  std::vector<scoring::IndicatorScore> scores;
  scoring::TableScore total;
  // What EncodeBoard made of each cell; empty for a cell that was scored since.
  std::vector<std::string> encoded;

  size_t ApproximateBytes() const;
};

// Nothing reported yet.
Board EmptyBoard(const TableModel& model);
// Adds one active report to the row's running figure (domain.md section 3), and says so in the cell. Does not re-score.
void Accumulate(const TableModel& model, int row, const disk::ActualState& actual, absl::string_view id, Cell* cell);
// Takes a spending figure when it is not older than the one that counts.
void Accumulate(const disk::SpendingState& spending, Board* board);
// Re-scores one row and the totals; all rows when row < 0.
void Rescore(const TableModel& model, int row, Board* board);

// Whether the table takes part in its unit's roll-up, and with what.
bool TakesPart(const TableModel& model);
scoring::RollupSums SumsOf(const TableModel& model, const Board& board);

// The bytes of a disk::BoardState. Encodes the cells that changed since the last call, and the totals.
std::string EncodeBoard(Board* board);
absl::StatusOr<Board> FromDisk(const TableModel& model, const disk::BoardState& state);
disk::UnitBoardState ToDisk(const scoring::RollupSums& sums, const disk::UnitBoardState& header);
absl::StatusOr<scoring::RollupSums> FromDisk(const disk::UnitBoardState& state);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_ENGINE_TABLE_MODEL_H_
