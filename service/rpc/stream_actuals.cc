#include "service/rpc/stream_actuals.h"

#include <google/protobuf/arena.h>

#include <deque>
#include <memory>
#include <string>
#include <utility>

#include "attain/v1/reporting_service.pb.h"
#include "service/api/errors.h"
#include "service/rpc/caller.h"
#include "service/rpc/codec.h"
#include "storage/mutex.h"

namespace attain::rpc {
namespace {

// More than one, so that the committer finds a group; few, so that a fast client cannot fill the memory.
constexpr size_t kWindow = 16;

// One message on its way; belongs to the reactor's deque.
struct Batch {
  template <typename Message>
  Message& Make() {
    return *google::protobuf::Arena::CreateMessage<Message>(&arena);
  }

  google::protobuf::Arena arena;  // hundreds of small messages, made and freed at once
  v1::StreamActualsRequest& request = Make<v1::StreamActualsRequest>();
  v1::StreamActualsResponse& response = Make<v1::StreamActualsResponse>();
  // In their place, of a stream whose messages are all or nothing.
  v1::BatchRecordActualsRequest& whole = Make<v1::BatchRecordActualsRequest>();
  v1::BatchRecordActualsResponse& whole_response = Make<v1::BatchRecordActualsResponse>();
  grpc::ByteBuffer answer;
  bool handed_over = false;  // to the engine
  bool done = false;
  absl::Status status;  // not OK before it is done: unreadable
  absl::Status end;     // not OK when it is done: the stream ends with this behind its answer
};

// What the next batch would meet as well.
bool IsOfTheServer(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnavailable || status.code() == absl::StatusCode::kInternal ||
         status.code() == absl::StatusCode::kDataLoss;
}

void MakeWhole(Batch* batch) {
  batch->whole.mutable_reports()->Swap(batch->request.mutable_reports());
  batch->whole.mutable_write()->Swap(batch->request.mutable_write());
}

void AnswerWhole(Batch* batch) {
  batch->response.set_accepted(batch->whole.reports_size());
  batch->response.mutable_findings()->Swap(batch->whole_response.mutable_findings());
  batch->response.mutable_commit()->Swap(batch->whole_response.mutable_commit());
}

// A call of StartRead, StartWrite or Finish never runs a reaction on its own stack, so they are made under
// the lock.
class StreamActualsReactor final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>,
                                   public calls::StopListener,
                                   public std::enable_shared_from_this<StreamActualsReactor> {
 public:
  StreamActualsReactor(const Dispatch& dispatch, std::string locale, bool all_or_nothing)
      : engine_(dispatch.engine()),
        stop_(dispatch.stop()),
        dispatch_(dispatch),
        locale_(std::move(locale)),
        all_or_nothing_(all_or_nothing) {}

  void Start(absl::StatusOr<engine::Caller> caller) {
    self_ = shared_from_this();
    {
      storage::MutexLock lock(&mutex_);
      if (caller.ok()) {
        caller_ = *std::move(caller);
      } else {
        End(caller.status());
      }
      Advance();
    }
    stop_->Add(this);
  }

  void OnReadDone(bool ok) override {
    {
      storage::MutexLock lock(&mutex_);
      if (!ok || ended_ || finished_) {
        reading_ = false;
        ended_ = true;
        Advance();
        return;
      }
    }
    auto batch = std::make_unique<Batch>();
    batch->status = Decode(incoming_, &batch->request);
    if (all_or_nothing_) MakeWhole(batch.get());
    {
      storage::MutexLock lock(&mutex_);
      batches_.push_back(std::move(batch));
    }
    HandOver();
    storage::MutexLock lock(&mutex_);
    reading_ = false;
    Advance();
  }

  void OnWriteDone(bool ok) override {
    storage::MutexLock lock(&mutex_);
    writing_ = false;
    const absl::Status end = std::move(batches_.front()->end);
    batches_.pop_front();
    if (!ok) cancelled_ = true;
    if (ok && !end.ok() && !finished_) return FinishWith(end);
    Advance();
  }

  void OnCancel() override {
    storage::MutexLock lock(&mutex_);
    cancelled_ = true;
    Advance();
  }

  void OnStop() override {
    storage::MutexLock lock(&mutex_);
    End(engine::ShuttingDown());
    Advance();
  }

  void OnDone() override {
    stop_->Remove(this);
    const std::shared_ptr<StreamActualsReactor> self = std::move(self_);
  }

 private:
  // Gives the engine what it may have. Outside the lock: a refused command is answered on this thread before
  // Mutate returns. One thread at a time, so batches reach the engine in their order.
  void HandOver() ATTAIN_EXCLUDES(mutex_) {
    for (Batch* batch = NextForEngine(); batch != nullptr; batch = NextForEngine()) {
      auto done = [this, batch, self = shared_from_this()](absl::Status status) {
        Complete(batch, std::move(status));
        HandOver();
      };
      if (!batch->status.ok()) {
        Complete(batch, std::move(batch->status));
      } else if (all_or_nothing_) {
        engine_->Mutate(batch->whole, &batch->whole_response, caller_, std::move(done));
      } else {
        engine_->Mutate(batch->request, &batch->response, caller_, std::move(done));
      }
      storage::MutexLock lock(&mutex_);
      handing_over_ = false;
    }
  }

  // Null when there is none, or another thread is at it.
  Batch* NextForEngine() ATTAIN_EXCLUDES(mutex_) {
    storage::MutexLock lock(&mutex_);
    if (handing_over_ || cancelled_ || finished_) return nullptr;
    for (const std::unique_ptr<Batch>& batch : batches_) {
      if (!batch->handed_over) {
        handing_over_ = batch->handed_over = true;
        return batch.get();
      }
      if (!batch->end.ok() || (all_or_nothing_ && !batch->done)) return nullptr;
    }
    return nullptr;
  }

  void Complete(Batch* batch, absl::Status status) ATTAIN_EXCLUDES(mutex_) {
    v1::StreamActualsResponse& response = batch->response;
    absl::Status end;
    if (status.ok()) {
      if (all_or_nothing_) AnswerWhole(batch);
    } else {
      response.Clear();
      *response.mutable_batch_error() = engine::ToRpcStatus(status, locale_);
      if (all_or_nothing_ || IsOfTheServer(status)) {
        end = std::move(status);
      } else {
        dispatch_.Answer("StreamActuals", status, locale_);  // for the log: the client reads it in the answer
      }
    }
    response.set_sequence(batch->request.sequence());
    if (const absl::Status encoded = Encode(response, &batch->answer); !encoded.ok()) end = encoded;
    storage::MutexLock lock(&mutex_);
    batch->done = true;
    batch->end = std::move(end);
    if (!batch->end.ok()) ended_ = true;
    Advance();
  }

  // Takes nothing more from the client; what is under way is still acknowledged, then the stream ends with
  // `status`.
  void End(const absl::Status& status) ATTAIN_REQUIRES(mutex_) {
    if (ended_) return;
    ended_ = true;
    end_status_ = status;
  }

  // Reads when there is room, writes the oldest answer when it is there, finishes when nothing is left to
  // write.
  void Advance() ATTAIN_REQUIRES(mutex_) {
    if (finished_) return;
    if (!reading_ && !ended_ && !cancelled_ && batches_.size() < kWindow) {
      reading_ = true;
      StartRead(&incoming_);
    }
    if (writing_) return;
    Batch* const oldest = batches_.empty() ? nullptr : batches_.front().get();
    if (cancelled_) {
      FinishWith(absl::CancelledError());
    } else if (oldest != nullptr && oldest->done) {
      writing_ = true;
      StartWrite(&oldest->answer);
    } else if (oldest == nullptr && ended_) {
      FinishWith(end_status_);
    }
  }

  void FinishWith(const absl::Status& status) ATTAIN_REQUIRES(mutex_) {
    finished_ = true;
    Finish(dispatch_.Answer("StreamActuals", status, locale_));
  }

  engine::Engine* const engine_;
  calls::StopSignal* const stop_;
  const Dispatch& dispatch_;
  const std::string locale_;
  const bool all_or_nothing_;
  engine::Caller caller_;                       // set before the first read
  grpc::ByteBuffer incoming_;                   // belongs to the read under way, then to its OnReadDone
  std::shared_ptr<StreamActualsReactor> self_;  // until the stream is done
  storage::Mutex mutex_;
  std::deque<std::unique_ptr<Batch>> batches_ ATTAIN_GUARDED_BY(mutex_);  // oldest first
  absl::Status end_status_ ATTAIN_GUARDED_BY(mutex_);
  bool handing_over_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool reading_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool writing_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool ended_ ATTAIN_GUARDED_BY(mutex_) = false;  // nothing more is read
  bool cancelled_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool finished_ ATTAIN_GUARDED_BY(mutex_) = false;
};

}  // namespace

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* MakeStreamActuals(
    const Dispatch& dispatch, const grpc::CallbackServerContext& context) {
  const auto reactor =
      std::make_shared<StreamActualsReactor>(dispatch, LocaleOf(context), IsAllOrNothing(context));
  reactor->Start(CallerOf(context));
  return reactor.get();
}

}  // namespace attain::rpc
