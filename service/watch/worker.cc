#include "service/watch/worker.h"

#include <utility>

namespace attain::watch {

Worker::Worker() : thread_([this] { Run(); }) {}

Worker::~Worker() {
  Stop();
}

void Worker::Add(Job job) {
  storage::MutexLock lock(&mutex_);
  if (stopping_) return;
  jobs_.push_back(std::move(job));
  added_.NotifyOne();
}

void Worker::Stop() {
  std::deque<Job> dropped;  // freed without the lock
  {
    storage::MutexLock lock(&mutex_);
    stopping_ = true;
    dropped.swap(jobs_);
    added_.NotifyOne();
  }
  if (thread_.joinable()) thread_.join();
}

void Worker::Run() {
  while (true) {
    Job job;
    {
      storage::MutexLock lock(&mutex_);
      while (jobs_.empty() && !stopping_) added_.Wait(&mutex_);
      if (stopping_) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    if (!job()) Add(std::move(job));
  }
}

}  // namespace attain::watch
