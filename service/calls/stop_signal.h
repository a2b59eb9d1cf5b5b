// Tells calls and open streams that the server is going down, so that new ones are refused and an idle one
// does not hold it up.
#ifndef ATTAIN_SERVICE_CALLS_STOP_SIGNAL_H_
#define ATTAIN_SERVICE_CALLS_STOP_SIGNAL_H_

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <vector>

#include "storage/mutex.h"

namespace attain::calls {

class StopListener {
 public:
  // At most once, on the stopping thread; must not block. Called under the signal's lock: a listener's own
  // lock comes after it.
  virtual void OnStop() = 0;
  // Some time after OnStop, when the listener is still there: end at once. At most once, under the same lock.
  virtual void OnImpatient() {}

 protected:
  ~StopListener() = default;
};

// Thread-safe.
class StopSignal {
 public:
  // A listener that comes after Raise is told at once.
  void Add(StopListener* listener) ATTAIN_EXCLUDES(mutex_) {
    storage::MutexLock lock(&mutex_);
    listeners_.push_back(listener);
    if (raised()) listener->OnStop();
  }
  // Once it returns the listener is not called any more. Not under the listener's lock.
  void Remove(StopListener* listener) ATTAIN_EXCLUDES(mutex_) {
    storage::MutexLock lock(&mutex_);
    listeners_.erase(std::remove(listeners_.begin(), listeners_.end(), listener), listeners_.end());
  }
  void Raise() ATTAIN_EXCLUDES(mutex_) {
    storage::MutexLock lock(&mutex_);
    if (raised_.exchange(true)) return;
    for (StopListener* listener : listeners_) listener->OnStop();
  }
  // The time for a graceful end is over.
  void Insist() ATTAIN_EXCLUDES(mutex_) {
    storage::MutexLock lock(&mutex_);
    for (StopListener* listener : listeners_) listener->OnImpatient();
  }
  // Listeners added and not removed.
  size_t listeners() ATTAIN_EXCLUDES(mutex_) {
    storage::MutexLock lock(&mutex_);
    return listeners_.size();
  }
  bool raised() const { return raised_.load(std::memory_order_relaxed); }

 private:
  storage::Mutex mutex_;
  std::atomic<bool> raised_{false};  // written under mutex_
  std::vector<StopListener*> listeners_ ATTAIN_GUARDED_BY(mutex_);
};

}  // namespace attain::calls

#endif  // ATTAIN_SERVICE_CALLS_STOP_SIGNAL_H_
