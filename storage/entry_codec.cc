#include "storage/entry_codec.h"

#include "absl/strings/str_cat.h"
#include "storage/key_codec.h"

namespace attain::storage {
namespace {

// Where the fields of an entry begin.
constexpr size_t kTimeAt = 8, kPreviousAt = 16, kHashAt = 48;
constexpr size_t kHeadHashAt = 16, kHeadBytes = 48;

void AppendTime(absl::Time time, std::string* out) {
  AppendBigEndian(static_cast<uint64_t>(absl::ToUnixMicros(time)), out);
}

absl::Time DecodeTime(absl::string_view bytes) {
  return absl::FromUnixMicros(static_cast<int64_t>(DecodeBigEndian(bytes)));
}

}  // namespace

Hash EncodeEntry(Revision revision, absl::Time time, absl::string_view previous_hash,
                 absl::string_view payload, Sha256* sha, std::string* bytes) {
  bytes->clear();
  bytes->reserve(kEntryHeaderBytes + payload.size());
  AppendBigEndian(revision, bytes);
  AppendTime(time, bytes);
  bytes->append(previous_hash.data(), previous_hash.size());
  sha->Add(*bytes);
  sha->Add(payload);
  const Hash hash = sha->Finish();
  bytes->append(hash.data(), hash.size());
  bytes->append(payload.data(), payload.size());
  return hash;
}

bool DecodeEntry(absl::string_view bytes, EntryView* entry) {
  if (bytes.size() < kEntryHeaderBytes) return false;
  entry->revision = DecodeBigEndian(bytes);
  entry->time = DecodeTime(bytes.substr(kTimeAt));
  entry->previous_hash = bytes.substr(kPreviousAt, kHashBytes);
  entry->hash = bytes.substr(kHashAt, kHashBytes);
  entry->payload = bytes.substr(kEntryHeaderBytes);
  return true;
}

absl::Status CheckEntry(absl::string_view bytes, Revision revision, absl::string_view previous_hash,
                        Sha256* sha) {
  EntryView entry;
  if (!DecodeEntry(bytes, &entry)) return EntryMalformed(revision);
  if (entry.revision != revision) {
    return absl::DataLossError(
        absl::StrCat("journal: entry ", entry.revision, " stands in the place of revision ", revision));
  }
  sha->Add(bytes.substr(0, kHashAt));
  sha->Add(entry.payload);
  if (View(sha->Finish()) != entry.hash) {
    return absl::DataLossError(
        absl::StrCat("journal: revision ", revision, " was changed after it was written"));
  }
  if (entry.previous_hash != previous_hash) {
    return absl::DataLossError(
        absl::StrCat("journal: revision ", revision, " does not follow the entry before it"));
  }
  return absl::OkStatus();
}

absl::Status EntryMissing(Revision revision) {
  return absl::DataLossError(absl::StrCat("journal: revision ", revision, " is missing"));
}

absl::Status EntryMalformed(Revision revision) {
  return absl::DataLossError(absl::StrCat("journal: revision ", revision, " is cut off"));
}

std::string EncodeHead(const Head& head) {
  std::string bytes;
  bytes.reserve(kHeadBytes);
  AppendBigEndian(head.revision, &bytes);
  AppendTime(head.time, &bytes);
  bytes.append(head.hash);
  return bytes;
}

bool DecodeHead(absl::string_view bytes, Head* head) {
  if (bytes.size() != kHeadBytes) return false;
  head->revision = DecodeBigEndian(bytes);
  head->time = DecodeTime(bytes.substr(kTimeAt));
  head->hash = std::string(bytes.substr(kHeadHashAt));
  return true;
}

}  // namespace attain::storage
