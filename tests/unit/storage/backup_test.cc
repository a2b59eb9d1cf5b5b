// Backups of a store that is written meanwhile: made, listed, pruned, put back.
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "storage/mutex.h"
#include "storage/rocksdb/open_read_only.h"
#include "tests/unit/storage/backup_fixture.h"

namespace attain::storage {
namespace {

using absl::StatusCode;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string Text(const absl::Status& status) {
  return std::string(status.message());
}

TEST_F(BackupTest, ARestoredStoreIsTheOneThatItWas) {
  Fill(store_.get(), 120);
  const BackupInfo made = Make(With());
  EXPECT_EQ(made.id, 1u);
  EXPECT_EQ(made.store_id, store_->store_id());
  EXPECT_EQ(made.head.revision, 120u);
  EXPECT_EQ(made.head.hash, store_->head().hash);
  EXPECT_EQ(made.head.time, store_->head().time);
  EXPECT_EQ(made.made, Now().now);
  EXPECT_EQ(made.epoch, kFirstEpoch);
  EXPECT_EQ(made.schema_version, kSchemaVersion);
  EXPECT_FALSE(made.encrypted);
  EXPECT_GT(made.bytes, 0u);
  EXPECT_EQ(made.written, made.bytes);
  const std::string digest = *store_->ContentDigest();
  Fill(store_.get(), 30);

  const absl::StatusOr<BackupInfo> restored = With().Restore(To("copy"));
  ASSERT_TRUE(restored.ok()) << restored.status();
  EXPECT_EQ(restored->head.revision, 120u);
  const std::unique_ptr<Store> copy = OpenAt(scratch_ / "copy");
  EXPECT_EQ(copy->store_id(), store_->store_id());
  EXPECT_EQ(*copy->ContentDigest(), digest);
  Fill(copy.get(), 1);
  EXPECT_EQ(copy->head().revision, 121u) << "it goes on from there";
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "store/.backup")) << "the checkpoint is gone";
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "copy.restoring"));
}

TEST_F(BackupTest, AnEmptyStoreHasABackupToo) {
  EXPECT_EQ(Make(With()).head.revision, 0u);
  ASSERT_TRUE(With().Restore(To("copy")).ok());
  EXPECT_EQ(OpenAt(scratch_ / "copy")->store_id(), store_->store_id());
}

TEST_F(BackupTest, IsConsistentWhileTwoThreadsCommit) {
  Mutex writers;
  std::atomic<int> running{2};
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&] {
      for (int group = 0; group < 150; ++group) {
        MutexLock lock(&writers);
        Fill(store_.get(), 5, 2000);
      }
      --running;
    });
  }
  Revision before = 0;
  for (int i = 1; i <= 4; ++i) {
    // More of it between two backups, so that they do differ.
    while (running > 0 && store_->head().revision < before + 20) std::this_thread::yield();
    before = store_->head().revision;
    const BackupInfo made = Make(With(i % 2 == 0 ? std::optional<BackupKey>(Key('a')) : std::nullopt), i);
    EXPECT_GE(made.head.revision, before);
    EXPECT_LE(made.head.revision, store_->head().revision);
  }
  for (std::thread& thread : threads) thread.join();
  for (uint32_t id = 1; id <= 4; ++id) {
    const Backups backups = With(id % 2 == 0 ? std::optional<BackupKey>(Key('a')) : std::nullopt);
    const absl::StatusOr<BackupInfo> info = backups.Restore(To(absl::StrCat("copy", id), id));
    ASSERT_TRUE(info.ok()) << info.status();
    const std::unique_ptr<Store> copy = OpenAt(scratch_ / absl::StrCat("copy", id));
    uint64_t entries = 0;
    std::string hash;
    ASSERT_TRUE(copy->ReadJournal(
                        1,
                        [&](const JournalRecord& record) {
                          ++entries;
                          hash = record.hash;
                          EXPECT_TRUE(copy->GetOnce(absl::StrCat("request ", record.revision))->has_value());
                          return true;
                        })
                    .ok());
    EXPECT_EQ(entries, info->head.revision);
    EXPECT_EQ(hash, info->head.hash);
    EXPECT_FALSE(copy->GetOnce(absl::StrCat("request ", entries + 1))->has_value());
    // What the copy says at its head is what the store says of that revision.
    for (uint64_t number = 0; number < 50; ++number) {
      const std::string key = KeyBuilder(7).Text("key").U64(number).Build();
      const auto there = (*copy->ReadAt(entries))->Get(key), here = (*store_->ReadAt(entries))->Get(key);
      ASSERT_TRUE(there.ok() && here.ok());
      ASSERT_EQ(there->has_value(), here->has_value());
      if (here->has_value()) {
        EXPECT_EQ((*there)->value, (*here)->value);
      }
    }
  }
}

