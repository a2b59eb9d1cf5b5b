// Keys of signed notes as text (C2SP signed-note): what a reader trusts (vkey) and what a signer keeps secret
// (skey).
//
//   vkey  NAME+ID+BASE64(type ‖ 32 bytes of public key)
//   skey  PRIVATE+KEY+NAME+ID+BASE64(type ‖ 32 bytes of private key)
// ID: eight hex digits, the first four bytes of SHA-256(NAME ‖ "\n" ‖ type ‖ public key).
#ifndef ATTAIN_PROOFS_KEY_H_
#define ATTAIN_PROOFS_KEY_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "proofs/ed25519.h"

namespace attain::proofs {

// How a signature is made. The numbers are those of the format.
enum class SignatureType : uint8_t {
  kEd25519 = 0x01,      // over the note's text: logs
  kCosignature = 0x04,  // over the time and the text (C2SP tlog-cosignature): witnesses
};

// Whether a name can be a key's: UTF-8, not empty, without white space, control characters and "+"; at most
// 255 bytes. The name of a log's key is the log's origin.
bool IsKeyName(absl::string_view name);

// A key that signatures are checked with. Thread-safe.
class VerifierKey {
 public:
  // INVALID_ARGUMENT for a name that is none.
  static absl::StatusOr<VerifierKey> Make(absl::string_view name, SignatureType type,
                                          const Ed25519PublicKey& public_key);
  // INVALID_ARGUMENT, saying what is wrong, for what is no vkey: an id that does not fit, base64 in another
  // spelling, a type that is not above.
  static absl::StatusOr<VerifierKey> Parse(absl::string_view vkey);

  const std::string& name() const { return name_; }
  uint32_t id() const { return id_; }
  SignatureType type() const { return type_; }
  const Ed25519PublicKey& public_key() const { return public_key_; }
  std::string Text() const;

 private:
  VerifierKey(absl::string_view name, SignatureType type, const Ed25519PublicKey& public_key);

  std::string name_;
  uint32_t id_;
  SignatureType type_;
  Ed25519PublicKey public_key_;
};

// A key that signs. Thread-safe.
class SecretKey {
 public:
  // INVALID_ARGUMENT for a name that is none.
  static absl::StatusOr<SecretKey> Make(absl::string_view name, SignatureType type,
                                        const Ed25519PrivateKey& key);
  // INVALID_ARGUMENT for what is no skey, without showing any of it.
  static absl::StatusOr<SecretKey> Parse(absl::string_view skey);

  const VerifierKey& verifier() const { return verifier_; }
  const Ed25519PrivateKey& private_key() const { return private_key_; }
  // Secret: for a file that nobody else reads. Who takes it wipes it.
  std::string Text() const;

 private:
  SecretKey(const VerifierKey& verifier, const Ed25519PrivateKey& key)
      : verifier_(verifier), private_key_(key) {}

  VerifierKey verifier_;
  Ed25519PrivateKey private_key_;
};

}  // namespace attain::proofs

#endif  // ATTAIN_PROOFS_KEY_H_
