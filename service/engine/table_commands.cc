// Tables: declaration and the steps of their life up to closing (domain.md section 4).
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "service/engine/commands.h"
#include "service/engine/errors.h"
#include "service/engine/keys.h"
#include "service/engine/lint.h"
#include "service/engine/macros.h"
#include "service/engine/mirror.h"
#include "service/engine/text_limits.h"

namespace attain::engine {
namespace {

constexpr size_t kMaxReason = 2000;

absl::Status Put(disk::TableState state, const std::string& source_text, Transaction& txn, v1::Table* table) {
  state.set_update_time_us(txn.time_us());
  disk::Event event;
  disk::TableSet* set = event.mutable_table_set();
  *set->mutable_table() = state;
  set->set_source_text(source_text);
  RETURN_IF_ERROR(txn.Emit(std::move(event)));
  *table = ToPublic(state, txn.revision());
  return absl::OkStatus();
}

std::string StateNameOf(int32_t state) {
  return std::string(absl::StripPrefix(v1::TableState_Name(static_cast<v1::TableState>(state)), "TABLE_STATE_"));
}

absl::Status WrongState(const disk::TableState& table, v1::TableState needed) {
  const std::string is = StateNameOf(table.state()), want = StateNameOf(needed);
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_WRONG_STATE,
                {absl::StrCat(table.name(), " 目前处于 ", is, "，此操作只能在 ", want, " 状态下进行。"),
                 absl::StrCat(table.name(), " is ", is, "; this works only while it is ", want, ".")},
                {{"name", table.name()}, {"state", is}, {"needed", want}});
}

absl::Status CheckEtag(const TableModel& model, const std::string& etag) {
  const std::string actual = absl::StrCat(model.revision);
  if (etag == actual) return absl::OkStatus();
  return StaleEtag(model.state.name(), etag, actual);
}

absl::Status ValidationFailed(const std::vector<importing::Finding>& findings) {
  std::vector<Violation> violations;
  for (const importing::Finding& finding : findings) {
    if (finding.severity == importing::Severity::kError) {
      violations.push_back({absl::StrCat("table.indicators[", finding.place.row - 1, "]"), finding.message});
    }
  }
  const scoring::Text first = violations.front().text;
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_VALIDATION_FAILED,
                {absl::StrCat("校验发现 ", violations.size(), " 个错误，改正后才能提交。第一个：", first.zh),
                 absl::StrCat("The validator found ", violations.size(), " errors; correct them before submitting. The first: ", first.en)},
                {}, violations);
}

// What the verbs share: state and etag are checked, then `change` edits the copy that is stored.
template <typename Request, typename Response, typename Change>
absl::Status Move(const Request& request, v1::TableState needed, v1::TableState next, Transaction& txn,
                  Response* response, Change change) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseTableName("name", request.name()));
  ASSIGN_OR_RETURN(WorkingTable * working, txn.GetTable(name));
  if (working->model->state.state() != needed) return WrongState(working->model->state, needed);
  RETURN_IF_ERROR(CheckEtag(*working->model, request.etag()));
  disk::TableState state = working->model->state;
  state.set_state(next);
  state.clear_return_reason();
  RETURN_IF_ERROR(change(*working, &state));
  return Put(std::move(state), "", txn, response->mutable_table());
}

absl::Status NoChange(const WorkingTable&, disk::TableState*) { return absl::OkStatus(); }

}  // namespace

absl::Status CreateTable(const v1::CreateTableRequest& request, Transaction& txn, v1::CreateTableResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName parent, ParseUnitName("parent", request.parent()));
  RETURN_IF_ERROR(CheckId("table_id", request.table_id()));
  RETURN_IF_ERROR(CheckTable(request.table()));
  RETURN_IF_ERROR(txn.GetUnit(parent.unit).status());
  ASSIGN_OR_RETURN(const bool exists, txn.Exists(TableKey(parent.unit, request.table_id())));
  const std::string name = absl::StrCat(parent.Unit(), "/tables/", request.table_id());
  if (exists) return AlreadyExists(name);
  disk::TableState state = ToState(request.table());
  state.set_name(name);
  if (state.profile().empty()) state.set_profile("profiles/national");
  ASSIGN_OR_RETURN(const ResourceName profile, ParseProfileName("table.profile", state.profile()));
  ASSIGN_OR_RETURN(auto compiled, txn.CompiledProfile(profile.profile, 0));
  state.set_profile_version(compiled->version);
  state.set_state(v1::TABLE_STATE_DRAFT);
  state.set_create_time_us(txn.time_us());
  AssignRowIds(&state);
  AddFindings(LintState(state, *compiled), txn.caller().locale, response->mutable_findings());
  return Put(std::move(state), request.table().source_text(), txn, response->mutable_table());
}

