#include "tests/unit/storage/faulty_file_system.h"

#include <algorithm>
#include <utility>

namespace attain::storage {
namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

class FaultyFile : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FaultyFile(std::string name, std::unique_ptr<rocksdb::FSWritableFile> file, FaultyFileSystem* system)
      : FSWritableFileOwnerWrapper(std::move(file)), name_(std::move(name)), system_(system) {}

  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options, IODebugContext* debug) override {
    bool torn = false;
    const IOStatus before = system_->Before(name_, /*is_append=*/true, &torn);
    if (!before.ok() && !torn) return before;
    const rocksdb::Slice written(data.data(), torn ? data.size() / 2 : data.size());
    const IOStatus status = FSWritableFileOwnerWrapper::Append(written, options, debug);
    if (status.ok()) system_->Appended(name_, written.size());
    return torn ? before : status;
  }
  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo&,
                  IODebugContext* debug) override {
    return Append(data, options, debug);
  }
  IOStatus Truncate(uint64_t size, const IOOptions& options, IODebugContext* debug) override {
    const IOStatus before = system_->Before(name_, /*is_append=*/false);
    if (!before.ok()) return before;
    system_->Truncated(name_, size);
    return FSWritableFileOwnerWrapper::Truncate(size, options, debug);
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    const IOStatus before = system_->Before(name_, /*is_append=*/false);
    if (!before.ok()) return before;
    system_->Synced(name_);
    return FSWritableFileOwnerWrapper::Sync(options, debug);
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override { return Sync(options, debug); }

 private:
  const std::string name_;
  FaultyFileSystem* const system_;
};

bool EndsWith(const std::string& name, const std::string& end) {
  return name.size() >= end.size() && name.compare(name.size() - end.size(), end.size(), end) == 0;
}

bool MayVanish(const std::string& name) {
  return EndsWith(name, ".log") || EndsWith(name, ".sst");
}

class FaultyDirectory : public rocksdb::FSDirectoryWrapper {
 public:
  FaultyDirectory(std::unique_ptr<rocksdb::FSDirectory> directory, FaultyFileSystem* system)
      : FSDirectoryWrapper(std::move(directory)), system_(system) {}

  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    const IOStatus before = system_->Before("", /*is_append=*/false);
    if (!before.ok()) return before;
    system_->DirectorySynced();
    return FSDirectoryWrapper::Fsync(options, debug);
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* debug,
                               const rocksdb::DirFsyncOptions&) override {
    return Fsync(options, debug);
  }

 private:
  FaultyFileSystem* const system_;
};

}  // namespace

void FaultyFileSystem::Arm(Fault fault, uint64_t countdown, const std::string& name_end) {
  MutexLock lock(&mutex_);
  armed_ = true;
  fired_ = false;
  fault_ = fault;
  countdown_ = countdown;
  name_end_ = name_end;
}

void FaultyFileSystem::Disarm() {
  MutexLock lock(&mutex_);
  armed_ = false;
}

bool FaultyFileSystem::fired() const {
  MutexLock lock(&mutex_);
  return fired_;
}

IOStatus FaultyFileSystem::Before(const std::string& name, bool is_append, bool* torn) {
  MutexLock lock(&mutex_);
  if (!armed_ || !EndsWith(name, name_end_)) return IOStatus::OK();
  if (countdown_ > 0) {
    --countdown_;
    return IOStatus::OK();
  }
  if (fault_ == Fault::kNoSpace) {
    if (!is_append) return IOStatus::OK();
    fired_ = true;
    return IOStatus::NoSpace("injected");
  }
  fired_ = true;
  if (fault_ != Fault::kPowerCut) armed_ = false;
  if (torn != nullptr) *torn = fault_ == Fault::kTornAppend;
  return IOStatus::IOError("injected");
}

void FaultyFileSystem::Appended(const std::string& name, uint64_t bytes) {
  MutexLock lock(&mutex_);
  files_[name].written += bytes;
}

void FaultyFileSystem::Truncated(const std::string& name, uint64_t size) {
  MutexLock lock(&mutex_);
  Length& length = files_[name];
  length = {size, std::min(length.synced, size)};
}

void FaultyFileSystem::Synced(const std::string& name) {
  MutexLock lock(&mutex_);
  files_[name].synced = files_[name].written;
}

