// Units, tables, reports and profiles: single and listed.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "service/engine/errors.h"
#include "service/engine/keys.h"
#include "service/engine/findings.h"
#include "service/engine/lint.h"
#include "service/engine/mirror.h"
#include "service/engine/queries.h"
#include "service/engine/rows.h"

namespace attain::engine {
namespace {

absl::StatusOr<std::unique_ptr<Snapshot>> Open(const QueryContext& context, const v1::ReadOptions& read) {
  return Snapshot::Open(context.store, context.cache, read);
}

int64_t Revision(const Snapshot& snapshot) { return static_cast<int64_t>(snapshot.revision()); }

}  // namespace

absl::Status GetUnit(const v1::GetUnitRequest& request, const QueryContext& context, v1::GetUnitResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseUnitName("name", request.name()));
  ASSIGN_OR_RETURN(auto snapshot, Open(context, request.read()));
  ASSIGN_OR_RETURN(const Found<disk::UnitState> found, snapshot->GetUnit(name.unit));
  *response->mutable_unit() = ToPublic(found.state, found.revision);
  response->set_revision(Revision(*snapshot));
  return absl::OkStatus();
}

absl::Status ListUnits(const v1::ListUnitsRequest& request, const QueryContext& context,
                       v1::ListUnitsResponse* response) {
  const std::string question = Question(request);
  ASSIGN_OR_RETURN(const Page page, OpenPage(request.page_size(), request.page_token(), request.read(), question));
  ASSIGN_OR_RETURN(auto rows, Rows<v1::Unit>::Make(request.filter(), ""));
  ASSIGN_OR_RETURN(auto snapshot, Open(context, page.read));
  const KeyRange range = AllUnits();
  absl::Status failed;
  RETURN_IF_ERROR(snapshot->reader().Scan(
      range.begin, range.end, [&](absl::string_view, storage::Revision revision, absl::string_view value) {
        disk::UnitState state;
        if (!state.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
          failed = absl::DataLossError("unit does not parse");
          return false;
        }
        rows.Offer(ToPublic(state, revision));
        return true;
      }));
  RETURN_IF_ERROR(failed);
  response->set_total_size(static_cast<int64_t>(rows.size()));
  response->set_next_page_token(rows.Take(page, snapshot->revision(), question, response->mutable_units()));
  response->set_revision(Revision(*snapshot));
  return absl::OkStatus();
}

