#include "service/rpc/watch_stream.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/random/random.h"
#include "absl/strings/string_view.h"
#include "service/engine/errors.h"
#include "service/rpc/caller.h"
#include "service/rpc/codec.h"
#include "service/rpc/status.h"
#include "storage/mutex.h"

namespace attain::rpc {
namespace {

// Clients of a server that stops come back spread over this time.
constexpr int kLeastDelayMs = 100, kMostDelayMs = 1000;

// A slice that shares the message's bytes with all other streams that send it.
grpc::Slice Share(const watch::Message& message) {
  auto* const held = new watch::Message(message);
  return grpc::Slice(
      const_cast<char*>((*held)->data()), (*held)->size(),
      [](void* user) { delete static_cast<watch::Message*>(user); }, held);
}

// "ipv4:10.0.0.1:4711" → "ipv4:10.0.0.1"
std::string HostOf(const std::string& peer) {
  const size_t colon = peer.rfind(':');
  return colon == std::string::npos || colon == peer.find(':') ? peer : peer.substr(0, colon);
}

// One write is under way at a time; the next message is asked for when it is done, on gRPC's own thread. The hub
// only wakes a stream that was idle.
class WatchStream final : public grpc::ServerWriteReactor<grpc::ByteBuffer>,
                          public StopListener,
                          public watch::Listener,
                          public std::enable_shared_from_this<WatchStream> {
 public:
  WatchStream(const Dispatch& dispatch, grpc::CallbackServerContext* context)
      : engine_(dispatch.engine()), stop_(dispatch.stop()), context_(context), locale_(LocaleOf(*context)) {}

  void Start(const grpc::ByteBuffer& request) {
    self_ = shared_from_this();
    absl::StatusOr<std::shared_ptr<watch::Subscription>> opened = Open(request);
    {
      storage::MutexLock lock(&mutex_);
      if (opened.ok()) {
        subscription_ = *std::move(opened);
        Advance();
      } else {
        FinishWith(ToGrpc(opened.status(), locale_));
      }
    }
    stop_->Add(this);
  }

  void OnReady() override {
    storage::MutexLock lock(&mutex_);
    Advance();
  }

  // A write that the client does not take keeps the stream from ending in any other way.
  void OnStalled() override { context_->TryCancel(); }

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

  void OnStop() override {
    storage::MutexLock lock(&mutex_);
    stopping_ = true;
    Advance();
  }

  void OnImpatient() override { context_->TryCancel(); }

  void OnDone() override {
    stop_->Remove(this);
    if (subscription_ != nullptr) subscription_->Close();
    const std::shared_ptr<WatchStream> self = std::move(self_);
  }

 private:
  absl::StatusOr<std::shared_ptr<watch::Subscription>> Open(const grpc::ByteBuffer& bytes) {
    v1::WatchRequest request;
    if (absl::Status readable = Decode(bytes, &request); !readable.ok()) return readable;
    absl::StatusOr<engine::Caller> caller = CallerOf(*context_);
    if (!caller.ok()) return caller.status();
    caller->peer = HostOf(context_->peer());
    return engine_->Watch(request, *caller, weak_from_this());
  }

  void Advance() ATTAIN_REQUIRES(mutex_) {
    if (finished_ || writing_ || subscription_ == nullptr) return;
    if (cancelled_) {
      FinishWith(grpc::Status::CANCELLED);
    } else if (stopping_) {
      thread_local absl::BitGen random;
      FinishWith(ToGrpc(
          engine::WithRetryDelay(engine::ShuttingDown(),
                                 absl::Milliseconds(absl::Uniform(random, kLeastDelayMs, kMostDelayMs))),
          locale_));
    } else if (const watch::Message message = subscription_->Next(); message != nullptr) {
      const grpc::Slice slice = Share(message);
      outgoing_ = grpc::ByteBuffer(&slice, 1);
      writing_ = true;
      StartWrite(&outgoing_);
    } else if (!subscription_->status().ok()) {
      FinishWith(ToGrpc(subscription_->status(), locale_));
    }
  }

  void FinishWith(const grpc::Status& status) ATTAIN_REQUIRES(mutex_) {
    finished_ = true;
    Finish(status);
  }

  engine::Engine* const engine_;
  StopSignal* const stop_;
  grpc::CallbackServerContext* const context_;
  const std::string locale_;
  std::shared_ptr<WatchStream> self_;                  // until the stream is done
  std::shared_ptr<watch::Subscription> subscription_;  // set once, in Start
  storage::Mutex mutex_;                               // before the hub's locks
  grpc::ByteBuffer outgoing_ ATTAIN_GUARDED_BY(mutex_);
  bool writing_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool cancelled_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool stopping_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool finished_ ATTAIN_GUARDED_BY(mutex_) = false;
};

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* MakeWatchStream(const Dispatch& dispatch,
                                                            grpc::CallbackServerContext* context,
                                                            const grpc::ByteBuffer& request) {
  const auto stream = std::make_shared<WatchStream>(dispatch, context);
  stream->Start(request);
  return stream.get();
}

}  // namespace attain::rpc
