#include "service/domain/questions/difference.h"

#include "absl/strings/str_cat.h"
#include "service/api/errors.h"
#include "service/api/macros.h"

namespace attain::engine {
namespace {

using scoring::Decimal;

constexpr int kPointDecimals = 2;

std::string TotalText(const TableView& view) {
  const std::optional<Decimal>& total = view.board->FinalScore().total;
  return total.has_value() ? total->ToFixed(view.model->profile->total_decimals) : "";
}

// The parts must lead from the figure that was read at one end to that at the other.
absl::Status CheckEnds(absl::string_view name, const Difference& difference,
                       const std::optional<Decimal>& before, const std::optional<Decimal>& after) {
  if (difference.worth.front() == before.value_or(Decimal()) &&
      difference.worth.back() == after.value_or(Decimal())) {
    return absl::OkStatus();
  }
  return DoNotAdd(name);
}

std::optional<Decimal> RowPoints(const TableView& view, const std::string& indicator) {
  const auto row = view.model->row_by_id.find(indicator);
  if (row == view.model->row_by_id.end()) return std::nullopt;
  return FinalPoints(*view.board, row->second);
}

std::string RowText(const std::optional<Decimal>& points) {
  return points.has_value() ? points->ToAtLeast(kPointDecimals) : "";
}

}  // namespace

std::vector<Cause> CausesOf(CauseSet set) {
  std::vector<Cause> causes;
  for (int i = 1; i <= kCauses; ++i) {
    if (set & BitOf(static_cast<Cause>(i))) causes.push_back(static_cast<Cause>(i));
  }
  return causes;
}

CauseSet SetOf(const std::vector<Cause>& causes, size_t bits) {
  CauseSet set = 0;
  for (size_t i = 0; i < causes.size(); ++i) {
    if (bits & (size_t{1} << i)) set |= BitOf(causes[i]);
  }
  return set;
}

absl::Status DoNotAdd(absl::string_view name) {
  return absl::InternalError(
      absl::StrCat("the parts of ", std::string(name), " do not lead from one end to the other"));
}

absl::StatusOr<Difference> DifferenceOfTable(const Ends& ends, const ResourceName& name) {
  ASSIGN_OR_RETURN(const TableChange change, TableChange::Read(*ends.from, *ends.to, name));
  Difference difference;
  difference.causes = CausesOf(change.Changed());
  for (const Cause cause : difference.causes) difference.revisions.push_back(change.Revisions(cause));
  for (size_t bits = 0; bits < size_t{1} << difference.causes.size(); ++bits) {
    const Board* board = change.With(SetOf(difference.causes, bits));
    difference.worth.push_back(board != nullptr ? board->FinalScore().total.value_or(Decimal()) : Decimal());
  }
  std::optional<Decimal> before;
  if (change.before().has_value()) {
    before = change.before()->board->FinalScore().total;
    difference.before = {TotalText(*change.before()), change.before()->board->FinalScore().grade};
  }
  difference.after = {TotalText(change.after()), change.after().board->FinalScore().grade};
  RETURN_IF_ERROR(CheckEnds(name.Table(), difference, before, change.after().board->FinalScore().total));
  return difference;
}

absl::StatusOr<Difference> DifferenceOfIndicator(const Ends& ends, const ResourceName& name) {
  ASSIGN_OR_RETURN(const TableChange change, TableChange::Read(*ends.from, *ends.to, name));
  const bool was_there =
      change.before().has_value() && change.before()->model->row_by_id.contains(name.indicator);
  if (!was_there && !change.after().model->row_by_id.contains(name.indicator)) {
    return NotFound("indicator", name.Indicator());
  }
  Difference difference;
  difference.causes = CausesOf(change.Changed(name.indicator));
  for (const Cause cause : difference.causes)
    difference.revisions.push_back(change.Revisions(cause, name.indicator));
  for (size_t bits = 0; bits < size_t{1} << difference.causes.size(); ++bits) {
    const CauseSet set = SetOf(difference.causes, bits);
    const Board* board = change.With(set);
    Decimal points;
    if (board != nullptr) {
      const auto row = change.ModelWith(set)->row_by_id.find(name.indicator);
      if (row != change.ModelWith(set)->row_by_id.end())
        points = FinalPoints(*board, row->second).value_or(Decimal());
    }
    difference.worth.push_back(points);
  }
  const std::optional<Decimal> before =
      change.before().has_value() ? RowPoints(*change.before(), name.indicator) : std::nullopt;
  const std::optional<Decimal> after = RowPoints(change.after(), name.indicator);
  difference.before.score = RowText(before);
  difference.after.score = RowText(after);
  RETURN_IF_ERROR(CheckEnds(name.Indicator(), difference, before, after));
  return difference;
}

}  // namespace attain::engine
