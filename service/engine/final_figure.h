// The figure that counts in the end: an evaluator's score where there is one, else the self score.
#ifndef ATTAIN_SERVICE_ENGINE_FINAL_FIGURE_H_
#define ATTAIN_SERVICE_ENGINE_FINAL_FIGURE_H_

#include <vector>

#include "service/engine/table_model.h"
#include "service/scoring/score.h"

namespace attain::engine {

// The rows' scores as they enter the final total.
std::vector<scoring::IndicatorScore> FinalScores(const Board& board);
// The final total of a board that was scored.
const scoring::TableScore& FinalTotal(const Board& board);
// Whether an evaluator decided the row: a report no longer moves its final points.
bool IsReviewed(const Board& board, int row);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_ENGINE_FINAL_FIGURE_H_
