#include "service/calls/key_pair.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

namespace attain::calls {
namespace {

template <typename T, void (*Free)(T*)>
struct Deleter {
  void operator()(T* object) const { Free(object); }
};
using Certificate = std::unique_ptr<X509, Deleter<X509, X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY, EVP_PKEY_free>>;
using Bio = std::unique_ptr<BIO, Deleter<BIO, BIO_free_all>>;

Bio Open(const std::string& text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

// A key with a password is refused: nobody is there to type it.
int NoPassword(char*, int, int, void*) {
  return -1;
}

}  // namespace

absl::Status CheckKeyPair(const std::string& certificate, const std::string& key) {
  const Bio certificate_text = Open(certificate), key_text = Open(key);
  const Certificate parsed(PEM_read_bio_X509(certificate_text.get(), nullptr, NoPassword, nullptr));
  const Key parsed_key(PEM_read_bio_PrivateKey(key_text.get(), nullptr, NoPassword, nullptr));
  const bool fits = parsed != nullptr && parsed_key != nullptr &&
                    X509_check_private_key(parsed.get(), parsed_key.get()) == 1;
  ERR_clear_error();
  if (parsed == nullptr)
    return absl::InvalidArgumentError("the TLS certificate is not PEM text of a certificate");
  if (parsed_key == nullptr)
    return absl::InvalidArgumentError("the TLS key is not PEM text of a private key without a password");
  if (!fits) return absl::InvalidArgumentError("the TLS key does not belong to the certificate");
  return absl::OkStatus();
}

}  // namespace attain::calls
