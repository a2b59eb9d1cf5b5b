// Boards and sums as they lie on disk. DATA_LOSS when a stored number does not parse.
#ifndef ATTAIN_SERVICE_MODEL_BOARD_CODEC_H_
#define ATTAIN_SERVICE_MODEL_BOARD_CODEC_H_

#include <string>

#include "absl/status/statusor.h"
#include "attain/storage/v1/state.pb.h"
#include "service/model/table_model.h"
#include "service/scoring/score.h"

namespace attain::engine {

absl::StatusOr<Review> ToReview(const disk::ReviewState& state);

// The bytes of a disk::BoardState. Encodes the cells that changed since the last call, and the totals.
std::string EncodeBoard(Board* board);
// What is on the board, scored under the model's rules.
absl::StatusOr<Board> FromDisk(const TableModel& model, const disk::BoardState& state);
// The same without scores: for who needs only some of them.
absl::StatusOr<Board> FiguresFromDisk(const TableModel& model, const disk::BoardState& state);
disk::UnitBoardState ToDisk(const scoring::RollupSums& sums, const disk::UnitBoardState& header);
absl::StatusOr<scoring::RollupSums> FromDisk(const disk::UnitBoardState& state);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_MODEL_BOARD_CODEC_H_
