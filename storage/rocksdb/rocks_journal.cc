// Reading, verifying and digesting what was written.
#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "rocksdb/snapshot.h"
#include "storage/entry_codec.h"
#include "storage/key_codec.h"
#include "storage/rocksdb/files/record_keys.h"
#include "storage/rocksdb/files/status.h"
#include "storage/rocksdb/rocks_store.h"

namespace attain::storage {
namespace {

// Long reads of old entries must not push everything else out of the block cache.
constexpr Revision kRecentEntries = 4096;
constexpr Revision kEntriesPerProgress = 10'000;

using BytesVisitor = std::function<absl::StatusOr<bool>(Revision revision, absl::string_view bytes)>;

// Gives the stored bytes of [from, to] in order until the visitor says false or fails.
absl::Status WalkJournal(const Database& database, rocksdb::ReadOptions options, Revision from, Revision to,
                         const BytesVisitor& visitor) {
  if (from > to) return absl::OkStatus();
  options.fill_cache = to - from < kRecentEntries;
  const std::string after_last = JournalKey(to + 1);
  const rocksdb::Slice upper(after_last);
  options.iterate_upper_bound = &upper;
  std::unique_ptr<rocksdb::Iterator> it(database.db()->NewIterator(options, database.family(kJournal)));
  it->Seek(JournalKey(from));
  for (Revision expected = from; expected <= to; ++expected, it->Next()) {
    if (!it->Valid() && !it->status().ok()) {
      return FromRocks(absl::StrCat("journal: revision ", expected), it->status());
    }
    if (!it->Valid() || it->key().size() != 8 || DecodeBigEndian(ToView(it->key())) != expected) {
      return EntryMissing(expected);
    }
    const absl::StatusOr<bool> go_on = visitor(expected, ToView(it->value()));
    if (!go_on.ok()) return go_on.status();
    if (!*go_on) return absl::OkStatus();
  }
  return absl::OkStatus();
}

// DATA_LOSS when an entry stands behind `newest`: somebody wrote past the store.
absl::Status RequireEnd(const Database& database, const rocksdb::ReadOptions& options, Revision newest) {
  std::unique_ptr<rocksdb::Iterator> it(database.db()->NewIterator(options, database.family(kJournal)));
  it->Seek(JournalKey(newest + 1));
  if (!it->Valid()) return FromRocks("journal: its end", it->status());
  return absl::DataLossError(absl::StrCat("journal: an entry stands behind the newest revision ", newest));
}

// What two stores with the same history need not have in common.
bool IsOfTheCopy(const rocksdb::Slice& meta_key) {
  return meta_key == kStoreIdKey || meta_key == kEpochKey || meta_key == kMarkedKey;
}

absl::Status DigestFamily(const Database& database, rocksdb::ReadOptions options, Family family,
                          Sha256* sha) {
  const auto add = [sha](absl::string_view bytes) {
    std::string length;
    AppendBigEndian(bytes.size(), &length);
    sha->Add(length);
    sha->Add(bytes);
  };
  add(kFamilyNames[family]);
  options.total_order_seek = true;
  options.fill_cache = false;
  std::unique_ptr<rocksdb::Iterator> it(database.db()->NewIterator(options, database.family(family)));
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    if (family == kMeta && IsOfTheCopy(it->key())) continue;
    add(ToView(it->key()));
    add(ToView(it->value()));
  }
  return FromRocks(absl::StrCat("digest ", kFamilyNames[family]), it->status());
}

}  // namespace

absl::Status RocksStore::ReadJournal(Revision from, const JournalVisitor& visitor) const {
  JournalRecord record;  // reused: its strings keep their memory from entry to entry
  return WalkJournal(*database_, rocksdb::ReadOptions(), from == 0 ? 1 : from, newest_,
                     [&](Revision revision, absl::string_view bytes) -> absl::StatusOr<bool> {
                       EntryView entry;
                       if (!DecodeEntry(bytes, &entry)) return EntryMalformed(revision);
                       if (entry.revision != revision) return EntryMissing(revision);
                       record.revision = revision;
                       record.time = entry.time;
                       record.previous_hash.assign(entry.previous_hash.data(), entry.previous_hash.size());
                       record.hash.assign(entry.hash.data(), entry.hash.size());
                       record.form = entry.form;
                       record.parts = entry.parts;
                       std::copy(entry.root.begin(), entry.root.end(), record.root.begin());
                       record.payload.assign(entry.payload.data(), entry.payload.size());
                       return visitor(record);
                     });
}

absl::Status RocksStore::VerifyJournal(const std::function<void(Revision, Revision)>& progress) const {
  // One snapshot of journal and head, so that commits may go on meanwhile.
  rocksdb::ManagedSnapshot snapshot(database_->db());
  rocksdb::ReadOptions options;
  options.snapshot = snapshot.snapshot();
  Head newest = head();
  std::string bytes;
  const rocksdb::Status status = database_->db()->Get(options, database_->family(kMeta), kHeadKey, &bytes);
  if (!status.ok() && !status.IsNotFound()) return FromRocks("read the head", status);
  if (status.ok() && !DecodeHead(bytes, &newest))
    return absl::DataLossError("the record of the head is malformed");
  Sha256 sha;
  std::string previous(kHashBytes, '\0');
  absl::Status chain = WalkJournal(*database_, options, 1, newest.revision,
                                   [&](Revision revision, absl::string_view entry) -> absl::StatusOr<bool> {
                                     absl::Status fits = CheckEntry(entry, revision, previous, &sha);
                                     if (!fits.ok()) return fits;
                                     EntryView view;
                                     DecodeEntry(entry, &view);
                                     previous.assign(view.hash.data(), view.hash.size());
                                     if (progress != nullptr && revision % kEntriesPerProgress == 0) {
                                       progress(revision, newest.revision);
                                     }
                                     return true;
                                   });
  if (!chain.ok()) return chain;
  if (previous != newest.hash) {
    return absl::DataLossError(
        absl::StrCat("journal: revision ", newest.revision, " is not the newest entry that was written"));
  }
  if (absl::Status end = RequireEnd(*database_, options, newest.revision); !end.ok()) return end;
  if (progress != nullptr) progress(newest.revision, newest.revision);
  return absl::OkStatus();
}

absl::StatusOr<std::string> RocksStore::ContentDigest() const {
  rocksdb::ManagedSnapshot snapshot(database_->db());
  rocksdb::ReadOptions options;
  options.snapshot = snapshot.snapshot();
  Sha256 sha;
  for (const Family family : {kJournal, kState, kOnce, kMeta}) {
    if (absl::Status added = DigestFamily(*database_, options, family, &sha); !added.ok()) return added;
  }
  return std::string(View(sha.Finish()));
}

}  // namespace attain::storage
