#include "service/domain/monitoring/due_queries.h"

#include "service/api/calendar.h"
#include "service/api/dates.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/api/rows.h"
#include "service/domain/monitoring/due_view.h"
#include "service/state/require.h"

namespace attain::engine {
namespace {

// The day that is asked for; empty means today. A read of the past asks with the day of its revision, so that
// the same question at the same revision always has the same answer.
absl::StatusOr<std::string> DueBy(const v1::ListDueRequest& request, const QueryContext& context,
                                  const Snapshot& now) {
  if (!request.due_by().empty()) {
    if (IsDate(request.due_by())) return request.due_by();
    return BadField(
        "due_by", v1::ERROR_REASON_INVALID_FIELD,
        {"日期应写成 YYYY-MM-DD，例如 2024-07-31。", "Write the day as YYYY-MM-DD, e.g. 2024-07-31."});
  }
  if (!AsksForAPast(request.read())) {
    return ToText(DayInChina(absl::ToUnixMicros(context.clock->Now())));
  }
  std::string day;
  RETURN_IF_ERROR(context.store.ReadJournal(now.revision(), [&](const storage::JournalRecord& record) {
    day = ToText(DayInChina(absl::ToUnixMicros(record.time)));
    return false;
  }));
  return day;
}

}  // namespace

absl::Status ListDue(const v1::ListDueRequest& request, const QueryContext& context,
                     v1::ListDueResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName parent, ParseUnitName("parent", request.parent(), /*wildcard=*/true));
  ASSIGN_OR_RETURN(const auto asked, OpenSnapshot(context, request.read()));
  // The day is part of the question: a page of tomorrow does not belong to a list of today.
  v1::ListDueRequest resolved = request;
  ASSIGN_OR_RETURN(*resolved.mutable_due_by(), DueBy(request, context, *asked));
  const std::string question = absl::StrCat(Question(resolved), "\n", context.caller.actor);
  ASSIGN_OR_RETURN(const Page page,
                   OpenPage(request.page_size(), request.page_token(), request.read(), question));
  ASSIGN_OR_RETURN(auto rows, Rows<v1::DueItem>::Make(request.filter(), ""));
  ASSIGN_OR_RETURN(const auto now, OpenSnapshot(context, page.read));
  if (parent.unit != "-") RETURN_IF_ERROR(RequireUnit(now->reads(), parent.unit).status());
  const DueQuestion due{ToDay(resolved.due_by())};
  std::vector<v1::DueItem> items;
  RETURN_IF_ERROR(now->ForEachTable(
      parent.unit, [&](const std::shared_ptr<const TableModel>& model) -> absl::StatusOr<bool> {
        RETURN_IF_ERROR(AddDue(context, *now, due, model, &items));
        return true;
      }));
  SortByUrgency(&items);
  for (v1::DueItem& item : items) rows.Offer(std::move(item));
  response->set_total_size(static_cast<int32_t>(rows.size()));
  response->set_next_page_token(rows.Take(page, now->revision(), question, response->mutable_items()));
  RETURN_IF_ERROR(now->FillReadInfo(response->mutable_read()));
  return absl::OkStatus();
}

}  // namespace attain::engine
