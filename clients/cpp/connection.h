// The channel behind a Client, its stubs, and how a call is repeated. Private to clients/cpp: the only header
// here that names gRPC.
#ifndef ATTAIN_CLIENTS_CPP_CONNECTION_H_
#define ATTAIN_CLIENTS_CPP_CONNECTION_H_

#include <grpcpp/grpcpp.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "attain/v1/admin_service.grpc.pb.h"
#include "attain/v1/file_service.grpc.pb.h"
#include "attain/v1/history_service.grpc.pb.h"
#include "attain/v1/profile_service.grpc.pb.h"
#include "attain/v1/reporting_service.grpc.pb.h"
#include "attain/v1/scoring_service.grpc.pb.h"
#include "attain/v1/target_service.grpc.pb.h"
#include "attain/v1/watch_service.grpc.pb.h"
#include "clients/cpp/options.h"

namespace attain::client {

// The newest place in the server's history that a client has seen. Thread-safe.
class NewestSeen {
 public:
  std::string token() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return token_;
  }
  void Saw(int64_t revision, const std::string& token) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (token.empty() || revision <= revision_) return;
    revision_ = revision;
    token_ = token;
  }
  void Forget() {
    const std::lock_guard<std::mutex> lock(mutex_);
    revision_ = 0;
    token_.clear();
  }

 private:
  mutable std::mutex mutex_;
  int64_t revision_ = 0;
  std::string token_;  // ReadOptions.at_least of it
};

// Thread-safe.
class Connection {
 public:
  explicit Connection(ClientOptions options);

  v1::TargetService::Stub& targets() const { return *targets_; }
  v1::ReportingService::Stub& reporting() const { return *reporting_; }
  v1::ScoringService::Stub& scoring() const { return *scoring_; }
  v1::ProfileService::Stub& profiles() const { return *profiles_; }
  v1::AdminService::Stub& admin() const { return *admin_; }
  v1::HistoryService::Stub& history() const { return *history_; }
  v1::WatchService::Stub& watch() const { return *watch_; }
  v1::FileService::Stub& files() const { return *files_; }

  // Makes the call, again and again while it may succeed later and time is left (see Client). `call` must be
  // safe to repeat.
  absl::Status Repeat(const std::function<grpc::Status(grpc::ClientContext*)>& call) const {
    return Repeat(call, options_.timeout);
  }
  // The same for calls that may take longer than others.
  absl::Status Repeat(const std::function<grpc::Status(grpc::ClientContext*)>& call,
                      absl::Duration timeout) const;
  // Puts actor, language and token into a call's metadata.
  void Prepare(grpc::ClientContext* context) const;
  absl::StatusOr<bool> IsServing() const;
  const ClientOptions& options() const { return options_; }
  NewestSeen& newest() const { return newest_; }

 private:
  const ClientOptions options_;
  const std::shared_ptr<grpc::Channel> channel_;
  const std::unique_ptr<v1::TargetService::Stub> targets_;
  const std::unique_ptr<v1::ReportingService::Stub> reporting_;
  const std::unique_ptr<v1::ScoringService::Stub> scoring_;
  const std::unique_ptr<v1::ProfileService::Stub> profiles_;
  const std::unique_ptr<v1::AdminService::Stub> admin_;
  const std::unique_ptr<v1::HistoryService::Stub> history_;
  const std::unique_ptr<v1::WatchService::Stub> watch_;
  const std::unique_ptr<v1::FileService::Stub> files_;
  mutable NewestSeen newest_;
};

absl::Status ToStatus(const grpc::Status& status);

}  // namespace attain::client

#endif  // ATTAIN_CLIENTS_CPP_CONNECTION_H_
