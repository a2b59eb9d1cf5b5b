#include "service/rpc/upload_stream.h"

#include <memory>
#include <string>
#include <utility>

#include "service/api/errors.h"
#include "service/rpc/caller.h"
#include "service/rpc/codec.h"
#include "service/rpc/file_calls.h"
#include "service/rpc/timeout.h"
#include "service/rpc/upload.h"
#include "storage/mutex.h"

namespace attain::rpc {
namespace {

absl::Status TooSlow() {
  return engine::Refuse(
      absl::StatusCode::kDeadlineExceeded, v1::ERROR_REASON_INVALID_FIELD,
      {"上传太慢或中断，服务器不再等待。请重新上传。",
       "The upload was too slow or stopped, and the server waits no longer. Upload the file again."});
}

// A call of StartRead or Finish never runs a reaction on its own stack, so they are made under the lock.
class UploadStream final : public grpc::ServerReadReactor<grpc::ByteBuffer>,
                           public calls::StopListener,
                           public std::enable_shared_from_this<UploadStream> {
 public:
  UploadStream(const Dispatch& dispatch, std::string locale, grpc::ByteBuffer* answer)
      : files_(dispatch.files()),
        stop_(dispatch.stop()),
        dispatch_(dispatch),
        locale_(std::move(locale)),
        answer_(answer),
        end_(absl::Now() + files_->limits().upload),
        parts_(files_->uploads()) {}

  void Start() {
    self_ = shared_from_this();
    {
      storage::MutexLock lock(&mutex_);
      entered_ = files_->uploads() != nullptr && files_->EnterUpload();
      heard_ = absl::Now();
      if (entered_) {
        reading_ = true;
        StartRead(&incoming_);
        Watch();
      } else {
        FinishWith(files_->uploads() == nullptr ? absl::InternalError("no documents are taken here")
                                                : engine::Overloaded());
      }
    }
    stop_->Add(this);
  }

  void OnReadDone(bool ok) override {
    storage::MutexLock lock(&mutex_);
    reading_ = false;
    if (finished_) return;
    heard_ = absl::Now();
    if (!ok) return Complete();
    v1::UploadDocumentRequest message;
    absl::Status taken = Decode(incoming_, &message);
    if (taken.ok()) taken = parts_.Take(message);
    if (!taken.ok()) return FinishWith(taken);
    if (parts_.complete()) return Complete();
    reading_ = true;
    StartRead(&incoming_);
  }

  void OnCancel() override {
    storage::MutexLock lock(&mutex_);
    FinishWith(absl::CancelledError());
  }

  void OnStop() override {
    storage::MutexLock lock(&mutex_);
    FinishWith(engine::ShuttingDown());
  }

  void OnDone() override {
    stop_->Remove(this);
    std::unique_ptr<grpc::Alarm> alarm;
    {
      storage::MutexLock lock(&mutex_);
      if (entered_) files_->LeaveUpload();
      alarm = timeout_.Take();
    }
    alarm.reset();
    const std::shared_ptr<UploadStream> self = std::move(self_);
  }

 private:
  absl::Time Deadline() const ATTAIN_REQUIRES(mutex_) {
    return std::min(end_, heard_ + files_->limits().silence);
  }
  void Watch() ATTAIN_REQUIRES(mutex_) {
    timeout_.Set(Deadline() - absl::Now(), [self = shared_from_this()] { self->OnTimeout(); });
  }
  void OnTimeout() {
    std::unique_ptr<grpc::Alarm> before;
    storage::MutexLock lock(&mutex_);
    before = timeout_.Take();
    if (finished_) return;
    if (absl::Now() >= Deadline()) return FinishWith(TooSlow());
    Watch();
  }

  void Complete() ATTAIN_REQUIRES(mutex_) {
    const absl::StatusOr<v1::UploadDocumentResponse> response = parts_.Finish();
    FinishWith(response.ok() ? Encode(*response, answer_) : response.status());
  }

  void FinishWith(const absl::Status& status) ATTAIN_REQUIRES(mutex_) {
    if (finished_) return;
    finished_ = true;
    Finish(dispatch_.Answer("UploadDocument", status, locale_));
  }

  FileCalls* const files_;
  calls::StopSignal* const stop_;
  const Dispatch& dispatch_;
  const std::string locale_;
  grpc::ByteBuffer* const answer_;
  const absl::Time end_;                // of the longest upload
  grpc::ByteBuffer incoming_;           // belongs to the read under way, then to its OnReadDone
  std::shared_ptr<UploadStream> self_;  // until the stream is done
  storage::Mutex mutex_;
  UploadParts parts_ ATTAIN_GUARDED_BY(mutex_);
  Timeout timeout_ ATTAIN_GUARDED_BY(mutex_);
  absl::Time heard_ ATTAIN_GUARDED_BY(mutex_);  // of the client, last
  bool entered_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool reading_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool finished_ ATTAIN_GUARDED_BY(mutex_) = false;
};

}  // namespace

grpc::ServerReadReactor<grpc::ByteBuffer>* MakeUploadStream(const Dispatch& dispatch,
                                                            const grpc::CallbackServerContext& context,
                                                            grpc::ByteBuffer* answer) {
  const auto stream = std::make_shared<UploadStream>(dispatch, LocaleOf(context), answer);
  stream->Start();
  return stream.get();
}

}  // namespace attain::rpc
