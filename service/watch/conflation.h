// LATEST_STATE: what was before and what is after many revisions, without the steps between.
#ifndef ATTAIN_SERVICE_WATCH_CONFLATION_H_
#define ATTAIN_SERVICE_WATCH_CONFLATION_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "service/watch/ring.h"
#include "service/watch/selection.h"

namespace attain::watch {

// Thread-compatible.
class Conflation {
 public:
  // Starts behind `after`, whose journal hash begins with `hash`.
  Conflation(SelectionPtr selection, Revision after, std::string hash);

  // Entries come in order of revisions.
  void Add(const Entry& entry);
  // As many of them as it takes until it is full.
  void AddAll(const std::vector<EntryPtr>& entries);
  // Goes on through the ring until it has `until`, or is full; stays where it is when the ring does not reach
  // back that far. Not to the ring's end: that may move as fast as this reads.
  void AddFrom(const Ring& ring, Revision until);
  // It has 10,000 resources or, with the last entry, more: what it takes in memory is bounded.
  bool full() const { return events_.size() >= kMostResources; }
  // Resources touched so far.
  size_t size() const { return events_.size(); }
  Revision revision() const { return stamp_.revision; }
  const std::string& hash() const { return stamp_.hash; }
  // CHANGES as of the last entry; none when nothing that is wanted differs.
  Messages Render() const;

 private:
  static constexpr size_t kMostResources = 10'000;

  const SelectionPtr selection_;
  Selection::Stamp stamp_;
  std::vector<Event> events_;  // in order of first change
  absl::flat_hash_map<std::pair<int, std::string>, size_t> index_;
};

}  // namespace attain::watch

#endif  // ATTAIN_SERVICE_WATCH_CONFLATION_H_
