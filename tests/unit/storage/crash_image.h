// The directory of a running store as a kill -9 would leave it, to be damaged and opened.
#ifndef ATTAIN_TESTS_UNIT_STORAGE_CRASH_IMAGE_H_
#define ATTAIN_TESTS_UNIT_STORAGE_CRASH_IMAGE_H_

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "storage/key_codec.h"
#include "storage/rocksdb/files/head_mark.h"
#include "storage/rocksdb/open.h"

namespace attain::storage {

inline std::string ReadBytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void WriteBytes(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

// Commits one entry as a group of its own, with a value of so many bytes that are not all alike.
inline void CommitEntry(Store* store, size_t bytes) {
  const std::unique_ptr<Group> group = store->Begin().value();
  const Revision revision = group->StartEntry();
  std::string value(bytes, '\0');
  for (size_t i = 0; i < bytes; ++i) value[i] = static_cast<char>((i * 131 + revision * 17 + i / 251) % 256);
  group->Put(KeyBuilder(1).Text("key").U64(revision % 5).Build(), value);
  group->PutOnce(absl::StrCat("once ", revision), "done");
  group->FinishEntry(absl::StrCat("payload ", revision), absl::UnixEpoch());
  ASSERT_TRUE(group->Commit().ok());
}

// A store in `root`/data, and copies of it.
class CrashImages {
 public:
  explicit CrashImages(std::filesystem::path root) : root_(std::move(root)) {}

  RocksStoreOptions Options(const std::string& name) const {
    RocksStoreOptions options;
    options.directory = (root_ / name).string();
    return options;
  }
  std::string MarkBeside(const std::string& name) const { return (root_ / (name + ".head-mark")).string(); }
  std::string MarkInside(const std::string& name) const { return (root_ / name / kHeadMarkName).string(); }

  // Directory and the mark beside it; what is at `to` is replaced.
  void Copy(const std::string& from, const std::string& to) const {
    CopyDirectory(from, to);
    std::filesystem::remove(MarkBeside(to));
    if (std::filesystem::exists(MarkBeside(from)))
      std::filesystem::copy_file(MarkBeside(from), MarkBeside(to));
  }
  void CopyDirectory(const std::string& from, const std::string& to) const {
    std::filesystem::remove_all(root_ / to);
    std::filesystem::copy(root_ / from, root_ / to, std::filesystem::copy_options::recursive);
  }

  // Log files of a directory, the oldest first.
  std::vector<std::filesystem::path> Logs(const std::string& name) const {
    std::vector<std::filesystem::path> logs;
    for (const auto& file : std::filesystem::directory_iterator(root_ / name)) {
      if (file.path().extension() == ".log") logs.push_back(file.path());
    }
    std::sort(logs.begin(), logs.end());
    return logs;
  }
  std::filesystem::path NewestLog(const std::string& name) const { return Logs(name).back(); }

  // 0 when there is no mark.
  static Revision Marked(const std::string& path) {
    const absl::StatusOr<std::optional<Mark>> mark = MarkFile(rocksdb::Env::Default(), path).Read();
    return mark.ok() && mark->has_value() ? (*mark)->head.revision : 0;
  }
  // Waits until both marks have come to `revision`; false after a time that is far too long.
  bool AwaitMarks(const std::string& name, Revision revision) const {
    for (int i = 0; i < 3000; ++i) {
      if (Marked(MarkInside(name)) == revision && Marked(MarkBeside(name)) == revision) return true;
      absl::SleepFor(absl::Milliseconds(10));
    }
    return false;
  }

 private:
  const std::filesystem::path root_;
};

}  // namespace attain::storage

#endif  // ATTAIN_TESTS_UNIT_STORAGE_CRASH_IMAGE_H_
