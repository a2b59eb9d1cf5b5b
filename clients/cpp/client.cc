#include "clients/cpp/client.h"

#include <utility>

#include "clients/cpp/connection.h"
#include "clients/cpp/error.h"

namespace attain::client {
namespace {

// A mutation without request_id gets one, before the first attempt, so that all attempts carry the same.
template <typename Request>
void FillRequestId(Request* request) {
  if constexpr (requires { request->mutable_write(); }) {
    v1::WriteOptions& write = *request->mutable_write();
    if (write.request_id().empty() && !write.validate_only()) write.set_request_id(NewRequestId());
  }
}

// A read that says nothing of its moment is not older than what this client has seen, whatever server
// answers.
template <typename Request>
void FillAtLeast(const Connection& connection, Request* request) {
  if constexpr (requires { request->mutable_read()->set_at_least(std::string()); }) {
    if (request->read().consistency_case() != v1::ReadOptions::CONSISTENCY_NOT_SET) return;
    if (std::string seen = connection.newest().token(); !seen.empty())
      request->mutable_read()->set_at_least(std::move(seen));
  }
}

template <typename Response>
void RememberSeen(const Connection& connection, const Response& response) {
  if constexpr (requires { response.commit().token(); })
    connection.newest().Saw(response.commit().revision(), response.commit().token());
  if constexpr (requires { response.read().token(); })
    connection.newest().Saw(response.read().revision(), response.read().token());
}

template <typename Response, typename Stub, typename Request>
absl::StatusOr<Response> Call(const Connection& connection, Stub& stub,
                              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                              Request request) {
  FillRequestId(&request);
  FillAtLeast(connection, &request);
  Response response;
  absl::Status status = connection.Repeat([&](grpc::ClientContext* context) {
    response.Clear();
    return (stub.*method)(context, request, &response);
  });
  if (!status.ok()) {
    // What was seen before means nothing any more: the caller hears of it, and the next call starts anew.
    if (DetailsOf(status).reason == "EPOCH_CHANGED") connection.newest().Forget();
    return status;
  }
  RememberSeen(connection, response);
  return response;
}

}  // namespace

Client::Client(ClientOptions options) : connection_(std::make_shared<const Connection>(std::move(options))) {}

const ClientOptions& Client::options() const {
  return connection_->options();
}

absl::StatusOr<bool> Client::IsServing() const {
  return connection_->IsServing();
}

#define ATTAIN_CALL(stub, Service, Method)                                                          \
  absl::StatusOr<v1::Method##Response> Client::Method(v1::Method##Request request) const {          \
    return Call(*connection_, connection_->stub(), &v1::Service::Stub::Method, std::move(request)); \
  }

ATTAIN_CALL(targets, TargetService, CreateUnit)
ATTAIN_CALL(targets, TargetService, GetUnit)
ATTAIN_CALL(targets, TargetService, ListUnits)
ATTAIN_CALL(targets, TargetService, UpdateUnit)
ATTAIN_CALL(targets, TargetService, CreateTable)
ATTAIN_CALL(targets, TargetService, GetTable)
ATTAIN_CALL(targets, TargetService, ListTables)
ATTAIN_CALL(targets, TargetService, UpdateTable)
ATTAIN_CALL(targets, TargetService, SubmitTable)
ATTAIN_CALL(targets, TargetService, ApproveTable)
ATTAIN_CALL(targets, TargetService, ReturnTable)
ATTAIN_CALL(targets, TargetService, WithdrawTable)
ATTAIN_CALL(targets, TargetService, CloseTable)
ATTAIN_CALL(targets, TargetService, ProposeAmendment)
ATTAIN_CALL(targets, TargetService, ApproveAmendment)
ATTAIN_CALL(targets, TargetService, RejectAmendment)
ATTAIN_CALL(targets, TargetService, ListAmendments)
ATTAIN_CALL(targets, TargetService, ImportDocument)
ATTAIN_CALL(targets, TargetService, LintTable)
ATTAIN_CALL(reporting, ReportingService, RecordActual)
ATTAIN_CALL(reporting, ReportingService, BatchRecordActuals)
ATTAIN_CALL(reporting, ReportingService, CorrectActual)
ATTAIN_CALL(reporting, ReportingService, RetractActual)
ATTAIN_CALL(reporting, ReportingService, ListActuals)
ATTAIN_CALL(reporting, ReportingService, RecordSpending)
ATTAIN_CALL(reporting, ReportingService, RecordOutlook)
ATTAIN_CALL(reporting, ReportingService, GetMonitoring)
ATTAIN_CALL(reporting, ReportingService, ListDue)
ATTAIN_CALL(scoring, ScoringService, GetScore)
ATTAIN_CALL(scoring, ScoringService, BatchGetScores)
ATTAIN_CALL(scoring, ScoringService, ListScores)
ATTAIN_CALL(scoring, ScoringService, ListScoreHistory)
ATTAIN_CALL(scoring, ScoringService, ExplainScore)
ATTAIN_CALL(scoring, ScoringService, DiffScores)
ATTAIN_CALL(scoring, ScoringService, SimulateScore)
ATTAIN_CALL(scoring, ScoringService, SolveForScore)
ATTAIN_CALL(scoring, ScoringService, GetEvaluation)
ATTAIN_CALL(scoring, ScoringService, SubmitEvaluation)
ATTAIN_CALL(scoring, ScoringService, ReviewIndicator)
ATTAIN_CALL(scoring, ScoringService, ConfirmEvaluation)
ATTAIN_CALL(scoring, ScoringService, ReturnEvaluation)
ATTAIN_CALL(scoring, ScoringService, RateIndicator)
ATTAIN_CALL(scoring, ScoringService, GetForm)
ATTAIN_CALL(profiles, ProfileService, CreateProfile)
ATTAIN_CALL(profiles, ProfileService, GetProfile)
ATTAIN_CALL(profiles, ProfileService, ListProfiles)
ATTAIN_CALL(profiles, ProfileService, UpdateProfile)
ATTAIN_CALL(profiles, ProfileService, ReplayProfile)
ATTAIN_CALL(history, HistoryService, GetHead)
ATTAIN_CALL(history, HistoryService, GetInclusionProof)
ATTAIN_CALL(history, HistoryService, GetConsistencyProof)
ATTAIN_CALL(history, HistoryService, GetReceipt)
ATTAIN_CALL(admin, AdminService, GetServerInfo)

#undef ATTAIN_CALL

}  // namespace attain::client
