// Makes a backup every so often and removes old ones, on a thread of its own.
#ifndef ATTAIN_SERVICE_SERVER_BACKUP_SCHEDULE_H_
#define ATTAIN_SERVICE_SERVER_BACKUP_SCHEDULE_H_

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>

#include "absl/time/time.h"
#include "service/api/clock.h"
#include "service/calls/log.h"
#include "storage/backup/backups.h"
#include "storage/mutex.h"
#include "storage/store.h"

namespace attain::server {

struct BackupScheduleOptions {
  storage::Store* store = nullptr;  // not owned
  std::string data_dir;             // of the store
  storage::BackupsOptions backups;
  absl::Duration every;
  // Backups older than this are removed behind each new one; the newest that is whole stays. Infinite: none
  // is.
  absl::Duration keep = absl::InfiniteDuration();
  engine::Clock* clock = engine::SystemClock();  // not owned
  calls::Log* log = nullptr;                     // not owned
};

// What health, metrics and GetServerInfo tell of backups.
struct BackupStatus {
  uint32_t id = 0;                 // of the newest good backup; 0: there is none
  storage::Revision revision = 0;  // that it holds
  absl::Time made = absl::InfinitePast();
  uint64_t bytes = 0;
  uint64_t failures = 0;  // since that one was made, or since the start
  std::string problem;    // why the last attempt failed; empty when it did not
};

// Thread-safe. A backup that is due is made at once: the first one when the newest good one in the directory
// is older than `every`. After a failure the next attempt is made after `every`, at most ten minutes later.
// Each backup and each failure is a line of the log.
class BackupSchedule {
 public:
  explicit BackupSchedule(BackupScheduleOptions options);
  // Ends a backup that is under way without waiting for it to be complete; nothing is left of that one.
  ~BackupSchedule();

  BackupStatus status() const ATTAIN_EXCLUDES(mutex_);

 private:
  void Work() ATTAIN_EXCLUDES(mutex_);
  // Waits until then; false when it is to end.
  bool WaitUntil(absl::Time time) ATTAIN_EXCLUDES(mutex_);
  void FindNewest() ATTAIN_EXCLUDES(mutex_);
  bool MakeOne() ATTAIN_EXCLUDES(mutex_);
  void RemoveOld();
  void Told(const storage::BackupInfo& info) ATTAIN_EXCLUDES(mutex_);

  const BackupScheduleOptions options_;
  storage::Backups backups_;
  std::atomic<bool> ending_{false};
  mutable storage::Mutex mutex_;
  storage::CondVar changed_;
  BackupStatus status_ ATTAIN_GUARDED_BY(mutex_);
  std::thread thread_;  // last: it uses the others
};

}  // namespace attain::server

#endif  // ATTAIN_SERVICE_SERVER_BACKUP_SCHEDULE_H_
