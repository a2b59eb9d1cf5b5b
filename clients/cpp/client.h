// The C++ client of attaind: one method per unary RPC of attain.v1, with the request and response messages of
// the API.
//
// Thread safety: thread-safe; copies are cheap and share one connection. Opening a client does not connect;
// the first call does.
// Error handling: nothing throws. A refused call gives the server's code and its sentence in
// options.language; DetailsOf() has reason, facts and wrong fields (clients/cpp/error.h). A call that found
// no server, a server that is stopping (SHUTTING_DOWN) or one with too much to do (OVERLOADED) is repeated
// with growing, jittered pauses; every mutation without a request_id gets one, so that a repetition never
// happens twice.
//
// Example:
//   attain::client::Client client({.server = "127.0.0.1:50051", .actor = "office-3"});
//   attain::v1::GetScoreRequest request;
//   request.set_name("units/urumqi-itc/tables/p1");
//   absl::StatusOr<attain::v1::GetScoreResponse> response = client.GetScore(request);
//   if (!response.ok()) return response.status();
#ifndef ATTAIN_CLIENTS_CPP_CLIENT_H_
#define ATTAIN_CLIENTS_CPP_CLIENT_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "attain/v1/admin_service.pb.h"
#include "attain/v1/history_service.pb.h"
#include "attain/v1/profile_service.pb.h"
#include "attain/v1/reporting_service.pb.h"
#include "attain/v1/scoring_service.pb.h"
#include "attain/v1/target_service.pb.h"
#include "clients/cpp/options.h"
#include "clients/cpp/request_id.h"  // IWYU pragma: export

namespace attain::client {

class Connection;

class Client {
 public:
  explicit Client(ClientOptions options);

  // TargetService
  absl::StatusOr<v1::CreateUnitResponse> CreateUnit(v1::CreateUnitRequest request) const;
  absl::StatusOr<v1::GetUnitResponse> GetUnit(v1::GetUnitRequest request) const;
  absl::StatusOr<v1::ListUnitsResponse> ListUnits(v1::ListUnitsRequest request) const;
  absl::StatusOr<v1::UpdateUnitResponse> UpdateUnit(v1::UpdateUnitRequest request) const;
  absl::StatusOr<v1::CreateTableResponse> CreateTable(v1::CreateTableRequest request) const;
  absl::StatusOr<v1::GetTableResponse> GetTable(v1::GetTableRequest request) const;
  absl::StatusOr<v1::ListTablesResponse> ListTables(v1::ListTablesRequest request) const;
  absl::StatusOr<v1::UpdateTableResponse> UpdateTable(v1::UpdateTableRequest request) const;
  absl::StatusOr<v1::SubmitTableResponse> SubmitTable(v1::SubmitTableRequest request) const;
  absl::StatusOr<v1::ApproveTableResponse> ApproveTable(v1::ApproveTableRequest request) const;
  absl::StatusOr<v1::ReturnTableResponse> ReturnTable(v1::ReturnTableRequest request) const;
  absl::StatusOr<v1::WithdrawTableResponse> WithdrawTable(v1::WithdrawTableRequest request) const;
  absl::StatusOr<v1::CloseTableResponse> CloseTable(v1::CloseTableRequest request) const;
  absl::StatusOr<v1::ProposeAmendmentResponse> ProposeAmendment(v1::ProposeAmendmentRequest request) const;
  absl::StatusOr<v1::ApproveAmendmentResponse> ApproveAmendment(v1::ApproveAmendmentRequest request) const;
  absl::StatusOr<v1::RejectAmendmentResponse> RejectAmendment(v1::RejectAmendmentRequest request) const;
  absl::StatusOr<v1::ListAmendmentsResponse> ListAmendments(v1::ListAmendmentsRequest request) const;
  absl::StatusOr<v1::ImportDocumentResponse> ImportDocument(v1::ImportDocumentRequest request) const;
  absl::StatusOr<v1::LintTableResponse> LintTable(v1::LintTableRequest request) const;

