// The public API over a plain channel, and its errors as any client of google.rpc decodes them.
#ifndef ATTAIN_TESTS_SUPPORT_API_H_
#define ATTAIN_TESTS_SUPPORT_API_H_

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "attain/v1/admin_service.grpc.pb.h"
#include "attain/v1/reporting_service.grpc.pb.h"
#include "attain/v1/scoring_service.grpc.pb.h"
#include "attain/v1/target_service.grpc.pb.h"
#include "grpc/health/v1/health.grpc.pb.h"

namespace attain::testing {

// A connection of its own, shared with no other channel of the program.
std::shared_ptr<grpc::Channel> Connect(const std::string& address,
                                       const std::shared_ptr<grpc::ChannelCredentials>& credentials = nullptr,
                                       grpc::ChannelArguments arguments = {});

// A call that ends at the latest after two minutes, so that a test of a stream fails with words instead of
// hanging.
class TimedContext : public grpc::ClientContext {
 public:
  explicit TimedContext(std::chrono::seconds limit = std::chrono::minutes(2)) {
    set_deadline(std::chrono::system_clock::now() + limit);
  }
};

// A refused call; code OK when it was not refused.
struct Refusal {
  grpc::StatusCode code = grpc::StatusCode::OK;
  std::string reason;   // of ErrorInfo, domain attain
  std::string message;  // of LocalizedMessage, else the status's own
  std::string locale;
  std::map<std::string, std::string> metadata;
  std::vector<std::pair<std::string, std::string>> violations;  // field, description
  size_t bytes = 0;                                             // of the details
};
Refusal Decode(const grpc::Status& status);

// One blocking call of a stub's method, with a deadline of a minute.
template <typename Stub, typename Request, typename Response>
grpc::Status Call(Stub* stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                  const Request& request, Response* response, const std::string& language = "en") {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(1));
  context.AddMetadata("accept-language", language);
  return (stub->*method)(&context, request, response);
}

// Stubs on one channel. Thread-safe.
struct Api {
  explicit Api(std::shared_ptr<grpc::Channel> connection);

  std::shared_ptr<grpc::Channel> channel;
  std::unique_ptr<v1::TargetService::Stub> targets;
  std::unique_ptr<v1::ReportingService::Stub> reporting;
  std::unique_ptr<v1::ScoringService::Stub> scoring;
  std::unique_ptr<v1::AdminService::Stub> admin;
  std::unique_ptr<grpc::health::v1::Health::Stub> health;

  grpc::Status RecordActual(const v1::RecordActualRequest& request, v1::RecordActualResponse* response) const;
  grpc::Status BatchRecordActuals(const v1::BatchRecordActualsRequest& request,
                                  v1::BatchRecordActualsResponse* response) const;
  grpc::Status RecordSpending(const v1::RecordSpendingRequest& request,
                              v1::RecordSpendingResponse* response) const;
  // Imports the sample document into units/u and approves its six tables (p1 … p5 have seven indicators
  // each).
  grpc::Status ImportSample() const;
  // Aborts the test program when the call fails.
  v1::Score GetScore(const std::string& name) const;
  v1::GetServerInfoResponse GetServerInfo() const;
  // All pages.
  std::vector<v1::Actual> ListActuals(const std::string& parent) const;
  grpc::health::v1::HealthCheckResponse::ServingStatus Health() const;
};

}  // namespace attain::testing

#endif  // ATTAIN_TESTS_SUPPORT_API_H_
