// std::mutex and std::condition_variable with clang's thread-safety annotations. Debian's prebuilt
// absl::Mutex gives ThreadSanitizer false races, so rooms that run under it use this one.
#ifndef ATTAIN_STORAGE_MUTEX_H_
#define ATTAIN_STORAGE_MUTEX_H_

#include <chrono>
#include <condition_variable>
#include <mutex>

#if defined(__clang__)
#define ATTAIN_ANNOTATION(x) __attribute__((x))
#else
#define ATTAIN_ANNOTATION(x)
#endif
#define ATTAIN_GUARDED_BY(x) ATTAIN_ANNOTATION(guarded_by(x))
#define ATTAIN_REQUIRES(...) ATTAIN_ANNOTATION(requires_capability(__VA_ARGS__))
#define ATTAIN_EXCLUDES(...) ATTAIN_ANNOTATION(locks_excluded(__VA_ARGS__))

namespace attain::storage {

class ATTAIN_ANNOTATION(capability("mutex")) Mutex {
 public:
  void Lock() ATTAIN_ANNOTATION(acquire_capability()) { mutex_.lock(); }
  bool TryLock() ATTAIN_ANNOTATION(try_acquire_capability(true)) { return mutex_.try_lock(); }
  void Unlock() ATTAIN_ANNOTATION(release_capability()) { mutex_.unlock(); }

 private:
  friend class CondVar;
  std::mutex mutex_;
};

class ATTAIN_ANNOTATION(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex* mutex) ATTAIN_ANNOTATION(acquire_capability(mutex)) : mutex_(mutex) {
    mutex_->Lock();
  }
  ~MutexLock() ATTAIN_ANNOTATION(release_capability()) { mutex_->Unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex* const mutex_;
};

class CondVar {
 public:
  // Spurious wake-ups happen: wait in a loop on the condition.
  void Wait(Mutex* mutex) ATTAIN_REQUIRES(mutex) {
    std::unique_lock<std::mutex> lock(mutex->mutex_, std::adopt_lock);
    condition_.wait(lock);
    lock.release();
  }
  // Returns at the latest when `deadline` has come.
  void WaitUntil(Mutex* mutex, std::chrono::steady_clock::time_point deadline) ATTAIN_REQUIRES(mutex) {
    std::unique_lock<std::mutex> lock(mutex->mutex_, std::adopt_lock);
    condition_.wait_until(lock, deadline);
    lock.release();
  }
  void NotifyOne() { condition_.notify_one(); }
  void NotifyAll() { condition_.notify_all(); }

 private:
  std::condition_variable condition_;
};

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_MUTEX_H_
