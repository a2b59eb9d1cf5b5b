// Whether the disk has failed, and what RocksDB said then.
#ifndef ATTAIN_STORAGE_ROCKSDB_FAILURE_H_
#define ATTAIN_STORAGE_ROCKSDB_FAILURE_H_

#include <atomic>
#include <string>

#include "absl/strings/string_view.h"
#include "storage/mutex.h"

namespace attain::storage {

// Set once and for good; shared by the store and the database's listener, which may outlive the store.
// Thread-safe.
class Failure {
 public:
  // The first words stay: what fails later fails because of it.
  void Set(absl::string_view words) ATTAIN_EXCLUDES(mutex_) {
    MutexLock lock(&mutex_);
    if (words_.empty()) words_ = std::string(words);
    happened_ = true;
  }
  bool happened() const { return happened_; }
  std::string words() const ATTAIN_EXCLUDES(mutex_) {
    MutexLock lock(&mutex_);
    return words_;
  }

 private:
  mutable Mutex mutex_;
  std::string words_ ATTAIN_GUARDED_BY(mutex_);
  std::atomic<bool> happened_{false};
};

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_FAILURE_H_
