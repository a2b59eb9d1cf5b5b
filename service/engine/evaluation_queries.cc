// Amendments and evaluations: what is there, who signed what, what changed since.
#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "service/engine/drift.h"
#include "service/engine/errors.h"
#include "service/engine/evaluation_rules.h"
#include "service/engine/keys.h"
#include "service/engine/macros.h"
#include "service/engine/mirror.h"
#include "service/engine/queries.h"
#include "service/engine/rows.h"
#include "service/engine/score_view.h"

namespace attain::engine {
namespace {

v1::Signature Sign(v1::SignatureKind kind, int64_t revision, const std::string& actor, const std::string& name) {
  v1::Signature signature;
  signature.set_kind(kind);
  signature.set_revision(revision);
  signature.set_actor(actor);
  signature.set_name(name);
  return signature;
}

// Every time the evaluation was handed in or confirmed, from its versions.
absl::Status EvaluationSignatures(const Snapshot& snapshot, const ResourceName& name, std::vector<v1::Signature>* out) {
  const std::string resource = absl::StrCat(name.Table(), "/evaluation");
  absl::Status failed;
  RETURN_IF_ERROR(snapshot.reader().History(
      EvaluationKey(name.unit, name.table), [&](absl::string_view, storage::Revision revision, absl::string_view value) {
        disk::EvaluationState state;
        if (!state.ParseFromArray(value.data(), static_cast<int>(value.size()))) failed = absl::DataLossError("a stored evaluation does not parse");
        if (state.state() == v1::EVALUATION_STATE_SUBMITTED) {
          out->push_back(Sign(v1::SIGNATURE_KIND_EVALUATION_SUBMITTED, static_cast<int64_t>(revision), state.submitter(), resource));
        } else if (state.state() == v1::EVALUATION_STATE_CONFIRMED) {
          out->push_back(Sign(v1::SIGNATURE_KIND_EVALUATION_CONFIRMED, static_cast<int64_t>(revision), state.confirmer(), resource));
        }
        return failed.ok();
      }));
  return failed;
}

// Oldest first, each with time and hash of its journal entry.
absl::Status FillSignatures(const Snapshot& snapshot, const TableModel& model, const QueryContext& context, v1::Evaluation* out) {
  const ResourceName name{ResourceName::kTable, model.unit, model.table, "", "", ""};
  std::vector<v1::Signature> signatures;
  if (model.state.approve_revision() > 0) {
    signatures.push_back(Sign(v1::SIGNATURE_KIND_TABLE_APPROVED, model.state.approve_revision(), "", name.Table()));
  }
  ASSIGN_OR_RETURN(const auto amendments, snapshot.GetAmendments(name));
  for (const Found<disk::AmendmentState>& found : amendments) {
    if (found.state.state() != v1::AMENDMENT_STATE_APPROVED) continue;
    signatures.push_back(Sign(v1::SIGNATURE_KIND_AMENDMENT_APPROVED, found.state.approve_revision(), found.state.decider(),
                              absl::StrCat(name.Table(), "/amendments/", found.state.number())));
  }
  RETURN_IF_ERROR(EvaluationSignatures(snapshot, name, &signatures));
  std::stable_sort(signatures.begin(), signatures.end(), [](const auto& a, const auto& b) { return a.revision() < b.revision(); });
  for (v1::Signature& signature : signatures) {
    RETURN_IF_ERROR(context.store.ReadJournal(static_cast<storage::Revision>(signature.revision()), [&](const storage::JournalRecord& record) {
      signature.set_hash(absl::BytesToHexString(record.hash));
      *signature.mutable_record_time() = ToTimestamp(absl::ToUnixMicros(record.time));
      disk::EntryPayload payload;
      if (signature.actor().empty() && payload.ParseFromString(record.payload)) signature.set_actor(payload.actor());
      return false;
    }));
    *out->add_signatures() = std::move(signature);
  }
  return absl::OkStatus();
}

// The table as it was signed: same day and targets asked for as now.
absl::StatusOr<TableView> ViewAt(uint64_t revision, const ResourceName& name, const v1::ReadOptions& read, const QueryContext& context) {
  v1::ReadOptions then = read;
  then.set_read_revision(static_cast<int64_t>(revision));
  ASSIGN_OR_RETURN(const auto snapshot, Snapshot::Open(context.store, context.cache, then));
  return snapshot->GetBoard(name);
}

}  // namespace

absl::Status ListAmendments(const v1::ListAmendmentsRequest& request, const QueryContext& context,
                            v1::ListAmendmentsResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseTableName("parent", request.parent()));
  const std::string question = Question(request);
  ASSIGN_OR_RETURN(const Page page, OpenPage(request.page_size(), request.page_token(), request.read(), question));
  ASSIGN_OR_RETURN(auto rows, Rows<v1::Amendment>::Make("", ""));
  ASSIGN_OR_RETURN(auto snapshot, Snapshot::Open(context.store, context.cache, page.read));
  RETURN_IF_ERROR(snapshot->GetTable(name).status());
  ASSIGN_OR_RETURN(const auto amendments, snapshot->GetAmendments(name));
  for (const Found<disk::AmendmentState>& found : amendments) rows.Offer(ToPublic(found.state, name.Table(), found.revision));
  response->set_next_page_token(rows.Take(page, snapshot->revision(), question, response->mutable_amendments()));
  response->set_revision(static_cast<int64_t>(snapshot->revision()));
  return absl::OkStatus();
}

absl::Status GetEvaluation(const v1::GetEvaluationRequest& request, const QueryContext& context,
                           v1::GetEvaluationResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseTableName("table", request.table()));
  ASSIGN_OR_RETURN(const auto snapshot, Snapshot::Open(context.store, context.cache, request.read()));
  ASSIGN_OR_RETURN(const TableView view, snapshot->GetBoard(name));
  ASSIGN_OR_RETURN(const Found<disk::EvaluationState> found, snapshot->GetEvaluation(name));
  *response->mutable_evaluation() = ToPublic(found.state, name.Table(), EvaluationEtag(*view.model, *view.board, found.revision));
  RETURN_IF_ERROR(FillSignatures(*snapshot, *view.model, context, response->mutable_evaluation()));
  for (const MissingItem& item : MissingOf(*view.model, *view.board)) {
    *response->add_missing() = ToPublic(item, *view.model, context.caller.locale);
  }
  if (const uint64_t since = SignedRevision(found.state); since > 0) {
    ASSIGN_OR_RETURN(const TableView then, ViewAt(since, name, request.read(), context));
    response->mutable_drift()->set_since_revision(static_cast<int64_t>(since));
    RETURN_IF_ERROR(FillDrift(then, view, *snapshot, response->mutable_drift()));
  }
  FillTable(*view.model, *view.board, response->mutable_score());
  response->mutable_score()->set_target_basis(snapshot->basis());
  response->set_revision(static_cast<int64_t>(snapshot->revision()));
  return absl::OkStatus();
}

}  // namespace attain::engine
