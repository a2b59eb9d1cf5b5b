#include "service/domain/tables/table_commands.h"

#include "absl/strings/str_cat.h"
#include "service/api/errors.h"
#include "service/api/findings.h"
#include "service/api/macros.h"
#include "service/api/text_limits.h"
#include "service/api/update_mask.h"
#include "service/domain/tables/life_cycle.h"
#include "service/domain/tables/lint.h"
#include "service/domain/tables/row_names.h"
#include "service/domain/tables/table_checks.h"
#include "service/model/mirror.h"
#include "service/state/keys.h"
#include "service/state/require.h"

namespace attain::engine {
namespace {

absl::Status Put(disk::TableSet set, Transaction& txn, v1::Table* table) {
  set.mutable_table()->set_update_time_us(txn.time_us());
  *table = ToPublic(set.table(), txn.revision());
  disk::Event event;
  *event.mutable_table_set() = std::move(set);
  return txn.Emit(std::move(event));
}

absl::Status Put(disk::TableState state, Transaction& txn, v1::Table* table) {
  disk::TableSet set;
  *set.mutable_table() = std::move(state);
  return Put(std::move(set), txn, table);
}

// A new table with the profile that it is to be checked by.
struct Declared {
  disk::TableSet set;
  std::shared_ptr<const scoring::Profile> profile;
};

// ALREADY_EXISTS, RESOURCE_NOT_FOUND.
absl::StatusOr<Declared> Declare(const v1::CreateTableRequest& request, Transaction& txn) {
  ASSIGN_OR_RETURN(const ResourceName parent, ParseUnitName("parent", request.parent()));
  RETURN_IF_ERROR(RequireUnit(txn.reads(), parent.unit).status());
  ASSIGN_OR_RETURN(const bool exists, txn.reads().Exists(TableKey(parent.unit, request.table_id())));
  const std::string name = absl::StrCat(parent.Unit(), "/tables/", request.table_id());
  if (exists) return AlreadyExists(name);
  Declared declared;
  disk::TableState& state = *declared.set.mutable_table();
  state = ToState(request.table());
  state.set_name(name);
  if (state.profile().empty()) state.set_profile("profiles/national");
  ASSIGN_OR_RETURN(const ResourceName profile, ParseProfileName("table.profile", state.profile()));
  ASSIGN_OR_RETURN(declared.profile, txn.CompiledProfile(profile.profile, 0));
  state.set_profile_version(declared.profile->version);
  state.set_state(v1::TABLE_STATE_DRAFT);
  state.set_create_time_us(txn.time_us());
  AssignRowIds(&state);
  return declared;
}

// What the verbs share: state and etag are checked, then `change` edits the copy that is stored.
template <typename Request, typename Response, typename Change>
absl::Status Move(const Request& request, v1::TableState needed, v1::TableState next, Transaction& txn,
                  Response* response, Change change) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseTableName("name", request.name()));
  ASSIGN_OR_RETURN(WorkingTable * working, txn.GetTable(name));
  RETURN_IF_ERROR(RequireState(*working->model, needed));
  RETURN_IF_ERROR(CheckEtag(name.Table(), request.etag(), working->model->revision));
  disk::TableState state = working->model->state;
  state.set_state(next);
  state.clear_return_reason();
  RETURN_IF_ERROR(change(*working, &state));
  return Put(std::move(state), txn, response->mutable_table());
}

absl::Status NoChange(const WorkingTable&, disk::TableState*) {
  return absl::OkStatus();
}

}  // namespace

absl::Status CreateTable(const v1::CreateTableRequest& request, Transaction& txn,
                         v1::CreateTableResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName parent, ParseUnitName("parent", request.parent()));
  RETURN_IF_ERROR(CheckId("table_id", request.table_id()));
  RETURN_IF_ERROR(
      CheckRowNames(request.table(), absl::StrCat(parent.Unit(), "/tables/", request.table_id())));
  RETURN_IF_ERROR(CheckTable(request.table()));
  ASSIGN_OR_RETURN(Declared declared, Declare(request, txn));
  AddFindings(LintState(declared.set.table(), *declared.profile), txn.caller().locale,
              response->mutable_findings());
  declared.set.set_source_text(request.table().source_text());
  return Put(std::move(declared.set), txn, response->mutable_table());
}

absl::Status DeclareTable(const v1::CreateTableRequest& request, const disk::ImportSource& source,
                          Transaction& txn, v1::Table* table) {
  ASSIGN_OR_RETURN(Declared declared, Declare(request, txn));
  declared.set.set_source_text(request.table().source_text());
  *declared.set.mutable_source() = source;
  return Put(std::move(declared.set), txn, table);
}

