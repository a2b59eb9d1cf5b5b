#include "service/domain/questions/replay.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "attain/v1/score.pb.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/model/board_codec.h"
#include "service/model/compile.h"
#include "service/scoring/score.h"

namespace attain::engine {
namespace {

using scoring::Decimal;

absl::StatusOr<std::optional<Decimal>> Stored(const std::string& text) {
  if (text.empty()) return std::optional<Decimal>();
  ASSIGN_OR_RETURN(Decimal value, Decimal::ParseStored(text));
  return std::optional<Decimal>(std::move(value));
}

// The review's points where one counts (RULES 4).
const std::string& StoredPoints(const disk::CellState& cell) {
  const bool counts =
      !cell.review_score().empty() && cell.reported() && cell.status() != v1::SCORE_STATUS_NOT_APPLICABLE;
  return counts ? cell.review_score() : cell.score();
}

int DecimalsOf(const scoring::Profile& profile, const scoring::Indicator& row) {
  return row.options.score_decimals.value_or(profile.defaults.score_decimals.value_or(2));
}

std::string PointsText(const std::optional<Decimal>& points, int decimals) {
  return points.has_value() ? points->ToAtLeast(decimals) : "";
}

std::string TotalText(const FinalScore& score, const scoring::Profile& profile) {
  return score.total.has_value() ? score.total->ToFixed(profile.total_decimals) : "";
}

// 0 = the best; below every grade when there is none.
std::optional<size_t> PlaceOf(const scoring::Profile& profile, const std::string& grade) {
  for (size_t i = 0; i < profile.grades.size(); ++i) {
    if (profile.grades[i].name == grade) return i;
  }
  if (grade.empty()) return profile.grades.size();
  return std::nullopt;
}

}  // namespace

Replay::Replay(std::shared_ptr<const scoring::Profile> rules) {
  model_.profile = std::move(rules);
}

absl::Status Replay::Run() {
  model_.rows.clear();
  for (const disk::IndicatorState& indicator : model_.state.indicators()) {
    ASSIGN_OR_RETURN(model_.rows.emplace_back(), CompileIndicator(indicator));
  }
  ASSIGN_OR_RETURN(after_, FiguresFromDisk(model_, before_));
  ScoreAgain();
  RETURN_IF_ERROR(ReadFinals());
  differs_ = before_final_.total != after_final_.total || crosses();
  rows_differ_.assign(model_.rows.size(), false);
  for (int row = 0; row < before_.cells_size(); ++row) {
    ASSIGN_OR_RETURN(const std::optional<Decimal> before, PointsBefore(row));
    rows_differ_[row] = before != FinalPoints(after_, static_cast<size_t>(row));
    differs_ = differs_ || rows_differ_[row];
  }
  return absl::OkStatus();
}

// A row without a report has no points under any rules; what it may still become is not asked for, and is the
// dearest part of a score.
void Replay::ScoreAgain() {
  after_.scores.resize(model_.rows.size());
  for (size_t i = 0; i < model_.rows.size(); ++i) {
    const scoring::Indicator& row = model_.rows[i];
    if (after_.cells[i].reported.reported || row.not_applicable) {
      after_.scores[i] = scoring::ScoreIndicator(*model_.profile, row, after_.cells[i].reported);
    } else {
      after_.scores[i].weight = row.weight;
    }
  }
  Retotal(model_, &after_);
}

absl::Status Replay::ReadFinals() {
  const bool reviewed = !before_.final_total().empty();
  ASSIGN_OR_RETURN(before_final_.total, Stored(reviewed ? before_.final_total() : before_.total()));
  before_final_.grade = reviewed ? before_.final_grade() : before_.grade();
  after_final_ = {after_.FinalScore().total, after_.FinalScore().grade};
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Decimal>> Replay::PointsBefore(int row) const {
  return Stored(StoredPoints(before_.cells(row)));
}

int Replay::direction(const scoring::Profile& in_force) const {
  const std::optional<size_t> after = PlaceOf(*model_.profile, after_final_.grade);
  std::optional<size_t> before = PlaceOf(*model_.profile, before_final_.grade);
  if (!before.has_value()) before = PlaceOf(in_force, before_final_.grade);
  if (!before.has_value() || !after.has_value() || *before == *after) return 0;
  return *after < *before ? 1 : -1;
}

void Replay::Fill(const scoring::Profile& in_force, v1::ReplayDifference* out) const {
  out->set_table(model_.state.name());
  out->set_display_name(model_.state.display_name());
  out->set_score_before(TotalText(before_final_, in_force));
  out->set_score_after(TotalText(after_final_, *model_.profile));
  out->set_grade_before(before_final_.grade);
  out->set_grade_after(after_final_.grade);
  for (size_t i = 0; i < model_.rows.size(); ++i) {
    if (!rows_differ_[i]) continue;
    const int row = static_cast<int>(i);
    const absl::StatusOr<std::optional<Decimal>> before = PointsBefore(row);
    v1::ReplayRow* differing = out->add_rows();
    differing->set_indicator(absl::StrCat(model_.state.name(), "/indicators/", model_.rows[i].id));
    differing->set_display_name(model_.rows[i].name);
    if (before.ok()) differing->set_score_before(PointsText(*before, DecimalsOf(in_force, model_.rows[i])));
    differing->set_score_after(PointsText(FinalPoints(after_, static_cast<size_t>(row)),
                                          DecimalsOf(*model_.profile, model_.rows[i])));
  }
}

}  // namespace attain::engine
