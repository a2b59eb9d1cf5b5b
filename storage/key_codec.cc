#include "storage/key_codec.h"

namespace attain::storage {

KeyBuilder& KeyBuilder::Text(absl::string_view text) {
  for (const char c : text) {
    bytes_.push_back(c);
    if (c == '\0') bytes_.push_back('\xff');
  }
  bytes_.push_back('\0');
  bytes_.push_back('\x01');
  return *this;
}

KeyBuilder& KeyBuilder::U64(uint64_t value) {
  AppendBigEndian(value, &bytes_);
  return *this;
}

uint8_t KeyReader::Space() {
  if (rest_.empty()) return 0;
  const uint8_t space = static_cast<uint8_t>(rest_[0]);
  rest_.remove_prefix(1);
  return space;
}

absl::Status KeyReader::Text(std::string* out) {
  out->clear();
  for (size_t i = 0; i + 1 < rest_.size(); ++i) {
    if (rest_[i] != '\0') {
      out->push_back(rest_[i]);
    } else if (rest_[i + 1] == '\xff') {
      out->push_back('\0');
      ++i;
    } else if (rest_[i + 1] == '\x01') {
      rest_.remove_prefix(i + 2);
      return absl::OkStatus();
    } else {
      break;
    }
  }
  return absl::DataLossError("a text component of a key has no end");
}

absl::Status KeyReader::U64(uint64_t* out) {
  if (rest_.size() < 8) return absl::DataLossError("a number component of a key is cut off");
  *out = DecodeBigEndian(rest_);
  rest_.remove_prefix(8);
  return absl::OkStatus();
}

absl::Status KeyReader::Finish() const {
  return rest_.empty() ? absl::OkStatus() : absl::DataLossError("bytes follow the last component of a key");
}

std::string PrefixEnd(absl::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xff') end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

void AppendBigEndian(uint64_t value, std::string* out) {
  for (int shift = 56; shift >= 0; shift -= 8) out->push_back(static_cast<char>(value >> shift));
}

uint64_t DecodeBigEndian(absl::string_view bytes) {
  uint64_t value = 0;
  for (size_t i = 0; i < 8; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

std::string VersionedKey(absl::string_view key, uint64_t revision) {
  std::string bytes;
  bytes.reserve(key.size() + 8);
  bytes.append(key.data(), key.size());
  AppendBigEndian(~revision, &bytes);
  return bytes;
}

bool ParseVersionedKey(absl::string_view bytes, absl::string_view* key, uint64_t* revision) {
  if (bytes.size() < 8) return false;
  *key = bytes.substr(0, bytes.size() - 8);
  *revision = ~DecodeBigEndian(bytes.substr(bytes.size() - 8));
  return true;
}

}  // namespace attain::storage
