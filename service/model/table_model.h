// A table as the engine works with it: rows compiled for scoring, the running figures (board), and the step
// from one to the scores. Pure functions over values; no storage, no clock.
#ifndef ATTAIN_SERVICE_MODEL_TABLE_MODEL_H_
#define ATTAIN_SERVICE_MODEL_TABLE_MODEL_H_

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

// One table at one version. Immutable once made: shared between the committer and readers.
struct TableModel {
  std::string unit, table;  // ids
  disk::TableState state;
  uint64_t revision = 0;  // of this version
  std::shared_ptr<const scoring::Profile> profile;
  std::vector<scoring::Indicator> rows;
  absl::flat_hash_map<std::string, int> row_by_id;

  bool in_force() const;  // APPROVED or CLOSED
  bool weighted() const;
  size_t ApproximateBytes() const;
};
// The unit of measure that reports on a row are told in; "" for a row that is gone.
std::string MeasureOf(const TableModel& model, const std::string& indicator);
// An evaluator's score of one row, beside the self score (RULES 4).
struct Review {
  scoring::Decimal score;  // 0 … W
  std::string reason, reviewer;
  uint64_t revision = 0;
};

// The running figure of one row.
struct Cell {
  scoring::Reported reported;
  std::string reason;
  std::string actual_id;
  scoring::Decimal sum, denominator_sum;
  int64_t count = 0;
  std::optional<Review> review;
};

// All running figures of one table with the scores that follow from them.
struct Board {
  std::vector<Cell> cells;
  scoring::Budget budget;                 // adjusted is the table's own until a spending report changes it
  std::string spent_date, adjusted_date;  // days of the records they came from; empty without
  uint64_t revision = 0;                  // newest input
  std::vector<scoring::IndicatorScore> scores;
  scoring::TableScore total;
  // The table with reviews in place of self scores; unset without reviews.
  std::optional<scoring::TableScore> reviewed;
  // Revision that handed in the self-evaluation which stands; 0 without. Reports above it are flagged late.
  uint64_t submit_revision = 0;
  // What EncodeBoard made of each cell; empty for a cell that was scored since.
  std::vector<std::string> encoded;

  const scoring::TableScore& FinalScore() const { return reviewed.has_value() ? *reviewed : total; }
  int64_t review_count() const;
  size_t ApproximateBytes() const;
};

// The review of a row, if it counts (RULES 4): it judges a report, so not where there is none (withdrawn, or
// dated later), nor where the row does not apply. Needs the scores.
const Review* CountingReview(const Board& board, size_t row);
// The rows with reviews in place of their scores; nullopt without reviews that count.
std::optional<std::vector<scoring::IndicatorScore>> ReviewedScores(const Board& board);
// Points of a row that count in the end: the review's, else the self score; unset for neither.
std::optional<scoring::Decimal> FinalPoints(const Board& board, size_t row);

// Nothing reported yet.
Board EmptyBoard(const TableModel& model);
// Whether what the cell holds can stand beside this row of this table: a typed score lies in its band, a
// review under the weight. Always true for the targets it was recorded against; others (amended ones, another
// profile) may be narrower.
bool Fits(const TableModel& model, int row, const Cell& cell);
// Takes typed scores and reviews that do not fit out of the cell: against these targets nobody has given
// them, and none is invented.
void MakeFit(const TableModel& model, int row, Cell* cell);

// Adds one active report to the row's running figure (RULES 3), and says so in the cell. Does not
// re-score.
void Accumulate(const TableModel& model, int row, const disk::ActualState& actual, absl::string_view id,
                Cell* cell);
// A new report as it is recorded: into the row's figure, and the row and the totals scored again.
void AddReport(const TableModel& model, int row, const disk::ActualState& actual, absl::string_view id,
               uint64_t revision, Board* board);
// What a report of the row looks like: kind and unit of its target, and how reports add up. While it has
// reports it stays, so reports are told in the shape that the newest version of their table has.
std::string ShapeOf(const disk::IndicatorState& row);
// Whether reports of the row, told for `newest`, are reports of the same thing in `model`; also true for a
// row that `newest` has no more.
bool FitsReports(const TableModel& newest, const TableModel& model, int row);
// The same of every row.
std::vector<bool> FitReports(const TableModel& newest, const TableModel& model);

// Takes the figures of a spending record, each when it is not older than the one that counts.
void Accumulate(const disk::SpendingState& spending, Board* board);
// Re-scores one row and the totals; all rows when row < 0.
void Rescore(const TableModel& model, int row, Board* board);
// The totals from the rows' scores, reviews and money as they stand.
void Retotal(const TableModel& model, Board* board);
// The board of a table whose rows changed by amendment: money and figures of rows that stay are taken over by
// row id, cells of rows that are new or add up otherwise are empty and listed in `recompute`.
Board Amended(const TableModel& before, const Board& board, const TableModel& after,
              std::vector<int>* recompute);

// Whether the table takes part in its unit's roll-up, and with what. The mode is that of the unit
// (UnitBoardState).
bool TakesPart(const TableModel& model);
scoring::RollupSums SumsOf(scoring::RollupMode mode, const Board& board);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_MODEL_TABLE_MODEL_H_
