// Everything that a store holds at one moment, as it lies on disk: what verification looks at. Readers
// (store.h) show what is expected to be there; here also what should not be there is met.
//
// Errors of all reads: DATA_LOSS when the disk's bytes are damaged, UNAVAILABLE when the disk fails.
#ifndef ATTAIN_STORAGE_INSPECTION_H_
#define ATTAIN_STORAGE_INSPECTION_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/store.h"

namespace attain::storage {

// One version of a key as it is stored; the views are valid during the call that gives it.
struct StoredVersion {
  absl::string_view key;
  Revision revision = 0;
  bool live = true;  // false: an erasure, without a value
  absl::string_view value;
};

// Something wrong with what lies on disk.
struct Flaw {
  std::string where;  // a file ("000012.sst"), or a family of records ("state")
  std::string what;   // in English, for the operator
};
using FlawVisitor = absl::FunctionRef<void(const Flaw&)>;

// Reads of the versioned values as they were at any revision. Faster than a Reader for each when many are
// made one behind the other. Thread-compatible; must not outlive its inspection.
class PastReads {
 public:
  virtual ~PastReads() = default;
  // Newest version ≤ `at`; nothing when there is none or it is an erasure.
  virtual absl::StatusOr<std::optional<Versioned>> Get(absl::string_view key, Revision at) = 0;
  // The same for every key in [begin, end), in key order; an empty `end` means no upper bound.
  virtual absl::Status Scan(absl::string_view begin, absl::string_view end, Revision at,
                            const ScanVisitor& visitor) = 0;
};

// One moment: what is committed later is not seen, and does not wait. Thread-safe. Must not outlive its
// store. Holds the moment's files on disk, so it is not kept longer than needed.
class Inspection {
 public:
  virtual ~Inspection() = default;

  virtual std::string store_id() const = 0;
  // The record of the head; revision 0 without one. DATA_LOSS when it is malformed.
  virtual absl::StatusOr<Head> ReadHead() const = 0;

  // The entries from `from` on in the order of the revisions that they are kept under, whatever their bytes
  // say and whether some are missing; until the visitor says false. `stray` hears of records among them that
  // have no place: a key or a value without form.
  using EntryVisitor = absl::FunctionRef<bool(Revision revision, absl::string_view bytes)>;
  virtual absl::Status ForEachEntry(Revision from, EntryVisitor visitor, FlawVisitor stray) const = 0;
  // Every version of every key, erasures too, in key order and newest first.
  using VersionVisitor = absl::FunctionRef<bool(const StoredVersion&)>;
  virtual absl::Status ForEachVersion(VersionVisitor visitor, FlawVisitor stray) const = 0;
  // Values without versions, in key order.
  using OnceVisitor = absl::FunctionRef<bool(absl::string_view key, absl::string_view value)>;
  virtual absl::Status ForEachOnce(OnceVisitor visitor) const = 0;
  // Tiles of the tree over the journal (store.h), by level and number.
  using TileVisitor = absl::FunctionRef<bool(int level, uint64_t number)>;
  virtual absl::Status ForEachTile(TileVisitor visitor, FlawVisitor stray) const = 0;
  // Records beside these four that belong to nothing.
  virtual absl::Status ForEachStray(FlawVisitor visitor) const = 0;

  // One version, as stored. The value is copied into `value`, which the result points to.
  virtual absl::StatusOr<std::optional<StoredVersion>> GetVersion(absl::string_view key, Revision revision,
                                                                  std::string* value) const = 0;
  virtual absl::StatusOr<std::optional<std::string>> GetOnce(absl::string_view key) const = 0;
  virtual absl::StatusOr<std::optional<std::string>> GetTile(int level, uint64_t number) const = 0;
  virtual std::unique_ptr<PastReads> NewPastReads() const = 0;

  // Reads every file of the store to its end and compares it with the checksums that were kept of it. Files
  // of earlier versions, of which none was kept, are checked block by block. `progress` is called after each
  // piece with bytes; false stops. The status says only whether the list of files could be read.
  using FileProgress = absl::FunctionRef<bool(uint64_t done, uint64_t total)>;
  virtual absl::Status CheckFiles(FileProgress progress, FlawVisitor visitor) const = 0;
};

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_INSPECTION_H_
