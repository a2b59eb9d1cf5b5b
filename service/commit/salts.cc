#include "service/commit/salts.h"

#include <openssl/rand.h>

#include "storage/entry_parts.h"

namespace attain::engine {
namespace {

constexpr size_t kPoolBytes = 128 * storage::kSaltBytes;

}  // namespace

absl::Status Salts::Next(std::string* salt) {
  if (pool_.empty()) {
    pool_.resize(kPoolBytes);
    if (RAND_bytes(reinterpret_cast<unsigned char*>(&pool_[0]), kPoolBytes) != 1) {
      pool_.clear();
      return absl::UnavailableError("the system gives no random numbers for the salt of an entry");
    }
  }
  salt->assign(pool_, pool_.size() - storage::kSaltBytes, storage::kSaltBytes);
  pool_.resize(pool_.size() - storage::kSaltBytes);
  return absl::OkStatus();
}

}  // namespace attain::engine
