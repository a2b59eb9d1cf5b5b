#include "service/server/backup_schedule.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace attain::server {
namespace {

constexpr absl::Duration kLongestPause = absl::Minutes(10);  // after a failure
constexpr int kNiceness = 10;

calls::Entry Line(calls::Level level, absl::string_view message, std::vector<calls::Field> fields) {
  return {level, std::string(message), std::move(fields), ""};
}

}  // namespace

BackupSchedule::BackupSchedule(BackupScheduleOptions options)
    : options_(std::move(options)), backups_(options_.backups), thread_([this] { Work(); }) {}

BackupSchedule::~BackupSchedule() {
  ending_ = true;
  {
    storage::MutexLock lock(&mutex_);
    changed_.NotifyAll();
  }
  thread_.join();
}

BackupStatus BackupSchedule::status() const {
  storage::MutexLock lock(&mutex_);
  return status_;
}

bool BackupSchedule::WaitUntil(absl::Time time) {
  // A clock that was set back must not put it off for long.
  const absl::Duration left = std::clamp(time - options_.clock->Now(), absl::ZeroDuration(), options_.every);
  const auto deadline = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(left);
  storage::MutexLock lock(&mutex_);
  while (!ending_ && std::chrono::steady_clock::now() < deadline) changed_.WaitUntil(&mutex_, deadline);
  return !ending_;
}

void BackupSchedule::Told(const storage::BackupInfo& info) {
  storage::MutexLock lock(&mutex_);
  status_ = BackupStatus();
  status_.id = info.id;
  status_.revision = info.head.revision;
  status_.made = info.made;
  status_.bytes = info.bytes;
}

// What earlier runs of the server left.
void BackupSchedule::FindNewest() {
  const absl::StatusOr<std::vector<storage::BackupInfo>> infos = backups_.List();
  if (!infos.ok()) return;  // there is none yet, or the first backup says what is wrong
  for (const storage::BackupInfo& info : *infos) {
    if (info.state.ok() && info.store_id == options_.store->store_id()) Told(info);
  }
}

bool BackupSchedule::MakeOne() {
  storage::CreateOptions create;
  create.staging = absl::StrCat(options_.data_dir, "/.backup");
  create.now = options_.clock->Now();
  create.epoch = options_.store->epoch();
  create.progress = [this](uint64_t, uint64_t) { return !ending_; };
  const absl::StatusOr<storage::BackupInfo> made = backups_.Create(options_.store, create);
  if (made.ok()) {
    Told(*made);
    const absl::Duration took = options_.clock->Now() - create.now;
    options_.log->Write(
        Line(calls::Level::kInfo, "backup made",
             {{"id", uint64_t{made->id}},
              {"revision", made->head.revision},
              {"bytes", made->bytes},
              {"written", made->written},
              {"ms", static_cast<uint64_t>(std::max<int64_t>(absl::ToInt64Milliseconds(took), 0))}}));
    return true;
  }
  if (ending_) return false;
  {
    storage::MutexLock lock(&mutex_);
    ++status_.failures;
    status_.problem = std::string(made.status().message());
  }
  options_.log->Write(Line(calls::Level::kError, "backup failed; older ones are as they were",
                           {{"cause", std::string(made.status().message())}}));
  return false;
}

void BackupSchedule::RemoveOld() {
  if (options_.keep == absl::InfiniteDuration()) return;
  storage::PruneOptions prune;
  prune.made_before = options_.clock->Now() - options_.keep;
  prune.progress = [this](uint64_t, uint64_t) { return !ending_; };
  const absl::StatusOr<std::vector<uint32_t>> removed = backups_.Prune(prune);
  if (removed.ok()) {
    for (const uint32_t id : *removed)
      options_.log->Write(Line(calls::Level::kInfo, "old backup removed", {{"id", uint64_t{id}}}));
  } else if (!ending_) {
    options_.log->Write(Line(calls::Level::kError, "old backups cannot be removed",
                             {{"cause", std::string(removed.status().message())}}));
  }
}

void BackupSchedule::Work() {
  setpriority(PRIO_PROCESS, 0, kNiceness);  // of this thread alone
  FindNewest();
  absl::Time due = status().made + options_.every;
  while (WaitUntil(due)) {
    const bool made = MakeOne();
    if (made) RemoveOld();
    due = options_.clock->Now() + (made ? options_.every : std::min(options_.every, kLongestPause));
  }
}

}  // namespace attain::server
