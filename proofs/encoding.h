// The strict forms in which the formats of this room write numbers, hashes and names. What could be spelled
// in two ways is taken in one of them only, so that one statement has one text. All functions are
// thread-safe.
#ifndef ATTAIN_PROOFS_ENCODING_H_
#define ATTAIN_PROOFS_ENCODING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "proofs/sha256.h"

namespace attain::proofs {

// Sizes of trees, indexes and times are below 2^63, as in every implementation of these formats.
inline constexpr uint64_t kMaxNumber = (uint64_t{1} << 63) - 1;

// Writes the lowest `count` bytes of a number, 1 … 8, the highest byte first, and returns where they end.
char* PutBigEndian(uint64_t value, int count, char* out);
void AppendBigEndian(uint64_t value, int count, std::string* out);
// Of all the bytes; at most 8.
uint64_t ReadBigEndian(absl::string_view bytes);

// Digits without sign, blank or leading zeros, 0 … kMaxNumber.
std::optional<uint64_t> ParseDecimal(absl::string_view text);

// Standard base64 with padding (RFC 4648 section 4). Nothing for every other spelling of the same bytes, for
// bytes that are not of the alphabet and for the empty text.
std::optional<std::string> ParseBase64(absl::string_view text);
// A hash in base64: 44 characters.
std::string PrintHash(const Hash& hash);
std::optional<Hash> ParseHash(absl::string_view text);
// The hash in 32 bytes.
Hash HashOf(absl::string_view bytes);

// A proof in a text: each hash on a line of its own, then an empty line. No tree has longer ones.
inline constexpr size_t kMaxProofHashes = 63;
std::string PrintHashes(const std::vector<Hash>& hashes);
// Takes them off the front of `rest`. INVALID_ARGUMENT when a line is no hash, when there are too many of
// them and when no empty line follows.
absl::Status TakeHashes(absl::string_view* rest, std::vector<Hash>* hashes);

// Takes the text up to the next line end off the front of `rest`; the line end belongs to neither. False, and
// nothing taken, when there is no line end.
bool TakeLine(absl::string_view* rest, absl::string_view* line);

// Takes the first code point off a text that is not empty. Nothing when it is no UTF-8 (RFC 3629: neither
// overlong nor a surrogate).
std::optional<char32_t> TakeCodePoint(absl::string_view* text);

// White space as Unicode has it, which a key's name may not hold.
bool IsUnicodeSpace(char32_t point);

}  // namespace attain::proofs

#endif  // ATTAIN_PROOFS_ENCODING_H_
