// SHA-256 of a sequence of byte strings.
#ifndef ATTAIN_PROOFS_SHA256_H_
#define ATTAIN_PROOFS_SHA256_H_

#include <array>

#include "absl/strings/string_view.h"

struct evp_md_ctx_st;

namespace attain::proofs {

inline constexpr size_t kHashBytes = 32;
using Hash = std::array<char, kHashBytes>;

inline absl::string_view View(const Hash& hash) {
  return {hash.data(), hash.size()};
}

// Add any number of times, then Finish; then the object starts over, so one is reused for many digests
// (making one costs more than hashing a journal entry). Thread-compatible.
class Sha256 {
 public:
  // Ends the process when the crypto library offers no SHA-256: without it no entry can be written or
  // checked.
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void Add(absl::string_view bytes);
  Hash Finish();

 private:
  evp_md_ctx_st* const context_;
};

// One for each thread, for who makes single digests. Give it all of a digest and take the hash before other
// code may use it: what was added and not finished belongs to the next digest.
Sha256& ThreadSha256();

}  // namespace attain::proofs

#endif  // ATTAIN_PROOFS_SHA256_H_
