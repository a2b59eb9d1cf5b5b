#include "proofs/ed25519.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <cstdlib>

namespace attain::proofs {
namespace {

using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

void Require(bool done) {
  if (!done) std::abort();
}

Context NewContext() {
  Context context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  Require(context != nullptr);
  return context;
}

std::shared_ptr<EVP_PKEY> Own(EVP_PKEY* key) {
  Require(key != nullptr);
  return {key, EVP_PKEY_free};
}

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* Room(std::string* text) {
  return reinterpret_cast<unsigned char*>(text->data());
}

}  // namespace

std::optional<Ed25519PublicKey> Ed25519PublicKey::FromBytes(absl::string_view bytes) {
  if (bytes.size() != kEd25519KeyBytes) return std::nullopt;
  return Ed25519PublicKey(
      Own(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, Bytes(bytes), bytes.size())), bytes);
}

bool Ed25519PublicKey::Verifies(absl::string_view message, absl::string_view signature) const {
  if (signature.size() != kEd25519SignatureBytes) return false;
  const Context context = NewContext();
  Require(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1);
  const bool verified = EVP_DigestVerify(context.get(), Bytes(signature), signature.size(), Bytes(message),
                                         message.size()) == 1;
  if (!verified) ERR_clear_error();  // the thread's list of errors is read by others
  return verified;
}

Ed25519PrivateKey Ed25519PrivateKey::Generate() {
  return Ed25519PrivateKey(Own(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")));
}

std::optional<Ed25519PrivateKey> Ed25519PrivateKey::FromSeed(absl::string_view seed) {
  if (seed.size() != kEd25519KeyBytes) return std::nullopt;
  return Ed25519PrivateKey(
      Own(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, Bytes(seed), seed.size())));
}

std::string Ed25519PrivateKey::Sign(absl::string_view message) const {
  const Context context = NewContext();
  std::string signature(kEd25519SignatureBytes, '\0');
  size_t size = signature.size();
  Require(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1 &&
          EVP_DigestSign(context.get(), Room(&signature), &size, Bytes(message), message.size()) == 1 &&
          size == signature.size());
  return signature;
}

Ed25519PublicKey Ed25519PrivateKey::public_key() const {
  std::string bytes(kEd25519KeyBytes, '\0');
  size_t size = bytes.size();
  Require(EVP_PKEY_get_raw_public_key(key_.get(), Room(&bytes), &size) == 1 && size == bytes.size());
  return *Ed25519PublicKey::FromBytes(bytes);
}

std::string Ed25519PrivateKey::Seed() const {
  std::string seed(kEd25519KeyBytes, '\0');
  size_t size = seed.size();
  Require(EVP_PKEY_get_raw_private_key(key_.get(), Room(&seed), &size) == 1 && size == seed.size());
  return seed;
}

void Wipe(std::string* secret) {
  OPENSSL_cleanse(secret->data(), secret->size());
  secret->clear();
}

}  // namespace attain::proofs
