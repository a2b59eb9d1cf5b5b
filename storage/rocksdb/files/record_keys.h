// Keys of records that have no versions. storage/README.md lists them.
#ifndef ATTAIN_STORAGE_ROCKSDB_FILES_RECORD_KEYS_H_
#define ATTAIN_STORAGE_ROCKSDB_FILES_RECORD_KEYS_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "storage/store.h"

namespace attain::storage {

// Of a journal entry: 8 bytes.
std::string JournalKey(Revision revision);
// Of a tile of the tree: 9 bytes; false for bytes that are none.
std::string TileKey(int level, uint64_t number);
bool ParseTileKey(absl::string_view key, int* level, uint64_t* number);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_FILES_RECORD_KEYS_H_
