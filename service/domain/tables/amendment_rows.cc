#include "service/domain/tables/amendment_rows.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/domain/tables/row_names.h"
#include "service/model/mirror.h"
#include "service/state/keys.h"
#include "service/state/require.h"

namespace attain::engine {
namespace {

constexpr int kMaxChanges = 500;

int Find(const disk::TableState& state, const std::string& id) {
  for (int i = 0; i < state.indicators_size(); ++i) {
    if (state.indicators(i).name() == id) return i;
  }
  return -1;
}

// Behind the last row of its level 2, else of its level 1, else at the end.
int PlaceFor(const disk::TableState& state, const disk::IndicatorState& row) {
  int place = state.indicators_size(), in_level1 = -1, in_level2 = -1;
  for (int i = 0; i < state.indicators_size(); ++i) {
    if (state.indicators(i).level1() != row.level1()) continue;
    in_level1 = i + 1;
    if (state.indicators(i).level2() == row.level2()) in_level2 = i + 1;
  }
  return in_level2 >= 0 ? in_level2 : in_level1 >= 0 ? in_level1 : place;
}

void Insert(const disk::IndicatorState& row, disk::TableState* state) {
  const int place = PlaceFor(*state, row);
  *state->add_indicators() = row;
  for (int i = state->indicators_size() - 1; i > place; --i)
    state->mutable_indicators()->SwapElements(i, i - 1);
}

// Ids that rows of the table or of its amendments have or had.
absl::StatusOr<std::set<std::string>> TakenIds(const ResourceName& table, const TableModel& model,
                                               Transaction& txn) {
  std::set<std::string> taken;
  for (const disk::IndicatorState& row : model.state.indicators()) taken.insert(row.name());
  ASSIGN_OR_RETURN(const int32_t newest, txn.reads().NewestAmendment(table));
  for (int32_t number = 1; number <= newest; ++number) {
    ResourceName name = table;
    name.amendment = number;
    ASSIGN_OR_RETURN(const Found<disk::AmendmentState> found, RequireAmendment(txn.reads(), name));
    for (const disk::RowChangeState& change : found.state.rows()) taken.insert(change.indicator().name());
  }
  return taken;
}

class RowChangeReader {
 public:
  RowChangeReader(const ResourceName& table, const TableModel& model, std::set<std::string> taken,
                  Transaction& txn)
      : table_(table), model_(model), taken_(std::move(taken)), txn_(txn) {}

  absl::StatusOr<disk::RowChangeState> Read(const v1::RowChange& change, const std::string& at) {
    disk::RowChangeState state;
    RETURN_IF_ERROR(
        CheckRowName(absl::StrCat(at, ".indicator.name"), table_.Table(), change.indicator().name()));
    CopyByName(change, &state);
    state.clear_before();
    TidyRow(state.mutable_indicator());
    switch (change.kind()) {
      case v1::ROW_CHANGE_KIND_ADDED:
        RETURN_IF_ERROR(Add(at, &state));
        break;
      case v1::ROW_CHANGE_KIND_CHANGED:
      case v1::ROW_CHANGE_KIND_REMOVED:
        RETURN_IF_ERROR(Change(change, at, &state));
        break;
      default:
        return BadField(absl::StrCat(at, ".kind"), v1::ERROR_REASON_INVALID_FIELD,
                        {"须为新增、修改或删除。", "Must be ADDED, CHANGED or REMOVED."});
    }
    if (!seen_.insert(state.indicator().name()).second) {
      return BadField(absl::StrCat(at, ".indicator.name"), v1::ERROR_REASON_INVALID_FIELD,
                      {"同一个指标在一次调整中只能出现一次。", "A row occurs once in an amendment."});
    }
    return state;
  }

 private:
  absl::Status Add(const std::string& at, disk::RowChangeState* state) {
    std::string* id = state->mutable_indicator()->mutable_name();
    if (id->empty()) {
      int next = 1;
      while (taken_.count(absl::StrCat("i", next)) > 0) ++next;
      *id = absl::StrCat("i", next);
    }
    RETURN_IF_ERROR(CheckId(absl::StrCat(at, ".indicator.name"), *id));
    ResourceName name = table_;
    name.indicator = *id;
    ASSIGN_OR_RETURN(const bool reported, txn_.reads().HasReports(name));
    if (reported || !taken_.insert(*id).second) return AlreadyExists(name.Indicator());
    return absl::OkStatus();
  }

