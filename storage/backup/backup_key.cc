#include "storage/backup/backup_key.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "storage/backup/files.h"

namespace attain::storage {
namespace {

constexpr size_t kIdDigits = 16;
constexpr size_t kLongestFile = 2 * kBackupKeyBytes + 2;  // hex digits and the end of the line

}  // namespace

Hash Hmac(absl::string_view key, absl::string_view text) {
  Hash hash;
  unsigned length = 0;
  const unsigned char* made = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                                   reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                                   reinterpret_cast<unsigned char*>(hash.data()), &length);
  // It fails only for want of memory or of the algorithm: a wrong key must never be used instead.
  if (made == nullptr || length != hash.size()) std::abort();
  return hash;
}

BackupKey::BackupKey(absl::string_view bytes)
    : id_(absl::BytesToHexString(View(Hmac(bytes, "attain backup: id"))).substr(0, kIdDigits)),
      cipher_key_(Hmac(bytes, "attain backup: encrypt")),
      seal_key_(Hmac(bytes, "attain backup: seal")),
      name_key_(Hmac(bytes, "attain backup: name")) {}

absl::StatusOr<KeyFile> ReadKeyFile(const std::string& path) {
  const absl::StatusOr<std::string> text = ReadSmallFile(path, kLongestFile);
  if (!text.ok())
    return absl::InvalidArgumentError(absl::StrCat("the key file cannot be read: ", text.status().message()));
  absl::string_view digits = *text;
  absl::ConsumeSuffix(&digits, "\n");
  absl::ConsumeSuffix(&digits, "\r");
  std::string bytes = *text;
  if (digits.size() == 2 * kBackupKeyBytes && std::all_of(digits.begin(), digits.end(), absl::ascii_isxdigit))
    bytes = absl::HexStringToBytes(digits);
  if (bytes.size() != kBackupKeyBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("the key file ", path,
                     " must hold 32 random bytes or 64 hex digits; make one with: openssl rand -hex 32"));
  }
  if (bytes == std::string(kBackupKeyBytes, bytes[0])) {
    return absl::InvalidArgumentError(
        absl::StrCat("the key file ", path, " holds no random bytes; make one with: openssl rand -hex 32"));
  }
  KeyFile file{BackupKey(bytes), ""};
  struct stat status;
  if (stat(path.c_str(), &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    file.warning = absl::StrCat("other users of this machine may read the key file ", path, "; chmod 600 it");
  }
  return file;
}

}  // namespace attain::storage
