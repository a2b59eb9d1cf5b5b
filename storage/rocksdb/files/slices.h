// RocksDB's views of bytes, from and to ours.
#ifndef ATTAIN_STORAGE_ROCKSDB_FILES_SLICES_H_
#define ATTAIN_STORAGE_ROCKSDB_FILES_SLICES_H_

#include "absl/strings/string_view.h"
#include "rocksdb/slice.h"

namespace attain::storage {

inline rocksdb::Slice ToSlice(absl::string_view text) {
  return {text.data(), text.size()};
}
inline absl::string_view ToView(const rocksdb::Slice& slice) {
  return {slice.data(), slice.size()};
}

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_FILES_SLICES_H_
