// Whether two sets of records are the same, found out in any order and without keeping them.
//
// A record's digest is a number of 128 bits: SHA-256 over a random salt, its key, its revision and its value.
// Sums of digests are equal when the sets are, and otherwise by a chance of 2^-128: who changed a
// record did not know the salt. So the writes of a replay, in the order of revisions, are compared with one
// pass over the store in the order of keys; no record is looked up. The sums are kept in buckets by key,
// which say where sets differ that do.
#ifndef ATTAIN_SERVICE_VERIFY_RECORD_SUMS_H_
#define ATTAIN_SERVICE_VERIFY_RECORD_SUMS_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "storage/inspection.h"

namespace attain::engine {

// 32 bytes that nobody can foresee.
std::string RandomSalt();

// Thread-compatible. 1 MiB.
class RecordSums {
 public:
  static constexpr uint32_t kBuckets = 1 << 16;

  // Sums can be compared when they have the same salt.
  explicit RecordSums(std::string salt) : salt_(std::move(salt)), sums_(kBuckets) {}

  void AddVersion(const storage::StoredVersion& version);
  void AddOnce(absl::string_view key, absl::string_view value);

  // Buckets that differ, in order.
  std::vector<uint32_t> Differing(const RecordSums& other) const;

  // The same within a process. Keys of versions and keys of values without share buckets.
  static uint32_t BucketOf(absl::string_view key);

 private:
  struct Sum {
    uint64_t low = 0, high = 0;
  };
  void Add(absl::string_view kind, absl::string_view key, absl::string_view value);

  std::string salt_;
  std::vector<Sum> sums_;
};

// Of versions and of values without versions, each by itself. Thread-compatible.
struct StoreSums {
  explicit StoreSums(const std::string& salt) : versions(salt), once(salt) {}
  RecordSums versions, once;
};

// Keys that are doubted: all of a bucket, or none of it. Thread-compatible.
class Doubts {
 public:
  bool Has(absl::string_view key) const { return any_ && buckets_[RecordSums::BucketOf(key)]; }
  bool any() const { return any_; }
  // False when all of them were doubted before.
  bool Add(const std::vector<uint32_t>& buckets);

 private:
  std::vector<bool> buckets_ = std::vector<bool>(RecordSums::kBuckets);
  bool any_ = false;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_VERIFY_RECORD_SUMS_H_
