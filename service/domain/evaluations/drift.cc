#include "service/domain/evaluations/drift.h"

#include "absl/strings/str_cat.h"
#include "service/api/macros.h"
#include "service/domain/scores/score_view.h"
#include "service/state/keys.h"
#include "service/state/require.h"

namespace attain::engine {
namespace {

using scoring::Decimal;

// Who brought a value, and when.
struct Origin {
  uint64_t revision = 0;
  std::string actor;
};

class DriftWriter {
 public:
  DriftWriter(const TableView& before, const TableView& after, const Snapshot& now, v1::Drift* out)
      : before_(before), after_(after), now_(now), out_(out) {}

  absl::Status Write() {
    for (size_t row = 0; row < after_.model->rows.size(); ++row) {
      const auto old = before_.model->row_by_id.find(after_.model->rows[row].id);
      RETURN_IF_ERROR(
          WriteRow(old == before_.model->row_by_id.end() ? -1 : old->second, static_cast<int>(row)));
    }
    for (size_t row = 0; row < before_.model->rows.size(); ++row) {
      if (!after_.model->row_by_id.contains(before_.model->rows[row].id))
        RETURN_IF_ERROR(WriteRow(static_cast<int>(row), -1));
    }
    RETURN_IF_ERROR(WriteMoney());
    WriteTotals();
    return absl::OkStatus();
  }

 private:
  // Rows by index, -1 where there is none.
  absl::Status WriteRow(int old, int row) {
    v1::IndicatorScore was, is;
    if (old >= 0) FillRow(*before_.model, *before_.board, old, &was);
    if (row >= 0) FillRow(*after_.model, *after_.board, row, &is);
    const Origin amended = AmendedBy();
    if (old < 0 || row < 0) {
      Add(was, is, "row", was.display_name(), is.display_name(), amended);
      return absl::OkStatus();
    }
    if (was.target() != is.target()) Add(was, is, "target", was.target(), is.target(), amended);
    if (was.weight() != is.weight()) Add(was, is, "weight", was.weight(), is.weight(), amended);
    const std::string rule_was = RuleOf(*before_.model, old), rule_is = RuleOf(*after_.model, row);
    if (rule_was != rule_is) Add(was, is, "rule", rule_was, rule_is, amended);
    ASSIGN_OR_RETURN(const Origin reported, ReportedBy(row));
    if (was.actual() != is.actual() || was.date() != is.date()) {
      Add(was, is, "actual", Dated(was), Dated(is), reported);
    } else if (was.score() != is.score() && was.target() == is.target() && was.weight() == is.weight()) {
      Add(was, is, "actual", absl::StrCat(Dated(was), " ", was.score()),
          absl::StrCat(Dated(is), " ", is.score()), reported);
    }
    if (was.reason() != is.reason()) Add(was, is, "reason", was.reason(), is.reason(), reported);
    if (was.review_score() != is.review_score() || was.review_reason() != is.review_reason()) {
      Add(was, is, "review", was.review_score(), is.review_score(),
          {static_cast<uint64_t>(is.review_revision()), is.reviewer()});
    }
    return absl::OkStatus();
  }

  absl::Status WriteMoney() {
    v1::Score was, is;
    FillTotals(*before_.model, *before_.board, &was);
    FillTotals(*after_.model, *after_.board, &is);
    if (was.spent() == is.spent() && was.adjusted_budget() == is.adjusted_budget()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const Origin spent, SpentBy());
    v1::IndicatorScore row_was, row_is;
    for (const auto& [score, row] : {std::make_pair(&was, &row_was), std::make_pair(&is, &row_is)}) {
      row->set_name(score->name());
      row->set_display_name(score->display_name());
      row->set_final_score(score->execution_points());
    }
    Add(row_was, row_is, "spending", absl::StrCat(was.spent(), " / ", was.adjusted_budget()),
        absl::StrCat(is.spent(), " / ", is.adjusted_budget()), spent);
    return absl::OkStatus();
  }

  void WriteTotals() {
    const std::optional<Decimal>&was = before_.board->FinalScore().total,
          &is = after_.board->FinalScore().total;
    const int decimals = after_.model->profile->total_decimals;
    if (was.has_value()) out_->set_score_before(was->ToFixed(before_.model->profile->total_decimals));
    if (is.has_value()) out_->set_score_after(is->ToFixed(decimals));
    if (was.has_value() && is.has_value()) out_->set_points(SignedPoints(*is - *was, 2));
  }

  void Add(const v1::IndicatorScore& was, const v1::IndicatorScore& is, const char* cell,
           const std::string& before, const std::string& after, const Origin& origin) {
    v1::DriftCell* out = out_->add_cells();
    out->set_name(is.name().empty() ? was.name() : is.name());
    out->set_display_name(is.name().empty() ? was.display_name() : is.display_name());
    out->set_cell(cell);
    out->set_before(before);
    out->set_after(after);
    out->set_points_before(was.final_score());
    out->set_points_after(is.final_score());
    out->set_revision(static_cast<int64_t>(origin.revision));
    out->set_actor(origin.actor);
  }

  static std::string Dated(const v1::IndicatorScore& row) {
    return row.actual().empty() ? "" : absl::StrCat(row.actual(), " (", row.date(), ")");
  }

  static std::string RuleOf(const TableModel& model, int row) {
    return absl::StrCat(model.state.indicators(row).rule().ShortDebugString(), " v", model.profile->version);
  }

  // Targets move by amendment only; the newest tells its revision.
  Origin AmendedBy() const { return {static_cast<uint64_t>(after_.model->state.amend_revision()), ""}; }

  absl::StatusOr<Origin> ReportedBy(int row) const {
    const Cell& cell = after_.board->cells[row];
    if (!cell.reported.reported || cell.actual_id.empty()) return Origin();
    const ResourceName name{ResourceName::kIndicator,
                            after_.model->unit,
                            after_.model->table,
                            after_.model->rows[row].id,
                            "",
                            ""};
    ASSIGN_OR_RETURN(const ActualId id, ActualId::Parse(cell.actual_id));
    ASSIGN_OR_RETURN(const Found<disk::ActualState> actual, RequireActual(now_.reads(), name, id));
    return Origin{cell.reported.revision, actual.state.actor()};
  }

  absl::StatusOr<Origin> SpentBy() const {
    const uint64_t revision = after_.board->budget.spent_revision;
    const ResourceName table{ResourceName::kTable, after_.model->unit, after_.model->table, "", "", ""};
    ASSIGN_OR_RETURN(const std::optional<Found<disk::SpendingState>> spending,
                     now_.reads().Spending(table, revision));
    return Origin{revision, spending.has_value() ? spending->state.actor() : ""};
  }

  const TableView& before_;
  const TableView& after_;
  const Snapshot& now_;
  v1::Drift* const out_;
};

}  // namespace

absl::Status FillDrift(const TableView& before, const TableView& after, const Snapshot& now, v1::Drift* out) {
  return DriftWriter(before, after, now, out).Write();
}

}  // namespace attain::engine