void FaultyFileSystem::DirectorySynced() {
  MutexLock lock(&mutex_);
  new_files_.clear();
}

IOStatus FaultyFileSystem::NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                           std::unique_ptr<rocksdb::FSWritableFile>* file,
                                           IODebugContext* debug) {
  const IOStatus before = Before(name, /*is_append=*/false);
  if (!before.ok()) return before;
  std::unique_ptr<rocksdb::FSWritableFile> made;
  const IOStatus status = FileSystemWrapper::NewWritableFile(name, options, &made, debug);
  if (!status.ok()) return status;
  *file = std::make_unique<FaultyFile>(name, std::move(made), this);
  MutexLock lock(&mutex_);
  files_[name] = {};
  if (MayVanish(name)) new_files_.push_back(name);
  return status;
}

IOStatus FaultyFileSystem::ReuseWritableFile(const std::string&, const std::string&,
                                             const rocksdb::FileOptions&,
                                             std::unique_ptr<rocksdb::FSWritableFile>*, IODebugContext*) {
  return IOStatus::NotSupported("the store does not reuse log files");
}

IOStatus FaultyFileSystem::NewDirectory(const std::string& name, const IOOptions& options,
                                        std::unique_ptr<rocksdb::FSDirectory>* directory,
                                        IODebugContext* debug) {
  std::unique_ptr<rocksdb::FSDirectory> made;
  const IOStatus status = FileSystemWrapper::NewDirectory(name, options, &made, debug);
  if (status.ok()) *directory = std::make_unique<FaultyDirectory>(std::move(made), this);
  return status;
}

IOStatus FaultyFileSystem::DeleteFile(const std::string& name, const IOOptions& options,
                                      IODebugContext* debug) {
  const IOStatus before = Before(name, /*is_append=*/false);
  if (!before.ok()) return before;
  MutexLock lock(&mutex_);
  files_.erase(name);
  new_files_.erase(std::remove(new_files_.begin(), new_files_.end(), name), new_files_.end());
  return FileSystemWrapper::DeleteFile(name, options, debug);
}

IOStatus FaultyFileSystem::RenameFile(const std::string& from, const std::string& to,
                                      const IOOptions& options, IODebugContext* debug) {
  const IOStatus before = Before(from, /*is_append=*/false);
  if (!before.ok()) return before;
  MutexLock lock(&mutex_);
  files_[to] = files_[from];
  files_.erase(from);
  new_files_
      .clear();  // names reach the disk in order: whoever finds the new name finds what was made before it
  return FileSystemWrapper::RenameFile(from, to, options, debug);
}

void FaultyFileSystem::LoseUnsynced(std::mt19937_64* random) {
  MutexLock lock(&mutex_);
  armed_ = false;
  const size_t kept = (*random)() % (new_files_.size() + 1);
  for (size_t i = kept; i < new_files_.size(); ++i) {
    FileSystemWrapper::DeleteFile(new_files_[i], IOOptions(), nullptr).PermitUncheckedError();
    files_.erase(new_files_[i]);
  }
  new_files_.clear();
  for (auto& [name, length] : files_) {
    if (length.written == length.synced) continue;
    length.written = length.synced + (*random)() % (length.written - length.synced + 1);
    CutTo(name, length.written).PermitUncheckedError();
    length.synced = length.written;
  }
}

IOStatus FaultyFileSystem::CutTo(const std::string& name, uint64_t size) {
  std::unique_ptr<rocksdb::FSSequentialFile> old;
  IOStatus status = target()->NewSequentialFile(name, rocksdb::FileOptions(), &old, nullptr);
  if (!status.ok()) return status;
  std::string buffer(size, '\0');
  rocksdb::Slice read;
  if (size > 0) status = old->Read(size, IOOptions(), &read, buffer.data(), nullptr);
  if (!status.ok()) return status;
  const std::string content = read.ToString();
  old.reset();
  std::unique_ptr<rocksdb::FSWritableFile> file;
  status = target()->NewWritableFile(name, rocksdb::FileOptions(), &file, nullptr);
  if (status.ok()) status = file->Append(content, IOOptions(), nullptr);
  if (status.ok()) status = file->Close(IOOptions(), nullptr);
  return status;
}

}  // namespace attain::storage
