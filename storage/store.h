// The journal and the versioned store: one ordered list of entries, and values that are never overwritten.
//
// Knows nothing of targets or scores. Groups are filled one after the other, and committed in the same order;
// any number of threads read. A read at a revision returns the same bytes for ever.
#ifndef ATTAIN_STORAGE_STORE_H_
#define ATTAIN_STORAGE_STORE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "proofs/tiles.h"
#include "storage/epochs.h"
#include "storage/key_codec.h"

namespace attain::storage {

// Position in the journal: 1, 2, 3, … without gaps; 0 = before the first entry.
using Revision = uint64_t;

struct Head {
  Revision revision = 0;
  std::string hash;  // SHA-256 of the newest entry, 32 bytes; 32 zero bytes at revision 0
  absl::Time time = absl::InfinitePast();  // recorded time of the newest entry; never goes backwards
};

// How an entry's payload goes into its hash. The number is on disk for ever.
enum class EntryForm : uint8_t {
  kWhole = 0,  // as one: so were all entries of schema 1 and 2
  kParts = 1,  // in parts that can be shown by themselves (entry_parts.h, proofs/leaf.h)
};

struct JournalRecord {
  Revision revision = 0;
  absl::Time time;
  std::string previous_hash;
  std::string hash;
  EntryForm form = EntryForm::kWhole;
  std::string payload;  // the caller's event bytes, as given
  // Of form kParts: how many parts there are, and the root over them as it was written. VerifyJournal checks
  // it.
  uint32_t parts = 0;
  proofs::Hash root{};
};

struct Versioned {
  Revision revision = 0;  // the revision that wrote this value
  std::string value;
};

// Called for each key in order; return false to stop. The views are valid during the call.
using ScanVisitor = std::function<bool(absl::string_view key, Revision revision, absl::string_view value)>;
using JournalVisitor = std::function<bool(const JournalRecord&)>;

// Keys are made by KeyBuilder: scans are in key order because no key of another make is among them. In every
// scan an empty `end` means no upper bound. Reads fail with DATA_LOSS when the disk's bytes are damaged,
// UNAVAILABLE when the disk fails.

// What one committed group of commands writes. Not thread-safe: one thread at a time. Must not outlive the
// store. Life: Begin → { StartEntry → Put/PutOnce/Erase → FinishEntry(payload) | CancelEntry }* → Seal →
// Commit.
//
// So that the disk is not waited for, a sealed group may be committed by another thread while the next one is
// filled: that one reads what the sealed group wrote, and readers do not until it is committed.
class Group {
 public:
  // A group that is sealed, has entries and was never committed takes the store's health with it: the next
  // one may stand on its writes.
  virtual ~Group() = default;

  // Opens the entry of the next revision and returns it. Reads and writes until FinishEntry belong to it.
  virtual Revision StartEntry() = 0;

  // Newest value of `key` as of this group (its own writes and those of the group before included).
  virtual absl::StatusOr<std::optional<Versioned>> Get(absl::string_view key) = 0;

  // Newest live value of every key in [begin, end), in key order, as of this group. The visitor must not
  // write.
  virtual absl::Status Scan(absl::string_view begin, absl::string_view end, const ScanVisitor& visitor) = 0;

  // Sets the value of a versioned key as of the open entry. The last Put or Erase of one key within one entry
  // wins.
  virtual void Put(absl::string_view key, absl::string_view value) = 0;
  // Ends the key's life as of the open entry: reads at this revision or later do not find it.
  virtual void Erase(absl::string_view key) = 0;

  // Value without versions, for request ids: written once with its effect. Kept outside the versioned keys.
  virtual void PutOnce(absl::string_view key, absl::string_view value) = 0;
  virtual absl::StatusOr<std::optional<std::string>> GetOnce(absl::string_view key) = 0;
  // GetOnce of these keys will follow: a hint to look them up in one go, which costs half of one by one.
  virtual void ExpectOnce(const std::vector<std::string>& keys) = 0;

  // Closes the entry: `payload` goes into the journal, chained to the entry before. `time` is cut to whole
  // microseconds and raised to the head's time when it is earlier, so recorded times never go backwards;
  // returns what was written. A payload of form kParts that is none (entry_parts.h) fails the commit.
  virtual absl::Time FinishEntry(absl::string_view payload, absl::Time time, EntryForm form) = 0;
  absl::Time FinishEntry(absl::string_view payload, absl::Time time) {
    return FinishEntry(payload, time, EntryForm::kWhole);
  }
  // Undoes everything since StartEntry.
  virtual void CancelEntry() = 0;

  // Number of finished entries.
  virtual size_t size() const = 0;

  // Ends the writing: an entry that is still open is cancelled, and the store lets the next group begin, also
  // before this one is committed. Only size, Seal (which then does nothing) and Commit may follow.
  virtual void Seal() = 0;

