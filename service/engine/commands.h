// The commands: each checks a request against the state, emits events through the transaction and fills the answer. A command that returns
// an error leaves nothing behind (the engine cancels its entry). request_id, validate_only and the Commit message are
// handled by the caller.
#ifndef ATTAIN_SERVICE_ENGINE_COMMANDS_H_
#define ATTAIN_SERVICE_ENGINE_COMMANDS_H_

#include "absl/status/status.h"
#include "attain/v1/profile_service.pb.h"
#include "attain/v1/reporting_service.pb.h"
#include "attain/v1/scoring_service.pb.h"
#include "attain/v1/target_service.pb.h"
#include "service/engine/errors.h"
#include "service/engine/snapshot.h"
#include "service/engine/transaction.h"

namespace attain::engine {

absl::Status CreateUnit(const v1::CreateUnitRequest& request, Transaction& txn, v1::CreateUnitResponse* response);
absl::Status UpdateUnit(const v1::UpdateUnitRequest& request, Transaction& txn, v1::UpdateUnitResponse* response);

absl::Status CreateTable(const v1::CreateTableRequest& request, Transaction& txn, v1::CreateTableResponse* response);
// CreateTable for a table whose shape was checked already and whose findings are known: it came from `source`.
absl::Status DeclareTable(const v1::CreateTableRequest& request, const disk::ImportSource& source, Transaction& txn,
                          v1::Table* table);
absl::Status UpdateTable(const v1::UpdateTableRequest& request, Transaction& txn, v1::UpdateTableResponse* response);
absl::Status SubmitTable(const v1::SubmitTableRequest& request, Transaction& txn, v1::SubmitTableResponse* response);
absl::Status ApproveTable(const v1::ApproveTableRequest& request, Transaction& txn, v1::ApproveTableResponse* response);
absl::Status ReturnTable(const v1::ReturnTableRequest& request, Transaction& txn, v1::ReturnTableResponse* response);
absl::Status WithdrawTable(const v1::WithdrawTableRequest& request, Transaction& txn,
                           v1::WithdrawTableResponse* response);
absl::Status CloseTable(const v1::CloseTableRequest& request, Transaction& txn, v1::CloseTableResponse* response);
absl::Status ProposeAmendment(const v1::ProposeAmendmentRequest& request, Transaction& txn, v1::ProposeAmendmentResponse* response);
absl::Status ApproveAmendment(const v1::ApproveAmendmentRequest& request, Transaction& txn, v1::ApproveAmendmentResponse* response);
absl::Status RejectAmendment(const v1::RejectAmendmentRequest& request, Transaction& txn, v1::RejectAmendmentResponse* response);
// What stands in the documents of imports is read before, without the state: see import_prepare.h.
struct PreparedImport;
absl::Status ImportDocument(const v1::ImportDocumentRequest& request, PreparedImport& prepared, Transaction& txn,
                            v1::ImportDocumentResponse* response);

absl::Status RecordActual(const v1::RecordActualRequest& request, Transaction& txn, v1::RecordActualResponse* response);
// The answer once more, from what the revision left behind; `then` is a snapshot of that revision.
absl::Status RecordActualAgain(const v1::RecordActualRequest& request, const Snapshot& then,
                               v1::RecordActualResponse* response);
absl::Status BatchRecordActuals(const v1::BatchRecordActualsRequest& request, Transaction& txn,
                                v1::BatchRecordActualsResponse* response);
absl::Status StreamActuals(const v1::StreamActualsRequest& request, Transaction& txn,
                           v1::StreamActualsResponse* response);
absl::Status CorrectActual(const v1::CorrectActualRequest& request, Transaction& txn,
                           v1::CorrectActualResponse* response);
absl::Status RetractActual(const v1::RetractActualRequest& request, Transaction& txn,
                           v1::RetractActualResponse* response);
absl::Status RecordSpending(const v1::RecordSpendingRequest& request, Transaction& txn,
                            v1::RecordSpendingResponse* response);
absl::Status RecordOutlook(const v1::RecordOutlookRequest& request, Transaction& txn,
                           v1::RecordOutlookResponse* response);
absl::Status RateIndicator(const v1::RateIndicatorRequest& request, Transaction& txn,
                           v1::RateIndicatorResponse* response);

absl::Status SubmitEvaluation(const v1::SubmitEvaluationRequest& request, Transaction& txn, v1::SubmitEvaluationResponse* response);
absl::Status ReviewIndicator(const v1::ReviewIndicatorRequest& request, Transaction& txn, v1::ReviewIndicatorResponse* response);
absl::Status ConfirmEvaluation(const v1::ConfirmEvaluationRequest& request, Transaction& txn, v1::ConfirmEvaluationResponse* response);
absl::Status ReturnEvaluation(const v1::ReturnEvaluationRequest& request, Transaction& txn, v1::ReturnEvaluationResponse* response);

absl::Status CreateProfile(const v1::CreateProfileRequest& request, Transaction& txn,
                           v1::CreateProfileResponse* response);
absl::Status UpdateProfile(const v1::UpdateProfileRequest& request, Transaction& txn,
                           v1::UpdateProfileResponse* response);

// The built-in profiles, as messages; the first revisions of a new store.
std::vector<v1::Profile> BuiltInProfiles();
absl::Status RegisterBuiltInProfile(const v1::Profile& profile, Transaction& txn);

// INVALID_PROFILE with every contradiction listed.
absl::Status CheckProfile(const v1::Profile& profile);
// kAsRead: a row may lack its name, its target's comparator, or the number that its rule needs. A document is
// full of such rows; they stay in the draft as they were read, and the validator keeps it from being
// submitted.
enum class Rows { kComplete, kAsRead };
// INVALID_FIELD … with every shape error listed: what a table cannot even be stored with. What a table cannot be submitted with is the
// validator's business (lint.h).
absl::Status CheckTable(const v1::Table& table, Rows rows = Rows::kComplete);
// The same, each problem by itself; empty when there is none.
std::vector<Violation> ShapeProblems(const v1::Table& table, Rows rows);
// Whether a row lacks what kComplete asks for.
bool HasIncompleteRows(const disk::TableState& state);

// Fills row ids that are empty (i1, i2, … without clashes).
void AssignRowIds(disk::TableState* state);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_ENGINE_COMMANDS_H_
