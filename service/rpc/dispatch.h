// From any unary method to the engine: the whole of what an RPC adapter does.
#ifndef ATTAIN_SERVICE_RPC_DISPATCH_H_
#define ATTAIN_SERVICE_RPC_DISPATCH_H_

#include <google/protobuf/message.h>
#include <grpcpp/grpcpp.h>

#include <atomic>
#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "service/calls/call_log.h"
#include "service/calls/stop_signal.h"
#include "service/calls/worker_pool.h"
#include "service/engine/engine.h"
#include "service/rpc/file_calls.h"

namespace attain::rpc {

// What the server knows of one unary method.
struct UnaryMethod {
  const google::protobuf::Message* request = nullptr;  // prototypes, of the generated pool
  const google::protobuf::Message* response = nullptr;
  absl::string_view name;  // "RecordActual"
  engine::Engine::Handling handling = engine::Engine::Handling::kNotImplemented;
};

// What all services share. Thread-safe; outlives the server.
class Dispatch {
 public:
  // None is owned.
  Dispatch(engine::Engine* engine, calls::WorkerPool* workers, FileCalls* files, calls::StopSignal* stop,
           const calls::CallLog* log)
      : engine_(engine), workers_(workers), files_(files), stop_(stop), log_(log) {}

  UnaryMethod MethodOf(const google::protobuf::MethodDescriptor* method) const;

  // Starts the call and returns at once; the reactor is finished when the answer is there.
  grpc::ServerUnaryReactor* Unary(const UnaryMethod& method, grpc::CallbackServerContext* context,
                                  const grpc::ByteBuffer& request, grpc::ByteBuffer* response) const;

  // The last word of a call, as every call gets it: told to the log, then put into the caller's language.
  // CANCELLED for an absl::CancelledError: nobody is there to read it.
  grpc::Status Answer(absl::string_view method, const absl::Status& status, absl::string_view locale) const;

  // Unary calls without an answer, and open streams.
  size_t under_way() const { return unanswered_.load() + stop_->listeners(); }

  engine::Engine* engine() const { return engine_; }
  calls::WorkerPool* workers() const { return workers_; }
  FileCalls* files() const { return files_; }
  calls::StopSignal* stop() const { return stop_; }

 private:
  engine::Engine* const engine_;
  calls::WorkerPool* const workers_;
  FileCalls* const files_;
  calls::StopSignal* const stop_;
  const calls::CallLog* const log_;
  mutable std::atomic<size_t> unanswered_{0};
};

}  // namespace attain::rpc

#endif  // ATTAIN_SERVICE_RPC_DISPATCH_H_
