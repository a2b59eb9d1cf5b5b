#include "service/watch/ring.h"

#include <algorithm>

namespace attain::watch {

void Ring::Append(const std::vector<EntryPtr>& entries) {
  std::vector<EntryPtr> dropped;  // freed without the lock
  storage::MutexLock lock(&mutex_);
  for (const EntryPtr& entry : entries) {
    entries_.push_back(entry);
    bytes_ += entry->bytes;
  }
  while (bytes_ > limit_ && entries_.size() > 1) {
    bytes_ -= entries_.front()->bytes;
    dropped.push_back(std::move(entries_.front()));
    entries_.pop_front();
  }
}

void Ring::Clear() {
  std::deque<EntryPtr> dropped;
  storage::MutexLock lock(&mutex_);
  dropped.swap(entries_);
  bytes_ = 0;
}

bool Ring::Read(Revision after, const Portion& portion, std::vector<EntryPtr>* entries) const {
  storage::MutexLock lock(&mutex_);
  if (entries_.empty() || entries_.front()->revision > after + 1) return false;
  const size_t first = after + 1 - entries_.front()->revision;
  size_t bytes = 0;
  for (size_t i = first; i < entries_.size() && i - first < portion.entries && bytes < portion.bytes; ++i) {
    entries->push_back(entries_[i]);
    bytes += entries_[i]->bytes;
  }
  return true;
}

size_t Ring::bytes() const {
  storage::MutexLock lock(&mutex_);
  return bytes_;
}

}  // namespace attain::watch