  // ReportingService. For many reports at once see clients/cpp/bulk_loader.h.
  // To follow changes see clients/cpp/watch_session.h.
  absl::StatusOr<v1::RecordActualResponse> RecordActual(v1::RecordActualRequest request) const;
  absl::StatusOr<v1::BatchRecordActualsResponse> BatchRecordActuals(
      v1::BatchRecordActualsRequest request) const;
  absl::StatusOr<v1::CorrectActualResponse> CorrectActual(v1::CorrectActualRequest request) const;
  absl::StatusOr<v1::RetractActualResponse> RetractActual(v1::RetractActualRequest request) const;
  absl::StatusOr<v1::ListActualsResponse> ListActuals(v1::ListActualsRequest request) const;
  absl::StatusOr<v1::RecordSpendingResponse> RecordSpending(v1::RecordSpendingRequest request) const;
  absl::StatusOr<v1::RecordOutlookResponse> RecordOutlook(v1::RecordOutlookRequest request) const;
  absl::StatusOr<v1::GetMonitoringResponse> GetMonitoring(v1::GetMonitoringRequest request) const;
  absl::StatusOr<v1::ListDueResponse> ListDue(v1::ListDueRequest request) const;

  // ScoringService
  absl::StatusOr<v1::GetScoreResponse> GetScore(v1::GetScoreRequest request) const;
  absl::StatusOr<v1::BatchGetScoresResponse> BatchGetScores(v1::BatchGetScoresRequest request) const;
  absl::StatusOr<v1::ListScoresResponse> ListScores(v1::ListScoresRequest request) const;
  absl::StatusOr<v1::ListScoreHistoryResponse> ListScoreHistory(v1::ListScoreHistoryRequest request) const;
  absl::StatusOr<v1::ExplainScoreResponse> ExplainScore(v1::ExplainScoreRequest request) const;
  absl::StatusOr<v1::DiffScoresResponse> DiffScores(v1::DiffScoresRequest request) const;
  absl::StatusOr<v1::SimulateScoreResponse> SimulateScore(v1::SimulateScoreRequest request) const;
  absl::StatusOr<v1::SolveForScoreResponse> SolveForScore(v1::SolveForScoreRequest request) const;
  absl::StatusOr<v1::GetEvaluationResponse> GetEvaluation(v1::GetEvaluationRequest request) const;
  absl::StatusOr<v1::SubmitEvaluationResponse> SubmitEvaluation(v1::SubmitEvaluationRequest request) const;
  absl::StatusOr<v1::ReviewIndicatorResponse> ReviewIndicator(v1::ReviewIndicatorRequest request) const;
  absl::StatusOr<v1::ConfirmEvaluationResponse> ConfirmEvaluation(v1::ConfirmEvaluationRequest request) const;
  absl::StatusOr<v1::ReturnEvaluationResponse> ReturnEvaluation(v1::ReturnEvaluationRequest request) const;
  absl::StatusOr<v1::RateIndicatorResponse> RateIndicator(v1::RateIndicatorRequest request) const;
  absl::StatusOr<v1::GetFormResponse> GetForm(v1::GetFormRequest request) const;

  // ProfileService
  absl::StatusOr<v1::CreateProfileResponse> CreateProfile(v1::CreateProfileRequest request) const;
  absl::StatusOr<v1::GetProfileResponse> GetProfile(v1::GetProfileRequest request) const;
  absl::StatusOr<v1::ListProfilesResponse> ListProfiles(v1::ListProfilesRequest request) const;
  absl::StatusOr<v1::UpdateProfileResponse> UpdateProfile(v1::UpdateProfileRequest request) const;
  absl::StatusOr<v1::ReplayProfileResponse> ReplayProfile(v1::ReplayProfileRequest request) const;

  // HistoryService
  absl::StatusOr<v1::GetHeadResponse> GetHead(v1::GetHeadRequest request) const;
  absl::StatusOr<v1::GetInclusionProofResponse> GetInclusionProof(v1::GetInclusionProofRequest request) const;
  absl::StatusOr<v1::GetConsistencyProofResponse> GetConsistencyProof(
      v1::GetConsistencyProofRequest request) const;
  absl::StatusOr<v1::GetReceiptResponse> GetReceipt(v1::GetReceiptRequest request) const;

  // AdminService
  absl::StatusOr<v1::GetServerInfoResponse> GetServerInfo(v1::GetServerInfoRequest request) const;

  // Asks the standard health service once, without repetition: true when it says SERVING.
  absl::StatusOr<bool> IsServing() const;

  const ClientOptions& options() const;
  // For the bulk loader and watches; not part of the interface.
  const Connection& connection() const { return *connection_; }

 private:
  std::shared_ptr<const Connection> connection_;
};

}  // namespace attain::client

#endif  // ATTAIN_CLIENTS_CPP_CLIENT_H_
