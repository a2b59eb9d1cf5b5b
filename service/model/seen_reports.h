// What was reported of one row before: for the question whether a report is there already.
#ifndef ATTAIN_SERVICE_MODEL_SEEN_REPORTS_H_
#define ATTAIN_SERVICE_MODEL_SEEN_REPORTS_H_

#include <cstdint>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "attain/storage/v1/state.pb.h"

namespace attain::engine {

// Sixteen bytes a report. Thread-compatible value.
class SeenReports {
 public:
  void Add(const attain::storage::v1::ActualState& actual) {
    hashes_.insert(HashOf(actual));
    if (actual.date() < last_day_) return;
    last_day_ = actual.date();
    last_number_ = actual.number();
  }
  // Whether a report of the same day with the same value was added.
  bool Has(const attain::storage::v1::ActualState& actual) const { return hashes_.contains(HashOf(actual)); }

  // Of the newest report by its day; empty without reports, and without number (a ratio).
  const std::string& last_day() const { return last_day_; }
  const std::string& last_number() const { return last_number_; }

 private:
  static uint64_t HashOf(const attain::storage::v1::ActualState& actual) {
    return absl::HashOf(actual.date(), actual.number(), actual.report().numerator(),
                        actual.report().denominator());
  }

  absl::flat_hash_set<uint64_t> hashes_;
  std::string last_day_, last_number_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_MODEL_SEEN_REPORTS_H_
