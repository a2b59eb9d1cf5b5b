// What one group writes: the batch for RocksDB, and an index of it for the reads of this group and the next.
#ifndef ATTAIN_STORAGE_ROCKSDB_GROUP_WRITES_H_
#define ATTAIN_STORAGE_ROCKSDB_GROUP_WRITES_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "rocksdb/write_batch.h"
#include "storage/store.h"

namespace attain::storage {

// Where the group wrote a value: bytes of its batch.
struct Written {
  Revision revision = 0;
  bool live = true;
  size_t offset = 0, size = 0;
};

// By key. A plain ordered map of our own is faster than rocksdb::WriteBatchWithIndex, whose reads go through
// a merging iterator.
class Overlay {
 public:
  using Map = std::map<std::string, Written, std::less<>>;

  const Map& map() const { return map_; }
  // Null when the group did not write the key.
  const Written* Find(absl::string_view key) const {
    const auto it = map_.find(std::string_view(key.data(), key.size()));
    return it == map_.end() ? nullptr : &it->second;
  }
  Map::const_iterator LowerBound(absl::string_view key) const {
    return map_.lower_bound(std::string_view(key.data(), key.size()));
  }

  void Set(absl::string_view key, Written value) {
    const auto [it, fresh] = map_.try_emplace(std::string(key));
    undo_.emplace_back(it, fresh ? std::nullopt : std::optional<Written>(it->second));
    it->second = value;
  }
  // Keeps what was set since the last Keep or Undo.
  void Keep() { undo_.clear(); }
  void Undo() {
    for (auto it = undo_.rbegin(); it != undo_.rend(); ++it) {
      if (it->second.has_value()) {
        it->first->second = *it->second;
      } else {
        map_.erase(it->first);
      }
    }
    undo_.clear();
  }

 private:
  Map map_;
  std::vector<std::pair<Map::iterator, std::optional<Written>>> undo_;
};

// Belongs to its group until that is sealed; from then on any thread may read it, also while RocksDB writes
// the batch: of that it changes the header alone, where no value lies.
struct GroupWrites {
  absl::string_view ValueOf(const Written& written) const {
    return absl::string_view(batch.Data()).substr(written.offset, written.size);
  }

  Head head;           // with the finished entries
  size_t entries = 0;  // finished
  rocksdb::WriteBatch batch;
  Overlay versioned, once;
};

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_GROUP_WRITES_H_
