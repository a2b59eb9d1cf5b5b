#include "service/rpc/services.h"

#include "attain/v1/target_service.grpc.pb.h"
#include "attain/v1/reporting_service.grpc.pb.h"
#include "attain/v1/scoring_service.grpc.pb.h"
#include "attain/v1/profile_service.grpc.pb.h"
#include "attain/v1/admin_service.grpc.pb.h"
#include "attain/v1/watch_service.grpc.pb.h"
#include "service/engine/errors.h"
#include "service/rpc/caller.h"
#include "service/rpc/status.h"
#include "service/rpc/stream_actuals.h"

namespace attain::rpc {
namespace {

// A server stream that ends at once with an error.
template <typename Response>
class RefusedStream final : public grpc::ServerWriteReactor<Response> {
 public:
  explicit RefusedStream(const grpc::Status& status) { this->Finish(status); }
  void OnDone() override { delete this; }
};

// Every unary method is the same adapter; what differs is the engine's business.
#define ATTAIN_UNARY(Method)                                                                                \
  grpc::ServerUnaryReactor* Method(grpc::CallbackServerContext* context, const v1::Method##Request* request, \
                                   v1::Method##Response* response) override {                               \
    return dispatch_->Unary(context, *request, response);                                                   \
  }

class TargetAdapter final : public v1::TargetService::CallbackService {
 public:
  explicit TargetAdapter(const Dispatch* dispatch) : dispatch_(dispatch) {}
  ATTAIN_UNARY(CreateUnit)
  ATTAIN_UNARY(GetUnit)
  ATTAIN_UNARY(ListUnits)
  ATTAIN_UNARY(UpdateUnit)
  ATTAIN_UNARY(CreateTable)
  ATTAIN_UNARY(GetTable)
  ATTAIN_UNARY(ListTables)
  ATTAIN_UNARY(UpdateTable)
  ATTAIN_UNARY(SubmitTable)
  ATTAIN_UNARY(ApproveTable)
  ATTAIN_UNARY(ReturnTable)
  ATTAIN_UNARY(WithdrawTable)
  ATTAIN_UNARY(CloseTable)
  ATTAIN_UNARY(ProposeAmendment)
  ATTAIN_UNARY(ApproveAmendment)
  ATTAIN_UNARY(RejectAmendment)
  ATTAIN_UNARY(ListAmendments)
  ATTAIN_UNARY(ImportDocument)
  ATTAIN_UNARY(LintTable)

 private:
  const Dispatch* dispatch_;
};

class ReportingAdapter final : public v1::ReportingService::CallbackService {
 public:
  explicit ReportingAdapter(const Dispatch* dispatch) : dispatch_(dispatch) {}
  ATTAIN_UNARY(RecordActual)
  ATTAIN_UNARY(BatchRecordActuals)
  ATTAIN_UNARY(CorrectActual)
  ATTAIN_UNARY(RetractActual)
  ATTAIN_UNARY(ListActuals)
  ATTAIN_UNARY(RecordSpending)
  ATTAIN_UNARY(RecordOutlook)
  ATTAIN_UNARY(ListDue)
  grpc::ServerBidiReactor<v1::StreamActualsRequest, v1::StreamActualsResponse>* StreamActuals(
      grpc::CallbackServerContext* context) override {
    return MakeStreamActuals(dispatch_->engine(), CallerOf(*context));
  }

 private:
  const Dispatch* dispatch_;
};

class ScoringAdapter final : public v1::ScoringService::CallbackService {
 public:
  explicit ScoringAdapter(const Dispatch* dispatch) : dispatch_(dispatch) {}
  ATTAIN_UNARY(GetScore)
  ATTAIN_UNARY(BatchGetScores)
  ATTAIN_UNARY(ListScores)
  ATTAIN_UNARY(ListScoreHistory)
  ATTAIN_UNARY(ExplainScore)
  ATTAIN_UNARY(DiffScores)
  ATTAIN_UNARY(SimulateScore)
  ATTAIN_UNARY(SolveForScore)
  ATTAIN_UNARY(RateIndicator)
  ATTAIN_UNARY(ReviewIndicator)
  ATTAIN_UNARY(SubmitEvaluation)
  ATTAIN_UNARY(ConfirmEvaluation)
  ATTAIN_UNARY(ReturnEvaluation)

