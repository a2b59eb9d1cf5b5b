// Compares a store with its head marks when it is opened, and keeps them from then on.
#ifndef ATTAIN_STORAGE_ROCKSDB_HISTORY_CHECK_H_
#define ATTAIN_STORAGE_ROCKSDB_HISTORY_CHECK_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/rocksdb/database.h"
#include "storage/rocksdb/files/head_mark.h"
#include "storage/rocksdb/files/log_scan.h"
#include "storage/rocksdb/files/mark_keeper.h"
#include "storage/rocksdb/open_report.h"
#include "storage/rocksdb/rocks_options.h"

namespace attain::storage {

// What a database says of its history.
struct History {
  std::string store_id;
  Epochs epochs;
  Head head;
  uint32_t epoch() const { return epochs.current(); }
};

// OK when the history goes on from the mark. FAILED_PRECONDITION: the mark is of another store. DATA_LOSS:
// revisions are missing, or others stand in their place; `loss` then says which. The entry at the mark's
// revision is read from `database`.
absl::Status CompareWithMark(const Database& database, const History& history, const Mark& mark, Loss* loss);

// One opening of one directory, in this order: Read, CheckFiles, and once the database is open KnownStoreId,
// CheckOpened and Keep. Not thread-safe.
class HistoryCheck {
 public:
  // `options` and `report` must outlive this.
  HistoryCheck(const RocksStoreOptions& options, OpenReport* report);

  // Reads the marks. A copy that cannot be read is told in the report.
  void Read();
  // Before the database is opened, which throws away what it does not replay. Nothing is changed. DATA_LOSS:
  // the log is damaged, or the store ends before the mark, unless the loss is accepted. FAILED_PRECONDITION:
  // the mark is of another store, or there is none in the directory and there was.
  absl::Status CheckFiles();
  // The id that a store has which lost all of its records, when that loss is accepted; else empty.
  std::string KnownStoreId() const;
  // The same of an open store: refuses, or accepts the loss and begins an epoch (`history` then has it).
  absl::Status CheckOpened(const Database& database, History* history);
  // Makes the marks for this store, and a keeper of them.
  absl::StatusOr<std::unique_ptr<MarkKeeper>> Keep(const Database& database, const History& history);

 private:
  absl::Status CheckReadOnly() const;
  // `head` is where the store would end.
  absl::Status RefuseDamage(const LogDamage& damage, Revision head) const;
  // With every mark; what the newest of those says that do not fit, with its path.
  absl::Status Compare(const Database& database, const History& history, Loss* loss) const;
  Revision marked() const { return marks_.empty() ? 0 : marks_.front().mark.head.revision; }
  void Warn(std::string words) { report_->warnings.push_back(std::move(words)); }

  const RocksStoreOptions& options_;
  OpenReport* const report_;
  rocksdb::Env* const env_;
  MarkFile inside_, beside_;
  struct Found {
    Mark mark;
    std::string path;
  };
  std::vector<Found> marks_;  // the newest first
  LogScan logs_;
};

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_HISTORY_CHECK_H_
