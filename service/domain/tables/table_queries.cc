#include "service/domain/tables/table_queries.h"

#include <memory>
#include <optional>

#include "service/api/findings.h"
#include "service/api/macros.h"
#include "service/api/rows.h"
#include "service/domain/tables/lint.h"
#include "service/model/mirror.h"
#include "service/state/entry.h"
#include "service/state/require.h"

namespace attain::engine {

namespace {

// With the targets of the snapshot's day and basis; a table that is not in force has those that it has.
absl::StatusOr<std::shared_ptr<const TableModel>> AsAsked(const Snapshot& snapshot,
                                                          const ResourceName& name) {
  ASSIGN_OR_RETURN(std::shared_ptr<const TableModel> table, snapshot.GetTable(name));
  if (snapshot.basis() == v1::TARGET_BASIS_LATEST) return table;
  ASSIGN_OR_RETURN(const std::optional<TableView> view, snapshot.FindBoard(name));
  return view.has_value() ? view->model : table;
}

}  // namespace

absl::Status GetTable(const v1::GetTableRequest& request, const QueryContext& context,
                      v1::GetTableResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseTableName("name", request.name()));
  ASSIGN_OR_RETURN(auto snapshot, OpenSnapshot(context, request.read(), request.as_of()));
  ASSIGN_OR_RETURN(const auto model, AsAsked(*snapshot, name));
  *response->mutable_table() = ToPublic(model->state, model->revision);
  RETURN_IF_ERROR(snapshot->FillReadInfo(response->mutable_read()));
  if (model->state.source_revision() == 0) return absl::OkStatus();
  // The raw text stays in the journal entry that brought it.
  return context.store.ReadJournal(
      static_cast<uint64_t>(model->state.source_revision()), [&](const storage::JournalRecord& record) {
        const absl::StatusOr<disk::EntryPayload> payload = ReadEntry(record);
        if (!payload.ok()) return false;
        for (const disk::Event& event : payload->events()) {
          if (event.has_table_set() && event.table_set().table().name() == request.name()) {
            response->mutable_table()->set_source_text(event.table_set().source_text());
          }
        }
        return false;
      });
}

absl::Status ListTables(const v1::ListTablesRequest& request, const QueryContext& context,
                        v1::ListTablesResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName parent, ParseUnitName("parent", request.parent(), /*wildcard=*/true));
  const std::string question = Question(request);
  ASSIGN_OR_RETURN(const Page page,
                   OpenPage(request.page_size(), request.page_token(), request.read(), question));
  ASSIGN_OR_RETURN(auto rows, Rows<v1::Table>::Make(request.filter(), ""));
  ASSIGN_OR_RETURN(auto snapshot, OpenSnapshot(context, page.read));
  if (parent.unit != "-") RETURN_IF_ERROR(RequireUnit(snapshot->reads(), parent.unit).status());
  RETURN_IF_ERROR(snapshot->ForEachTable(
      parent.unit, [&](const std::shared_ptr<const TableModel>& model) -> absl::StatusOr<bool> {
        rows.Offer(ToPublic(model->state, model->revision));
        return true;
      }));
  response->set_total_size(static_cast<int32_t>(rows.size()));
  response->set_next_page_token(rows.Take(page, snapshot->revision(), question, response->mutable_tables()));
  RETURN_IF_ERROR(snapshot->FillReadInfo(response->mutable_read()));
  return absl::OkStatus();
}

absl::Status LintTable(const v1::LintTableRequest& request, const QueryContext& context,
                       v1::LintTableResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseTableName("name", request.name()));
  ASSIGN_OR_RETURN(auto snapshot, OpenSnapshot(context, request.read()));
  ASSIGN_OR_RETURN(const auto model, snapshot->GetTable(name));
  AddFindings(LintState(model->state, *model->profile), context.caller.locale, response->mutable_findings());
  RETURN_IF_ERROR(snapshot->FillReadInfo(response->mutable_read()));
  return absl::OkStatus();
}

}  // namespace attain::engine
