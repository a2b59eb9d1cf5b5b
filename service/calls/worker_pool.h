// A few threads for queries that may take milliseconds: a reaction must never block. Thread-safe.
#ifndef ATTAIN_SERVICE_CALLS_WORKER_POOL_H_
#define ATTAIN_SERVICE_CALLS_WORKER_POOL_H_

#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "storage/mutex.h"

namespace attain::calls {

class WorkerPool {
 public:
  WorkerPool(int threads, size_t max_waiting);
  // Completes what waits.
  ~WorkerPool();
  // False when too much waits already; the task is dropped then.
  bool Run(std::function<void()> task) ATTAIN_EXCLUDES(mutex_);

 private:
  void Loop() ATTAIN_EXCLUDES(mutex_);
  const size_t max_waiting_;
  storage::Mutex mutex_;
  storage::CondVar wake_;
  std::deque<std::function<void()>> waiting_ ATTAIN_GUARDED_BY(mutex_);
  bool stopping_ ATTAIN_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace attain::calls

#endif  // ATTAIN_SERVICE_CALLS_WORKER_POOL_H_
