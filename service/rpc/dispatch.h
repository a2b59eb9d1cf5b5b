// From any unary method to the engine: the whole of what an RPC adapter does.
#ifndef ATTAIN_SERVICE_RPC_DISPATCH_H_
#define ATTAIN_SERVICE_RPC_DISPATCH_H_

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "service/calls/calls.h"
#include "service/rpc/file_calls.h"

namespace attain::rpc {

// What all services share. Thread-safe; outlives the server.
class Dispatch {
 public:
  // Neither is owned.
  Dispatch(const calls::Calls* calls, FileCalls* files) : calls_(calls), files_(files) {}

  // Starts the call and returns at once; the reactor is finished when the answer is there.
  grpc::ServerUnaryReactor* Unary(const calls::Method& method, grpc::CallbackServerContext* context,
                                  const grpc::ByteBuffer& request, grpc::ByteBuffer* response) const;

  // The last word of a call, as every call gets it: told to the log, then put into the caller's language.
  // CANCELLED for an absl::CancelledError: nobody is there to read it.
  grpc::Status Answer(absl::string_view method, const absl::Status& status, absl::string_view locale) const;

  // Unary calls without an answer, and open streams.
  size_t under_way() const { return unanswered_.load() + stop()->listeners(); }

  engine::Engine* engine() const { return calls_->engine(); }
  calls::WorkerPool* workers() const { return calls_->workers(); }
  FileCalls* files() const { return files_; }
  calls::StopSignal* stop() const { return calls_->stop(); }

 private:
  const calls::Calls* const calls_;
  FileCalls* const files_;
  mutable std::atomic<size_t> unanswered_{0};
};

}  // namespace attain::rpc

#endif  // ATTAIN_SERVICE_RPC_DISPATCH_H_
