// The newest entries, one after another, for all streams.
#ifndef ATTAIN_SERVICE_WATCH_RING_H_
#define ATTAIN_SERVICE_WATCH_RING_H_

#include <cstddef>
#include <deque>
#include <vector>

#include "service/watch/entry.h"

namespace attain::watch {

// Thread-safe.
class Ring {
 public:
  // Holds at most `limit_bytes`, and at least the newest entry.
  explicit Ring(size_t limit_bytes) : limit_(limit_bytes) {}

  // Entries are the successors of what is there.
  void Append(const std::vector<EntryPtr>& entries) ATTAIN_EXCLUDES(mutex_);
  void Clear() ATTAIN_EXCLUDES(mutex_);

  // Appends the entries above `after` to `entries`, as many as the portion allows and at least one. False
  // when the ring does not reach back to `after` + 1.
  bool Read(Revision after, const Portion& portion, std::vector<EntryPtr>* entries) const
      ATTAIN_EXCLUDES(mutex_);
  size_t bytes() const ATTAIN_EXCLUDES(mutex_);

 private:
  const size_t limit_;
  mutable storage::Mutex mutex_;
  std::deque<EntryPtr> entries_ ATTAIN_GUARDED_BY(mutex_);
  size_t bytes_ ATTAIN_GUARDED_BY(mutex_) = 0;
};

}  // namespace attain::watch

#endif  // ATTAIN_SERVICE_WATCH_RING_H_
