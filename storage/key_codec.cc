#include "storage/key_codec.h"

#include <cstring>

namespace attain::storage {
namespace {

// Tags are on disk for ever. 0x00 and 0x01 stay below them for the revision suffix and AfterVersions.
constexpr char kRevisionTag = 0x00, kAfterRevisions = 0x01, kTextTag = 0x02;
constexpr unsigned char kNumberTag = 0x10;
constexpr char kEscape = '\0', kEscapedZero = '\xff', kTextEndTag = '\x01';

absl::Status Malformed(absl::string_view what) {
  return absl::DataLossError(what);
}

}  // namespace

KeyBuilder& KeyBuilder::Text(absl::string_view text) {
  bytes_.push_back(kTextTag);
  while (!text.empty()) {
    const void* zero = std::memchr(text.data(), '\0', text.size());
    if (zero == nullptr) {
      bytes_.append(text.data(), text.size());
      break;
    }
    const size_t length = static_cast<const char*>(zero) - text.data() + 1;
    bytes_.append(text.data(), length);
    bytes_.push_back(kEscapedZero);
    text.remove_prefix(length);
  }
  bytes_.push_back(kEscape);
  bytes_.push_back(kTextEndTag);
  return *this;
}

KeyBuilder& KeyBuilder::U64(uint64_t value) {
  unsigned length = 0;
  while (length < 8 && (value >> (8 * length)) != 0) ++length;
  bytes_.push_back(static_cast<char>(kNumberTag + length));
  for (unsigned i = length; i > 0; --i) bytes_.push_back(static_cast<char>(value >> (8 * (i - 1))));
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
  if (rest_.empty() || rest_[0] != kTextTag) return Malformed("a key has no text where one is expected");
  for (size_t i = 1; i + 1 < rest_.size(); ++i) {
    if (rest_[i] != kEscape) {
      out->push_back(rest_[i]);
    } else if (rest_[i + 1] == kEscapedZero) {
      out->push_back('\0');
      ++i;
    } else if (rest_[i + 1] == kTextEndTag) {
      rest_.remove_prefix(i + 2);
      return absl::OkStatus();
    } else {
      break;
    }
  }
  return Malformed("a text component of a key has no end");
}

absl::Status KeyReader::U64(uint64_t* out) {
  *out = 0;
  const unsigned tag = rest_.empty() ? 0 : static_cast<unsigned char>(rest_[0]);
  if (tag < kNumberTag || tag > kNumberTag + 8) return Malformed("a key has no number where one is expected");
  const size_t length = tag - kNumberTag;
  if (rest_.size() < 1 + length) return Malformed("a number component of a key is cut off");
  for (size_t i = 1; i <= length; ++i) *out = *out << 8 | static_cast<unsigned char>(rest_[i]);
  if (length > 0 && rest_[1] == '\0') return Malformed("a number component of a key has a leading zero");
  rest_.remove_prefix(1 + length);
  return absl::OkStatus();
}

absl::Status KeyReader::Finish() const {
  return rest_.empty() ? absl::OkStatus() : Malformed("bytes follow the last component of a key");
}

std::string PrefixEnd(absl::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xff') end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

void AppendBigEndian(uint64_t value, std::string* out) {
  char bytes[8];
  for (int i = 7; i >= 0; --i, value >>= 8) bytes[i] = static_cast<char>(value);
  out->append(bytes, sizeof(bytes));
}

uint64_t DecodeBigEndian(absl::string_view bytes) {
  uint64_t value = 0;
  for (size_t i = 0; i < 8; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

std::string VersionedKey(absl::string_view key, uint64_t revision) {
  std::string bytes;
  bytes.reserve(key.size() + kRevisionSuffixBytes);
  bytes.append(key.data(), key.size());
  bytes.push_back(kRevisionTag);
  AppendBigEndian(~revision, &bytes);
  return bytes;
}

std::string AfterVersions(absl::string_view key) {
  std::string bytes;
  bytes.reserve(key.size() + 1);
  bytes.append(key.data(), key.size());
  bytes.push_back(kAfterRevisions);
  return bytes;
}

bool ParseVersionedKey(absl::string_view bytes, absl::string_view* key, uint64_t* revision) {
  if (bytes.size() < kRevisionSuffixBytes) return false;
  const size_t length = bytes.size() - kRevisionSuffixBytes;
  if (bytes[length] != kRevisionTag) return false;
  *key = bytes.substr(0, length);
  *revision = ~DecodeBigEndian(bytes.substr(length + 1));
  return true;
}

}  // namespace attain::storage
