// Decoded values by key and revision, least recently used ones dropped. A version never changes, so nothing
// is ever stale.
#ifndef ATTAIN_SERVICE_STATE_VERSION_CACHE_H_
#define ATTAIN_SERVICE_STATE_VERSION_CACHE_H_

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "storage/mutex.h"

namespace attain::engine {

// Thread-safe.
template <typename Value>
class VersionCache {
 public:
  explicit VersionCache(size_t limit_bytes) : limit_(limit_bytes) {}

  // Null when it is not there.
  std::shared_ptr<const Value> Find(const std::string& key, uint64_t revision) ATTAIN_EXCLUDES(mutex_) {
    storage::MutexLock lock(&mutex_);
    auto it = index_.find(absl::StrCat(key, "@", revision));
    if (it == index_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, it->second);
    return it->second->value;
  }

  // Keeps at least the newest, however large it is.
  void Put(const std::string& key, uint64_t revision, std::shared_ptr<const Value> value, size_t bytes)
      ATTAIN_EXCLUDES(mutex_) {
    std::string full = absl::StrCat(key, "@", revision);
    storage::MutexLock lock(&mutex_);
    if (index_.contains(full)) return;
    bytes_ += bytes;
    entries_.push_front({full, std::move(value), bytes});
    index_[std::move(full)] = entries_.begin();
    while (bytes_ > limit_ && entries_.size() > 1) {
      bytes_ -= entries_.back().bytes;
      index_.erase(entries_.back().key);
      entries_.pop_back();
    }
  }

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const Value> value;
    size_t bytes = 0;
  };
  const size_t limit_;
  storage::Mutex mutex_;
  size_t bytes_ ATTAIN_GUARDED_BY(mutex_) = 0;
  std::list<Entry> entries_ ATTAIN_GUARDED_BY(mutex_);  // most recent first
  absl::flat_hash_map<std::string, typename std::list<Entry>::iterator> index_ ATTAIN_GUARDED_BY(mutex_);
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_VERSION_CACHE_H_
