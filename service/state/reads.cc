#include "service/state/reads.h"

#include "absl/strings/str_cat.h"
#include "attain/v1/evaluation.pb.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/state/keys.h"

namespace attain::engine {

absl::Status Damaged(absl::string_view what) {
  return FromStore(absl::DataLossError(absl::StrCat("a stored ", what, " does not parse")));
}

absl::StatusOr<std::optional<storage::Versioned>> Reads::Get(absl::string_view key) const {
  return group_ != nullptr ? group_->Get(key) : reader_->Get(key);
}

absl::Status Reads::Scan(absl::string_view begin, absl::string_view end,
                         const storage::ScanVisitor& visitor) const {
  return group_ != nullptr ? group_->Scan(begin, end, visitor) : reader_->Scan(begin, end, visitor);
}

template <typename State>
Reads::Maybe<State> Reads::Find(absl::string_view key, absl::string_view what) const {
  ASSIGN_OR_RETURN(const std::optional<storage::Versioned> value, Get(key));
  std::optional<Found<State>> found;
  if (!value.has_value()) return found;
  found.emplace();
  found->revision = value->revision;
  if (!found->state.ParseFromString(value->value)) return Damaged(what);
  return found;
}

template <typename State, typename Range, typename Read>
absl::Status Reads::ForEach(const Range& range, absl::string_view what, Read read) const {
  absl::Status failed;
  RETURN_IF_ERROR(Scan(range.begin, range.end,
                       [&](absl::string_view key, storage::Revision revision, absl::string_view value) {
                         Found<State> found;
                         found.revision = revision;
                         std::optional<bool> go_on;
                         if (found.state.ParseFromArray(value.data(), static_cast<int>(value.size())))
                           go_on = read(key, found);
                         if (!go_on.has_value()) failed = Damaged(what);
                         return go_on.value_or(false);
                       }));
  return failed;
}

absl::StatusOr<bool> Reads::Exists(const std::string& key) const {
  ASSIGN_OR_RETURN(const std::optional<storage::Versioned> value, Get(key));
  return value.has_value();
}

Reads::Maybe<disk::UnitState> Reads::Unit(absl::string_view unit) const {
  return Find<disk::UnitState>(UnitKey(unit), "unit");
}

Reads::Maybe<disk::TableState> Reads::Table(const ResourceName& table) const {
  return Find<disk::TableState>(TableKey(table.unit, table.table), "table");
}

Reads::Maybe<disk::ProfileState> Reads::Profile(absl::string_view profile, int64_t version) const {
  return Find<disk::ProfileState>(version == 0 ? ProfileKey(profile) : ProfileVersionKey(profile, version),
                                  "profile");
}

Reads::Maybe<disk::ActualState> Reads::Actual(const ResourceName& indicator, const ActualId& id) const {
  return Find<disk::ActualState>(ActualKey(indicator.unit, indicator.table, indicator.indicator, id),
                                 "report");
}

Reads::Maybe<disk::AmendmentState> Reads::Amendment(const ResourceName& amendment) const {
  return Find<disk::AmendmentState>(AmendmentKey(amendment.unit, amendment.table, amendment.amendment),
                                    "amendment");
}

absl::StatusOr<Found<disk::EvaluationState>> Reads::Evaluation(const ResourceName& table) const {
  ASSIGN_OR_RETURN(std::optional<Found<disk::EvaluationState>> found,
                   Find<disk::EvaluationState>(EvaluationKey(table.unit, table.table), "evaluation"));
  if (found.has_value()) return *std::move(found);
  Found<disk::EvaluationState> open;
  open.state.set_state(v1::EVALUATION_STATE_OPEN);
  return open;
}

absl::StatusOr<std::vector<Found<disk::AmendmentState>>> Reads::Amendments(const ResourceName& table) const {
  std::vector<Found<disk::AmendmentState>> amendments;
  RETURN_IF_ERROR(ForEach<disk::AmendmentState>(AmendmentsOf(table.unit, table.table), "amendment",
                                                [&](absl::string_view, auto& found) -> std::optional<bool> {
                                                  amendments.push_back(std::move(found));
                                                  return true;
                                                }));
  return amendments;
}

absl::StatusOr<int32_t> Reads::NewestAmendment(const ResourceName& table) const {
  int32_t newest = 0;
  const KeyRange range = AmendmentsOf(table.unit, table.table);
  RETURN_IF_ERROR(Scan(range.begin, range.end, [&](absl::string_view, storage::Revision, absl::string_view) {
    ++newest;
    return true;
  }));
  return newest;
}

absl::StatusOr<bool> Reads::HasReports(const ResourceName& indicator) const {
  bool found = false;
  const KeyRange range = ActualsOf(indicator.unit, indicator.table, indicator.indicator);
  RETURN_IF_ERROR(Scan(range.begin, range.end, [&](absl::string_view, storage::Revision, absl::string_view) {
    found = true;
    return false;
  }));
  return found;
}

Reads::Maybe<disk::SpendingState> Reads::Spending(const ResourceName& table, uint64_t revision) const {
  return Find<disk::SpendingState>(SpendingKey(table.unit, table.table, revision), "spending");
}

Reads::Maybe<disk::BoardState> Reads::Board(const ResourceName& table) const {
  return Find<disk::BoardState>(BoardKey(table.unit, table.table), "board");
}

absl::StatusOr<uint64_t> Reads::Thread(const ResourceName& table) const {
  ASSIGN_OR_RETURN(const std::optional<storage::Versioned> found, Get(ThreadKey(table.unit, table.table)));
  return found.has_value() ? found->revision : 0;
}

Reads::Maybe<disk::UnitBoardState> Reads::UnitBoard(absl::string_view unit, int32_t fiscal_year) const {
  return Find<disk::UnitBoardState>(UnitBoardKey(unit, fiscal_year), "unit board");
}

absl::Status Reads::ForEachUnit(Visit<const std::string&, Found<disk::UnitState>&> visit) const {
  return ForEach<disk::UnitState>(AllUnits(), "unit",
                                  [&](absl::string_view key, auto& found) -> std::optional<bool> {
                                    std::string unit;
                                    if (!ParseUnitKey(key, &unit)) return std::nullopt;
                                    return visit(unit, found);
                                  });
}

absl::Status Reads::ForEachTable(absl::string_view unit,
                                 Visit<const ResourceName&, Found<disk::TableState>&> visit) const {
  return ForEach<disk::TableState>(TablesOf(unit), "table",
                                   [&](absl::string_view key, auto& found) -> std::optional<bool> {
                                     ResourceName name{ResourceName::kTable, "", "", "", "", ""};
                                     if (!ParseTableKey(key, &name.unit, &name.table)) return std::nullopt;
                                     return visit(name, found);
                                   });
}

absl::Status Reads::ForEachProfile(Visit<Found<disk::ProfileState>&> visit) const {
  return ForEach<disk::ProfileState>(
      AllProfiles(), "profile",
      [&](absl::string_view, auto& found) -> std::optional<bool> { return visit(found); });
}

absl::Status Reads::ForEachActual(
    const ResourceName& indicator,
    Visit<const std::string&, const ActualId&, Found<disk::ActualState>&> visit) const {
  return ForEach<disk::ActualState>(ActualsOf(indicator.unit, indicator.table, indicator.indicator), "report",
                                    [&](absl::string_view key, auto& found) -> std::optional<bool> {
                                      std::string row;
                                      ActualId id;
                                      if (!ParseActualKey(key, &row, &id)) return std::nullopt;
                                      return visit(row, id, found);
                                    });
}

absl::Status Reads::ForEachSpending(const ResourceName& table,
                                    Visit<Found<disk::SpendingState>&> visit) const {
  return ForEach<disk::SpendingState>(
      SpendingsOf(table.unit, table.table), "spending",
      [&](absl::string_view, auto& found) -> std::optional<bool> { return visit(found); });
}

absl::Status Reads::ForEachReview(const ResourceName& table,
                                  Visit<const std::string&, Found<disk::ReviewState>&> visit) const {
  return ForEach<disk::ReviewState>(ReviewsOf(table.unit, table.table), "review",
                                    [&](absl::string_view key, auto& found) -> std::optional<bool> {
                                      std::string row;
                                      if (!ParseRowKey(key, &row)) return std::nullopt;
                                      return visit(row, found);
                                    });
}

absl::Status Reads::ForEachUnitBoard(absl::string_view unit,
                                     Visit<int32_t, Found<disk::UnitBoardState>&> visit) const {
  return ForEach<disk::UnitBoardState>(UnitBoardsOf(unit), "unit board",
                                       [&](absl::string_view key, auto& found) -> std::optional<bool> {
                                         int32_t year = 0;
                                         if (!ParseUnitBoardKey(key, &year)) return std::nullopt;
                                         return visit(year, found);
                                       });
}

}  // namespace attain::engine
