// Backups that a running server makes by itself.
#include "service/server/backup_schedule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "service/calls/log_format.h"
#include "storage/rocksdb/open.h"
#include "tests/support/scratch.h"

namespace attain::server {
namespace {

using ::testing::HasSubstr;

class Lines : public calls::Log {
 public:
  bool Writes(calls::Level) const override { return true; }
  void Write(calls::Entry entry) override ATTAIN_EXCLUDES(mutex_) {
    storage::MutexLock lock(&mutex_);
    std::string line = absl::StrCat(calls::LevelName(entry.level), " ", entry.message);
    for (const calls::Field& field : entry.fields) absl::StrAppend(&line, " ", field.key, "=", field.value);
    lines_.push_back(line);
    came_.NotifyAll();
  }
  // The lines so far, once there are so many that begin so, or after 20 seconds.
  std::vector<std::string> Await(const std::string& beginning, int times) ATTAIN_EXCLUDES(mutex_) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    storage::MutexLock lock(&mutex_);
    while (Count(beginning) < times && std::chrono::steady_clock::now() < deadline)
      came_.WaitUntil(&mutex_, deadline);
    EXPECT_GE(Count(beginning), times) << beginning;
    return lines_;
  }

 private:
  int Count(const std::string& beginning) const ATTAIN_REQUIRES(mutex_) {
    int count = 0;
    for (const std::string& line : lines_) count += line.rfind(beginning, 0) == 0;
    return count;
  }
  storage::Mutex mutex_;
  storage::CondVar came_;
  std::vector<std::string> lines_ ATTAIN_GUARDED_BY(mutex_);
};

class BackupScheduleTest : public ::testing::Test {
 protected:
  BackupScheduleTest() {
    storage::RocksStoreOptions options;
    options.directory = scratch_ / "data";
    store_ = storage::OpenRocksStore(options).value();
  }
  BackupScheduleOptions Every(absl::Duration every) {
    BackupScheduleOptions options;
    options.store = store_.get();
    options.data_dir = scratch_ / "data";
    options.backups.directory = scratch_ / "backups";
    options.every = every;
    options.log = &log_;
    return options;
  }
  void Write() {
    const std::unique_ptr<storage::Group> group = store_->Begin().value();
    group->StartEntry();
    group->FinishEntry("x", absl::UnixEpoch());
    ASSERT_TRUE(group->Commit().ok());
  }

  const testing::ScratchDirectory scratch_;
  Lines log_;
  std::unique_ptr<storage::Store> store_;
};

TEST_F(BackupScheduleTest, MakesThemAgainAndAgain) {
  Write();
  const absl::Time start = absl::Now();
  BackupSchedule schedule(Every(absl::Milliseconds(20)));
  EXPECT_THAT(log_.Await("info backup made", 1)[0], HasSubstr("id=1 revision=1 bytes="));
  Write();
  log_.Await("info backup made", 4);
  const BackupStatus status = schedule.status();
  EXPECT_GE(status.id, 3u);
  EXPECT_EQ(status.revision, 2u);
  EXPECT_GE(status.made, start);
  EXPECT_GT(status.bytes, 0u);
  EXPECT_EQ(status.failures, 0u);
  EXPECT_EQ(status.problem, "");
}

TEST_F(BackupScheduleTest, KnowsWhatEarlierRunsMadeAndWaits) {
  Write();
  {
    BackupSchedule schedule(Every(absl::Hours(1)));
    log_.Await("info backup made", 1);
  }
  Write();
  BackupSchedule schedule(Every(absl::Hours(1)));
  const absl::Time end = absl::Now() + absl::Seconds(10);
  while (schedule.status().id == 0 && absl::Now() < end) std::this_thread::yield();
  EXPECT_EQ(schedule.status().id, 1u);
  EXPECT_EQ(schedule.status().revision, 1u) << "the next one is due in an hour";
  EXPECT_EQ(storage::Backups({scratch_ / "backups", std::nullopt}).List()->size(), 1u);
}

TEST_F(BackupScheduleTest, AFailureIsToldAndTriedAgain) {
  testing::WriteFileOrDie(scratch_ / "backups", "no directory");
  BackupSchedule schedule(Every(absl::Milliseconds(20)));
  const std::vector<std::string> lines = log_.Await("error backup failed", 2);
  EXPECT_THAT(lines[0], HasSubstr("older ones are as they were cause="));
  EXPECT_THAT(lines[0], HasSubstr("is not a directory"));
  EXPECT_GE(schedule.status().failures, 2u);
  EXPECT_THAT(schedule.status().problem, HasSubstr("is not a directory"));
  EXPECT_EQ(schedule.status().id, 0u);
  std::filesystem::remove(scratch_ / "backups");
  log_.Await("info backup made", 1);
  const absl::Time end = absl::Now() + absl::Seconds(10);
  while (schedule.status().id == 0 && absl::Now() < end) std::this_thread::yield();
  EXPECT_EQ(schedule.status().failures, 0u);
  EXPECT_EQ(schedule.status().problem, "");
}

TEST_F(BackupScheduleTest, RemovesOldOnesWhenItIsTold) {
  BackupScheduleOptions options = Every(absl::Milliseconds(20));
  options.keep = absl::Milliseconds(1);
  const BackupSchedule schedule(options);
  const std::vector<std::string> lines = log_.Await("info old backup removed", 2);
  EXPECT_THAT(lines, ::testing::Contains("info old backup removed id=1"));
}

TEST_F(BackupScheduleTest, KeepsAllWhenItIsNotTold) {
  {
    const BackupSchedule schedule(Every(absl::Milliseconds(5)));
    log_.Await("info backup made", 3);
  }
  const std::vector<storage::BackupInfo> infos =
      *storage::Backups({scratch_ / "backups", std::nullopt}).List();
  ASSERT_GE(infos.size(), 3u);
  EXPECT_EQ(infos[0].id, 1u);
}

TEST_F(BackupScheduleTest, EndsAtOnce) {
  const absl::Time start = absl::Now();
  { const BackupSchedule schedule(Every(absl::Hours(24))); }
  EXPECT_LT(absl::Now() - start, absl::Seconds(10));
}

}  // namespace
}  // namespace attain::server
