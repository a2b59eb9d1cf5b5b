#include "storage/rocksdb/rocks_store.h"

#include <openssl/evp.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "rocksdb/utilities/checkpoint.h"
#include "storage/entry_codec.h"
#include "storage/key_codec.h"
#include "storage/rocksdb/status.h"

namespace attain::storage {

std::string JournalKey(Revision revision) {
  std::string key;
  AppendBigEndian(revision, &key);
  return key;
}

RocksStore::RocksStore(std::unique_ptr<rocksdb::DB> db, std::vector<rocksdb::ColumnFamilyHandle*> families,
                       std::shared_ptr<std::atomic<bool>> background_error, std::string store_id, Head head)
    : db_(std::move(db)),
      families_(std::move(families)),
      background_error_(std::move(background_error)),
      store_id_(std::move(store_id)),
      head_(std::move(head)) {}

RocksStore::~RocksStore() {
  for (rocksdb::ColumnFamilyHandle* handle : families_) {
    db_->DestroyColumnFamilyHandle(handle).PermitUncheckedError();  // nothing can be done about it here
  }
  db_->Close().PermitUncheckedError();  // every commit was synced; closing writes nothing that matters
}

Head RocksStore::head() const {
  MutexLock lock(&mutex_);
  return head_;
}

void RocksStore::Published(const Head& head) {
  MutexLock lock(&mutex_);
  head_ = head;
}

bool RocksStore::healthy() const { return !failed_ && !*background_error_; }

absl::StatusOr<std::unique_ptr<Group>> RocksStore::Begin() {
  if (!healthy()) {
    return absl::UnavailableError("the store accepts no writes after an I/O error; reopen it once the disk is well");
  }
  if (group_alive_.exchange(true)) return absl::FailedPreconditionError("another group is open");
  return MakeGroup(this);
}

absl::StatusOr<std::unique_ptr<Reader>> RocksStore::ReadAt(Revision revision) const {
  const Revision newest = head().revision;
  if (revision > newest) {
    return absl::OutOfRangeError(absl::StrCat("revision ", revision, " is above the head ", newest));
  }
  return MakeReader(this, revision);
}

absl::StatusOr<Revision> RocksStore::RevisionAt(absl::Time time) const {
  // Recorded times never go backwards, so the journal itself is the index.
  Revision low = 0, high = head().revision;
  while (low < high) {
    const Revision middle = low + (high - low + 1) / 2;
    std::string bytes;
    const rocksdb::Status status = db_->Get(rocksdb::ReadOptions(), families_[kJournal], JournalKey(middle), &bytes);
    if (!status.ok()) return FromRocks(absl::StrCat("read revision ", middle), status);
    const absl::StatusOr<JournalRecord> record = DecodeEntry(bytes);
    if (!record.ok()) return record.status();
    if (record->time <= time) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

absl::StatusOr<std::optional<std::string>> RocksStore::GetOnce(absl::string_view key) const {
  std::string value;
  const rocksdb::Status status = db_->Get(rocksdb::ReadOptions(), families_[kOnce], ToSlice(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return FromRocks("read", status);
  return std::optional<std::string>(std::move(value));
}

absl::Status RocksStore::ReadJournal(Revision from, const JournalVisitor& visitor) const {
  const Revision newest = head().revision;
  if (from == 0) from = 1;
  std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(rocksdb::ReadOptions(), families_[kJournal]));
  it->Seek(JournalKey(from));
  for (Revision expected = from; expected <= newest; ++expected, it->Next()) {
    if (!it->Valid() && !it->status().ok()) return FromRocks("read the journal", it->status());
    if (!it->Valid() || ToView(it->key()) != JournalKey(expected)) {
      return absl::DataLossError(absl::StrCat("journal: revision ", expected, " is missing"));
    }
    const absl::StatusOr<JournalRecord> record = DecodeEntry(ToView(it->value()));
    if (!record.ok()) return absl::DataLossError(absl::StrCat("journal: revision ", expected, ": ", record.status().message()));
    if (!visitor(*record)) return absl::OkStatus();
  }
  return absl::OkStatus();
}

absl::Status RocksStore::VerifyJournal(const std::function<void(Revision, Revision)>& progress) const {
  const Head newest = head();
  std::string previous(kHashBytes, '\0');
  absl::Status broken;
  Revision expected = 1;
  const absl::Status read = ReadJournal(1, [&](const JournalRecord& record) {
    broken = CheckEntry(record, expected, previous);
    if (!broken.ok()) return false;
    previous = record.hash;
    if (progress != nullptr && expected % 10'000 == 0) progress(expected, newest.revision);
    return expected++ < newest.revision;
  });
  if (!broken.ok()) return broken;
  if (!read.ok()) return read;
  if (previous != newest.hash) {
    return absl::DataLossError(absl::StrCat("journal: revision ", newest.revision, " is not the newest entry that was written"));
  }
  return absl::OkStatus();
}

absl::Status RocksStore::Checkpoint(absl::string_view directory) {
  rocksdb::Checkpoint* made = nullptr;
  rocksdb::Status status = rocksdb::Checkpoint::Create(db_.get(), &made);
  std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
  if (status.ok()) status = checkpoint->CreateCheckpoint(std::string(directory));
  return FromRocks("checkpoint", status);
}

absl::StatusOr<std::string> RocksStore::ContentDigest() const {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  const auto add = [&](absl::string_view bytes) {
    std::string length;
    AppendBigEndian(bytes.size(), &length);
    EVP_DigestUpdate(context.get(), length.data(), length.size());
    EVP_DigestUpdate(context.get(), bytes.data(), bytes.size());
  };
  for (const Family family : {kJournal, kState, kOnce}) {
    add(kFamilyNames[family]);
    rocksdb::ReadOptions options;
    options.total_order_seek = true;
    std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(options, families_[family]));
    for (it->SeekToFirst(); it->Valid(); it->Next()) {
      add(ToView(it->key()));
      add(ToView(it->value()));
    }
    if (!it->status().ok()) return FromRocks("digest", it->status());
  }
  std::string digest(kHashBytes, '\0');
  EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(digest.data()), nullptr);
  return digest;
}

}  // namespace attain::storage
