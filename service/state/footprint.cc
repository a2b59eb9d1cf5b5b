#include "service/state/footprint.h"

#include <utility>

#include "service/api/macros.h"

namespace attain::engine {
namespace {

absl::StatusOr<Footprint> OfTable(absl::string_view table) {
  Footprint footprint;
  ASSIGN_OR_RETURN(footprint.table, ParseTableName("table", table));
  return footprint;
}

absl::StatusOr<Footprint> OfRow(absl::string_view table, const std::string& indicator) {
  if (indicator.empty()) return absl::DataLossError("an event of a row that names none");
  ASSIGN_OR_RETURN(Footprint footprint, OfTable(table));
  footprint.row = indicator;
  return footprint;
}

absl::StatusOr<Footprint> OfBoard(absl::StatusOr<Footprint> footprint) {
  if (footprint.ok()) footprint->moves_board = true;
  return footprint;
}

absl::StatusOr<Footprint> Of(const disk::UnitState& unit) {
  ASSIGN_OR_RETURN(ResourceName name, ParseUnitName("unit", unit.name()));
  Footprint footprint;
  footprint.unit = std::move(name.unit);
  return footprint;
}

absl::StatusOr<Footprint> Of(const disk::ProfileState& profile) {
  ASSIGN_OR_RETURN(ResourceName name, ParseProfileName("profile", profile.name()));
  Footprint footprint;
  footprint.profile = std::move(name.profile);
  return footprint;
}

absl::StatusOr<Footprint> Of(const disk::TableSet& event) {
  ASSIGN_OR_RETURN(Footprint footprint, OfBoard(OfTable(event.table().name())));
  footprint.sets_table = true;
  footprint.shows_all_rows = true;
  return footprint;
}

absl::StatusOr<Footprint> Of(const disk::ActualRecorded& event) {
  ASSIGN_OR_RETURN(Footprint footprint, OfBoard(OfRow(event.table(), event.indicator())));
  if (!event.actual().corrects().empty()) footprint.reports.push_back({event.actual().corrects(), false});
  footprint.reports.push_back({event.actual_id(), true});
  return footprint;
}

absl::StatusOr<Footprint> Of(const disk::ActualRetracted& event) {
  ASSIGN_OR_RETURN(Footprint footprint, OfBoard(OfRow(event.table(), event.indicator())));
  footprint.reports.push_back({event.actual_id(), false});
  return footprint;
}

// Whether an evaluation was handed in stands in the score of each row.
absl::StatusOr<Footprint> Of(const disk::EvaluationSet& event) {
  ASSIGN_OR_RETURN(Footprint footprint, OfBoard(OfTable(event.table())));
  footprint.shows_all_rows = true;
  return footprint;
}

}  // namespace

absl::StatusOr<Footprint> FootprintOf(const disk::Event& event) {
  switch (event.kind_case()) {
    case disk::Event::kUnitSet:
      return Of(event.unit_set());
    case disk::Event::kProfileSet:
      return Of(event.profile_set());
    case disk::Event::kTableSet:
      return Of(event.table_set());
    case disk::Event::kActualRecorded:
      return Of(event.actual_recorded());
    case disk::Event::kActualRetracted:
      return Of(event.actual_retracted());
    case disk::Event::kSpendingRecorded:
      return OfBoard(OfTable(event.spending_recorded().table()));
    case disk::Event::kAmendmentSet:
      return OfTable(event.amendment_set().table());
    case disk::Event::kEvaluationSet:
      return Of(event.evaluation_set());
    case disk::Event::kReviewRecorded:
      return OfBoard(OfRow(event.review_recorded().table(), event.review_recorded().indicator()));
    case disk::Event::kOutlookRecorded:
      return OfRow(event.outlook_recorded().table(), event.outlook_recorded().indicator());
    case disk::Event::KIND_NOT_SET:
      break;
  }
  return absl::DataLossError("an event of unknown kind: the journal was written by a newer version");
}

}  // namespace attain::engine
