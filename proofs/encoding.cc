#include "proofs/encoding.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace attain::proofs {

char* PutBigEndian(uint64_t value, int count, char* out) {
  for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) *out++ = static_cast<char>(value >> shift);
  return out;
}

void AppendBigEndian(uint64_t value, int count, std::string* out) {
  char bytes[8];
  out->append(bytes, PutBigEndian(value, count, bytes));
}

uint64_t ReadBigEndian(absl::string_view bytes) {
  uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

std::optional<uint64_t> ParseDecimal(absl::string_view text) {
  constexpr size_t kMostDigits = 19;  // of 2^63 - 1; so many never overflow 64 bits
  if (text.empty() || text.size() > kMostDigits || (text[0] == '0' && text.size() > 1)) return std::nullopt;
  uint64_t value = 0;
  for (const char digit : text) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(digit))) return std::nullopt;
    value = 10 * value + static_cast<uint64_t>(digit - '0');
  }
  if (value > kMaxNumber) return std::nullopt;
  return value;
}

std::optional<std::string> ParseBase64(absl::string_view text) {
  std::string bytes;
  // Abseil also takes blanks, missing padding and padding with bits in it.
  if (text.empty() || !absl::Base64Unescape(text, &bytes) || absl::Base64Escape(bytes) != text) {
    return std::nullopt;
  }
  return bytes;
}

std::string PrintHash(const Hash& hash) {
  return absl::Base64Escape(View(hash));
}

std::optional<Hash> ParseHash(absl::string_view text) {
  constexpr size_t kHashCharacters = 44;
  if (text.size() != kHashCharacters) return std::nullopt;
  const std::optional<std::string> bytes = ParseBase64(text);
  if (!bytes.has_value() || bytes->size() != kHashBytes) return std::nullopt;
  return HashOf(*bytes);
}

Hash HashOf(absl::string_view bytes) {
  Hash hash;
  std::copy_n(bytes.begin(), kHashBytes, hash.begin());
  return hash;
}

std::string PrintHashes(const std::vector<Hash>& hashes) {
  std::string text;
  for (const Hash& hash : hashes) absl::StrAppend(&text, PrintHash(hash), "\n");
  return text + "\n";
}

absl::Status TakeHashes(absl::string_view* rest, std::vector<Hash>* hashes) {
  absl::string_view line;
  while (TakeLine(rest, &line)) {
    if (line.empty()) return absl::OkStatus();
    const std::optional<Hash> hash = ParseHash(line);
    if (!hash.has_value()) {
      return absl::InvalidArgumentError("a line of the proof is no hash: 44 characters of base64");
    }
    if (hashes->size() == kMaxProofHashes) {
      return absl::InvalidArgumentError(
          absl::StrCat("the proof has more than ", kMaxProofHashes, " hashes: no tree is so high"));
    }
    hashes->push_back(*hash);
  }
  return absl::InvalidArgumentError("no empty line stands before the checkpoint");
}

bool TakeLine(absl::string_view* rest, absl::string_view* line) {
  const size_t end = rest->find('\n');
  if (end == absl::string_view::npos) return false;
  *line = rest->substr(0, end);
  rest->remove_prefix(end + 1);
  return true;
}

std::optional<char32_t> TakeCodePoint(absl::string_view* text) {
  const auto byte = [text](size_t at) { return static_cast<unsigned char>((*text)[at]); };
  const unsigned char first = byte(0);
  size_t length = 0;
  if (first < 0x80) {
    length = 1;
  } else if (first >> 5 == 0x06) {
    length = 2;
  } else if (first >> 4 == 0x0e) {
    length = 3;
  } else if (first >> 3 == 0x1e) {
    length = 4;
  }
  if (length == 0 || text->size() < length) return std::nullopt;
  char32_t point = length == 1 ? first : first & (0x7f >> length);
  for (size_t at = 1; at < length; ++at) {
    if (byte(at) >> 6 != 0x02) return std::nullopt;
    point = point << 6 | (byte(at) & 0x3f);
  }
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  if (point < kLeast[length] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return std::nullopt;
  text->remove_prefix(length);
  return point;
}

bool IsUnicodeSpace(char32_t point) {
  return (point >= 0x09 && point <= 0x0d) || point == 0x20 || point == 0x85 || point == 0xa0 ||
         point == 0x1680 || (point >= 0x2000 && point <= 0x200a) || point == 0x2028 || point == 0x2029 ||
         point == 0x202f || point == 0x205f || point == 0x3000;
}

}  // namespace attain::proofs
