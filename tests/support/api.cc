#include "tests/support/api.h"

#include <grpc/grpc.h>

#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "tests/support/scratch.h"

namespace attain::testing {
namespace {

void DieUnless(const grpc::Status& status, const char* what) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s: %d %s\n", what, status.error_code(), status.error_message().c_str());
  std::abort();
}

}  // namespace

std::shared_ptr<grpc::Channel> Connect(const std::string& address,
                                       const std::shared_ptr<grpc::ChannelCredentials>& credentials,
                                       grpc::ChannelArguments arguments) {
  // Holds gRPC for the life of the program: taking it down between two channels can wait ten seconds for its
  // own threads.
  [[maybe_unused]] static const bool held = (grpc_init(), true);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetMaxReceiveMessageSize(-1);
  return grpc::CreateCustomChannel(
      address, credentials != nullptr ? credentials : grpc::InsecureChannelCredentials(), arguments);
}

Refusal Decode(const grpc::Status& status) {
  Refusal refusal;
  refusal.code = status.error_code();
  refusal.message = status.error_message();
  refusal.bytes = status.error_details().size();
  google::rpc::Status details;
  details.ParseFromString(status.error_details());
  for (const google::protobuf::Any& detail : details.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::LocalizedMessage text;
    google::rpc::BadRequest bad;
    if (detail.UnpackTo(&info)) {
      refusal.reason = info.reason();
      refusal.metadata = {info.metadata().begin(), info.metadata().end()};
    } else if (detail.UnpackTo(&text)) {
      refusal.message = text.message();
      refusal.locale = text.locale();
    } else if (detail.UnpackTo(&bad)) {
      for (const auto& field : bad.field_violations())
        refusal.violations.emplace_back(field.field(), field.description());
    }
  }
  return refusal;
}

Api::Api(std::shared_ptr<grpc::Channel> connection)
    : channel(std::move(connection)),
      targets(v1::TargetService::NewStub(channel)),
      reporting(v1::ReportingService::NewStub(channel)),
      scoring(v1::ScoringService::NewStub(channel)),
      admin(v1::AdminService::NewStub(channel)),
      health(grpc::health::v1::Health::NewStub(channel)) {}

grpc::Status Api::RecordActual(const v1::RecordActualRequest& request,
                               v1::RecordActualResponse* response) const {
  return Call(reporting.get(), &v1::ReportingService::Stub::RecordActual, request, response);
}

grpc::Status Api::BatchRecordActuals(const v1::BatchRecordActualsRequest& request,
                                     v1::BatchRecordActualsResponse* response) const {
  return Call(reporting.get(), &v1::ReportingService::Stub::BatchRecordActuals, request, response);
}

grpc::Status Api::RecordSpending(const v1::RecordSpendingRequest& request,
                                 v1::RecordSpendingResponse* response) const {
  return Call(reporting.get(), &v1::ReportingService::Stub::RecordSpending, request, response);
}

grpc::Status Api::ImportSample() const {
  v1::ImportDocumentRequest request;
  request.set_content(ReadFileOrDie(absl::StrCat(ATTAIN_SOURCE_DIR, "/samples/urumqi-2024.txt")));
  request.set_unit("units/u");
  request.set_profile("profiles/xinjiang");
  request.set_goal(v1::IMPORT_GOAL_APPROVE);
  v1::ImportDocumentResponse response;
  return Call(targets.get(), &v1::TargetService::Stub::ImportDocument, request, &response);
}

v1::Score Api::GetScore(const std::string& name) const {
  v1::GetScoreRequest request;
  request.set_name(name);
  v1::GetScoreResponse response;
  DieUnless(Call(scoring.get(), &v1::ScoringService::Stub::GetScore, request, &response), "GetScore");
  return response.score();
}

v1::GetServerInfoResponse Api::GetServerInfo() const {
  v1::GetServerInfoResponse response;
  DieUnless(Call(admin.get(), &v1::AdminService::Stub::GetServerInfo, v1::GetServerInfoRequest(), &response),
            "GetServerInfo");
  return response;
}

std::vector<v1::Actual> Api::ListActuals(const std::string& parent) const {
  std::vector<v1::Actual> actuals;
  v1::ListActualsRequest request;
  request.set_parent(parent);
  request.set_page_size(1000);
  do {
    v1::ListActualsResponse response;
    DieUnless(Call(reporting.get(), &v1::ReportingService::Stub::ListActuals, request, &response),
              "ListActuals");
    actuals.insert(actuals.end(), response.actuals().begin(), response.actuals().end());
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  return actuals;
}

grpc::health::v1::HealthCheckResponse::ServingStatus Api::Health() const {
  grpc::health::v1::HealthCheckResponse response;
  DieUnless(Call(health.get(), &grpc::health::v1::Health::Stub::Check, grpc::health::v1::HealthCheckRequest(),
                 &response),
            "Check");
  return response.status();
}

}  // namespace attain::testing
