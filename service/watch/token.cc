#include "service/watch/token.h"

#include <openssl/sha.h>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace attain::watch {
namespace {

// version (1) · store id (16) · revision, big-endian (8) · in snapshot (1) · hash (8) · watch (8) · check sum
// (8)
constexpr char kVersion = 1;
constexpr size_t kStore = 16, kRevision = 8;
constexpr size_t kBody = 1 + kStore + kRevision + 1 + 2 * kTokenHashBytes;

std::string Fixed(absl::string_view text, size_t size) {
  std::string fixed(text.substr(0, size));
  fixed.resize(size, '\0');
  return fixed;
}

}  // namespace

std::string ShortHash(absl::string_view bytes) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest.substr(0, kTokenHashBytes);
}

std::string EncodeToken(const Token& token) {
  std::string revision(kRevision, '\0');
  for (size_t i = 0; i < kRevision; ++i)
    revision[i] = static_cast<char>(token.revision >> (8 * (kRevision - 1 - i)));
  const std::string body =
      absl::StrCat(std::string(1, kVersion), Fixed(absl::HexStringToBytes(token.store_id), kStore), revision,
                   std::string(1, token.in_snapshot ? '\1' : '\0'), Fixed(token.hash, kTokenHashBytes),
                   Fixed(token.watch, kTokenHashBytes));
  return body + ShortHash(body);
}

absl::StatusOr<Token> DecodeToken(absl::string_view bytes) {
  const absl::string_view body = bytes.substr(0, kBody);
  if (bytes.size() != kBody + kTokenHashBytes || bytes.substr(kBody) != ShortHash(body) ||
      body[0] != kVersion) {
    return absl::InvalidArgumentError("not a resume token");
  }
  Token token;
  size_t at = 1;
  const auto take = [&](size_t size) {
    at += size;
    return body.substr(at - size, size);
  };
  token.store_id = absl::BytesToHexString(take(kStore));
  for (const char c : take(kRevision)) token.revision = token.revision << 8 | static_cast<unsigned char>(c);
  token.in_snapshot = take(1)[0] != '\0';
  token.hash = std::string(take(kTokenHashBytes));
  token.watch = std::string(take(kTokenHashBytes));
  return token;
}

}  // namespace attain::watch
