// Scores as clients get them.
#ifndef ATTAIN_SERVICE_DOMAIN_SCORES_SCORE_VIEW_H_
#define ATTAIN_SERVICE_DOMAIN_SCORES_SCORE_VIEW_H_

#include <string>

#include "absl/strings/string_view.h"
#include "attain/v1/score.pb.h"
#include "service/model/table_model.h"
#include "service/scoring/explanation.h"

namespace attain::engine {

// One row.
void FillRow(const TableModel& model, const Board& board, int row, v1::IndicatorScore* out);
// The table without rows.
void FillTotals(const TableModel& model, const Board& board, v1::Score* out);
// The table with its rows.
void FillTable(const TableModel& model, const Board& board, v1::Score* out);
// A unit's roll-up.
void FillUnit(const disk::UnitState& unit, int32_t fiscal_year, const disk::UnitBoardState& header,
              const scoring::RollupSums& sums, const scoring::UnitScore& score, uint64_t revision,
              v1::Score* out);

// "≥30 个", or the words of a rating target.
std::string TargetText(const scoring::Indicator& row, const disk::IndicatorState& state);

// "+1.50", "-0.25", "0.00".
std::string SignedPoints(const scoring::Decimal& points, int decimals);

// The revisions that recorded what a score follows from beside reports; 0 = of several, or not at hand.
struct ScoreOrigins {
  uint64_t table = 0, profile = 0;
};
void FillExplanation(const scoring::Explanation& from, const ScoreOrigins& origins, absl::string_view locale,
                     v1::Explanation* out);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_SCORES_SCORE_VIEW_H_
