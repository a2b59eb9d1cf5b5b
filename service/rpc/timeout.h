// A moment at which something is to happen unless it is put off.
#ifndef ATTAIN_SERVICE_RPC_TIMEOUT_H_
#define ATTAIN_SERVICE_RPC_TIMEOUT_H_

#include <grpcpp/alarm.h>

#include <functional>
#include <memory>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace attain::rpc {

// Thread-compatible: its owner's lock guards it. `fired` runs on a thread of gRPC, without locks; it may be
// under way when this goes, so it holds what it needs.
class Timeout {
 public:
  // One alarm at a time: the one before is given up.
  void Set(absl::Duration in, std::function<void()> fired) {
    alarm_ = std::make_unique<grpc::Alarm>();
    alarm_->Set(absl::ToChronoTime(absl::Now() + in), [fired = std::move(fired)](bool due) {
      if (due) fired();
    });
  }
  // For the owner to destroy outside its lock.
  std::unique_ptr<grpc::Alarm> Take() { return std::move(alarm_); }

 private:
  std::unique_ptr<grpc::Alarm> alarm_;
};

}  // namespace attain::rpc

#endif  // ATTAIN_SERVICE_RPC_TIMEOUT_H_
