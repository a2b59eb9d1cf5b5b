// Documents that were read, so that a preview, the import behind it and a look at its cells read it once.
#ifndef ATTAIN_SERVICE_DOCUMENTS_DOCUMENT_CACHE_H_
#define ATTAIN_SERVICE_DOCUMENTS_DOCUMENT_CACHE_H_

#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "attain/document/v1/document.pb.h"
#include "storage/mutex.h"

namespace attain::documents {

// Thread-safe. The least recently used go first.
class DocumentCache {
 public:
  using Document = std::shared_ptr<const ::attain::document::v1::Document>;

  // Bytes of documents in memory; one that is larger by itself is not kept.
  explicit DocumentCache(size_t limit_bytes) : limit_(limit_bytes) {}

  // Null when it is not here.
  Document Find(const std::string& key) ATTAIN_EXCLUDES(mutex_);
  void Put(const std::string& key, Document document) ATTAIN_EXCLUDES(mutex_);

 private:
  struct Entry {
    std::string key;
    Document document;
    size_t bytes = 0;
  };

  const size_t limit_;
  storage::Mutex mutex_;
  size_t bytes_ ATTAIN_GUARDED_BY(mutex_) = 0;
  std::list<Entry> entries_ ATTAIN_GUARDED_BY(mutex_);  // most recent first
  absl::flat_hash_map<std::string, std::list<Entry>::iterator> index_ ATTAIN_GUARDED_BY(mutex_);
};

}  // namespace attain::documents

#endif  // ATTAIN_SERVICE_DOCUMENTS_DOCUMENT_CACHE_H_
