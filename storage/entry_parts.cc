#include "storage/entry_parts.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace attain::storage {
namespace {

constexpr uint8_t kReservedKind = 0x80;
constexpr int kMostLengthBytes = 5;

void AppendLength(size_t length, std::string* out) {
  for (; length >= 0x80; length >>= 7) out->push_back(static_cast<char>(0x80 | (length & 0x7f)));
  out->push_back(static_cast<char>(length));
}

// The shortest form alone is taken, so that one entry has one form.
bool TakeLength(absl::string_view* rest, size_t* length) {
  uint64_t value = 0;
  for (int i = 0; i < kMostLengthBytes && !rest->empty(); ++i) {
    const auto byte = static_cast<uint8_t>(rest->front());
    rest->remove_prefix(1);
    value |= uint64_t{byte & 0x7fu} << (7 * i);
    if ((byte & 0x80) != 0) continue;
    *length = static_cast<size_t>(value);
    return i == 0 || byte != 0;
  }
  return false;
}

}  // namespace

PartsWriter::PartsWriter(absl::string_view salt, size_t expected) {
  assert(salt.size() == kSaltBytes);
  bytes_.reserve(kSaltBytes + expected);
  bytes_.append(salt.data(), salt.size());
}

uint8_t* PartsWriter::Add(uint8_t kind, size_t bytes) {
  assert((kind & kReservedKind) == 0);
  bytes_.push_back(static_cast<char>(kind));
  AppendLength(bytes, &bytes_);
  const size_t at = bytes_.size();
  bytes_.resize(at + bytes);
  return reinterpret_cast<uint8_t*>(&bytes_[0]) + at;
}

void PartsWriter::Add(uint8_t kind, absl::string_view data) {
  std::copy(data.begin(), data.end(), Add(kind, data.size()));
}

bool ForEachPart(absl::string_view bytes,
                 absl::FunctionRef<bool(uint8_t kind, absl::string_view data)> visitor) {
  if (bytes.size() <= kSaltBytes) return false;
  for (absl::string_view rest = bytes.substr(kSaltBytes); !rest.empty();) {
    const auto kind = static_cast<uint8_t>(rest.front());
    rest.remove_prefix(1);
    size_t length = 0;
    if ((kind & kReservedKind) != 0 || !TakeLength(&rest, &length) || length > rest.size()) return false;
    if (!visitor(kind, rest.substr(0, length))) return true;
    rest.remove_prefix(length);
  }
  return true;
}

absl::string_view SaltOf(absl::string_view bytes) {
  return bytes.size() < kSaltBytes ? absl::string_view() : bytes.substr(0, kSaltBytes);
}

}  // namespace attain::storage
