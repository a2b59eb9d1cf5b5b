#include "service/rpc/dispatch.h"

#include <google/protobuf/arena.h>

#include <utility>

#include "service/api/errors.h"
#include "service/rpc/caller.h"
#include "service/rpc/codec.h"
#include "service/rpc/status.h"

namespace attain::rpc {
namespace {

// One call from its bytes to its answer. Deletes itself when it finishes.
class UnaryCall final : public calls::Call {
 public:
  UnaryCall(const calls::Method& method, grpc::CallbackServerContext* context,
            grpc::ServerUnaryReactor* reactor, grpc::ByteBuffer* answer, const Dispatch* dispatch,
            std::atomic<size_t>* unanswered)
      : arena_(first_block_, sizeof(first_block_)),
        method_(method.name),
        dispatch_(dispatch),
        context_(context),
        reactor_(reactor),
        answer_(answer),
        request_(method.request->New(&arena_)),
        response_(method.response->New(&arena_)),
        unanswered_(unanswered) {
    unanswered_->fetch_add(1);
  }

  absl::Status Read(const grpc::ByteBuffer& bytes) {
    absl::StatusOr<engine::Caller> caller = CallerOf(*context_);
    if (!caller.ok()) return caller.status();
    caller_ = *std::move(caller);
    return Decode(bytes, request_);
  }

  void Finish(absl::Status status) override {
    if (status.ok()) status = Encode(*response_, answer_);
    grpc::ServerUnaryReactor* const reactor = reactor_;
    const grpc::Status result =
        status.ok() ? grpc::Status::OK : dispatch_->Answer(method_, status, LocaleOf(*context_));
    unanswered_->fetch_sub(1);
    delete this;
    reactor->Finish(result);
  }

  const google::protobuf::Message& request() const override { return *request_; }
  google::protobuf::Message* response() override { return response_; }
  const engine::Caller& caller() const override { return caller_; }
  bool cancelled() const override { return context_->IsCancelled(); }

 private:
  // Most requests and answers fit: one allocation for a call.
  alignas(8) char first_block_[2048];
  google::protobuf::Arena arena_;
  const absl::string_view method_;
  const Dispatch* const dispatch_;
  grpc::CallbackServerContext* const context_;
  grpc::ServerUnaryReactor* const reactor_;
  grpc::ByteBuffer* const answer_;
  google::protobuf::Message* const request_;
  google::protobuf::Message* const response_;
  std::atomic<size_t>* const unanswered_;
  engine::Caller caller_;
};

}  // namespace

grpc::Status Dispatch::Answer(absl::string_view method, const absl::Status& status,
                              absl::string_view locale) const {
  if (absl::IsCancelled(status)) return grpc::Status::CANCELLED;
  calls_->Answered(method, status);
  return ToGrpc(status, locale);
}

grpc::ServerUnaryReactor* Dispatch::Unary(const calls::Method& method, grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer& request, grpc::ByteBuffer* response) const {
  grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
  auto* const call = new UnaryCall(method, context, reactor, response, this, &unanswered_);
  if (stop()->raised()) {
    call->Finish(engine::ShuttingDown());
  } else if (absl::Status readable = call->Read(request); !readable.ok()) {
    call->Finish(readable);
  } else {
    calls_->Start(method, call);
  }
  return reactor;
}

}  // namespace attain::rpc
