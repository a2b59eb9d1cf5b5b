#include "proofs/sha256.h"

#include <openssl/evp.h>

#include <cstdlib>

namespace attain::proofs {
namespace {

// OpenSSL fails here only for want of memory or of the algorithm itself; a wrong hash must never be written
// instead.
void Require(bool done) {
  if (!done) std::abort();
}

// Looked up once: a look-up by EVP_sha256() at every digest costs as much as the digest.
const EVP_MD* Algorithm() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return algorithm;
}

}  // namespace

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  Require(context_ != nullptr && Algorithm() != nullptr &&
          EVP_DigestInit_ex2(context_, Algorithm(), nullptr) == 1);
}

Sha256::~Sha256() {
  EVP_MD_CTX_free(context_);
}

void Sha256::Add(absl::string_view bytes) {
  Require(EVP_DigestUpdate(context_, bytes.data(), bytes.size()) == 1);
}

Hash Sha256::Finish() {
  Hash hash;
  Require(EVP_DigestFinal_ex(context_, reinterpret_cast<unsigned char*>(hash.data()), nullptr) == 1);
  Require(EVP_DigestInit_ex2(context_, nullptr, nullptr) == 1);
  return hash;
}

Sha256& ThreadSha256() {
  thread_local Sha256 sha;
  return sha;
}

}  // namespace attain::proofs
