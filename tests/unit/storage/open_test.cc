// Opening: what is refused, in which words, and how a store grows with the program.
#include "storage/rocksdb/open.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "rocksdb/env.h"
#include "storage/key_codec.h"
#include "tests/contract/rocksdb_raw.h"

namespace attain::storage {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class OpenTest : public ::testing::Test {
 protected:
  OpenTest() { options_.directory = (scratch_.path() / "data").string(); }

  absl::Status Opened() const { return OpenRocksStore(options_).status(); }
  std::string Path(const char* name) const {
    return (std::filesystem::path(options_.directory) / name).string();
  }

  void WriteOneEntry() const {
    const std::unique_ptr<Store> store = OpenRocksStore(options_).value();
    const std::unique_ptr<Group> group = store->Begin().value();
    group->StartEntry();
    group->Put(KeyBuilder(1).Text("a").Build(), "value");
    group->FinishEntry("payload", absl::UnixEpoch());
    ASSERT_TRUE(group->Commit().ok());
  }
  // Lets `edit` write behind the store's back.
  template <typename Edit>
  void Tamper(Edit edit) const {
    const std::unique_ptr<Database> database = OpenRaw(options_).value();
    ASSERT_TRUE(edit(*database).ok());
  }

  const ScratchDirectory scratch_;
  RocksStoreOptions options_;
};

TEST_F(OpenTest, NeedsADirectory) {
  options_.directory.clear();
  EXPECT_EQ(Opened().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(OpenTest, MissingStoreIsNotFoundUnlessItMayBeMade) {
  options_.create_if_missing = false;
  EXPECT_EQ(Opened().code(), absl::StatusCode::kNotFound);
  options_.create_if_missing = true;
  EXPECT_TRUE(Opened().ok());
  options_.create_if_missing = false;
  EXPECT_TRUE(Opened().ok());
}

TEST_F(OpenTest, DirectoryOpenInThisProcessIsInUse) {
  const auto store = OpenRocksStore(options_);
  ASSERT_TRUE(store.ok());
  const absl::Status second = Opened();
  EXPECT_EQ(second.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(second.message()), HasSubstr("in use by another attaind"));
}

TEST_F(OpenTest, DirectoryLockedByAnotherProcessIsInUseUntilItEnds) {
  WriteOneEntry();
  int ready[2], finish[2];
  ASSERT_EQ(pipe(ready), 0);
  ASSERT_EQ(pipe(finish), 0);
  const std::string lock_file = Path("LOCK");
  const pid_t child = fork();
  if (child == 0) {
    close(finish[1]);
    const int file = open(lock_file.c_str(), O_RDWR);
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    char byte = fcntl(file, F_SETLK, &lock) == 0 ? 'l' : 'f';
    if (write(ready[1], &byte, 1) != 1) _exit(1);
    _exit(read(finish[0], &byte, 1) == 0 ? 0 : 1);
  }
  char byte = 0;
  ASSERT_EQ(read(ready[0], &byte, 1), 1);
  EXPECT_EQ(byte, 'l');
  const absl::Status refused = Opened();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition) << refused;
  EXPECT_THAT(std::string(refused.message()),
              AllOf(HasSubstr(options_.directory), HasSubstr("in use by another")));
  close(finish[1]);
  int exit_code = 0;
  ASSERT_EQ(waitpid(child, &exit_code, 0), child);
  EXPECT_TRUE(Opened().ok());
}

TEST_F(OpenTest, FileInTheDirectorysPlaceIsRefused) {
  std::ofstream(options_.directory) << "text";
  const absl::Status refused = Opened();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("not a directory"));
}

TEST_F(OpenTest, SomebodysFilesAreLeftAlone) {
  std::filesystem::create_directory(options_.directory);
  std::ofstream(Path("letter.txt")) << "text";
  const absl::Status refused = Opened();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("letter.txt"));
  EXPECT_FALSE(std::filesystem::exists(Path("LOCK")));
}

TEST_F(OpenTest, FreshlyFormattedDiskIsTaken) {
  std::filesystem::create_directories(Path("lost+found"));
  EXPECT_TRUE(Opened().ok());
}

TEST_F(OpenTest, GarbageIsDataLossAndNamesTheDirectory) {
  WriteOneEntry();
  for (const char* garbage : {"garbage", "MANIFEST-999999\n", ""}) {
    std::ofstream(Path("CURRENT"), std::ios::trunc) << garbage;
    const absl::Status refused = Opened();
    EXPECT_EQ(refused.code(), absl::StatusCode::kDataLoss) << garbage << ": " << refused;
    EXPECT_THAT(std::string(refused.message()), HasSubstr(options_.directory));
  }
}

TEST_F(OpenTest, AnotherProgramsDatabaseIsRefused) {
  rocksdb::Options other;
  other.create_if_missing = true;
  rocksdb::DB* db = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(other, options_.directory, &db).ok());
  ASSERT_TRUE(db->Put(rocksdb::WriteOptions(), "theirs", "data").ok());
  delete db;
  EXPECT_EQ(Opened().code(), absl::StatusCode::kDataLoss);
}

TEST_F(OpenTest, DirectoryOfAnotherUserIsToldApart) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can become somebody else";
  std::filesystem::permissions(scratch_.path(), std::filesystem::perms(0755));
  WriteOneEntry();
  std::filesystem::permissions(options_.directory, std::filesystem::perms(0700));
  ASSERT_EQ(setresuid(65534, 65534, 0), 0);
  const absl::Status refused = Opened();
  ASSERT_EQ(setresuid(0, 0, 0), 0);
  EXPECT_EQ(refused.code(), absl::StatusCode::kPermissionDenied) << refused;
  EXPECT_THAT(std::string(refused.message()),
              AllOf(HasSubstr("permission denied"), HasSubstr(options_.directory)));
}

