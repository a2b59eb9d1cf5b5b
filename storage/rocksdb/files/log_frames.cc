#include "storage/rocksdb/files/log_frames.h"

#include <algorithm>
#include <memory>

#include "absl/strings/str_cat.h"
#include "rocksdb/file_checksum.h"
#include "storage/key_codec.h"

namespace attain::storage {
namespace {

// A log is cut into blocks. A frame is checksum (4 bytes), length (2), type (1) and data, numbers
// little-endian; what is left of a block and too small for a frame's head is zeros.
constexpr size_t kBlock = 32768, kHead = 7, kLengthAt = 4, kTypeAt = 6;
// Whole, first, middle, last. Types above belong to logs that are written over again, which ours are not.
constexpr uint8_t kNewestType = 4;
// A checksum is stored turned by 15 bits and moved, so that one of bytes that hold checksums is none of its
// own.
constexpr uint32_t kMaskDelta = 0xa282ead8;

uint32_t LittleEndian(absl::string_view bytes, size_t size) {
  uint32_t number = 0;
  for (size_t i = size; i > 0; --i) number = number << 8 | static_cast<uint8_t>(bytes[i - 1]);
  return number;
}

uint32_t MaskedChecksum(absl::string_view bytes) {
  Crc32c crc;
  crc.Add(bytes);
  uint32_t number = 0;
  for (const char byte : crc.Finish()) number = number << 8 | static_cast<uint8_t>(byte);
  return (number >> 15 | number << 17) + kMaskDelta;
}

bool AllZeros(absl::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char byte) { return byte == 0; });
}

}  // namespace

struct Crc32c::Impl {
  std::unique_ptr<rocksdb::FileChecksumGenerator> made =
      rocksdb::GetFileChecksumGenCrc32cFactory()->CreateFileChecksumGenerator({});
};

Crc32c::Crc32c() : impl_(new Impl) {}
Crc32c::~Crc32c() {
  delete impl_;
}
void Crc32c::Add(absl::string_view bytes) {
  impl_->made->Update(bytes.data(), bytes.size());
}
std::string Crc32c::Finish() {
  impl_->made->Finalize();
  return impl_->made->GetChecksum();
}

std::optional<std::string> CheckFrames(absl::string_view log, LogEnd end) {
  const auto wrong = [](absl::string_view what, size_t at) { return absl::StrCat(what, " at byte ", at); };
  for (size_t at = 0; at < log.size();) {
    const absl::string_view rest = log.substr(at);
    const absl::string_view block = rest.substr(0, kBlock - at % kBlock);
    // Padding; or room that was set aside for a log and not written yet.
    if (block.size() < kHead || AllZeros(block.substr(0, kHead))) {
      if (!AllZeros(block)) {
        if (end == LogEnd::kMayBeTorn && block.size() == rest.size()) return std::nullopt;
        return wrong("bytes that belong to no record", at);
      }
      at += block.size();
      continue;
    }
    const size_t size = kHead + LittleEndian(block.substr(kLengthAt), 2);
    if (size > block.size()) {
      // Of a block that the log goes on behind, nothing can have been cut off.
      if (end == LogEnd::kMayBeTorn && block.size() == rest.size()) return std::nullopt;
      return wrong("a record that is cut off", at);
    }
    const auto type = static_cast<uint8_t>(block[kTypeAt]);
    if (type == 0 || type > kNewestType) return wrong("a record of an unknown type", at);
    if (MaskedChecksum(block.substr(kTypeAt, size - kTypeAt)) != LittleEndian(block, 4)) {
      return wrong("a record whose checksum does not fit", at);
    }
    at += size;
  }
  return std::nullopt;
}

}  // namespace attain::storage
