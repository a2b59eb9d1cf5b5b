// Records of the versioned values as an iterator meets them.
#ifndef ATTAIN_STORAGE_ROCKSDB_STATE_ROWS_H_
#define ATTAIN_STORAGE_ROCKSDB_STATE_ROWS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "rocksdb/iterator.h"
#include "storage/store.h"

namespace attain::storage {

// DATA_LOSS: a record that ReadRow does not take apart.
absl::Status MalformedValue();

// The record an iterator stands on, taken apart; the views last until it moves.
struct Row {
  absl::string_view key;
  Revision revision = 0;
  bool live = false;
  absl::string_view value;
};

// False when the record has not the form of a version.
bool ReadRow(const rocksdb::Iterator& it, Row* row);

// Walks the newest version ≤ `at` of each key, in key order. Thread-compatible.
class KeyWalk {
 public:
  // From where `it` stands, which it moves.
  KeyWalk(rocksdb::Iterator* it, Revision at) : it_(it), at_(at) {}

  // False at the end or on an error; then status() tells which.
  bool Next(Row* row);
  const absl::Status& status() const { return status_; }

 private:
  // Leaves `key_`, of which some version was met, for the next key.
  void LeaveKey();
  bool StandsOn(absl::string_view key) const;

  rocksdb::Iterator* const it_;
  const Revision at_;
  std::string key_;  // the key given last
  bool started_ = false;
  absl::Status status_;
};

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_STATE_ROWS_H_
