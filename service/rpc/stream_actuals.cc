#include "service/rpc/stream_actuals.h"

#include <deque>
#include <memory>
#include <utility>

#include "service/rpc/status.h"
#include "storage/mutex.h"

namespace attain::rpc {
namespace {

// Batches taken from the stream and not yet acknowledged. More than one, so that the committer finds a group; few, so that a
// fast client cannot fill the memory.
constexpr size_t kWindow = 16;

using Request = v1::StreamActualsRequest;
using Response = v1::StreamActualsResponse;

// Lives as long as its stream or a batch that the engine still holds, whichever is longer.
class StreamActualsReactor final : public grpc::ServerBidiReactor<Request, Response>,
                                   public std::enable_shared_from_this<StreamActualsReactor> {
 public:
  StreamActualsReactor(engine::Engine* engine, engine::Caller caller) : engine_(engine), caller_(std::move(caller)) {}

  void Start() {
    self_ = shared_from_this();
    storage::MutexLock lock(&mutex_);
    ReadNext();
  }

  void OnReadDone(bool ok) override {
    Batch* batch = nullptr;
    {
      storage::MutexLock lock(&mutex_);
      reading_ = false;
      if (!ok) {
        half_closed_ = true;
        Advance();
        return;
      }
      batch = batches_.back().get();
      batch->submitted = true;
    }
    // Outside the lock: a refused command answers at once, on this thread.
    engine_->Mutate(batch->request, &batch->response, caller_, [this, batch, self = shared_from_this()](absl::Status status) {
      storage::MutexLock lock(&mutex_);
      batch->done = true;
      if (!status.ok() && failed_.ok()) {
        failed_ = ToGrpc(status, caller_.locale);
        batch->failed = true;
      }
      Advance();
    });
    storage::MutexLock lock(&mutex_);
    if (batches_.size() < kWindow) ReadNext();
  }

  void OnWriteDone(bool ok) override {
    storage::MutexLock lock(&mutex_);
    writing_ = false;
    batches_.pop_front();
    if (!ok) half_closed_ = cancelled_ = true;
    if (!reading_ && !half_closed_ && batches_.size() < kWindow) ReadNext();
    Advance();
  }

  void OnCancel() override {
    storage::MutexLock lock(&mutex_);
    half_closed_ = cancelled_ = true;
    Advance();
  }

  void OnDone() override { const std::shared_ptr<StreamActualsReactor> self = std::move(self_); }

 private:
  struct Batch {
    Request request;
    Response response;
    bool submitted = false, done = false, failed = false;
  };

  void ReadNext() ATTAIN_REQUIRES(mutex_) {
    if (reading_ || half_closed_ || finished_) return;
    reading_ = true;
    batches_.push_back(std::make_unique<Batch>());
    StartRead(&batches_.back()->request);
  }

  // Writes the oldest answer when it is there; ends the stream when nothing is left.
  void Advance() ATTAIN_REQUIRES(mutex_) {
    if (writing_ || finished_) return;
    if (!batches_.empty() && batches_.front()->done && !batches_.front()->failed && !cancelled_) {
      writing_ = true;
      StartWrite(&batches_.front()->response);
      return;
    }
    const bool broken = cancelled_ || (!batches_.empty() && batches_.front()->failed);
    const bool drained = batches_.empty() || !batches_.front()->submitted;
    if (broken || (half_closed_ && drained)) {
      finished_ = true;
      Finish(cancelled_ ? grpc::Status::CANCELLED : failed_);
    }
  }

  engine::Engine* const engine_;
  const engine::Caller caller_;
  storage::Mutex mutex_;
  std::deque<std::unique_ptr<Batch>> batches_ ATTAIN_GUARDED_BY(mutex_);  // oldest first; the last may still be read
  grpc::Status failed_ ATTAIN_GUARDED_BY(mutex_);
  bool reading_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool writing_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool half_closed_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool cancelled_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool finished_ ATTAIN_GUARDED_BY(mutex_) = false;
  std::shared_ptr<StreamActualsReactor> self_;  // until the stream is done
};

}  // namespace

grpc::ServerBidiReactor<Request, Response>* MakeStreamActuals(engine::Engine* engine, engine::Caller caller) {
  const auto reactor = std::make_shared<StreamActualsReactor>(engine, std::move(caller));
  reactor->Start();
  return reactor.get();
}

}  // namespace attain::rpc