TEST_F(BackupTest, ASecondOneCostsWhatIsNew) {
  for (const bool encrypted : {false, true}) {
    const auto key = encrypted ? std::optional<BackupKey>(Key('a')) : std::nullopt;
    Fill(store_.get(), 400, 10'000);
    Make(With(key));
    const uint64_t first = Bytes();
    ASSERT_GT(first, 3'000'000u);
    const BackupInfo unchanged = Make(With(key), 2);
    EXPECT_EQ(unchanged.written, 0u);
    EXPECT_LT(Bytes(), first + first / 100);
    // A compaction in between writes everything anew.
    BackupInfo little;
    for (int day = 3; day < 8 && (little.written == 0 || little.written >= first / 20); ++day) {
      Fill(store_.get(), 1);
      little = Make(With(key), day);
    }
    EXPECT_GT(little.written, 0u);
    EXPECT_LT(little.written, first / 20);
    EXPECT_EQ(little.head.revision, store_->head().revision);
  }
}

TEST_F(BackupTest, ListSaysWhatThereIs) {
  EXPECT_EQ(With().List().status().code(), StatusCode::kNotFound);
  Fill(store_.get(), 3);
  Make(With(), 1);
  Fill(store_.get(), 1);
  Make(With(Key('a')), 2);
  Fill(store_.get(), 1);
  Make(With(), 3);
  testing::WriteFileOrDie(backups_ + "/backups/notes.txt", "x");
  Flip(ListOf(1), 20);
  const std::vector<BackupInfo> infos = *With().List();
  ASSERT_EQ(infos.size(), 3u);
  EXPECT_EQ(infos[0].id, 1u);
  EXPECT_EQ(infos[0].state.code(), StatusCode::kDataLoss);
  EXPECT_THAT(Text(infos[0].state), HasSubstr("1.backup"));
  EXPECT_TRUE(infos[1].state.ok());
  EXPECT_TRUE(infos[1].encrypted) << "told without the key";
  EXPECT_EQ(infos[1].head.revision, 4u);
  EXPECT_EQ(infos[1].made, Now(2).now);
  EXPECT_FALSE(infos[2].encrypted);
  EXPECT_EQ(infos[2].head.revision, 5u);
  EXPECT_EQ(Make(With(), 4).id, 4u) << "a damaged one does not hinder the next";
  std::filesystem::remove_all(backups_ + "/files");
  const std::vector<BackupInfo> gone = *With().List();
  for (const BackupInfo& info : gone) EXPECT_EQ(info.state.code(), StatusCode::kDataLoss);
  EXPECT_EQ(With().Restore(To("copy")).status().code(), StatusCode::kNotFound);
}

TEST_F(BackupTest, PruneRemovesByAgeAndKeepsTheNewest) {
  for (int day = 1; day <= 5; ++day) {
    Fill(store_.get(), 20, 5000);
    Make(With(), day);
  }
  const uint64_t all = Bytes();
  PruneOptions options;
  options.made_before = Now(3).now;
  EXPECT_THAT(*With().Prune(options), ElementsAre(1, 2)) << "the third day is not before the third day";
  EXPECT_LT(Bytes(), all);
  for (const uint32_t id : {3, 4, 5}) EXPECT_TRUE(With().Verify(id, nullptr).ok());
  options.made_before = absl::InfiniteFuture();
  options.keep = 2;
  EXPECT_THAT(*With().Prune(options), ElementsAre(3));
  options.keep = 0;
  EXPECT_THAT(*With().Prune(options), ElementsAre(4)) << "one stays in any case";
  EXPECT_THAT(*With().Prune(options), ElementsAre());
  EXPECT_TRUE(With().Verify(5, nullptr).ok());
  EXPECT_EQ(With().Verify(4, nullptr).status().code(), StatusCode::kNotFound);
  testing::WriteFileOrDie(absl::StrCat(backups_, "/files/", std::string(64, '0')), "needed by none");
  EXPECT_TRUE(With().Prune(options).ok());
  EXPECT_FALSE(std::filesystem::exists(absl::StrCat(backups_, "/files/", std::string(64, '0'))));
  ASSERT_TRUE(With().Restore(To("copy")).ok());
  EXPECT_EQ(OpenAt(scratch_ / "copy")->head().revision, 100u);
}

TEST_F(BackupTest, PruneCountsOnlyWhatIsWhole) {
  for (int day = 1; day <= 3; ++day) {
    Fill(store_.get(), 20, 5000);
    Make(With(), day);
  }
  // A file that the newest alone needs: changed, but of the same size.
  std::string newest;
  for (const std::string& file : Files()) {
    const auto is_in = [&](uint32_t id) {
      return testing::ReadFileOrDie(ListOf(id)).find(std::filesystem::path(file).filename()) !=
             std::string::npos;
    };
    if (is_in(3) && !is_in(2)) newest = file;
  }
  Flip(newest, 0);
  ASSERT_EQ(With().Verify(3, nullptr).status().code(), StatusCode::kDataLoss);
  ASSERT_TRUE(With().Verify(2, nullptr).ok());
  PruneOptions options;
  options.made_before = absl::InfiniteFuture();
  EXPECT_THAT(*With().Prune(options), ElementsAre(1, 3));
  EXPECT_TRUE(With().Verify(2, nullptr).ok());
  for (const std::string& file : Files()) Flip(file, 0);
  EXPECT_THAT(*With().Prune(options), ElementsAre()) << "of unknown age";
  for (const std::string& file : Files()) Flip(file, 0);
  Make(With(), 4);
  for (const std::string& file : Files()) {
    if (file.find("/files/") != std::string::npos) Flip(file, 0);
  }
  const absl::Status none = With().Prune(options).status();
  EXPECT_EQ(none.code(), StatusCode::kFailedPrecondition);
  EXPECT_THAT(Text(none), HasSubstr("nothing is removed"));
  EXPECT_EQ(With().List()->size(), 2u);
}

TEST_F(BackupTest, PruneRemovesNoFileThatADamagedListMayNeed) {
  Fill(store_.get(), 20, 5000);
  Make(With(), 1);
  Fill(store_.get(), 20, 5000);
  Make(With(), 2);
  Flip(ListOf(2), 30);
  const size_t files = Files().size();
  PruneOptions options;
  EXPECT_THAT(*With().Prune(options), ElementsAre());
  EXPECT_EQ(Files().size(), files);
  Flip(ListOf(2), 30);
  EXPECT_TRUE(With().Verify(2, nullptr).ok());
  // A damaged list in front of an old one goes with it.
  Flip(ListOf(1), 30);
  Make(With(), 3);
  options.made_before = Now(3).now;
  EXPECT_THAT(*With().Prune(options), ElementsAre(1, 2));
}

TEST_F(BackupTest, ADirectoryIsForOneStoreAndForNothingElse) {
  Make(With());
  const std::unique_ptr<Store> other = OpenAt(scratch_ / "other");
  CreateOptions options = Now();
  options.staging = scratch_ / "other/.backup";
  const absl::Status refused = With().Create(other.get(), options).status();
  EXPECT_EQ(refused.code(), StatusCode::kFailedPrecondition);
  EXPECT_THAT(Text(refused), AllOf(HasSubstr(other->store_id()), HasSubstr(store_->store_id())));
  EXPECT_EQ(With().List()->size(), 1u);

  std::filesystem::create_directory(scratch_ / "letters");
  testing::WriteFileOrDie(scratch_ / "letters/dear", "mother");
  Backups letters({scratch_ / "letters", std::nullopt});
  const absl::Status foreign = letters.Create(store_.get(), Now()).status();
  EXPECT_EQ(foreign.code(), StatusCode::kFailedPrecondition);
  EXPECT_THAT(Text(foreign), HasSubstr("dear"));
  EXPECT_EQ(Backups({"", std::nullopt}).Create(store_.get(), Now()).status().code(),
            StatusCode::kInvalidArgument);
  EXPECT_EQ(Backups({scratch_ / "a/b", std::nullopt}).Create(store_.get(), Now()).status().code(),
            StatusCode::kNotFound)
      << "its parent must be there";
}

TEST_F(BackupTest, OneAtATimeInADirectory) {
  Make(With());
  const absl::StatusOr<std::unique_ptr<BackupLock>> held = BackupLock::Take(backups_);
  ASSERT_TRUE(held.ok());
  const absl::Status refused = With().Create(store_.get(), Now()).status();
  EXPECT_EQ(refused.code(), StatusCode::kFailedPrecondition);
  EXPECT_THAT(Text(refused), HasSubstr("at work in"));
  EXPECT_EQ(With().Prune({}).status().code(), StatusCode::kFailedPrecondition);
  EXPECT_TRUE(With().Verify(1, nullptr).ok()) << "reading goes on";
  EXPECT_TRUE(With().Restore(To("copy")).ok());
}

TEST_F(BackupTest, StopsWhenItIsToldTo) {
  Fill(store_.get(), 200, 10'000);
  for (const auto& key : {std::optional<BackupKey>(), std::optional<BackupKey>(Key('a'))}) {
    CreateOptions options = Now();
    uint64_t last = 0, total = 0;
    options.progress = [&](uint64_t done, uint64_t all) {
      EXPECT_GE(done, last);
      EXPECT_LE(done, all);
      last = done;
      total = all;
      return done < all / 2;
    };
    EXPECT_EQ(With(key).Create(store_.get(), options).status().code(), StatusCode::kCancelled);
    EXPECT_THAT(Files(), ElementsAre()) << "nothing is left of it";
    options.progress = [&](uint64_t done, uint64_t all) {
      last = done;
      total = all;
      return true;
    };
    const absl::StatusOr<BackupInfo> made = With(key).Create(store_.get(), options);
    ASSERT_TRUE(made.ok()) << made.status();
    EXPECT_EQ(last, made->bytes);
    EXPECT_EQ(total, made->bytes);
    const BackupProgress never = [](uint64_t, uint64_t) { return false; };
    EXPECT_EQ(With(key).Verify(made->id, never).status().code(), StatusCode::kCancelled);
    RestoreOptions restore = To("copy", made->id);
    restore.progress = never;
    EXPECT_EQ(With(key).Restore(restore).status().code(), StatusCode::kCancelled);
    EXPECT_FALSE(std::filesystem::exists(scratch_ / "copy"));
    EXPECT_FALSE(std::filesystem::exists(scratch_ / "copy.restoring"));
    std::filesystem::remove_all(backups_);
  }
}

TEST_F(BackupTest, RestoresIntoNothingButANewDirectory) {
  Fill(store_.get(), 10);
  Make(With());
  std::filesystem::create_directory(scratch_ / "full");
  testing::WriteFileOrDie(scratch_ / "full/dear", "mother");
  testing::WriteFileOrDie(scratch_ / "file", "");
  std::filesystem::create_directory_symlink(scratch_ / "nowhere", scratch_ / "link");
  for (const char* name : {"full", "file", "link", "store"}) {
    const absl::Status refused = With().Restore(To(name)).status();
    EXPECT_EQ(refused.code(), StatusCode::kFailedPrecondition) << name;
    EXPECT_THAT(Text(refused), HasSubstr("overwrites nothing"));
  }
  EXPECT_EQ(testing::ReadFileOrDie(scratch_ / "full/dear"), "mother");
  EXPECT_EQ(With().Restore(To("a/b")).status().code(), StatusCode::kNotFound);
  EXPECT_EQ(With().Restore(To("copy", 7)).status().code(), StatusCode::kNotFound);
  std::filesystem::create_directory(scratch_ / "empty");
  EXPECT_TRUE(With().Restore(To("empty")).ok());
  EXPECT_TRUE(With().Restore(To("slash/")).ok());
  EXPECT_EQ(OpenAt(scratch_ / "slash")->head().revision, 10u);
}

TEST_F(BackupTest, WhatFinishRefusesIsNotThere) {
  Fill(store_.get(), 10);
  Make(With());
  RestoreOptions options = To("copy");
  options.finish = [](Store* store, const BackupInfo& info) {
    EXPECT_EQ(store->head().revision, info.head.revision);
    return absl::AbortedError("no");
  };
  EXPECT_EQ(With().Restore(options).status().code(), StatusCode::kAborted);
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "copy"));
  options.finish = [](Store* store, const BackupInfo&) {
    Fill(store, 1);
    return absl::OkStatus();
  };
  // What a killed restore left is in nobody's way.
  std::filesystem::create_directory(scratch_ / "copy.restoring");
  testing::WriteFileOrDie(scratch_ / "copy.restoring/000099.log", "half");
  ASSERT_TRUE(With().Restore(options).ok());
  EXPECT_EQ(OpenAt(scratch_ / "copy")->head().revision, 11u);
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "copy/000099.log"));
}

