// A call of the API from the moment that its request is read to its answer, whatever port it came by: which
// thread may run it, what a stopping server says, what operators read of it.
#ifndef ATTAIN_SERVICE_CALLS_CALLS_H_
#define ATTAIN_SERVICE_CALLS_CALLS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "attain/v1/options.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "service/api/caller.h"
#include "service/calls/call_log.h"
#include "service/calls/stop_signal.h"
#include "service/calls/worker_pool.h"
#include "service/engine/engine.h"

namespace attain::calls {

// What a port knows of a method with one request and one answer.
struct Method {
  const google::protobuf::Message* request = nullptr;  // prototypes, of the generated pool
  const google::protobuf::Message* response = nullptr;
  absl::string_view name;  // "RecordActual"
  v1::CallKind kind = v1::CALL_KIND_UNSPECIFIED;
};

Method MethodOf(const google::protobuf::MethodDescriptor& method);

// One such call of a port, which made the messages and knows how to answer.
class Call {
 public:
  virtual const google::protobuf::Message& request() const = 0;
  virtual google::protobuf::Message* response() = 0;
  virtual const engine::Caller& caller() const = 0;
  // Nobody waits for the answer any more.
  virtual bool cancelled() const = 0;
  // The end of the call, exactly once, on any thread; the response counts when `status` is OK. The call may
  // be gone when this returns. Must not block.
  virtual void Finish(absl::Status status) = 0;

 protected:
  ~Call() = default;
};

// Thread-safe. What it is made of is not owned and must outlive it.
class Calls {
 public:
  Calls(engine::Engine* engine, WorkerPool* workers, StopSignal* stop, const CallLog* log)
      : engine_(engine), workers_(workers), stop_(stop), log_(log) {}

  // Runs the call, here when it takes microseconds, else on a worker or in the order of commands; returns at
  // once. SHUTTING_DOWN once the server stops, OVERLOADED when too many calls wait for a worker.
  void Start(const Method& method, Call* call) const;

  // Every answer of every call, streams too, is told here once before it leaves.
  void Answered(absl::string_view method, const absl::Status& status) const {
    log_->Answered(method, status);
  }

  engine::Engine* engine() const { return engine_; }
  WorkerPool* workers() const { return workers_; }
  StopSignal* stop() const { return stop_; }

 private:
  engine::Engine* const engine_;
  WorkerPool* const workers_;
  StopSignal* const stop_;
  const CallLog* const log_;
};

}  // namespace attain::calls

#endif  // ATTAIN_SERVICE_CALLS_CALLS_H_
