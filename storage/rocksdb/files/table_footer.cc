#include "storage/rocksdb/files/table_footer.h"

#include <algorithm>

#include "rocksdb/table.h"

namespace attain::storage {
namespace {

// Kind of checksum (1 byte), two places of two numbers each, zeros, version and magic number.
constexpr size_t kPlacesAt = 1, kVersionAt = 41;
constexpr int kNumbers = 4;
constexpr absl::string_view kVersionAndMagic("\x05\0\0\0\xf7\xcf\xf4\x85\xb7\x41\xe2\x88", 12);

// Takes a number of 7 bits per byte off the front. False unless it is written in the fewest bytes.
bool TakeNumber(absl::string_view* rest) {
  size_t last = 0;
  while (last < rest->size() && (static_cast<uint8_t>((*rest)[last]) & 0x80) != 0) ++last;
  if (last == rest->size() || (last > 0 && (*rest)[last] == 0)) return false;
  rest->remove_prefix(last + 1);
  return true;
}

}  // namespace

bool IsFooter(absl::string_view bytes) {
  if (bytes.size() != kFooterBytes || bytes[0] != rocksdb::kXXH3) return false;
  if (bytes.substr(kVersionAt) != kVersionAndMagic) return false;
  absl::string_view places = bytes.substr(kPlacesAt, kVersionAt - kPlacesAt);
  for (int i = 0; i < kNumbers; ++i) {
    if (!TakeNumber(&places)) return false;
  }
  return std::all_of(places.begin(), places.end(), [](char byte) { return byte == 0; });
}

}  // namespace attain::storage
