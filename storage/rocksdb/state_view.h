// Reads of versioned keys: the one implementation behind readers and groups.
#ifndef ATTAIN_STORAGE_ROCKSDB_STATE_VIEW_H_
#define ATTAIN_STORAGE_ROCKSDB_STATE_VIEW_H_

#include <atomic>
#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "rocksdb/db.h"
#include "storage/rocksdb/database.h"
#include "storage/rocksdb/newest_revisions.h"
#include "storage/store.h"

namespace attain::storage {

// The committed state at one revision, which must have been committed before the view was made. Thread-safe;
// must not outlive the database. Keeps an iterator between reads (making one costs as much as a read), which
// holds on to the memory of that time: views are made per request, not kept.
class StateView {
 public:
  // Up to `unchanged_until` no key is written that this view is asked for with Get: `revision` for a reader,
  // the end of the group before for a group, which looks there first.
  StateView(const Database* database, NewestRevisions* newest, Revision revision, Revision unchanged_until)
      : database_(database), newest_(newest), revision_(revision), unchanged_until_(unchanged_until) {}
  ~StateView() { delete spare_.load(); }
  StateView(const StateView&) = delete;
  StateView& operator=(const StateView&) = delete;

  Revision revision() const { return revision_; }
  absl::StatusOr<std::optional<Versioned>> Get(absl::string_view key) const;
  std::optional<Revision> KnownRevision(absl::string_view key) const;
  // Newest live value of every key in [begin, end); an empty `end` means no upper bound.
  absl::Status Scan(absl::string_view begin, absl::string_view end, const ScanVisitor& visitor) const;
  // Live versions of `key`, newest first.
  absl::Status History(absl::string_view key, const ScanVisitor& visitor) const;

 private:
  // The version that `newest_` knows of; false when it knows none, or none that this view may show.
  bool GetKnown(absl::string_view key, absl::StatusOr<std::optional<Versioned>>* found) const;
  std::unique_ptr<rocksdb::Iterator> TakeIterator() const;
  void GiveBack(std::unique_ptr<rocksdb::Iterator> it) const;

  const Database* const database_;
  NewestRevisions* const newest_;
  const Revision revision_, unchanged_until_;
  // Seeks within one key only. Any iterator made after `revision_` was committed shows the same versions up
  // to it.
  mutable std::atomic<rocksdb::Iterator*> spare_{nullptr};
};

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_STATE_VIEW_H_
