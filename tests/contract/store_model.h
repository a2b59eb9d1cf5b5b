// What a store must hold, kept in plain maps: the oracle of the property tests.
#ifndef ATTAIN_TESTS_CONTRACT_STORE_MODEL_H_
#define ATTAIN_TESTS_CONTRACT_STORE_MODEL_H_

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "storage/store.h"

namespace attain::storage {

using Random = std::mt19937_64;

inline uint64_t Below(Random& random, uint64_t bound) {
  return random() % bound;
}

struct ModelEntry {
  std::string payload;
  absl::Time time;
};

// One live key of a scan.
using ModelRow = std::pair<std::string, Versioned>;

class StoreModel {
 public:
  Revision head() const { return entries_.size(); }
  const std::vector<ModelEntry>& entries() const { return entries_; }
  const std::map<std::string, std::string>& once() const { return once_; }

  // Writes belong to revision head() + 1 until Finish or Cancel.
  void Put(const std::string& key, std::optional<std::string> value) {
    values_[key].insert_or_assign(head() + 1, std::move(value));
    open_keys_.push_back(key);
  }
  // `key` must be new.
  void PutOnce(const std::string& key, const std::string& value) {
    once_[key] = value;
    open_once_.push_back(key);
  }
  void Finish(std::string payload, absl::Time time) {
    entries_.push_back({std::move(payload), time});
    open_keys_.clear();
    open_once_.clear();
  }
  void Cancel() {
    for (const std::string& key : open_keys_) values_[key].erase(head() + 1);
    for (const std::string& key : open_once_) once_.erase(key);
    open_keys_.clear();
    open_once_.clear();
  }

  std::optional<Versioned> Get(const std::string& key, Revision at) const;
  std::vector<ModelRow> Scan(const std::string& begin, const std::string& end, Revision at) const;
  std::vector<Versioned> History(const std::string& key, Revision at) const;

 private:
  std::map<std::string, std::map<Revision, std::optional<std::string>>> values_;
  std::map<std::string, std::string> once_;
  std::vector<ModelEntry> entries_;
  std::vector<std::string> open_keys_, open_once_;  // what Cancel takes back
};

// A key out of few, among them keys that begin other keys and bytes 0x00 and 0xFF.
std::string RandomKey(Random& random);

// A group of up to `max_entries` random entries, some of them cancelled; every write is read back at once.
// `model`, which holds what the groups before wrote, becomes what the store must hold if this one is there
// too.
absl::StatusOr<std::unique_ptr<Group>> FillRandomGroup(Store* store, size_t max_entries,
                                                       size_t max_value_bytes, Random& random,
                                                       StoreModel* model);

// The same with its commit, whose result it gives.
absl::Status CommitRandomGroup(Store* store, size_t max_entries, size_t max_value_bytes, Random& random,
                               StoreModel* model);

// Fails the running test where the store differs from the model: all reads at the head and at `samples`
// random revisions, the journal and its chain, request ids, times.
void ExpectHolds(const Store& store, const StoreModel& model, size_t samples, Random& random);

}  // namespace attain::storage

#endif  // ATTAIN_TESTS_CONTRACT_STORE_MODEL_H_