absl::Status UpdateTable(const v1::UpdateTableRequest& request, Transaction& txn, v1::UpdateTableResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseTableName("table.name", request.table().name()));
  RETURN_IF_ERROR(CheckTable(request.table()));
  ASSIGN_OR_RETURN(WorkingTable * working, txn.GetTable(name));
  const disk::TableState& before = working->model->state;
  if (before.state() != v1::TABLE_STATE_DRAFT) return WrongState(before, v1::TABLE_STATE_DRAFT);
  RETURN_IF_ERROR(CheckEtag(*working->model, request.table().etag()));
  disk::TableState state = ToState(request.table());
  if (state.profile().empty()) state.set_profile(before.profile());
  ASSIGN_OR_RETURN(const ResourceName profile, ParseProfileName("table.profile", state.profile()));
  ASSIGN_OR_RETURN(auto compiled, txn.CompiledProfile(profile.profile, 0));
  state.set_profile_version(compiled->version);
  state.set_state(v1::TABLE_STATE_DRAFT);
  state.set_return_reason(before.return_reason());
  state.set_create_time_us(before.create_time_us());
  state.set_source_revision(before.source_revision());
  AssignRowIds(&state);
  AddFindings(LintState(state, *compiled), txn.caller().locale, response->mutable_findings());
  return Put(std::move(state), "", txn, response->mutable_table());
}

absl::Status SubmitTable(const v1::SubmitTableRequest& request, Transaction& txn, v1::SubmitTableResponse* response) {
  return Move(request, v1::TABLE_STATE_DRAFT, v1::TABLE_STATE_SUBMITTED, txn, response,
              [](const WorkingTable& working, disk::TableState* state) {
                const std::vector<importing::Finding> findings = LintState(*state, *working.model->profile);
                return HasErrors(findings) ? ValidationFailed(findings) : absl::OkStatus();
              });
}

absl::Status ApproveTable(const v1::ApproveTableRequest& request, Transaction& txn,
                          v1::ApproveTableResponse* response) {
  return Move(request, v1::TABLE_STATE_SUBMITTED, v1::TABLE_STATE_APPROVED, txn, response,
              [&](const WorkingTable& working, disk::TableState* state) -> absl::Status {
                ASSIGN_OR_RETURN(auto newest, txn.CompiledProfile(working.model->profile->id, 0));
                state->set_profile_version(newest->version);
                return absl::OkStatus();
              });
}

absl::Status ReturnTable(const v1::ReturnTableRequest& request, Transaction& txn, v1::ReturnTableResponse* response) {
  RETURN_IF_ERROR(CheckRequired("reason", request.reason(), kMaxReason));
  return Move(request, v1::TABLE_STATE_SUBMITTED, v1::TABLE_STATE_DRAFT, txn, response,
              [&](const WorkingTable&, disk::TableState* state) {
                state->set_return_reason(request.reason());
                return absl::OkStatus();
              });
}

absl::Status WithdrawTable(const v1::WithdrawTableRequest& request, Transaction& txn,
                           v1::WithdrawTableResponse* response) {
  return Move(request, v1::TABLE_STATE_SUBMITTED, v1::TABLE_STATE_DRAFT, txn, response, NoChange);
}

absl::Status CloseTable(const v1::CloseTableRequest& request, Transaction& txn, v1::CloseTableResponse* response) {
  return Move(request, v1::TABLE_STATE_APPROVED, v1::TABLE_STATE_CLOSED, txn, response, NoChange);
}

}  // namespace attain::engine
