#include "service/rpc/watch_stream.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/random/random.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "service/api/errors.h"
#include "service/calls/worker_pool.h"
#include "service/rpc/caller.h"
#include "service/rpc/codec.h"
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

// One write is under way at a time; the next message is asked for when it is done, on gRPC's own thread. The
// hub only wakes a stream that was idle. Opening reads from the disk, so a worker does it.
//
// A call of StartWrite, Finish or TryCancel never runs a reaction on its own stack, so they are made under
// the lock.
class WatchStream final : public grpc::ServerWriteReactor<grpc::ByteBuffer>,
                          public calls::StopListener,
                          public watch::Listener,
                          public std::enable_shared_from_this<WatchStream> {
 public:
  WatchStream(const Dispatch& dispatch, grpc::CallbackServerContext* context)
      : engine_(dispatch.engine()),
        stop_(dispatch.stop()),
        dispatch_(dispatch),
        context_(context),
        locale_(LocaleOf(*context)) {}

  void Start(const grpc::ByteBuffer& bytes, calls::WorkerPool* workers) {
    self_ = shared_from_this();
    stop_->Add(this);
    auto request = std::make_shared<v1::WatchRequest>();
    absl::StatusOr<engine::Caller> caller = CallerOf(*context_);
    absl::Status fine = caller.ok() ? Decode(bytes, request.get()) : caller.status();
    if (fine.ok()) {
      caller->peer = HostOf(context_->peer());
      const bool queued = workers->Run([self = self_, request, caller = *std::move(caller)] {
        self->Begin(self->engine_->Watch(*request, caller, self));
      });
      if (queued) return;
      fine = engine::Overloaded();
    }
    Begin(fine);
  }

  // May come before the subscription is here: then Begin asks.
  void OnReady() override {
    storage::MutexLock lock(&mutex_);
    Advance();
  }

  // A write that the client does not take keeps the stream from ending in any other way.
  void OnStalled() override {
    storage::MutexLock lock(&mutex_);
    if (!done_) context_->TryCancel();
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

  void OnStop() override {
    storage::MutexLock lock(&mutex_);
    stopping_ = true;
    Advance();
  }

  void OnImpatient() override { context_->TryCancel(); }

  void OnDone() override {
    stop_->Remove(this);
    std::shared_ptr<watch::Subscription> subscription;
    {
      storage::MutexLock lock(&mutex_);
      done_ = true;  // the context goes now
      subscription = subscription_;
    }
    if (subscription != nullptr) subscription->Close();
    const std::shared_ptr<WatchStream> self = std::move(self_);
  }

 private:
  // Nobody but this asks the subscription for its first message.
  void Begin(absl::StatusOr<std::shared_ptr<watch::Subscription>> opened) {
    storage::MutexLock lock(&mutex_);
    if (opened.ok()) {
      subscription_ = *std::move(opened);
    } else {
      refused_ = opened.status();
    }
    opened_ = true;
    Advance();
  }

  void Advance() ATTAIN_REQUIRES(mutex_) {
    if (finished_ || writing_ || !opened_) return;
    if (cancelled_) {
      FinishWith(absl::CancelledError());
    } else if (subscription_ == nullptr) {
      FinishWith(refused_);
    } else if (stopping_) {
      thread_local absl::BitGen random;
      FinishWith(engine::WithRetryDelay(
          engine::ShuttingDown(), absl::Milliseconds(absl::Uniform(random, kLeastDelayMs, kMostDelayMs))));
    } else {
      Send(subscription_->Next());
    }
  }

  // Nothing to do for null: then OnReady comes.
  void Send(const absl::StatusOr<watch::Message>& next) ATTAIN_REQUIRES(mutex_) {
    if (!next.ok()) {
      FinishWith(engine::FromStore(next.status()));
    } else if (*next != nullptr) {
      const grpc::Slice slice = Share(*next);
      outgoing_ = grpc::ByteBuffer(&slice, 1);
      writing_ = true;
      grpc::WriteOptions options;
      // It may wait for the one behind it, and both go out in one piece. Not so the first: the headers go
      // with it, and a write of headers is not done before they are out.
      if (begun_ && subscription_->more()) options.set_buffer_hint();
      begun_ = true;
      StartWrite(&outgoing_, options);
    }
  }

  void FinishWith(const absl::Status& status) ATTAIN_REQUIRES(mutex_) {
    finished_ = true;
    Finish(dispatch_.Answer("Watch", status, locale_));
  }

  engine::Engine* const engine_;
  calls::StopSignal* const stop_;
  const Dispatch& dispatch_;
  grpc::CallbackServerContext* const context_;
  const std::string locale_;
  std::shared_ptr<WatchStream> self_;                                            // until the stream is done
  storage::Mutex mutex_;                                                         // before the hub's locks
  std::shared_ptr<watch::Subscription> subscription_ ATTAIN_GUARDED_BY(mutex_);  // null: refused
  absl::Status refused_ ATTAIN_GUARDED_BY(mutex_);
  bool opened_ ATTAIN_GUARDED_BY(mutex_) = false;  // or refused
  grpc::ByteBuffer outgoing_ ATTAIN_GUARDED_BY(mutex_);
  bool writing_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool begun_ ATTAIN_GUARDED_BY(mutex_) = false;  // something was written
  bool cancelled_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool stopping_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool finished_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool done_ ATTAIN_GUARDED_BY(mutex_) = false;
};

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* MakeWatchStream(const Dispatch& dispatch,
                                                            grpc::CallbackServerContext* context,
                                                            const grpc::ByteBuffer& request) {
  const auto stream = std::make_shared<WatchStream>(dispatch, context);
  stream->Start(request, dispatch.workers());
  return stream.get();
}

}  // namespace attain::rpc
