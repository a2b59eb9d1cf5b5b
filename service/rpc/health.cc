#include "service/rpc/health.h"

#include <algorithm>

#include "absl/strings/match.h"

namespace attain::rpc {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

// One watch: writes the status it starts with, and NOT_SERVING when the server goes down, then ends. Writes never overlap: the second waits
// for the first one's OnWriteDone.
class HealthWatch : public grpc::ServerWriteReactor<HealthCheckResponse> {
 public:
  HealthWatch(Health* health, HealthCheckResponse::ServingStatus now) : health_(health) {
    first_.set_status(now);
    last_.set_status(HealthCheckResponse::NOT_SERVING);
  }
  void Start() { StartWrite(&first_); }
  void OnWriteDone(bool ok) override {
    storage::MutexLock lock(&mutex_);
    writing_ = false;
    if (!ok || wrote_last_) {
      FinishOnce();
    } else if (down_) {
      WriteLast();
    }
  }
  void OnCancel() override {
    storage::MutexLock lock(&mutex_);
    FinishOnce();
  }
  void OnDone() override {
    health_->Remove(this);
    delete this;
  }
  void GoDown() {
    storage::MutexLock lock(&mutex_);
    down_ = true;
    if (!writing_ && !finished_) WriteLast();
  }

 private:
  void WriteLast() ATTAIN_REQUIRES(mutex_) {
    wrote_last_ = writing_ = true;
    StartWrite(&last_);
  }
  void FinishOnce() ATTAIN_REQUIRES(mutex_) {
    if (finished_) return;
    finished_ = true;
    Finish(down_ ? grpc::Status(grpc::StatusCode::UNAVAILABLE, "the server is stopping") : grpc::Status::CANCELLED);
  }

  Health* const health_;
  HealthCheckResponse first_, last_;
  storage::Mutex mutex_;
  bool writing_ ATTAIN_GUARDED_BY(mutex_) = true;
  bool wrote_last_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool down_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool finished_ ATTAIN_GUARDED_BY(mutex_) = false;
};

HealthCheckResponse::ServingStatus Health::StatusOf(const std::string& service) {
  if (!service.empty() && !absl::StartsWith(service, "attain.v1.")) return HealthCheckResponse::SERVICE_UNKNOWN;
  storage::MutexLock lock(&mutex_);
  return !down_ && engine_->healthy() ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING;
}

grpc::ServerUnaryReactor* Health::Check(grpc::CallbackServerContext* context, const HealthCheckRequest* request,
                                        HealthCheckResponse* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  response->set_status(StatusOf(request->service()));
  reactor->Finish(response->status() == HealthCheckResponse::SERVICE_UNKNOWN
                      ? grpc::Status(grpc::StatusCode::NOT_FOUND, "unknown service: ask for \"\" or a service of attain.v1")
                      : grpc::Status::OK);
  return reactor;
}

grpc::ServerWriteReactor<HealthCheckResponse>* Health::Watch(grpc::CallbackServerContext*, const HealthCheckRequest* request) {
  auto* watch = new HealthWatch(this, StatusOf(request->service()));
  bool down = false;
  {
    storage::MutexLock lock(&mutex_);
    watches_.push_back(watch);
    down = down_;
  }
  watch->Start();
  if (down) watch->GoDown();
  return watch;
}

void Health::GoDown() {
  storage::MutexLock lock(&mutex_);
  if (down_) return;
  down_ = true;
  for (HealthWatch* watch : watches_) watch->GoDown();
}

void Health::Remove(HealthWatch* watch) {
  storage::MutexLock lock(&mutex_);
  watches_.erase(std::remove(watches_.begin(), watches_.end(), watch), watches_.end());
}

}  // namespace attain::rpc
