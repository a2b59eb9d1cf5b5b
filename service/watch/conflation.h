// LATEST_STATE: what was before and what is after many revisions, without the steps between.
#ifndef ATTAIN_SERVICE_WATCH_CONFLATION_H_
#define ATTAIN_SERVICE_WATCH_CONFLATION_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "service/watch/selection.h"

namespace attain::watch {

// Thread-compatible.
class Conflation {
 public:
  // Starts behind `after`, whose journal hash begins with `hash`.
  Conflation(SelectionPtr selection, Revision after, std::string hash);

  // Entries come in order of revisions.
  void Add(const Entry& entry);
  // Resources touched so far: what it takes in memory.
  size_t size() const { return events_.size(); }
  Revision revision() const { return stamp_.revision; }
  const std::string& hash() const { return stamp_.hash; }
  // CHANGES as of the last entry; none when nothing that is wanted differs.
  Messages Render() const;

 private:
  const SelectionPtr selection_;
  Selection::Stamp stamp_;
  std::vector<Event> events_;  // in order of first change
  absl::flat_hash_map<std::pair<int, std::string>, size_t> index_;
};

}  // namespace attain::watch

#endif  // ATTAIN_SERVICE_WATCH_CONFLATION_H_