 private:
  const Dispatch* dispatch_;
};

class ProfileAdapter final : public v1::ProfileService::CallbackService {
 public:
  explicit ProfileAdapter(const Dispatch* dispatch) : dispatch_(dispatch) {}
  ATTAIN_UNARY(CreateProfile)
  ATTAIN_UNARY(GetProfile)
  ATTAIN_UNARY(ListProfiles)
  ATTAIN_UNARY(UpdateProfile)
  ATTAIN_UNARY(ReplayProfile)

 private:
  const Dispatch* dispatch_;
};

class AdminAdapter final : public v1::AdminService::CallbackService {
 public:
  explicit AdminAdapter(const Dispatch* dispatch) : dispatch_(dispatch) {}
  ATTAIN_UNARY(GetServerInfo)
  ATTAIN_UNARY(VerifyHistory)
  ATTAIN_UNARY(CreateBackup)
  ATTAIN_UNARY(ListBackups)
  ATTAIN_UNARY(CreateToken)
  ATTAIN_UNARY(RevokeToken)
  ATTAIN_UNARY(ListTokens)

 private:
  const Dispatch* dispatch_;
};

class WatchAdapter final : public v1::WatchService::CallbackService {
 public:
  explicit WatchAdapter(const Dispatch* dispatch) : dispatch_(dispatch) {}
  grpc::ServerWriteReactor<v1::WatchResponse>* Watch(grpc::CallbackServerContext* context,
                                                     const v1::WatchRequest*) override {
    return new RefusedStream<v1::WatchResponse>(ToGrpc(engine::NotImplemented("Watch"), CallerOf(*context).locale));
  }

 private:
  [[maybe_unused]] const Dispatch* dispatch_;
};

#undef ATTAIN_UNARY

}  // namespace

std::vector<std::unique_ptr<grpc::Service>> MakeServices(const Dispatch* dispatch) {
  std::vector<std::unique_ptr<grpc::Service>> services;
  services.push_back(std::make_unique<TargetAdapter>(dispatch));
  services.push_back(std::make_unique<ReportingAdapter>(dispatch));
  services.push_back(std::make_unique<ScoringAdapter>(dispatch));
  services.push_back(std::make_unique<ProfileAdapter>(dispatch));
  services.push_back(std::make_unique<AdminAdapter>(dispatch));
  services.push_back(std::make_unique<WatchAdapter>(dispatch));
  return services;
}

grpc::ServerUnaryReactor* Dispatch::Unary(grpc::CallbackServerContext* context, const google::protobuf::Message& request,
                                          google::protobuf::Message* response) const {
  using Handling = engine::Engine::Handling;
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  engine::Caller caller = CallerOf(*context);
  const Handling handling = engine_->HandlingOf(request.GetDescriptor());
  if (handling == Handling::kMutation) {
    const std::string locale = caller.locale;
    engine_->Mutate(request, response, caller, [reactor, locale](absl::Status status) { reactor->Finish(ToGrpc(status, locale)); });
    return reactor;
  }
  const auto answer = [this, reactor, &request, response, caller = std::move(caller)] {
    reactor->Finish(ToGrpc(engine_->Read(request, response, caller), caller.locale));
  };
  if (handling != Handling::kHeavyRead) {
    answer();
  } else if (!workers_->Run(answer)) {
    reactor->Finish(ToGrpc(engine::Overloaded(), CallerOf(*context).locale));
  }
  return reactor;
}

}  // namespace attain::rpc