absl::Status UpdateTable(const v1::UpdateTableRequest& request, Transaction& txn,
                         v1::UpdateTableResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseTableName("table.name", request.table().name()));
  ASSIGN_OR_RETURN(WorkingTable * working, txn.GetTable(name));
  const disk::TableState& before = working->model->state;
  v1::Table table = ToPublic(before, working->model->revision);
  RETURN_IF_ERROR(Update(request.update_mask(), request.table(), &table));
  RETURN_IF_ERROR(CheckRowNames(table, name.Table()));
  // A draft that was imported with incomplete rows is mended row by row.
  RETURN_IF_ERROR(CheckTable(table, HasIncompleteRows(before) ? RowShape::kAsRead : RowShape::kComplete));
  RETURN_IF_ERROR(RequireState(*working->model, v1::TABLE_STATE_DRAFT));
  RETURN_IF_ERROR(CheckEtag(name.Table(), request.table().etag(), working->model->revision));
  disk::TableState state = ToState(table);
  if (state.profile().empty()) state.set_profile(before.profile());
  ASSIGN_OR_RETURN(const ResourceName profile, ParseProfileName("table.profile", state.profile()));
  ASSIGN_OR_RETURN(auto compiled, txn.CompiledProfile(profile.profile, 0));
  state.set_profile_version(compiled->version);
  state.set_state(v1::TABLE_STATE_DRAFT);
  state.set_return_reason(before.return_reason());
  state.set_submitter(before.submitter());
  state.set_create_time_us(before.create_time_us());
  state.set_source_revision(before.source_revision());
  AssignRowIds(&state);
  AddFindings(LintState(state, *compiled), txn.caller().locale, response->mutable_findings());
  return Put(std::move(state), txn, response->mutable_table());
}

absl::Status SubmitTable(const v1::SubmitTableRequest& request, Transaction& txn,
                         v1::SubmitTableResponse* response) {
  return Move(request, v1::TABLE_STATE_DRAFT, v1::TABLE_STATE_SUBMITTED, txn, response,
              [&](const WorkingTable& working, disk::TableState* state) {
                state->set_submitter(txn.caller().actor);
                return RequireNoErrors(LintState(*state, *working.model->profile), Step::kSubmit);
              });
}

absl::Status ApproveTable(const v1::ApproveTableRequest& request, Transaction& txn,
                          v1::ApproveTableResponse* response) {
  return Move(request, v1::TABLE_STATE_SUBMITTED, v1::TABLE_STATE_APPROVED, txn, response,
              [&](const WorkingTable& working, disk::TableState* state) -> absl::Status {
                ASSIGN_OR_RETURN(auto newest, txn.CompiledProfile(working.model->profile->id, 0));
                // Since it was submitted the profile may have become stricter.
                if (newest->version != working.model->profile->version) {
                  RETURN_IF_ERROR(RequireNoErrors(LintState(*state, *newest), Step::kApprove));
                }
                state->set_profile_version(newest->version);
                state->set_approve_revision(static_cast<int64_t>(txn.revision()));
                return absl::OkStatus();
              });
}

absl::Status ReturnTable(const v1::ReturnTableRequest& request, Transaction& txn,
                         v1::ReturnTableResponse* response) {
  RETURN_IF_ERROR(CheckRequired("reason", request.reason(), kMaxStepReason));
  return Move(request, v1::TABLE_STATE_SUBMITTED, v1::TABLE_STATE_DRAFT, txn, response,
              [&](const WorkingTable&, disk::TableState* state) {
                state->set_return_reason(request.reason());
                return absl::OkStatus();
              });
}

absl::Status WithdrawTable(const v1::WithdrawTableRequest& request, Transaction& txn,
                           v1::WithdrawTableResponse* response) {
  return Move(request, v1::TABLE_STATE_SUBMITTED, v1::TABLE_STATE_DRAFT, txn, response,
              [&](const WorkingTable& working, disk::TableState*) {
                return txn.RequireDuties({.submitter = working.model->state.submitter()});
              });
}

absl::Status CloseTable(const v1::CloseTableRequest& request, Transaction& txn,
                        v1::CloseTableResponse* response) {
  return Move(request, v1::TABLE_STATE_APPROVED, v1::TABLE_STATE_CLOSED, txn, response, NoChange);
}

}  // namespace attain::engine
