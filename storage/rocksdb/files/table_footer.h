// The last bytes of a table file, which no checksum of its own covers.
#ifndef ATTAIN_STORAGE_ROCKSDB_FILES_TABLE_FOOTER_H_
#define ATTAIN_STORAGE_ROCKSDB_FILES_TABLE_FOOTER_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace attain::storage {

inline constexpr size_t kFooterBytes = 53;

// Whether these are the last bytes of a table as FamilyOptions has them written: format 5, checksums of kind
// XXH3, and nothing between the two places that it names (which lead to blocks with checksums) and the
// version.
bool IsFooter(absl::string_view bytes);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_FILES_TABLE_FOOTER_H_
