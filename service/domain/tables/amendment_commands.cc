#include "service/domain/tables/amendment_commands.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "service/api/dates.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/api/text_limits.h"
#include "service/domain/tables/amendment_rows.h"
#include "service/domain/tables/life_cycle.h"
#include "service/domain/tables/lint.h"
#include "service/domain/tables/table_checks.h"
#include "service/model/compile.h"
#include "service/model/mirror.h"
#include "service/state/require.h"

namespace attain::engine {
namespace {

absl::Status Put(const disk::AmendmentState& state, const ResourceName& name, Transaction& txn,
                 v1::Amendment* out) {
  disk::Event event;
  event.mutable_amendment_set()->set_table(name.Table());
  *event.mutable_amendment_set()->mutable_amendment() = state;
  RETURN_IF_ERROR(txn.Emit(std::move(event)));
  *out = ToPublic(state, name.Table(), txn.revision());
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const scoring::Profile>> ProfileUnder(const disk::AmendmentState& amendment,
                                                                     const TableModel& model,
                                                                     Transaction& txn) {
  if (!amendment.adopt_newest_profile()) return model.profile;
  return txn.CompiledProfile(model.profile->id, 0);
}

// A typed score or a review that would lie outside the amended row's band or weight stands in the way: none
// is changed silently.
absl::Status CheckFigures(const WorkingTable& working, const disk::TableState& state,
                          std::shared_ptr<const scoring::Profile> profile, uint64_t revision) {
  const TableModel& model = *working.model;
  ASSIGN_OR_RETURN(const auto after,
                   CompileTable(model.unit, model.table, state, revision, std::move(profile)));
  std::vector<int> recompute;
  const Board board = Amended(model, *working.board, *after, &recompute);
  for (size_t row = 0; row < board.cells.size(); ++row) {
    if (Fits(*after, static_cast<int>(row), board.cells[row])) continue;
    const std::string& name = after->rows[row].name;
    return BadField(
        "amendment.rows", v1::ERROR_REASON_SCORE_OUT_OF_BAND,
        {absl::StrCat("“", name,
                      "”已有评定得分或复核得分，超出调整后的分值范围。请先撤回该上报（或退回评价），调整生效"
                      "后再评定。"),
         absl::StrCat(
             "\"", name,
             "\" has a typed or review score outside the amended weight. Retract that report (or return "
             "the evaluation) first and rate it again under the amended table.")},
        {{"indicator", after->rows[row].id}});
  }
  return absl::OkStatus();
}

// The table as it is with the amendment. AMENDMENT_CONFLICT, INVALID_FIELD, SCORE_OUT_OF_BAND,
// VALIDATION_FAILED.
absl::StatusOr<disk::TableState> AmendedTable(const disk::AmendmentState& amendment,
                                              const WorkingTable& working, Transaction& txn) {
  const TableModel& model = *working.model;
  disk::TableState state = model.state;
  RETURN_IF_ERROR(PutRowChanges(amendment, &state));
  RETURN_IF_ERROR(AtRowChanges(CheckTable(ToPublic(state, model.revision)), amendment, state));
  ASSIGN_OR_RETURN(const auto profile, ProfileUnder(amendment, model, txn));
  state.set_profile_version(profile->version);
  RETURN_IF_ERROR(AtRowChanges(RequireNoErrors(LintState(state, *profile), Step::kAmend), amendment, state));
  RETURN_IF_ERROR(CheckFigures(working, state, profile, txn.revision()));
  return state;
}

// The day as YYYY-MM-DD; empty when none was given.
absl::StatusOr<std::string> ReadEffectiveDate(const std::string& text, const TableModel& model) {
  if (text.empty()) return std::string();
  ASSIGN_OR_RETURN(std::string date,
                   ReadDate("amendment.effective_date", model.state.fiscal_year(), text, 0));
  const std::string& newest = model.state.amend_date();
  if (date >= newest) return date;
  return BadField("amendment.effective_date", v1::ERROR_REASON_INVALID_FIELD,
                  {absl::StrCat("生效日不能早于上一次调整的生效日 ", newest, "。"),
                   absl::StrCat("It cannot take effect before the amendment approved last, ", newest, ".")});
}

// What a decision needs: the amendment, still PROPOSED and as it was read, and its table in force.
struct Decision {
  ResourceName name;
  disk::AmendmentState amendment;
  WorkingTable* working = nullptr;
};

template <typename Request>
absl::StatusOr<Decision> OpenDecision(const Request& request, Transaction& txn) {
  Decision decision;
  ASSIGN_OR_RETURN(decision.name, ParseAmendmentName("name", request.name()));
  ASSIGN_OR_RETURN(Found<disk::AmendmentState> found, RequireAmendment(txn.reads(), decision.name));
  if (found.state.state() != v1::AMENDMENT_STATE_PROPOSED) {
    const bool approved = found.state.state() == v1::AMENDMENT_STATE_APPROVED;
    return Refuse(
        absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_WRONG_STATE,
        {absl::StrCat(request.name(), approved ? " 已经批准。" : " 已被驳回。", "需要改动请提出新的调整。"),
         absl::StrCat(request.name(), approved ? " is approved already" : " was rejected",
                      "; propose a new one for another change.")},
        {{"name", request.name()}, {"needed", "PROPOSED"}});
  }
  RETURN_IF_ERROR(CheckEtag(request.name(), request.etag(), found.revision));
  decision.amendment = std::move(found.state);
  ASSIGN_OR_RETURN(decision.working, txn.GetTable(decision.name));
  RETURN_IF_ERROR(RequireState(*decision.working->model, v1::TABLE_STATE_APPROVED));
  return decision;
}

}  // namespace

absl::Status ProposeAmendment(const v1::ProposeAmendmentRequest& request, Transaction& txn,
                              v1::ProposeAmendmentResponse* response) {
  ASSIGN_OR_RETURN(ResourceName name, ParseTableName("parent", request.parent()));
  RETURN_IF_ERROR(CheckRequired("amendment.reason", request.amendment().reason(), kMaxStepReason));
  ASSIGN_OR_RETURN(WorkingTable * working, txn.GetTable(name));
  const TableModel& model = *working->model;
  RETURN_IF_ERROR(RequireState(model, v1::TABLE_STATE_APPROVED));
  RETURN_IF_ERROR(CheckEtag(name.Table(), request.etag(), model.revision));
  ASSIGN_OR_RETURN(const std::string date, ReadEffectiveDate(request.amendment().effective_date(), model));
  ASSIGN_OR_RETURN(disk::AmendmentState state, ReadRowChanges(request.amendment(), name, model, txn));
  state.set_reason(request.amendment().reason());
  state.set_effective_date(date);
  state.set_adopt_newest_profile(request.amendment().adopt_newest_profile());
  RETURN_IF_ERROR(AmendedTable(state, *working, txn).status());
  ASSIGN_OR_RETURN(const int32_t newest, txn.reads().NewestAmendment(name));
  state.set_number(newest + 1);
  state.set_state(v1::AMENDMENT_STATE_PROPOSED);
  state.set_proposer(txn.caller().actor);
  state.set_propose_time_us(txn.time_us());
  return Put(state, name, txn, response->mutable_amendment());
}

absl::Status ApproveAmendment(const v1::ApproveAmendmentRequest& request, Transaction& txn,
                              v1::ApproveAmendmentResponse* response) {
  ASSIGN_OR_RETURN(Decision decision, OpenDecision(request, txn));
  disk::AmendmentState& amendment = decision.amendment;
  const TableModel& model = *decision.working->model;
  RETURN_IF_ERROR(txn.RequireDuties({.proposer = amendment.proposer()}));
  RETURN_IF_ERROR(ReadEffectiveDate(amendment.effective_date(), model).status());
  ASSIGN_OR_RETURN(disk::TableState state, AmendedTable(amendment, *decision.working, txn));
  if (amendment.effective_date().empty()) {
    ASSIGN_OR_RETURN(const std::string today,
                     ReadDate("amendment.effective_date", model.state.fiscal_year(), "", txn.time_us()));
    amendment.set_effective_date(std::max(today, model.state.amend_date()));
  }
  amendment.set_state(v1::AMENDMENT_STATE_APPROVED);
  amendment.set_decider(txn.caller().actor);
  amendment.set_decide_time_us(txn.time_us());
  amendment.set_approve_revision(static_cast<int64_t>(txn.revision()));
  amendment.set_profile_version_before(model.profile->version);
  state.set_amendment_count(model.state.amendment_count() + 1);
  state.set_amend_revision(static_cast<int64_t>(txn.revision()));
  state.set_amend_date(amendment.effective_date());
  state.set_update_time_us(txn.time_us());
  *response->mutable_table() = ToPublic(state, txn.revision());
  disk::Event event;
  *event.mutable_table_set()->mutable_table() = std::move(state);
  RETURN_IF_ERROR(txn.Emit(std::move(event)));
  return Put(amendment, decision.name, txn, response->mutable_amendment());
}

absl::Status RejectAmendment(const v1::RejectAmendmentRequest& request, Transaction& txn,
                             v1::RejectAmendmentResponse* response) {
  RETURN_IF_ERROR(CheckRequired("reason", request.reason(), kMaxStepReason));
  ASSIGN_OR_RETURN(Decision decision, OpenDecision(request, txn));
  decision.amendment.set_state(v1::AMENDMENT_STATE_REJECTED);
  decision.amendment.set_decider(txn.caller().actor);
  decision.amendment.set_decide_time_us(txn.time_us());
  decision.amendment.set_reject_reason(request.reason());
  return Put(decision.amendment, decision.name, txn, response->mutable_amendment());
}

}  // namespace attain::engine
