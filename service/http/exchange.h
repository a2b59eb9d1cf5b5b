// What connects the handler of one request with its connection, on whatever threads they are.
#ifndef ATTAIN_SERVICE_HTTP_EXCHANGE_H_
#define ATTAIN_SERVICE_HTTP_EXCHANGE_H_

#include <functional>
#include <string>
#include <utility>

#include "service/calls/call_log.h"
#include "service/http/responder.h"
#include "storage/mutex.h"

namespace attain::http {

// Thread-safe.
class Exchange final : public AnswerSink {
 public:
  // `name` is what the log calls the request. `deliver` is called once at most, under a lock: it hands on and
  // returns.
  Exchange(std::string name, const calls::CallLog* log, std::function<void(Response)> deliver)
      : name_(std::move(name)), log_(log), deliver_(std::move(deliver)) {}

  void Answer(Response response, const absl::Status& told) override ATTAIN_EXCLUDES(mutex_) {
    {
      storage::MutexLock lock(&mutex_);
      if (deliver_ == nullptr) return;
    }
    log_->Answered(name_, told);
    storage::MutexLock lock(&mutex_);
    if (deliver_ == nullptr) return;
    deliver_(std::move(response));
    deliver_ = nullptr;
  }
  // Nobody waits any more: once it returns, nothing is delivered.
  void Detach() ATTAIN_EXCLUDES(mutex_) {
    storage::MutexLock lock(&mutex_);
    deliver_ = nullptr;
  }
  const std::string& name() const { return name_; }

 private:
  const std::string name_;
  const calls::CallLog* const log_;
  storage::Mutex mutex_;
  std::function<void(Response)> deliver_ ATTAIN_GUARDED_BY(mutex_);  // null: over
};

}  // namespace attain::http

#endif  // ATTAIN_SERVICE_HTTP_EXCHANGE_H_
