// Keeps the copies of the head mark close behind the durable head.
#ifndef ATTAIN_STORAGE_ROCKSDB_FILES_MARK_KEEPER_H_
#define ATTAIN_STORAGE_ROCKSDB_FILES_MARK_KEEPER_H_

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "storage/mutex.h"
#include "storage/rocksdb/files/head_mark.h"

namespace attain::storage {

// A mark is never ahead of what is durable: it is written after the head that it says was synced. It is at
// most one second behind (kMarkEvery, and what the disk takes for one write of a sector), not behind at all
// after an idle time and after a clean close. What is lost of the newest second cannot be told from it.
// Thread-safe.
class MarkKeeper {
 public:
  static constexpr std::chrono::milliseconds kMarkEvery{500};

  // `told` takes one sentence for each copy that cannot be written, once for each; called by the keeper's
  // thread or in its destructor; may be null. `mark` says what the files hold already.
  MarkKeeper(std::vector<MarkFile> files, Mark mark, std::function<void(const std::string&)> told);
  // Writes the last head that was noted.
  ~MarkKeeper();
  MarkKeeper(const MarkKeeper&) = delete;
  MarkKeeper& operator=(const MarkKeeper&) = delete;

  // `head` is on disk. Returns at once.
  void Note(const Head& head) ATTAIN_EXCLUDES(mutex_);

 private:
  void Run() ATTAIN_EXCLUDES(mutex_);
  // Of the thread, or of the destructor after it has ended.
  void Write(const Head& head);

  std::vector<MarkFile> files_;
  std::vector<bool> told_of_;
  Mark mark_;
  const std::function<void(const std::string&)> told_;
  Mutex mutex_;
  CondVar changed_;
  std::optional<Head> noted_ ATTAIN_GUARDED_BY(mutex_);  // not written yet
  bool ending_ ATTAIN_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_FILES_MARK_KEEPER_H_
