// Looks over the write-ahead log before RocksDB replays it. RocksDB stops at the first record that does not
// check and drops what is behind, whether that was torn by a power cut or damaged later.
//
// The two are told apart by what follows. A group is one record of the log (in fragments, where it crosses a
// block), and is synced before the next one begins. So a power cut spoils one record at most, the last one,
// of which later fragments may be whole. Where a record begins behind a bad place, that place had been synced
// and was acknowledged: it was damaged afterwards.
#ifndef ATTAIN_STORAGE_ROCKSDB_FILES_LOG_SCAN_H_
#define ATTAIN_STORAGE_ROCKSDB_FILES_LOG_SCAN_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "rocksdb/env.h"
#include "storage/store.h"

namespace attain::storage {

struct LogDamage {
  std::string file;     // path
  uint64_t offset = 0;  // of the first byte that cannot be read as it was written
};

struct LogScan {
  std::optional<LogDamage> damage;  // the first
  // Newest head among the records that RocksDB will replay, and among those that it would drop behind the
  // damage; 0 when there is none, as in a log that is empty.
  Revision head = 0, dropped_head = 0;
};

// Reads the log files of `directory`, each once, 32 KiB at a time (64 MiB at most: max_total_wal_size). OK
// without damage when there are none. Damage of the last record alone cannot be told from a torn one: the
// head mark tells it. UNAVAILABLE when the disk fails.
absl::StatusOr<LogScan> ScanLogs(rocksdb::Env* env, const std::string& directory);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_FILES_LOG_SCAN_H_
