#include "clients/cpp/watch_session.h"

#include <utility>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "clients/cpp/backoff.h"
#include "clients/cpp/connection.h"
#include "clients/cpp/error.h"

namespace attain::client {
namespace {

WatchUpdate::Kind KindOf(const v1::WatchResponse& response) {
  switch (response.event_case()) {
    case v1::WatchResponse::kCreated:
      return WatchUpdate::kCreated;
    case v1::WatchResponse::kSnapshot:
      return WatchUpdate::kSnapshot;
    case v1::WatchResponse::kSnapshotEnd:
      return WatchUpdate::kSnapshotEnd;
    case v1::WatchResponse::kChanges:
      return WatchUpdate::kChanges;
    case v1::WatchResponse::kReset:
      return WatchUpdate::kReset;
    case v1::WatchResponse::kProgress:
    case v1::WatchResponse::EVENT_NOT_SET:
      break;
  }
  return WatchUpdate::kProgress;
}

// An error with a reason is the server's answer to the request; one without is the transport's, or of a
// server or proxy that does not know the call. Once the watch was open, its place may be taken only because
// the server has not noticed yet that the old stream is gone.
bool MayGoOn(const absl::Status& status, bool opened) {
  const std::string reason = DetailsOf(status).reason;
  if (reason == "TOO_MANY_WATCHES") return opened;
  if (!reason.empty())
    return reason == "SHUTTING_DOWN" || reason == "OVERLOADED" || reason == "STORE_UNAVAILABLE";
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kInternal:  // how gRPC reports a stream that was torn off
    case absl::StatusCode::kAborted:
      return true;
    default:
      return false;
  }
}

}  // namespace

class WatchSession::Impl {
 public:
  Impl(Client client, v1::WatchRequest request)
      : client_(std::move(client)), request_(std::move(request)), token_(request_.resume_token()) {}

  absl::StatusOr<WatchUpdate> Next() {
    while (true) {
      if (over_.ok() && !Wait()) over_ = absl::CancelledError("the watch was stopped");
      if (!over_.ok()) return over_;
      if (reader_ == nullptr && !Open()) continue;
      WatchUpdate update;
      if (!reader_->Read(&update.response)) return Lost();
      backoff_.Reset();
      opened_ = true;
      if (!Join(&update.response)) continue;
      SetToken(update.response.resume_token());
      update.kind = KindOf(update.response);
      return update;
    }
  }

  void Stop() {
    absl::MutexLock lock(&mutex_);
    stopped_ = true;
    if (context_ != nullptr) context_->TryCancel();
  }

  std::string token() const {
    absl::MutexLock lock(&mutex_);
    return token_;
  }

 private:
  // The pause before the next attempt. False when the session was stopped.
  bool Wait() {
    absl::MutexLock lock(&mutex_);
    mutex_.AwaitWithDeadline(absl::Condition(&stopped_), not_before_);
    return !stopped_;
  }

  // False when the session was stopped meanwhile.
  bool Open() {
    v1::WatchRequest request = request_;
    auto context = std::make_unique<grpc::ClientContext>();
    client_.connection().Prepare(context.get());
    partial_.Clear();
    absl::MutexLock lock(&mutex_);
    if (stopped_) return false;
    if (!token_.empty()) request.set_resume_token(token_);  // in place of what the first one began with
    context_ = std::move(context);
    reader_ = client_.connection().watch().Watch(context_.get(), request);
    return true;
  }

  absl::StatusOr<WatchUpdate> Lost() {
    absl::Status status = ToStatus(reader_->Finish());
    if (status.ok()) status = absl::UnavailableError("the server ended the watch");
    absl::MutexLock lock(&mutex_);
    reader_ = nullptr;
    context_ = nullptr;
    const absl::Time now = absl::Now();
    if (stopped_) {
      over_ = absl::CancelledError("the watch was stopped");
    } else if (!MayGoOn(status, opened_) || (!opened_ && now - start_ > client_.options().patience)) {
      over_ = status;
    }
    if (!over_.ok()) return over_;
    WatchUpdate update;
    update.kind = WatchUpdate::kDisconnected;
    update.retry_in = backoff_.Next(DetailsOf(status).retry_delay);
    update.why = std::move(status);
    not_before_ = now + update.retry_in;
    return update;
  }

  // Puts the parts of a revision together; false while some are missing.
  bool Join(v1::WatchResponse* response) {
    if (!response->has_changes()) return true;
    if (!response->changes().more() && partial_.events().empty()) return true;
    for (v1::WatchEvent& event : *response->mutable_changes()->mutable_events())
      *partial_.add_events() = std::move(event);
    if (response->changes().more()) return false;
    response->mutable_changes()->mutable_events()->Swap(partial_.mutable_events());
    partial_.Clear();
    return true;
  }

  void SetToken(const std::string& token) {
    absl::MutexLock lock(&mutex_);
    token_ = token;
  }

  const Client client_;
  const v1::WatchRequest request_;
  const absl::Time start_ = absl::Now();
  // Of the thread that calls Next.
  std::unique_ptr<grpc::ClientReader<v1::WatchResponse>> reader_;
  v1::WatchChanges partial_;
  Backoff backoff_;
  bool opened_ = false;
  absl::Status over_;
  absl::Time not_before_ = absl::InfinitePast();

  mutable absl::Mutex mutex_;
  std::unique_ptr<grpc::ClientContext> context_ ABSL_GUARDED_BY(mutex_);
  std::string token_ ABSL_GUARDED_BY(mutex_);
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
};

WatchSession::WatchSession(Client client, v1::WatchRequest request)
    : impl_(std::make_unique<Impl>(std::move(client), std::move(request))) {}
WatchSession::~WatchSession() {
  impl_->Stop();
}
absl::StatusOr<WatchUpdate> WatchSession::Next() {
  return impl_->Next();
}
void WatchSession::Stop() {
  impl_->Stop();
}
std::string WatchSession::token() const {
  return impl_->token();
}

}  // namespace attain::client
