#include "service/calls/calls.h"

#include <utility>

#include "common/schema/methods.h"
#include "service/api/errors.h"

namespace attain::calls {

Method MethodOf(const google::protobuf::MethodDescriptor& method) {
  google::protobuf::MessageFactory* const factory = google::protobuf::MessageFactory::generated_factory();
  return {factory->GetPrototype(method.input_type()), factory->GetPrototype(method.output_type()),
          method.name(), schema::RuleOf(method).kind()};
}

void Calls::Start(const Method& method, Call* call) const {
  const auto answer = [engine = engine_](Call* due) {
    due->Finish(engine->Read(due->request(), due->response(), due->caller()));
  };
  if (stop_->raised()) return call->Finish(engine::ShuttingDown());
  if (method.kind == v1::CALL_KIND_WRITE) {
    return engine_->Mutate(call->request(), call->response(), call->caller(),
                           [call](absl::Status status) { call->Finish(std::move(status)); });
  }
  if (method.kind != v1::CALL_KIND_HEAVY_READ) return answer(call);
  const bool queued = workers_->Run(
      [call, answer] { call->cancelled() ? call->Finish(absl::CancelledError()) : answer(call); });
  if (!queued) call->Finish(engine::Overloaded());
}

}  // namespace attain::calls
