// Ed25519 signatures (RFC 8032) by OpenSSL. What goes wrong inside OpenSSL for want of memory ends the
// process, as for SHA-256.
#ifndef ATTAIN_PROOFS_ED25519_H_
#define ATTAIN_PROOFS_ED25519_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

struct evp_pkey_st;

namespace attain::proofs {

inline constexpr size_t kEd25519KeyBytes = 32, kEd25519SignatureBytes = 64;

// Copies share the key. Thread-safe.
class Ed25519PublicKey {
 public:
  // Nothing unless there are 32 bytes. That they are a point of the curve shows when something is verified.
  static std::optional<Ed25519PublicKey> FromBytes(absl::string_view bytes);

  const std::string& bytes() const { return bytes_; }
  // False as well for a signature of another length. About 60 µs.
  bool Verifies(absl::string_view message, absl::string_view signature) const;

 private:
  Ed25519PublicKey(std::shared_ptr<evp_pkey_st> key, absl::string_view bytes)
      : key_(std::move(key)), bytes_(bytes) {}

  std::shared_ptr<evp_pkey_st> key_;
  std::string bytes_;
};

// Copies share the key, which OpenSSL wipes when the last one goes. Thread-safe.
class Ed25519PrivateKey {
 public:
  // From random bytes of the system.
  static Ed25519PrivateKey Generate();
  // From the 32 bytes that RFC 8032 calls the private key; nothing for another length.
  static std::optional<Ed25519PrivateKey> FromSeed(absl::string_view seed);

  // 64 bytes. The same for the same message. About 22 µs.
  std::string Sign(absl::string_view message) const;
  Ed25519PublicKey public_key() const;
  // Secret. Who takes it wipes it.
  std::string Seed() const;

 private:
  explicit Ed25519PrivateKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}

  std::shared_ptr<evp_pkey_st> key_;
};

// Overwrites a text that held a secret, and empties it.
void Wipe(std::string* secret);

}  // namespace attain::proofs

#endif  // ATTAIN_PROOFS_ED25519_H_
