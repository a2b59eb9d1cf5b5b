#include "service/domain/questions/unit_difference.h"

#include <set>
#include <utility>

#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/state/require.h"

namespace attain::engine {
namespace {

using scoring::Decimal;

constexpr int kPointDecimals = 2;

// Sums as the unit was rolled up at `from`, and as at `to`.
struct Sums {
  scoring::RollupSums before, after;
};

// Whether the sums lead to the same final figure.
bool SameFinal(const scoring::RollupSums& a, const scoring::RollupSums& b) {
  return a.weight == b.weight && a.weighted_final == b.weighted_final;
}

// A unit's tables with each cause let in for all of them at once.
class UnitChange {
 public:
  UnitChange(const Ends& ends, const ResourceName& name) : ends_(ends), name_(name) {}

  absl::StatusOr<Difference> Compare(int32_t fiscal_year);

 private:
  // One table: its sums by set of its own causes.
  struct Part {
    CauseSet changed = 0;
    std::vector<Cause> causes;
    std::vector<Sums> sums;
  };

  absl::Status ReadProfiles(int32_t fiscal_year);
  absl::Status ReadTables();
  absl::Status AddTable(const ResourceName& name);
  bool IsUntouched(const TableView& view) const;
  Sums SumsOf(const Board& board) const;
  scoring::UnitScore With(const Difference& difference, CauseSet set) const;

  const Ends& ends_;
  const ResourceName& name_;
  int32_t fiscal_year_ = 0;
  std::shared_ptr<const scoring::Profile> before_,
      after_;  // for the roll-up; the same where there was none before
  bool existed_ = false;
  Sums untouched_;
  std::vector<Part> parts_;
  std::set<uint64_t> revisions_[kCauses + 1];
};

absl::Status UnitChange::ReadProfiles(int32_t fiscal_year) {
  RETURN_IF_ERROR(RequireUnit(ends_.to->reads(), name_.unit).status());
  ASSIGN_OR_RETURN(const Snapshot::UnitView after, ends_.to->GetUnitBoard(name_.unit, fiscal_year));
  fiscal_year_ = after.fiscal_year;
  before_ = after_ = after.profile;
  ASSIGN_OR_RETURN(const std::optional<Snapshot::UnitView> before,
                   ends_.from->FindUnitBoard(name_.unit, fiscal_year_));
  if (!before.has_value()) return absl::OkStatus();
  existed_ = true;
  before_ = before->profile;
  return absl::OkStatus();
}

Sums UnitChange::SumsOf(const Board& board) const {
  return {engine::SumsOf(before_->rollup, board), engine::SumsOf(after_->rollup, board)};
}

// Nothing that counts was recorded since, and both sides count up to the same day.
bool UnitChange::IsUntouched(const TableView& view) const {
  return ends_.from->as_of() == ends_.to->as_of() && view.model->revision <= ends_.from->revision() &&
         view.board->revision <= ends_.from->revision();
}

absl::Status UnitChange::AddTable(const ResourceName& name) {
  if (ends_.to->as_of().empty()) {
    ASSIGN_OR_RETURN(const TableView view, ends_.to->GetBoard(name));
    if (IsUntouched(view)) {
      const Sums sums = SumsOf(*view.board);
      untouched_.before += sums.before;
      untouched_.after += sums.after;
      return absl::OkStatus();
    }
  }
  ASSIGN_OR_RETURN(const TableChange change, TableChange::Read(*ends_.from, *ends_.to, name));
  Part& part = parts_.emplace_back();
  part.changed = change.Changed();
  part.causes = CausesOf(part.changed);
  for (const Cause cause : part.causes) {
    const std::vector<uint64_t> revisions = change.Revisions(cause);
    revisions_[cause].insert(revisions.begin(), revisions.end());
  }
  for (size_t bits = 0; bits < size_t{1} << part.causes.size(); ++bits) {
    const CauseSet set = SetOf(part.causes, bits);
    const Board* board = change.With(set);
    part.sums.push_back(board != nullptr ? SumsOf(*board) : Sums());
  }
  const Sums before = change.before().has_value() ? SumsOf(*change.before()->board) : Sums();
  const Sums after = SumsOf(*change.after().board);
  if (!SameFinal(part.sums.front().before, before.before) || !SameFinal(part.sums.back().after, after.after))
    return DoNotAdd(name.Table());
  return absl::OkStatus();
}

absl::Status UnitChange::ReadTables() {
  return ends_.to->ForEachTable(
      name_.unit, [&](const std::shared_ptr<const TableModel>& model) -> absl::StatusOr<bool> {
        if (!TakesPart(*model) || model->state.fiscal_year() != fiscal_year_) return true;
        RETURN_IF_ERROR(AddTable({ResourceName::kTable, model->unit, model->table, "", "", ""}));
        return true;
      });
}

scoring::UnitScore UnitChange::With(const Difference& difference, CauseSet set) const {
  const bool all = set == SetOf(difference.causes, (size_t{1} << difference.causes.size()) - 1);
  const bool after = all || (set & BitOf(v1::DIFFERENCE_CAUSE_PROFILE)) != 0;
  scoring::RollupSums sums = after ? untouched_.after : untouched_.before;
  for (const Part& part : parts_) {
    size_t bits = 0;
    for (size_t i = 0; i < part.causes.size(); ++i) {
      if (set & BitOf(part.causes[i])) bits |= size_t{1} << i;
    }
    sums += after ? part.sums[bits].after : part.sums[bits].before;
  }
  return scoring::ScoreUnit(after ? *after_ : *before_, sums);
}

absl::StatusOr<Difference> UnitChange::Compare(int32_t fiscal_year) {
  RETURN_IF_ERROR(ReadProfiles(fiscal_year));
  RETURN_IF_ERROR(ReadTables());
  CauseSet changed = 0;
  for (const Part& part : parts_) changed |= part.changed;
  if (before_ != after_) changed |= BitOf(v1::DIFFERENCE_CAUSE_PROFILE);
  Difference difference;
  difference.causes = CausesOf(changed);
  for (const Cause cause : difference.causes)
    difference.revisions.emplace_back(revisions_[cause].begin(), revisions_[cause].end());
  const size_t all = (size_t{1} << difference.causes.size()) - 1;
  for (size_t bits = 0; bits <= all; ++bits) {
    const scoring::UnitScore score = With(difference, SetOf(difference.causes, bits));
    difference.worth.push_back(score.final_total.value_or(Decimal()));
    const Shown shown = {score.final_total.has_value() ? score.final_total->ToFixed(kPointDecimals) : "",
                         score.final_grade};
    if (bits == 0 && existed_) difference.before = shown;
    if (bits == all) difference.after = shown;
  }
  return difference;
}

}  // namespace

absl::StatusOr<Difference> DifferenceOfUnit(const Ends& ends, const ResourceName& name, int32_t fiscal_year) {
  return UnitChange(ends, name).Compare(fiscal_year);
}

}  // namespace attain::engine