  absl::Status Change(const v1::RowChange& change, const std::string& at, disk::RowChangeState* state) {
    ResourceName name = table_;
    name.indicator = state->indicator().name();
    const int row = Find(model_.state, name.indicator);
    if (row < 0)
      return Prefixed(NotFound("indicator", name.Indicator()), absl::StrCat(at, ".indicator.name"));
    *state->mutable_before() = model_.state.indicators(row);
    if (change.kind() == v1::ROW_CHANGE_KIND_REMOVED) {
      *state->mutable_indicator() = state->before();
      return absl::OkStatus();
    }
    if (ShapeOf(state->before()) == ShapeOf(state->indicator())) return absl::OkStatus();
    ASSIGN_OR_RETURN(const bool reported, txn_.reads().HasReports(name));
    if (!reported) return absl::OkStatus();
    return BadField(absl::StrCat(at, ".indicator"), v1::ERROR_REASON_INVALID_FIELD,
                    {"该指标已有上报，不能改变指标值的类型、计量单位或累计方式。请删除该指标并新增一个。",
                     "This indicator has reports: the kind of its target, its unit and how reports add up "
                     "cannot change. Remove the row and add another."});
  }

  const ResourceName& table_;
  const TableModel& model_;
  std::set<std::string> taken_, seen_;
  Transaction& txn_;
};

absl::Status Conflict(const disk::AmendmentState& amendment, const disk::RowChangeState& change) {
  const std::string& row = change.indicator().display_name();
  return Refuse(absl::StatusCode::kAborted, v1::ERROR_REASON_AMENDMENT_CONFLICT,
                {absl::StrCat("调整 ", amendment.number(), " 提出之后，“", row,
                              "”已被另一次调整改动。请驳回它，按现在的表重新提出。"),
                 absl::StrCat("Since amendment ", amendment.number(), " was proposed, another one changed \"",
                              row, "\". Reject it and propose it anew from the table as it is.")},
                {{"indicator", change.indicator().name()}, {"amendment", absl::StrCat(amendment.number())}});
}

}  // namespace

absl::StatusOr<disk::AmendmentState> ReadRowChanges(const v1::Amendment& amendment, const ResourceName& table,
                                                    const TableModel& model, Transaction& txn) {
  if (amendment.rows().empty() && !amendment.adopt_newest_profile()) {
    return BadField("amendment.rows", v1::ERROR_REASON_INVALID_FIELD,
                    {"调整至少要改动一行，或改用评分方案的最新版本。",
                     "An amendment changes at least one row, or adopts the newest profile."});
  }
  if (amendment.rows_size() > kMaxChanges) {
    return BadField("amendment.rows", v1::ERROR_REASON_REQUEST_TOO_LARGE,
                    {"一次调整最多 500 行。", "At most 500 rows in an amendment."});
  }
  ASSIGN_OR_RETURN(std::set<std::string> taken, TakenIds(table, model, txn));
  RowChangeReader reader(table, model, std::move(taken), txn);
  disk::AmendmentState state;
  for (int i = 0; i < amendment.rows_size(); ++i) {
    ASSIGN_OR_RETURN(*state.add_rows(),
                     reader.Read(amendment.rows(i), absl::StrCat("amendment.rows[", i, "]")));
  }
  return state;
}

absl::Status PutRowChanges(const disk::AmendmentState& amendment, disk::TableState* state) {
  for (const disk::RowChangeState& change : amendment.rows()) {
    const int row = Find(*state, change.indicator().name());
    if (change.kind() == v1::ROW_CHANGE_KIND_ADDED) {
      if (row >= 0) return Conflict(amendment, change);
      Insert(change.indicator(), state);
      continue;
    }
    if (row < 0 || state->indicators(row).SerializeAsString() != change.before().SerializeAsString())
      return Conflict(amendment, change);
    if (change.kind() == v1::ROW_CHANGE_KIND_REMOVED) {
      state->mutable_indicators()->DeleteSubrange(row, 1);
    } else {
      *state->mutable_indicators(row) = change.indicator();
    }
  }
  return absl::OkStatus();
}

absl::Status AtRowChanges(absl::Status status, const disk::AmendmentState& amendment,
                          const disk::TableState& state) {
  for (int i = 0; !status.ok() && i < amendment.rows_size(); ++i) {
    const int row = Find(state, amendment.rows(i).indicator().name());
    if (row < 0) continue;
    status = Repathed(status, absl::StrCat("table.indicators[", row, "]"),
                      absl::StrCat("amendment.rows[", i, "].indicator"));
  }
  return status;
}

}  // namespace attain::engine
