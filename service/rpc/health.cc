#include "service/rpc/health.h"

#include <grpcpp/alarm.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "storage/mutex.h"

namespace attain::rpc {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;
using Serving = HealthCheckResponse::ServingStatus;

// The engine does not call when its store fails, so open watches look once in this time.
constexpr std::chrono::seconds kLook{1};

// One watch: always writes the newest status it was told and has not written.
class HealthWatch : public grpc::ServerWriteReactor<HealthCheckResponse> {
 public:
  HealthWatch(std::shared_ptr<HealthState> state, bool known) : state_(std::move(state)), known_(known) {}

  void Tell(Serving now, bool last) {
    storage::MutexLock lock(&mutex_);
    told_ = known_ ? now : HealthCheckResponse::SERVICE_UNKNOWN;
    last_ = last_ || last;
    Advance();
  }
  void OnWriteDone(bool ok) override {
    storage::MutexLock lock(&mutex_);
    writing_ = false;
    if (!ok) cancelled_ = true;
    Advance();
  }
  void OnCancel() override {
    storage::MutexLock lock(&mutex_);
    cancelled_ = true;
    Advance();
  }
  void OnDone() override;

 private:
  void Advance() ATTAIN_REQUIRES(mutex_) {
    if (writing_ || finished_) return;
    if (cancelled_) {
      FinishWith(grpc::Status::CANCELLED);
    } else if (told_.has_value() && told_ != written_) {
      writing_ = true;
      written_ = told_;
      message_.set_status(*told_);
      StartWrite(&message_);
    } else if (last_) {
      FinishWith(grpc::Status(grpc::StatusCode::UNAVAILABLE, "the server is stopping"));
    }
  }
  void FinishWith(const grpc::Status& status) ATTAIN_REQUIRES(mutex_) {
    finished_ = true;
    Finish(status);
  }

  const std::shared_ptr<HealthState> state_;
  const bool known_;
  storage::Mutex mutex_;  // after HealthState's
  HealthCheckResponse message_ ATTAIN_GUARDED_BY(mutex_);
  std::optional<Serving> told_ ATTAIN_GUARDED_BY(mutex_);
  std::optional<Serving> written_ ATTAIN_GUARDED_BY(mutex_);
  bool last_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool writing_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool cancelled_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool finished_ ATTAIN_GUARDED_BY(mutex_) = false;
};

// Shared with the alarm, which may ring while the service goes.
class HealthState : public std::enable_shared_from_this<HealthState> {
 public:
  HealthState(const engine::Engine* engine, absl::flat_hash_set<std::string> services)
      : engine_(engine), services_(std::move(services)) {}

  bool Knows(const std::string& service) const { return service.empty() || services_.contains(service); }
  Serving Now() ATTAIN_EXCLUDES(mutex_) {
    storage::MutexLock lock(&mutex_);
    return NowLocked();
  }
  void Add(HealthWatch* watch) ATTAIN_EXCLUDES(mutex_) {
    storage::MutexLock lock(&mutex_);
    watches_.push_back(watch);
    watch->Tell(NowLocked(), down_);
    if (alarm_ == nullptr) LookAgain();
  }
  void Remove(HealthWatch* watch) ATTAIN_EXCLUDES(mutex_) {
    storage::MutexLock lock(&mutex_);
    watches_.erase(std::remove(watches_.begin(), watches_.end(), watch), watches_.end());
  }
  void GoDown() ATTAIN_EXCLUDES(mutex_) {
    storage::MutexLock lock(&mutex_);
    down_ = true;
    alarm_ = nullptr;
    for (HealthWatch* watch : watches_) watch->Tell(NowLocked(), true);
  }

 private:
  Serving NowLocked() const ATTAIN_REQUIRES(mutex_) {
    return !down_ && engine_->healthy() ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING;
  }
  void Look() ATTAIN_EXCLUDES(mutex_) {
    storage::MutexLock lock(&mutex_);
    if (down_) return;
    for (HealthWatch* watch : watches_) watch->Tell(NowLocked(), false);
    LookAgain();
  }
  // A new alarm each time: the one that rings must not be set again from its own call.
  void LookAgain() ATTAIN_REQUIRES(mutex_) {
    alarm_ = nullptr;
    if (down_ || watches_.empty()) return;
    alarm_ = std::make_unique<grpc::Alarm>();
    alarm_->Set(std::chrono::system_clock::now() + kLook, [weak = weak_from_this()](bool) {
      if (const std::shared_ptr<HealthState> self = weak.lock()) self->Look();
    });
  }

  const engine::Engine* const engine_;
  const absl::flat_hash_set<std::string> services_;
  storage::Mutex mutex_;
  bool down_ ATTAIN_GUARDED_BY(mutex_) = false;
  std::vector<HealthWatch*> watches_ ATTAIN_GUARDED_BY(mutex_);
  std::unique_ptr<grpc::Alarm> alarm_ ATTAIN_GUARDED_BY(mutex_);  // set while there are watches
};

void HealthWatch::OnDone() {
  state_->Remove(this);
  delete this;
}

Health::Health(const engine::Engine* engine, absl::flat_hash_set<std::string> services)
    : state_(std::make_shared<HealthState>(engine, std::move(services))) {}

Health::~Health() {
  state_->GoDown();
}

grpc::ServerUnaryReactor* Health::Check(grpc::CallbackServerContext* context,
                                        const HealthCheckRequest* request, HealthCheckResponse* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  response->set_status(state_->Now());
  reactor->Finish(state_->Knows(request->service())
                      ? grpc::Status::OK
                      : grpc::Status(grpc::StatusCode::NOT_FOUND,
                                     "unknown service: ask for \"\" or a service of attain.v1"));
  return reactor;
}

grpc::ServerWriteReactor<HealthCheckResponse>* Health::Watch(grpc::CallbackServerContext*,
                                                             const HealthCheckRequest* request) {
  auto* watch = new HealthWatch(state_, state_->Knows(request->service()));
  state_->Add(watch);
  return watch;
}

void Health::GoDown() {
  state_->GoDown();
}

}  // namespace attain::rpc
