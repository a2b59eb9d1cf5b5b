#include "service/domain/evaluations/signatures.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/model/mirror.h"
#include "service/state/entry.h"
#include "service/state/keys.h"

namespace attain::engine {
namespace {

v1::Signature Sign(v1::SignatureKind kind, int64_t revision, const std::string& actor,
                   const std::string& name) {
  v1::Signature signature;
  signature.set_kind(kind);
  signature.set_revision(revision);
  signature.set_actor(actor);
  signature.set_name(name);
  return signature;
}

// Every time the evaluation was handed in or confirmed, from its versions.
absl::Status EvaluationSignatures(const Snapshot& snapshot, const ResourceName& name,
                                  std::vector<v1::Signature>* out) {
  const std::string resource = absl::StrCat(name.Table(), "/evaluation");
  absl::Status failed;
  RETURN_IF_ERROR(snapshot.reader().History(
      EvaluationKey(name.unit, name.table),
      [&](absl::string_view, storage::Revision revision, absl::string_view value) {
        disk::EvaluationState state;
        if (!state.ParseFromArray(value.data(), static_cast<int>(value.size())))
          failed = Damaged("evaluation");
        if (state.state() == v1::EVALUATION_STATE_SUBMITTED) {
          out->push_back(Sign(v1::SIGNATURE_KIND_EVALUATION_SUBMITTED, static_cast<int64_t>(revision),
                              state.submitter(), resource));
        } else if (state.state() == v1::EVALUATION_STATE_CONFIRMED) {
          out->push_back(Sign(v1::SIGNATURE_KIND_EVALUATION_CONFIRMED, static_cast<int64_t>(revision),
                              state.confirmer(), resource));
        }
        return failed.ok();
      }));
  return failed;
}

}  // namespace

absl::Status FillSignatures(const Snapshot& snapshot, const TableModel& model, const QueryContext& context,
                            v1::Evaluation* out) {
  const ResourceName name{ResourceName::kTable, model.unit, model.table, "", "", ""};
  std::vector<v1::Signature> signatures;
  if (model.state.approve_revision() > 0) {
    signatures.push_back(
        Sign(v1::SIGNATURE_KIND_TABLE_APPROVED, model.state.approve_revision(), "", name.Table()));
  }
  ASSIGN_OR_RETURN(const auto amendments, snapshot.reads().Amendments(name));
  for (const Found<disk::AmendmentState>& found : amendments) {
    if (found.state.state() != v1::AMENDMENT_STATE_APPROVED) continue;
    signatures.push_back(Sign(v1::SIGNATURE_KIND_AMENDMENT_APPROVED, found.state.approve_revision(),
                              found.state.decider(),
                              absl::StrCat(name.Table(), "/amendments/", found.state.number())));
  }
  RETURN_IF_ERROR(EvaluationSignatures(snapshot, name, &signatures));
  std::stable_sort(signatures.begin(), signatures.end(),
                   [](const auto& a, const auto& b) { return a.revision() < b.revision(); });
  for (v1::Signature& signature : signatures) {
    RETURN_IF_ERROR(context.store.ReadJournal(
        static_cast<storage::Revision>(signature.revision()), [&](const storage::JournalRecord& record) {
          signature.set_hash(absl::BytesToHexString(record.hash));
          *signature.mutable_record_time() = ToTimestamp(absl::ToUnixMicros(record.time));
          if (!signature.actor().empty()) return false;
          if (const auto payload = ReadEntry(record); payload.ok()) signature.set_actor(payload->actor());
          return false;
        }));
    *out->add_signatures() = std::move(signature);
  }
  return absl::OkStatus();
}

}  // namespace attain::engine