  // One atomic synced write of a group, which is sealed first if it is not; a group without entries writes
  // nothing. On any error the outcome is unknown (the group may be there after reopening), the store refuses
  // every later Begin and Commit (UNAVAILABLE) until it is reopened, and healthy() is false: nothing that was
  // decided on top of a failed group is ever committed. Once per group, and in the order of Begin:
  // FAILED_PRECONDITION after that, or when the group before is not committed yet.
  virtual absl::Status Commit() = 0;
};

// A consistent view at one revision. Cheap to make, thread-safe, must not outlive the store. Holds on to
// memory of the time it was first used: make one per request rather than keeping it.
class Reader {
 public:
  virtual ~Reader() = default;
  virtual Revision revision() const = 0;
  virtual absl::StatusOr<std::optional<Versioned>> Get(absl::string_view key) const = 0;
  // The revision of what Get would find, when that is known without reading; nullopt says nothing. Exact for
  // a key that was written there; for others it may be any number. So: good for asking a cache that is filled
  // from Get and asked by key and revision, and for nothing else.
  virtual std::optional<Revision> KnownRevision(absl::string_view key) const = 0;
  // Newest live value of every key in [begin, end), in key order.
  virtual absl::Status Scan(absl::string_view begin, absl::string_view end,
                            const ScanVisitor& visitor) const = 0;
  // Values of one key with revision ≤ this reader's, newest first. Erasures are skipped.
  virtual absl::Status History(absl::string_view key, const ScanVisitor& visitor) const = 0;
};

class Inspection;  // inspection.h

// Thread-safe.
class Store {
 public:
  virtual ~Store() = default;

  virtual Head head() const = 0;
  // False after a failed commit or when the disk failed in the background; for good, until the store is
  // reopened.
  virtual bool healthy() const = 0;
  virtual std::string store_id() const = 0;  // 32 hex digits, made when the store was created
  // The same for as long as the store is open. Revisions of another epoch may have been other entries.
  virtual const Epochs& epochs() const = 0;
  uint32_t epoch() const { return epochs().current(); }
  // Waits for the groups that were begun already, as far as they may have entries recorded at or before
  // `time`; at most so long, then false. So when `time` is over, no later entry can lie there.
  virtual bool AwaitEntriesUpTo(absl::Time time, absl::Duration limit) const = 0;

  // FAILED_PRECONDITION when a group is open (alive and not sealed) or two sealed ones are not committed yet,
  // UNAVAILABLE when the store is not healthy.
  virtual absl::StatusOr<std::unique_ptr<Group>> Begin() = 0;

  // OUT_OF_RANGE when `revision` is above the head.
  virtual absl::StatusOr<std::unique_ptr<Reader>> ReadAt(Revision revision) const = 0;
  // Newest revision whose recorded time is ≤ `time`; 0 when there is none. O(log n).
  virtual absl::StatusOr<Revision> RevisionAt(absl::Time time) const = 0;
  virtual absl::StatusOr<std::optional<std::string>> GetOnce(absl::string_view key) const = 0;

  // Journal entries from `from` (inclusive; 0 means 1) to the head as it was at the call, in order. DATA_LOSS
  // when an entry is missing or does not parse. The chain of hashes is not checked: see VerifyJournal.
  virtual absl::Status ReadJournal(Revision from, const JournalVisitor& visitor) const = 0;
  // Recomputes the chain over [1, head]. DATA_LOSS names the first revision that does not fit. `progress` may
  // be null; it is called now and then, and at the end. Commits may go on meanwhile.
  virtual absl::Status VerifyJournal(
      const std::function<void(Revision done, Revision total)>& progress) const = 0;

  // Full tiles of the tree over the journal's leaves (proofs/tiles.h). They follow from the journal: written
  // once, never on the way of a commit, and not made durable by themselves: after a crash the newest ones may
  // be missing, and with one those above and behind it.
  virtual absl::Status PutTiles(const std::vector<proofs::TileContent>& tiles) = 0;
  // The tile's 8,192 bytes; nullopt when it was not written.
  virtual absl::StatusOr<std::optional<std::string>> GetTile(int level, uint64_t number) const = 0;
  // How many tiles of level 0 there are, from the first one without a gap.
  virtual absl::StatusOr<uint64_t> CountTiles() const = 0;
  // What lies on disk now, for verification; commits may go on meanwhile.
  virtual absl::StatusOr<std::unique_ptr<Inspection>> Inspect() const = 0;

  // A consistent copy that opens as a store of its own. ALREADY_EXISTS when there is something at
  // `directory`.
  virtual absl::Status Checkpoint(absl::string_view directory) = 0;
  // SHA-256 over everything but the store id, in key order: what two rebuilt stores must agree on. For tests
  // and audits: reads the whole store.
  virtual absl::StatusOr<std::string> ContentDigest() const = 0;
};

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_STORE_H_