TEST_F(BackupTest, KilledAtAnyPointItLeavesTheOlderOnes) {
  Fill(store_.get(), 200, 10'000);
  Make(With());
  Fill(store_.get(), 200, 10'000);
  const std::string digest = *store_->ContentDigest();
  store_.reset();
  for (const uint64_t part : {0, 1, 2, 3, 4}) {
    const pid_t child = fork();
    if (child == 0) {
      const std::unique_ptr<Store> store = OpenAt(scratch_ / "store");
      CreateOptions options = Now(2);
      options.progress = [part](uint64_t done, uint64_t total) {
        if (done >= total * part / 4) raise(SIGKILL);
        return true;
      };
      With().Create(store.get(), options).IgnoreError();
      _exit(0);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << part;
    ASSERT_EQ(With().List()->size(), 1u) << part;
    EXPECT_TRUE(With().Verify(1, nullptr).ok()) << part;
  }
  testing::WriteFileOrDie(backups_ + "/backups/2.backup.tmp", "half a list");
  testing::WriteFileOrDie(absl::StrCat(backups_, "/files/", std::string(64, '0'), ".tmp"), "half a file");
  store_ = OpenAt(scratch_ / "store");
  EXPECT_EQ(Make(With(), 3).id, 2u);
  EXPECT_FALSE(std::filesystem::exists(backups_ + "/backups/2.backup.tmp"));
  EXPECT_FALSE(std::filesystem::exists(absl::StrCat(backups_, "/files/", std::string(64, '0'), ".tmp")));
  ASSERT_TRUE(With().Restore(To("copy")).ok());
  EXPECT_EQ(*OpenAt(scratch_ / "copy")->ContentDigest(), digest);
}

TEST_F(BackupTest, AFullDiskIsToldAndLeavesTheOlderOnes) {
  Fill(store_.get(), 100, 10'000);
  Make(With());
  Fill(store_.get(), 100, 10'000);
  const std::string other = scratch_ / "later";
  ASSERT_TRUE(Backups({other, std::nullopt}).Create(store_.get(), Now()).ok())
      << "the buffers are on disk now";
  const std::vector<std::string> before = Files();
  rlimit old;
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &old), 0);
  const rlimit small = {100'000, old.rlim_max};
  signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const absl::Status full = With().Create(store_.get(), Now(2)).status();
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &old), 0);
  EXPECT_EQ(full.code(), StatusCode::kUnavailable);
  EXPECT_THAT(Text(full), AllOf(HasSubstr("no space left on the disk"), HasSubstr(backups_)));
  EXPECT_THAT(Files(), ::testing::UnorderedElementsAreArray(before));
  EXPECT_TRUE(With().Verify(1, nullptr).ok());
  EXPECT_TRUE(store_->healthy()) << "the store has its own disk";
  EXPECT_EQ(Make(With(), 3).head.revision, 200u);
}

TEST_F(BackupTest, ADamagedFileThatIsSharedIsWrittenAnew) {
  Fill(store_.get(), 100, 10'000);
  for (const auto& key : {std::optional<BackupKey>(), std::optional<BackupKey>(Key('a'))}) {
    const uint32_t first = Make(With(key)).id;
    for (const std::string& file : Files()) {
      if (file.find("/files/") != std::string::npos) Flip(file, 5);
    }
    ASSERT_EQ(With(key).Verify(first, nullptr).status().code(), StatusCode::kDataLoss);
    const BackupInfo second = Make(With(key), 2);
    EXPECT_GT(second.written, 0u);
    EXPECT_TRUE(With(key).Verify(second.id, nullptr).ok());
    EXPECT_TRUE(With(key).Verify(first, nullptr).ok()) << "so the older one is whole again";
  }
}

TEST_F(BackupTest, AReadOnlyStoreIsLookedAtAndNotTouched) {
  Fill(store_.get(), 10);
  ASSERT_TRUE(store_->Checkpoint(scratch_ / "copy").ok());
  const auto names = [&] { return *FilesIn(scratch_ / "copy"); };
  const std::vector<std::string> before = names();
  absl::StatusOr<std::unique_ptr<Store>> copy = OpenRocksStoreReadOnly(scratch_ / "copy");
  ASSERT_TRUE(copy.ok()) << copy.status();
  EXPECT_EQ((*copy)->head().hash, store_->head().hash);
  EXPECT_EQ((*copy)->store_id(), store_->store_id());
  EXPECT_EQ(*(*copy)->ContentDigest(), *store_->ContentDigest());
  const std::unique_ptr<Group> group = *(*copy)->Begin();
  group->StartEntry();
  group->FinishEntry("x", absl::UnixEpoch());
  EXPECT_FALSE(group->Commit().ok());
  EXPECT_EQ(names(), before);
  EXPECT_EQ(OpenRocksStoreReadOnly(scratch_ / "nothing").status().code(), StatusCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "nothing"));
}

}  // namespace
}  // namespace attain::storage