absl::Status GetTable(const v1::GetTableRequest& request, const QueryContext& context, v1::GetTableResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseTableName("name", request.name()));
  ASSIGN_OR_RETURN(auto snapshot, Open(context, request.read()));
  ASSIGN_OR_RETURN(const auto model, snapshot->GetTable(name));
  *response->mutable_table() = ToPublic(model->state, model->revision);
  response->set_revision(Revision(*snapshot));
  if (model->state.source_revision() == 0) return absl::OkStatus();
  // The raw text stays in the journal entry that brought it.
  return context.store.ReadJournal(
      static_cast<uint64_t>(model->state.source_revision()), [&](const storage::JournalRecord& record) {
        disk::EntryPayload payload;
        if (!payload.ParseFromString(record.payload)) return false;
        for (const disk::Event& event : payload.events()) {
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
  ASSIGN_OR_RETURN(const Page page, OpenPage(request.page_size(), request.page_token(), request.read(), question));
  ASSIGN_OR_RETURN(auto rows, Rows<v1::Table>::Make(request.filter(), ""));
  ASSIGN_OR_RETURN(auto snapshot, Open(context, page.read));
  if (parent.unit != "-") RETURN_IF_ERROR(snapshot->GetUnit(parent.unit).status());
  RETURN_IF_ERROR(snapshot->ForEachTable(parent.unit, [&](const std::shared_ptr<const TableModel>& model) -> absl::StatusOr<bool> {
    rows.Offer(ToPublic(model->state, model->revision));
    return true;
  }));
  response->set_total_size(static_cast<int64_t>(rows.size()));
  response->set_next_page_token(rows.Take(page, snapshot->revision(), question, response->mutable_tables()));
  response->set_revision(Revision(*snapshot));
  return absl::OkStatus();
}

absl::Status LintTable(const v1::LintTableRequest& request, const QueryContext& context,
                       v1::LintTableResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseTableName("name", request.name()));
  ASSIGN_OR_RETURN(auto snapshot, Open(context, request.read()));
  ASSIGN_OR_RETURN(const auto model, snapshot->GetTable(name));
  AddFindings(LintState(model->state, *model->profile), context.caller.locale, response->mutable_findings());
  response->set_revision(Revision(*snapshot));
  return absl::OkStatus();
}

absl::Status ListActuals(const v1::ListActualsRequest& request, const QueryContext& context,
                         v1::ListActualsResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName parent, ParseIndicatorName("parent", request.parent(), /*wildcard=*/true));
  const std::string question = Question(request);
  ASSIGN_OR_RETURN(const Page page, OpenPage(request.page_size(), request.page_token(), request.read(), question));
  ASSIGN_OR_RETURN(auto rows, Rows<v1::Actual>::Make(request.filter(), "date desc, revision desc"));
  ASSIGN_OR_RETURN(auto snapshot, Open(context, page.read));
  ASSIGN_OR_RETURN(const auto model, snapshot->GetTable(parent));
  if (parent.indicator != "-" && !model->row_by_id.contains(parent.indicator)) {
    return NotFound(v1::ERROR_REASON_INDICATOR_NOT_FOUND, request.parent());
  }
  RETURN_IF_ERROR(snapshot->ForEachActual(
      parent, [&](const std::string& indicator, const ActualId& id, const disk::ActualState& actual) {
        if (!snapshot->as_of().empty() && actual.date() > snapshot->as_of()) return true;
        rows.Offer(ToPublic(actual, absl::StrCat(model->state.name(), "/indicators/", indicator),
                            id.ToString(), MeasureOf(*model, indicator)));
        return true;
      }));
  response->set_total_size(static_cast<int64_t>(rows.size()));
  response->set_next_page_token(rows.Take(page, snapshot->revision(), question, response->mutable_actuals()));
  response->set_revision(Revision(*snapshot));
  return absl::OkStatus();
}

absl::Status GetProfile(const v1::GetProfileRequest& request, const QueryContext& context,
                        v1::GetProfileResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseProfileName("name", request.name()));
  ASSIGN_OR_RETURN(auto snapshot, Open(context, request.read()));
  ASSIGN_OR_RETURN(const Found<disk::ProfileState> found, snapshot->GetProfile(name.profile, request.version()));
  *response->mutable_profile() = ToPublic(found.state, found.revision);
  response->set_revision(Revision(*snapshot));
  return absl::OkStatus();
}

absl::Status ListProfiles(const v1::ListProfilesRequest& request, const QueryContext& context,
                          v1::ListProfilesResponse* response) {
  const std::string question = Question(request);
  ASSIGN_OR_RETURN(const Page page, OpenPage(request.page_size(), request.page_token(), request.read(), question));
  ASSIGN_OR_RETURN(auto rows, Rows<v1::Profile>::Make("", ""));
  ASSIGN_OR_RETURN(auto snapshot, Open(context, page.read));
  const KeyRange range = AllProfiles();
  absl::Status failed;
  RETURN_IF_ERROR(snapshot->reader().Scan(
      range.begin, range.end, [&](absl::string_view, storage::Revision revision, absl::string_view value) {
        disk::ProfileState state;
        if (!state.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
          failed = absl::DataLossError("profile does not parse");
          return false;
        }
        rows.Offer(ToPublic(state, revision));
        return true;
      }));
  RETURN_IF_ERROR(failed);
  response->set_next_page_token(rows.Take(page, snapshot->revision(), question, response->mutable_profiles()));
  response->set_revision(Revision(*snapshot));
  return absl::OkStatus();
}

}  // namespace attain::engine
