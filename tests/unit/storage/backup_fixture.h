// A store on disk that tests fill, and its backups.
#ifndef ATTAIN_TESTS_UNIT_STORAGE_BACKUP_FIXTURE_H_
#define ATTAIN_TESTS_UNIT_STORAGE_BACKUP_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/backup/backups.h"
#include "storage/rocksdb/open.h"
#include "tests/support/scratch.h"

namespace attain::storage {

// The beginning of every value that Fill writes.
inline constexpr char kPlainValue[] = "a value that nobody else may read";

inline std::unique_ptr<Store> OpenAt(const std::string& directory) {
  RocksStoreOptions options;
  options.directory = directory;
  absl::StatusOr<std::unique_ptr<Store>> store = OpenRocksStore(options);
  EXPECT_TRUE(store.ok()) << store.status();
  return store.ok() ? *std::move(store) : nullptr;
}

// Commits so many entries, ten a group, with a value of so many bytes each, which do not compress.
inline void Fill(Store* store, int entries, size_t bytes = 40) {
  while (entries > 0) {
    const absl::StatusOr<std::unique_ptr<Group>> group = store->Begin();
    ASSERT_TRUE(group.ok()) << group.status();
    for (int i = 0; i < 10 && entries > 0; ++i, --entries) {
      const Revision revision = (*group)->StartEntry();
      std::string value = kPlainValue;
      for (uint64_t state = revision * 2654435761 + 1; value.size() < bytes;) {
        state = state * 6364136223846793005 + 1442695040888963407;
        value.push_back(static_cast<char>(state >> 56));
      }
      (*group)->Put(KeyBuilder(7).Text("key").U64(revision % 50).Build(), value);
      (*group)->PutOnce(absl::StrCat("request ", revision), "answer");
      (*group)->FinishEntry(absl::StrCat("payload ", revision), absl::FromUnixSeconds(1'000 + revision));
    }
    const absl::Status committed = (*group)->Commit();
    EXPECT_TRUE(committed.ok()) << committed;
  }
}

class BackupTest : public ::testing::Test {
 protected:
  BackupTest() : store_(OpenAt(scratch_ / "store")) {}

  static BackupKey Key(char first) { return BackupKey(std::string(1, first) + std::string(31, 'k')); }
  Backups With(std::optional<BackupKey> key = std::nullopt) const {
    return Backups({backups_, std::move(key)});
  }
  CreateOptions Now(int day = 1) const {
    CreateOptions options;
    options.staging = scratch_ / "store/.backup";
    options.now = absl::UnixEpoch() + absl::Hours(24) * day;
    return options;
  }
  // A backup made on that day; only its id is given when it cannot be made.
  BackupInfo Make(Backups backups, int day = 1) {
    const absl::StatusOr<BackupInfo> made = backups.Create(store_.get(), Now(day));
    EXPECT_TRUE(made.ok()) << made.status();
    return made.ok() ? *made : BackupInfo();
  }
  RestoreOptions To(const std::string& name, uint32_t id = 0) const {
    RestoreOptions options;
    options.id = id;
    options.target = scratch_ / name;
    return options;
  }
  std::vector<std::string> Files() const {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(backups_)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
    return files;
  }
  uint64_t Bytes() const {
    uint64_t bytes = 0;
    for (const std::string& file : Files()) bytes += std::filesystem::file_size(file);
    return bytes;
  }
  std::string ListOf(uint32_t id) const { return absl::StrCat(backups_, "/backups/", id, ".backup"); }

  const testing::ScratchDirectory scratch_;
  const std::string backups_ = scratch_ / "backups";
  std::unique_ptr<Store> store_;
};

inline void Flip(const std::string& path, size_t at) {
  std::string bytes = testing::ReadFileOrDie(path);
  bytes[at] = static_cast<char>(bytes[at] ^ 1);
  testing::WriteFileOrDie(path, bytes);
}

}  // namespace attain::storage

#endif  // ATTAIN_TESTS_UNIT_STORAGE_BACKUP_FIXTURE_H_