TEST_F(OpenTest, UnwritableParentIsToldApart) {
  options_.directory = (scratch_.path() / "no" / "parent" / "here").string();
  const absl::Status refused = Opened();
  EXPECT_FALSE(refused.ok());
  EXPECT_THAT(std::string(refused.message()), HasSubstr("No such file or directory"));
}

TEST_F(OpenTest, NewerDataIsRefusedNamingBothVersions) {
  options_.schema_version = 3;
  WriteOneEntry();
  options_.schema_version = 2;
  const absl::Status refused = Opened();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.message()), AllOf(HasSubstr("version 3"), HasSubstr("up to 2")));
  options_.schema_version = 3;
  EXPECT_TRUE(Opened().ok());
}

TEST_F(OpenTest, OlderDataIsUpgradedStepByStep) {
  options_.schema_version = 1;
  WriteOneEntry();
  std::vector<int> ran;
  const auto step = [&](uint64_t from) {
    return UpgradeStep{
        from, [&ran, from](rocksdb::DB* db, const std::vector<rocksdb::ColumnFamilyHandle*>& families) {
          ran.push_back(static_cast<int>(from));
          return FromRocks("step", db->Put({}, families[kMeta], absl::StrCat("step", from), "done"));
        }};
  };
  options_.schema_version = 3;
  options_.upgrades = {step(2), step(1)};
  EXPECT_TRUE(Opened().ok());
  EXPECT_THAT(ran, ElementsAre(1, 2));
  EXPECT_TRUE(Opened().ok());
  EXPECT_THAT(ran, ElementsAre(1, 2));
  const std::unique_ptr<Store> store = OpenRocksStore(options_).value();
  EXPECT_EQ(store->head().revision, 1u);
  EXPECT_TRUE(store->VerifyJournal(nullptr).ok());
}

TEST_F(OpenTest, UpgradeThatFailsIsTakenUpAtTheSameStep) {
  options_.schema_version = 1;
  WriteOneEntry();
  int tries = 0;
  options_.schema_version = 2;
  options_.upgrades = {{1, [&](rocksdb::DB*, const std::vector<rocksdb::ColumnFamilyHandle*>&) {
                          return ++tries == 1 ? absl::UnavailableError("power failed") : absl::OkStatus();
                        }}};
  EXPECT_EQ(Opened().code(), absl::StatusCode::kUnavailable);
  EXPECT_TRUE(Opened().ok());
  EXPECT_EQ(tries, 2);
}

TEST_F(OpenTest, ThisProgramUpgradesEveryOlderVersion) {
  for (uint64_t version = 1; version < kSchemaVersion; ++version) {
    options_.directory = (scratch_.path() / absl::StrCat("v", version)).string();
    options_.schema_version = version;
    WriteOneEntry();
    options_.schema_version = kSchemaVersion;
    options_.upgrades = UpgradeSteps();
    EXPECT_TRUE(Opened().ok()) << version;
  }
}

TEST_F(OpenTest, MissingUpgradeStepIsRefused) {
  options_.schema_version = 1;
  WriteOneEntry();
  options_.schema_version = 2;
  options_.upgrades.clear();
  const absl::Status refused = Opened();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.message()), AllOf(HasSubstr("version 1"), HasSubstr("to 2")));
}

TEST_F(OpenTest, DamagedRecordsOfTheStoreAreDataLoss) {
  WriteOneEntry();
  for (const char* key : {kSchemaKey, kHeadKey}) {
    std::string good;
    Tamper(
        [&](const Database& database) { return database.db()->Get({}, database.family(kMeta), key, &good); });
    Tamper([&](const Database& database) {
      return database.db()->Put({}, database.family(kMeta), key, "rubbish");
    });
    EXPECT_EQ(Opened().code(), absl::StatusCode::kDataLoss) << key;
    Tamper([&](const Database& database) { return database.db()->Delete({}, database.family(kMeta), key); });
    EXPECT_EQ(Opened().code(), absl::StatusCode::kDataLoss) << key;
    Tamper(
        [&](const Database& database) { return database.db()->Put({}, database.family(kMeta), key, good); });
    EXPECT_TRUE(Opened().ok());
  }
  Tamper([&](const Database& database) {
    return database.db()->Delete({}, database.family(kMeta), kStoreIdKey);
  });
  EXPECT_EQ(Opened().code(), absl::StatusCode::kDataLoss);
}

TEST_F(OpenTest, DamagedValueIsDataLossForItsReaders) {
  WriteOneEntry();
  const std::string key = KeyBuilder(1).Text("a").Build();
  Tamper([&](const Database& database) {
    return database.db()->Put({}, database.family(kState), VersionedKey(key, 1), "\x07value");
  });
  const std::unique_ptr<Store> store = OpenRocksStore(options_).value();
  const std::unique_ptr<Reader> reader = store->ReadAt(1).value();
  const auto all = [](absl::string_view, Revision, absl::string_view) { return true; };
  for (int again = 0; again < 2; ++again)
    EXPECT_EQ(reader->Get(key).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(reader->Scan("", "", all).code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(reader->History(key, all).code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace attain::storage
