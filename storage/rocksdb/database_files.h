// The files of a database against the checksums that were kept of them.
#ifndef ATTAIN_STORAGE_ROCKSDB_DATABASE_FILES_H_
#define ATTAIN_STORAGE_ROCKSDB_DATABASE_FILES_H_

#include "absl/status/status.h"
#include "storage/inspection.h"
#include "storage/rocksdb/database.h"

namespace attain::storage {

// Inspection::CheckFiles. Table files that are written since schema 3 have a checksum over all their bytes in
// the manifest; of older ones each block is checked, and the footer's form. Also the manifest and
// CURRENT. `closed`: nobody writes to the directory, so the manifest is checked to its very end, and its logs
// were scanned before it was opened (log_scan.h). Otherwise the logs are checked as far as they are written,
// and files that a compaction drops meanwhile stay until the end.
absl::Status CheckDatabaseFiles(const Database& database, bool closed, Inspection::FileProgress progress,
                                FlawVisitor visitor);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_DATABASE_FILES_H_
