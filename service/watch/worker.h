// One thread for what would hold up a stream: reading from the disk, putting many revisions together.
#ifndef ATTAIN_SERVICE_WATCH_WORKER_H_
#define ATTAIN_SERVICE_WATCH_WORKER_H_

#include <deque>
#include <functional>
#include <thread>

#include "storage/mutex.h"

namespace attain::watch {

// Thread-safe. Jobs run one after another in the order they were added.
class Worker {
 public:
  // A step of a few milliseconds; false when there is more to do and others may have a turn first.
  using Job = std::function<bool()>;

  Worker();
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void Add(Job job) ATTAIN_EXCLUDES(mutex_);
  // Drops what waits and returns when the step under way is done; what is added later is dropped too.
  // Idempotent; not from a job.
  void Stop() ATTAIN_EXCLUDES(mutex_);

 private:
  void Run() ATTAIN_EXCLUDES(mutex_);

  storage::Mutex mutex_;
  storage::CondVar added_;
  std::deque<Job> jobs_ ATTAIN_GUARDED_BY(mutex_);
  bool stopping_ ATTAIN_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace attain::watch

#endif  // ATTAIN_SERVICE_WATCH_WORKER_H_
