// Scores of indicators and units dressed as the API's Score, as queries and watches show them.
#ifndef ATTAIN_SERVICE_DOMAIN_SCORES_SCORE_ROWS_H_
#define ATTAIN_SERVICE_DOMAIN_SCORES_SCORE_ROWS_H_

#include "absl/status/status.h"
#include "attain/v1/score.pb.h"
#include "service/scoring/explanation.h"
#include "service/state/snapshot.h"

namespace attain::engine {

// Row `row` of a table, with the row itself as the only one of `indicators`.
void FillIndicatorScore(const TableView& view, int row, v1::Score* out);

// A table without its rows, as lists show it. WRONG_STATE when it is not in force.
absl::Status FillTableTotals(const Snapshot& snapshot, const ResourceName& table, v1::Score* out);

// A unit's roll-up; fiscal_year 0 = the newest. RESOURCE_NOT_FOUND; WRONG_STATE while no table of that year
// is in force.
absl::Status FillUnitScore(const Snapshot& snapshot, absl::string_view unit, int32_t fiscal_year,
                           v1::Score* out, scoring::Explanation* explanation = nullptr);

// The same; false, and nothing filled, where there is no such unit or no score.
absl::StatusOr<bool> FindUnitScore(const Snapshot& snapshot, absl::string_view unit, int32_t fiscal_year,
                                   v1::Score* out);

// The same of what was read.
void FillUnitScore(const disk::UnitState& unit, const Snapshot::UnitView& view, v1::Score* out,
                   scoring::Explanation* explanation = nullptr);

// Says against which targets, unless it is the latest.
void FillBasis(const Snapshot& snapshot, v1::Score* out);

// Index of the row a name ends in. RESOURCE_NOT_FOUND.
absl::StatusOr<int> RowOf(const TableModel& model, const ResourceName& name);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_SCORES_SCORE_ROWS_H_
