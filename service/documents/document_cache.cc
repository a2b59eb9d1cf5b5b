#include "service/documents/document_cache.h"

namespace attain::documents {

DocumentCache::Document DocumentCache::Find(const std::string& key) {
  storage::MutexLock lock(&mutex_);
  const auto it = index_.find(key);
  if (it == index_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, it->second);
  return it->second->document;
}

void DocumentCache::Put(const std::string& key, Document document) {
  const size_t bytes = document->SpaceUsedLong();
  if (bytes > limit_) return;
  std::list<Entry> dropped;  // freed behind the lock
  storage::MutexLock lock(&mutex_);
  if (index_.contains(key)) return;  // two calls read it at the same time
  entries_.push_front({key, std::move(document), bytes});
  index_[key] = entries_.begin();
  bytes_ += bytes;
  while (bytes_ > limit_) {
    bytes_ -= entries_.back().bytes;
    index_.erase(entries_.back().key);
    dropped.splice(dropped.begin(), entries_, std::prev(entries_.end()));
  }
}

}  // namespace attain::documents
