// One table under other rules: how its score and its rows differ from those on its board.
//
// What people decided stays as it is: reported values, typed scores of ratings, reviews, and the rules that a
// row sets itself.
#ifndef ATTAIN_SERVICE_DOMAIN_QUESTIONS_REPLAY_H_
#define ATTAIN_SERVICE_DOMAIN_QUESTIONS_REPLAY_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "attain/storage/v1/state.pb.h"
#include "attain/v1/profile_service.pb.h"
#include "service/model/table_model.h"

namespace attain::engine {

// Where a table ends up: with the review's points where there are reviews, the self score's elsewhere
// (RULES 4).
struct FinalScore {
  std::optional<scoring::Decimal> total;
  std::string grade;
};

// Thread-compatible; meant for many tables one after another: it keeps its memory.
class Replay {
 public:
  explicit Replay(std::shared_ptr<const scoring::Profile> rules);

  // What the caller decodes into, then asks Run: a table in force and its board.
  disk::TableState* table() { return &model_.state; }
  disk::BoardState* board() { return &before_; }

  // Scores the table again. DATA_LOSS when table and board do not belong together.
  absl::Status Run();

  // Of the last Run. A table differs when its total, its grade or the points of a row do.
  int64_t indicators() const { return static_cast<int64_t>(model_.rows.size()); }
  bool differs() const { return differs_; }
  bool crosses() const { return before_final_.grade != after_final_.grade; }  // a grade line
  // -1: falls a grade, 1: rises, 0: neither, or nobody can say. By the grades of the rules tried; for a grade
  // that they do not have by `in_force`, the rules that the table has.
  int direction(const scoring::Profile& in_force) const;
  void Fill(const scoring::Profile& in_force, v1::ReplayDifference* out) const;

 private:
  void ScoreAgain();
  absl::Status ReadFinals();
  absl::StatusOr<std::optional<scoring::Decimal>> PointsBefore(int row) const;

  TableModel model_;  // compiled under the rules tried
  disk::BoardState before_;
  Board after_;  // its sure and possible points are not filled
  FinalScore before_final_, after_final_;
  bool differs_ = false;
  std::vector<bool> rows_differ_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_QUESTIONS_REPLAY_H_
