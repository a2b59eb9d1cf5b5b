// Disks fail at every point there is: what was acknowledged is there after reopening, and no group is there
// by half.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "rocksdb/env.h"
#include "rocksdb/system_clock.h"
#include "storage/key_codec.h"
#include "storage/rocksdb/open.h"
#include "tests/contract/store_model.h"
#include "tests/unit/storage/faulty_file_system.h"

namespace attain::storage {
namespace {

using ::testing::HasSubstr;

// RocksDB waits for a second after a failed flush; here nothing gets better by waiting.
class ImpatientClock : public rocksdb::SystemClockWrapper {
 public:
  using SystemClockWrapper::SystemClockWrapper;
  const char* Name() const override { return "ImpatientClock"; }
  void SleepForMicroseconds(int) override {}
};

class ImpatientEnv : public rocksdb::EnvWrapper {
 public:
  explicit ImpatientEnv(std::unique_ptr<rocksdb::Env> target) : EnvWrapper(std::move(target)) {
    system_clock_ = std::make_shared<ImpatientClock>(system_clock_);
  }
  const char* Name() const override { return "ImpatientEnv"; }
};

// A store in memory, on a file system that can fail.
class FaultyStore {
 public:
  FaultyStore()
      : memory_(rocksdb::NewMemEnv(rocksdb::Env::Default())),
        files_(std::make_shared<FaultyFileSystem>(memory_->GetFileSystem())),
        env_(std::make_unique<ImpatientEnv>(rocksdb::NewCompositeEnv(files_))) {
    options_.directory = "/data";
    options_.env = env_.get();
    options_.write_buffer_bytes = 64 << 10;  // small, so that flushes and compactions are among what fails
  }

  FaultyFileSystem& files() const { return *files_; }
  Store* store() const { return store_.get(); }
  absl::Status Open() {
    store_.reset();
    absl::StatusOr<std::unique_ptr<Store>> opened = OpenRocksStore(options_);
    if (opened.ok()) store_ = *std::move(opened);
    return opened.status();
  }
  void Close() { store_.reset(); }

