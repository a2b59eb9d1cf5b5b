#include "storage/backup/chunk_cipher.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <cstdlib>

namespace attain::storage {
namespace {

constexpr size_t kNonceBytes = 12;
using Nonce = std::array<unsigned char, kNonceBytes>;

// OpenSSL fails here only for want of memory or of the algorithm itself: nothing may be written then.
void Require(bool done) {
  if (!done) std::abort();
}

Nonce NonceOf(uint64_t number, bool last) {
  Nonce nonce{};
  for (int i = 0; i < 8; ++i) nonce[i] = static_cast<unsigned char>(number >> (8 * (7 - i)));
  nonce[kNonceBytes - 1] = last ? 1 : 0;
  return nonce;
}

unsigned char* Bytes(std::string* text) {
  return reinterpret_cast<unsigned char*>(text->data());
}
const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

ChunkCipher::ChunkCipher(absl::string_view key) : key_(key), context_(EVP_CIPHER_CTX_new()) {
  Require(context_ != nullptr && key_.size() == 32);
}

ChunkCipher::~ChunkCipher() {
  EVP_CIPHER_CTX_free(context_);
}

std::string ChunkCipher::Seal(uint64_t number, bool last, absl::string_view plain) {
  const Nonce nonce = NonceOf(number, last);
  std::string sealed(plain.size() + kTagBytes, '\0');
  int length = 0;
  Require(EVP_EncryptInit_ex(context_, EVP_aes_256_gcm(), nullptr, Bytes(absl::string_view(key_)),
                             nonce.data()) == 1 &&
          EVP_EncryptUpdate(context_, Bytes(&sealed), &length, Bytes(plain),
                            static_cast<int>(plain.size())) == 1 &&
          EVP_EncryptFinal_ex(context_, Bytes(&sealed) + length, &length) == 1 &&
          EVP_CIPHER_CTX_ctrl(context_, EVP_CTRL_GCM_GET_TAG, kTagBytes, Bytes(&sealed) + plain.size()) == 1);
  return sealed;
}

bool ChunkCipher::Open(uint64_t number, bool last, absl::string_view sealed, std::string* plain) {
  if (sealed.size() < kTagBytes) return false;
  const Nonce nonce = NonceOf(number, last);
  std::string tag(sealed.substr(sealed.size() - kTagBytes));
  sealed.remove_suffix(kTagBytes);
  plain->resize(sealed.size());
  int length = 0;
  Require(EVP_DecryptInit_ex(context_, EVP_aes_256_gcm(), nullptr, Bytes(absl::string_view(key_)),
                             nonce.data()) == 1 &&
          EVP_DecryptUpdate(context_, Bytes(plain), &length, Bytes(sealed),
                            static_cast<int>(sealed.size())) == 1 &&
          EVP_CIPHER_CTX_ctrl(context_, EVP_CTRL_GCM_SET_TAG, kTagBytes, tag.data()) == 1);
  return EVP_DecryptFinal_ex(context_, Bytes(plain) + length, &length) == 1;
}

absl::StatusOr<std::string> NewSalt() {
  std::string salt(kSaltBytes, '\0');
  if (RAND_bytes(Bytes(&salt), kSaltBytes) != 1)
    return absl::UnavailableError("no random numbers for an encrypted file");
  return salt;
}

}  // namespace attain::storage
