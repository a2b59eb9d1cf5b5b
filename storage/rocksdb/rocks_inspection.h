// An inspection of an open database.
#ifndef ATTAIN_STORAGE_ROCKSDB_ROCKS_INSPECTION_H_
#define ATTAIN_STORAGE_ROCKSDB_ROCKS_INSPECTION_H_

#include <memory>
#include <string>

#include "storage/inspection.h"
#include "storage/rocksdb/data_directory.h"
#include "storage/rocksdb/database.h"

namespace attain::storage {

// A store that is opened for reading alone.
struct InspectedStore {
  std::unique_ptr<DirectoryLock> lock;  // null: the directory cannot be locked
  std::unique_ptr<Database> database;
};

// What is committed at the call, of a database that somebody else has open and goes on writing.
std::unique_ptr<Inspection> InspectOpen(const Database* database, std::string store_id);
// Of one that nobody writes; closed at the end.
std::unique_ptr<Inspection> InspectClosed(InspectedStore store, std::string store_id);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_ROCKS_INSPECTION_H_
