#include "service/rpc/dispatch.h"

#include <google/protobuf/arena.h>

#include <utility>

#include "service/api/errors.h"
#include "service/rpc/caller.h"
#include "service/rpc/codec.h"
#include "service/rpc/status.h"

namespace attain::rpc {
namespace {

using Handling = engine::Engine::Handling;

// One call from its bytes to its answer. Deletes itself when it finishes.
class UnaryCall {
 public:
  UnaryCall(const UnaryMethod& method, grpc::CallbackServerContext* context,
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

  void Finish(absl::Status status) {
    if (status.ok()) status = Encode(*response_, answer_);
    grpc::ServerUnaryReactor* const reactor = reactor_;
    const grpc::Status result =
        status.ok() ? grpc::Status::OK : dispatch_->Answer(method_, status, LocaleOf(*context_));
    unanswered_->fetch_sub(1);
    delete this;
    reactor->Finish(result);
  }

  void Answer(const engine::Engine& engine) { Finish(engine.Read(*request_, response_, caller_)); }
  void Mutate(engine::Engine* engine) {
    engine->Mutate(*request_, response_, caller_, [this](absl::Status status) { Finish(std::move(status)); });
  }
  bool cancelled() const { return context_->IsCancelled(); }

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

UnaryMethod Dispatch::MethodOf(const google::protobuf::MethodDescriptor* method) const {
  google::protobuf::MessageFactory* const factory = google::protobuf::MessageFactory::generated_factory();
  return {factory->GetPrototype(method->input_type()), factory->GetPrototype(method->output_type()),
          method->name(), engine_->HandlingOf(method->input_type())};
}

grpc::Status Dispatch::Answer(absl::string_view method, const absl::Status& status,
                              absl::string_view locale) const {
  if (absl::IsCancelled(status)) return grpc::Status::CANCELLED;
  log_->Answered(method, status);
  return ToGrpc(status, locale);
}

grpc::ServerUnaryReactor* Dispatch::Unary(const UnaryMethod& method, grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer& request, grpc::ByteBuffer* response) const {
  grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
  auto* const call = new UnaryCall(method, context, reactor, response, this, &unanswered_);
  if (stop_->raised()) {
    call->Finish(engine::ShuttingDown());
  } else if (absl::Status readable = call->Read(request); !readable.ok()) {
    call->Finish(readable);
  } else if (method.handling == Handling::kMutation) {
    call->Mutate(engine_);
  } else if (method.handling != Handling::kHeavyRead) {
    call->Answer(*engine_);
  } else {
    const bool queued = workers_->Run([call, engine = engine_] {
      call->cancelled() ? call->Finish(absl::CancelledError()) : call->Answer(*engine);
    });
    if (!queued) call->Finish(engine::Overloaded());
  }
  return reactor;
}

}  // namespace attain::rpc