 private:
  const std::unique_ptr<rocksdb::Env> memory_;
  const std::shared_ptr<FaultyFileSystem> files_;
  const std::unique_ptr<rocksdb::Env> env_;
  RocksStoreOptions options_;
  std::unique_ptr<Store> store_;
};

void ExpectFailed(const FaultyStore& faulty, const absl::Status& status, const StoreModel& acknowledged) {
  EXPECT_TRUE(faulty.files().fired()) << status;
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << status;
  EXPECT_FALSE(faulty.store()->healthy());
  const absl::Status refused = faulty.store()->Begin().status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kUnavailable);
  EXPECT_TRUE(absl::StrContains(refused.message(), "(IO error")) << "in RocksDB's words: " << refused;
  EXPECT_EQ(faulty.store()->head().revision, acknowledged.head());
}

// Commits groups until one fails or `groups` are done. `acknowledged` is what the store has promised; the
// result, what it may hold instead: the group whose commit failed.
std::optional<StoreModel> CommitUntilFailure(FaultyStore* faulty, int groups, size_t value_bytes,
                                             Random& random, StoreModel* acknowledged) {
  for (; groups > 0; --groups) {
    StoreModel attempt = *acknowledged;
    const absl::Status status = CommitRandomGroup(faulty->store(), 4, value_bytes, random, &attempt);
    if (!status.ok()) {
      ExpectFailed(*faulty, status, *acknowledged);
      return attempt;
    }
    *acknowledged = std::move(attempt);
  }
  return std::nullopt;
}

// The same, with each group filled on top of one that is not committed yet: what stands on a failed group is
// never there.
std::optional<StoreModel> CommitStackedUntilFailure(FaultyStore* faulty, int groups, size_t value_bytes,
                                                    Random& random, StoreModel* acknowledged) {
  std::unique_ptr<Group> group;
  StoreModel attempt = *acknowledged;  // with `group`
  for (; groups > 0; --groups) {
    StoreModel next_attempt = attempt;
    absl::StatusOr<std::unique_ptr<Group>> next =
        FillRandomGroup(faulty->store(), 4, value_bytes, random, &next_attempt);
    if (!next.ok()) {  // a flush failed behind the last commit
      ExpectFailed(*faulty, next.status(), *acknowledged);
      return std::nullopt;
    }
    (*next)->Seal();
    if (const absl::Status status = group == nullptr ? absl::OkStatus() : group->Commit(); !status.ok()) {
      ExpectFailed(*faulty, status, *acknowledged);
      EXPECT_EQ((*next)->Commit().code(), absl::StatusCode::kUnavailable);
      EXPECT_EQ(faulty->store()->head().revision, acknowledged->head());
      return attempt;
    }
    *acknowledged = std::exchange(attempt, std::move(next_attempt));
    group = *std::move(next);
  }
  const absl::Status last = group->Commit();
  if (last.ok()) *acknowledged = std::move(attempt);
  return last.ok() ? std::nullopt : std::optional<StoreModel>(std::move(attempt));
}

// What became of one fault.
struct Outcome {
  bool fired = false, open_failed = false, commit_failed = false, failed_group_survived = false;
};

Outcome RunOneFault(Fault fault, uint64_t seed) {
  Random random(seed);
  FaultyStore faulty;
  StoreModel acknowledged;
  const size_t value_bytes = Below(random, 2) == 0 ? 50 : 4000;
  const bool from_the_start = Below(random, 6) == 0;
  if (from_the_start) faulty.files().Arm(fault, Below(random, 80));
  Outcome outcome;
  absl::Status opened = faulty.Open();
  if (!from_the_start) {
    EXPECT_TRUE(opened.ok()) << opened;
    CommitUntilFailure(&faulty, static_cast<int>(Below(random, 10)), value_bytes, random, &acknowledged);
    faulty.files().Arm(fault, Below(random, Below(random, 2) == 0 ? 30 : 150));
    if (Below(random, 3) == 0) opened = faulty.Open();
  }
  std::optional<StoreModel> attempt;
  if (opened.ok()) {
    const auto commit = seed % 2 == 0 ? &CommitUntilFailure : &CommitStackedUntilFailure;
    attempt = commit(&faulty, 30, value_bytes, random, &acknowledged);
  }
  outcome.fired = faulty.files().fired();
  outcome.open_failed = !opened.ok();
  outcome.commit_failed = attempt.has_value();
  EXPECT_TRUE(opened.ok() || outcome.fired) << opened;

  faulty.Close();
  faulty.files().Disarm();
  if (fault == Fault::kPowerCut && outcome.fired) faulty.files().LoseUnsynced(&random);
  opened = faulty.Open();
  EXPECT_TRUE(opened.ok()) << opened;
  if (!opened.ok()) return outcome;
  if (attempt.has_value() && faulty.store()->head().revision == attempt->head()) {
    outcome.failed_group_survived = attempt->head() > acknowledged.head();
    acknowledged = *std::move(attempt);
  }
  ExpectHolds(*faulty.store(), acknowledged, 5, random);
  CommitUntilFailure(&faulty, 3, value_bytes, random, &acknowledged);
  opened = faulty.Open();
  EXPECT_TRUE(opened.ok()) << opened;
  if (opened.ok()) ExpectHolds(*faulty.store(), acknowledged, 5, random);
  return outcome;
}

class FaultTest : public ::testing::TestWithParam<Fault> {};

TEST_P(FaultTest, AcknowledgedGroupsSurviveWhole) {
  constexpr int kFaults = 200;
  int fired = 0, open_failed = 0, commit_failed = 0, survived = 0;
  for (uint64_t seed = 0; seed < kFaults; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    const Outcome outcome = RunOneFault(GetParam(), seed);
    fired += outcome.fired;
    open_failed += outcome.open_failed;
    commit_failed += outcome.commit_failed;
    survived += outcome.failed_group_survived;
    if (HasFailure()) return;
  }
  RecordProperty("fired", fired);
  RecordProperty("open_failed", open_failed);
  RecordProperty("commit_failed", commit_failed);
  RecordProperty("failed_group_survived", survived);
  // The test tests nothing when faults do not hit.
  EXPECT_GT(fired, kFaults / 2);
  EXPECT_GT(open_failed, 0);
  EXPECT_GT(commit_failed, kFaults / 4);
}

INSTANTIATE_TEST_SUITE_P(Faults, FaultTest,
                         ::testing::Values(Fault::kIoError, Fault::kTornAppend, Fault::kNoSpace,
                                           Fault::kPowerCut),
                         [](const ::testing::TestParamInfo<Fault>& info) -> std::string {
                           switch (info.param) {
                             case Fault::kIoError:
                               return "IoError";
                             case Fault::kTornAppend:
                               return "TornAppend";
                             case Fault::kNoSpace:
                               return "NoSpace";
                             case Fault::kPowerCut:
                               return "PowerCut";
                           }
                           return "";
                         });

TEST(FullDiskTest, CommitSaysThatNoSpaceIsLeftAndReadsGoOn) {
  FaultyStore faulty;
  ASSERT_TRUE(faulty.Open().ok());
  const std::string key = KeyBuilder(1).Text("a").Build();
  const auto commit = [&](absl::string_view value) {
    const absl::StatusOr<std::unique_ptr<Group>> group = faulty.store()->Begin();
    if (!group.ok()) return group.status();
    (*group)->StartEntry();
    (*group)->Put(key, value);
    (*group)->FinishEntry("payload", absl::UnixEpoch());
    return (*group)->Commit();
  };
  ASSERT_TRUE(commit("1").ok());
  faulty.files().Arm(Fault::kNoSpace, 0);
  const absl::Status full = commit("2");
  EXPECT_EQ(full.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(full.message()), HasSubstr("no space left"));
  EXPECT_FALSE(faulty.store()->healthy());
  EXPECT_EQ(faulty.store()->head().revision, 1u);
  EXPECT_EQ(faulty.store()->ReadAt(1).value()->Get(key).value()->value, "1");
  faulty.files().Disarm();
  EXPECT_EQ(commit("3").code(), absl::StatusCode::kUnavailable) << "until it is reopened";
  ASSERT_TRUE(faulty.Open().ok());
  EXPECT_TRUE(commit("4").ok());
}

TEST(FullDiskTest, OpenSaysThatNoSpaceIsLeft) {
  FaultyStore faulty;
  faulty.files().Arm(Fault::kNoSpace, 0);
  const absl::Status full = faulty.Open();
  EXPECT_EQ(full.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(full.message()), HasSubstr("no space left"));
  faulty.files().Disarm();
  EXPECT_TRUE(faulty.Open().ok());
}

// What was acknowledged is safe in the log, but a disk that cannot take files is not trusted with more.
TEST(BackgroundFaultTest, FailedFlushStopsWritesAndLosesNothing) {
  FaultyStore faulty;
  Random random(1);
  StoreModel model;
  ASSERT_TRUE(faulty.Open().ok());
  ASSERT_TRUE(CommitRandomGroup(faulty.store(), 4, 50, random, &model).ok());
  faulty.files().Arm(Fault::kIoError, 0, ".sst");
  EXPECT_TRUE(faulty.store()->healthy());
  EXPECT_EQ(faulty.store()->Checkpoint("/copy").code(), absl::StatusCode::kUnavailable);  // it flushes first
  EXPECT_FALSE(faulty.store()->healthy());
  EXPECT_EQ(faulty.store()->Begin().status().code(), absl::StatusCode::kUnavailable);
  ExpectHolds(*faulty.store(), model, 2, random);
  ASSERT_TRUE(faulty.Open().ok());
  EXPECT_TRUE(faulty.store()->healthy());
  ExpectHolds(*faulty.store(), model, 2, random);
}

}  // namespace
}  // namespace attain::storage
