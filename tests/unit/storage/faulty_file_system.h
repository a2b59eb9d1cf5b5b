// A file system that fails when told, and that forgets what was not synced when its power is cut.
#ifndef ATTAIN_TESTS_UNIT_STORAGE_FAULTY_FILE_SYSTEM_H_
#define ATTAIN_TESTS_UNIT_STORAGE_FAULTY_FILE_SYSTEM_H_

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "rocksdb/file_system.h"
#include "storage/mutex.h"

namespace attain::storage {

enum class Fault {
  kIoError,     // one operation fails; the disk is well again after it
  kTornAppend,  // as kIoError, but half of the data of an append is written
  kNoSpace,     // the disk is full from then on
  kPowerCut,    // nothing is written from then on
};

// Wraps a file system. Every operation that changes files counts: create, append, sync, rename, delete.
// Thread-safe.
class FaultyFileSystem : public rocksdb::FileSystemWrapper {
 public:
  explicit FaultyFileSystem(const std::shared_ptr<rocksdb::FileSystem>& target) : FileSystemWrapper(target) {}

  const char* Name() const override { return "FaultyFileSystem"; }

  // Fails operation number `countdown` from now on, counted from 0, of those on files whose names end so.
  void Arm(Fault fault, uint64_t countdown, const std::string& name_end = "");
  // The disk is well from now on.
  void Disarm();
  bool fired() const;
  // What a power cut leaves, once all files are closed: synced bytes, and of the rest a random beginning; of
  // the files that were made since their directory was synced, a random number of the first.
  void LoseUnsynced(std::mt19937_64* random);

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReuseWritableFile(const std::string& name, const std::string& old_name,
                                      const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* file,
                                      rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewDirectory(const std::string& name, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* directory,
                                 rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus DeleteFile(const std::string& name, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) override;

  // For the files and directories it hands out.
  rocksdb::IOStatus Before(const std::string& name, bool is_append, bool* torn = nullptr);
  void Appended(const std::string& name, uint64_t bytes);
  void Truncated(const std::string& name, uint64_t size);
  void Synced(const std::string& name);
  void DirectorySynced();

 private:
  struct Length {
    uint64_t written = 0, synced = 0;
  };
  rocksdb::IOStatus CutTo(const std::string& name, uint64_t size);

  mutable Mutex mutex_;
  bool armed_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool fired_ ATTAIN_GUARDED_BY(mutex_) = false;
  Fault fault_ ATTAIN_GUARDED_BY(mutex_) = Fault::kIoError;
  uint64_t countdown_ ATTAIN_GUARDED_BY(mutex_) = 0;
  std::string name_end_ ATTAIN_GUARDED_BY(mutex_);
  std::map<std::string, Length> files_ ATTAIN_GUARDED_BY(mutex_);
  std::vector<std::string> new_files_ ATTAIN_GUARDED_BY(mutex_);  // since the directory was synced
};

}  // namespace attain::storage

#endif  // ATTAIN_TESTS_UNIT_STORAGE_FAULTY_FILE_SYSTEM_H_
