#include "service/engine/final_figure.h"

namespace attain::engine {

std::vector<scoring::IndicatorScore> FinalScores(const Board& board) { return board.scores; }

const scoring::TableScore& FinalTotal(const Board& board) { return board.total; }

bool IsReviewed(const Board&, int) { return false; }

}  // namespace attain::engine
