#include "service/verify/record_sums.h"

#include <cstring>
#include <random>

#include "absl/hash/hash.h"
#include "storage/key_codec.h"
#include "storage/sha256.h"

namespace attain::engine {
namespace {

constexpr size_t kSaltBytes = 32;
constexpr char kOnceKind = 2;  // of versions it is whether they live

}  // namespace

std::string RandomSalt() {
  std::random_device random;
  std::string salt;
  while (salt.size() < kSaltBytes) {
    const uint32_t bytes = random();
    salt.append(reinterpret_cast<const char*>(&bytes), sizeof(bytes));
  }
  return salt;
}

uint32_t RecordSums::BucketOf(absl::string_view key) {
  return static_cast<uint32_t>(absl::Hash<absl::string_view>()(key) % kBuckets);
}

void RecordSums::AddVersion(const storage::StoredVersion& version) {
  std::string kind(1, version.live ? 1 : 0);
  storage::AppendBigEndian(version.revision, &kind);
  Add(kind, version.key, version.value);
}

void RecordSums::AddOnce(absl::string_view key, absl::string_view value) {
  Add(absl::string_view(&kOnceKind, 1), key, value);
}

void RecordSums::Add(absl::string_view kind, absl::string_view key, absl::string_view value) {
  std::string head = salt_;
  head.append(kind.data(), kind.size());
  storage::AppendBigEndian(key.size(), &head);
  thread_local storage::Sha256 sha;
  sha.Add(head);
  sha.Add(key);
  sha.Add(value);
  const storage::Hash digest = sha.Finish();
  uint64_t low = 0, high = 0;
  std::memcpy(&low, digest.data(), sizeof(low));
  std::memcpy(&high, digest.data() + sizeof(low), sizeof(high));
  Sum& sum = sums_[BucketOf(key)];
  sum.low += low;
  sum.high += high;
}

std::vector<uint32_t> RecordSums::Differing(const RecordSums& other) const {
  std::vector<uint32_t> buckets;
  for (uint32_t i = 0; i < kBuckets; ++i) {
    if (sums_[i].low != other.sums_[i].low || sums_[i].high != other.sums_[i].high) buckets.push_back(i);
  }
  return buckets;
}

bool Doubts::Add(const std::vector<uint32_t>& buckets) {
  bool fresh = false;
  for (const uint32_t bucket : buckets) {
    fresh = fresh || !buckets_[bucket];
    buckets_[bucket] = any_ = true;
  }
  return fresh;
}

}  // namespace attain::engine
