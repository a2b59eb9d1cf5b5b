#include "storage/rocksdb/state_rows.h"

#include "storage/key_codec.h"
#include "storage/rocksdb/families.h"
#include "storage/rocksdb/files/status.h"

namespace attain::storage {
namespace {

// After so many steps over versions that are not wanted, a seek is cheaper than the next step.
constexpr int kStepsBeforeSeek = 4;

}  // namespace

absl::Status MalformedValue() {
  return absl::DataLossError("a stored value does not have its form");
}

bool ReadRow(const rocksdb::Iterator& it, Row* row) {
  const absl::string_view value = ToView(it.value());
  if (!ParseVersionedKey(ToView(it.key()), &row->key, &row->revision) || value.empty()) return false;
  row->live = value[0] == kLive;
  row->value = value.substr(1);
  return row->live || value[0] == kErased;
}

bool KeyWalk::StandsOn(absl::string_view key) const {
  absl::string_view found;
  Revision revision = 0;
  return it_->Valid() && ParseVersionedKey(ToView(it_->key()), &found, &revision) && found == key;
}

bool KeyWalk::Next(Row* row) {
  if (started_) LeaveKey();
  int newer = 0;
  while (it_->Valid()) {
    if (!ReadRow(*it_, row)) {
      status_ = MalformedValue();
      return false;
    }
    if (row->revision <= at_) {
      key_.assign(row->key.data(), row->key.size());
      row->key = key_;
      started_ = true;
      return true;
    }
    if (++newer % kStepsBeforeSeek == 0) {
      it_->Seek(VersionedKey(row->key, at_));
    } else {
      it_->Next();
    }
  }
  status_ = FromRocks("scan", it_->status());
  return false;
}

void KeyWalk::LeaveKey() {
  it_->Next();
  for (int older = 1; StandsOn(key_); ++older) {
    if (older == kStepsBeforeSeek) {
      it_->Seek(AfterVersions(key_));
      return;
    }
    it_->Next();
  }
}

}  // namespace attain::storage
