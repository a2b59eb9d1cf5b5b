#include "service/rpc/extract_stream.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "attain/v1/file_service.pb.h"
#include "service/api/errors.h"
#include "service/rpc/caller.h"
#include "service/rpc/codec.h"
#include "service/rpc/document_chunks.h"
#include "service/rpc/file_calls.h"
#include "service/rpc/timeout.h"
#include "storage/mutex.h"

namespace attain::rpc {
namespace {

// A call of StartWrite, Finish or TryCancel never runs a reaction on its own stack, so they are made under
// the lock.
class ExtractStream final : public grpc::ServerWriteReactor<grpc::ByteBuffer>,
                            public calls::StopListener,
                            public std::enable_shared_from_this<ExtractStream> {
 public:
  ExtractStream(const Dispatch& dispatch, grpc::CallbackServerContext* context)
      : files_(dispatch.files()),
        stop_(dispatch.stop()),
        dispatch_(dispatch),
        context_(context),
        locale_(LocaleOf(*context)) {}

  void Start(const grpc::ByteBuffer& bytes) {
    self_ = shared_from_this();
    stop_->Add(this);
    auto request = std::make_shared<v1::ExtractDocumentRequest>();
    absl::Status fine = files_->documents() == nullptr ? absl::InternalError("no documents are taken here")
                                                       : Decode(bytes, request.get());
    if (fine.ok()) {
      const bool queued = files_->workers()->Run([self = self_, request] {
        self->Begin(engine::ShowDocument(request->content(), request->upload(), self->files_->documents()));
      });
      if (queued) return;
      fine = engine::Overloaded();
    }
    Begin(fine);
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
    std::unique_ptr<grpc::Alarm> alarm;
    {
      storage::MutexLock lock(&mutex_);
      done_ = true;  // the context goes now
      alarm = timeout_.Take();
    }
    alarm.reset();
    const std::shared_ptr<ExtractStream> self = std::move(self_);
  }

 private:
  void Begin(absl::StatusOr<engine::DocumentPtr> opened) {
    storage::MutexLock lock(&mutex_);
    if (opened.ok()) {
      chunks_.emplace(*std::move(opened));
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
    } else if (!chunks_.has_value()) {
      FinishWith(refused_);
    } else if (stopping_) {
      FinishWith(engine::ShuttingDown());
    } else {
      Send();
    }
  }

  void Send() ATTAIN_REQUIRES(mutex_) {
    v1::ExtractDocumentResponse message;
    if (!chunks_->Next(&message)) return FinishWith(absl::OkStatus());
    if (const absl::Status encoded = Encode(message, &outgoing_); !encoded.ok()) return FinishWith(encoded);
    writing_ = true;
    const int number = ++writes_;
    timeout_.Set(files_->limits().silence, [self = shared_from_this(), number] { self->OnTimeout(number); });
    StartWrite(&outgoing_);
  }

  // A write that the client does not take keeps the stream from ending in any other way.
  void OnTimeout(int number) {
    storage::MutexLock lock(&mutex_);
    if (!done_ && writing_ && writes_ == number) context_->TryCancel();
  }

  void FinishWith(const absl::Status& status) ATTAIN_REQUIRES(mutex_) {
    finished_ = true;
    Finish(dispatch_.Answer("ExtractDocument", status, locale_));
  }

  FileCalls* const files_;
  calls::StopSignal* const stop_;
  const Dispatch& dispatch_;
  grpc::CallbackServerContext* const context_;
  const std::string locale_;
  std::shared_ptr<ExtractStream> self_;  // until the stream is done
  storage::Mutex mutex_;
  std::optional<DocumentChunks> chunks_ ATTAIN_GUARDED_BY(mutex_);  // nothing: refused
  absl::Status refused_ ATTAIN_GUARDED_BY(mutex_);
  grpc::ByteBuffer outgoing_ ATTAIN_GUARDED_BY(mutex_);
  Timeout timeout_ ATTAIN_GUARDED_BY(mutex_);
  int writes_ ATTAIN_GUARDED_BY(mutex_) = 0;
  bool opened_ ATTAIN_GUARDED_BY(mutex_) = false;  // or refused
  bool writing_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool cancelled_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool stopping_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool finished_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool done_ ATTAIN_GUARDED_BY(mutex_) = false;
};

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* MakeExtractStream(const Dispatch& dispatch,
                                                              grpc::CallbackServerContext* context,
                                                              const grpc::ByteBuffer& request) {
  const auto stream = std::make_shared<ExtractStream>(dispatch, context);
  stream->Start(request);
  return stream.get();
}

}  // namespace attain::rpc
