// The frames that RocksDB's logs are made of: the manifest and the log of writes. RocksDB itself takes what
// does not fit at the end of a log as cut off by a crash; here it is told.
#ifndef ATTAIN_STORAGE_ROCKSDB_FILES_LOG_FRAMES_H_
#define ATTAIN_STORAGE_ROCKSDB_FILES_LOG_FRAMES_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace attain::storage {

// CRC-32C of several pieces: four bytes, as RocksDB keeps it of a file.
class Crc32c {
 public:
  Crc32c();
  ~Crc32c();
  Crc32c(const Crc32c&) = delete;
  Crc32c& operator=(const Crc32c&) = delete;
  void Add(absl::string_view bytes);
  // Once, last: four bytes, big-endian.
  std::string Finish();

 private:
  struct Impl;
  Impl* const impl_;
};

// How a log may end.
enum class LogEnd {
  kWhole,      // with a whole frame
  kMayBeTorn,  // also within one, as a power cut leaves it
};

// What is wrong with the bytes of a log, naming the offset; nothing when every frame fits its checksum.
std::optional<std::string> CheckFrames(absl::string_view log, LogEnd end);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_FILES_LOG_FRAMES_H_
