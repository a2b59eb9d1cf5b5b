#include "storage/rocksdb/files/record_keys.h"

#include "storage/key_codec.h"

namespace attain::storage {
namespace {

constexpr size_t kTileKeyBytes = 9;

}  // namespace

std::string JournalKey(Revision revision) {
  std::string key;
  AppendBigEndian(revision, &key);
  return key;
}

std::string TileKey(int level, uint64_t number) {
  std::string key(1, static_cast<char>(level));
  AppendBigEndian(number, &key);
  return key;
}

bool ParseTileKey(absl::string_view key, int* level, uint64_t* number) {
  if (key.size() != kTileKeyBytes) return false;
  *level = static_cast<uint8_t>(key[0]);
  *number = DecodeBigEndian(key.substr(1));
  return true;
}

}  // namespace attain::storage
