#include "storage/entry_codec.h"

#include <openssl/sha.h>

#include "absl/strings/str_cat.h"
#include "storage/key_codec.h"

namespace attain::storage {
namespace {

std::string Header(Revision revision, absl::Time time, absl::string_view previous_hash) {
  std::string header;
  header.reserve(kEntryHeaderBytes);
  AppendBigEndian(revision, &header);
  AppendBigEndian(static_cast<uint64_t>(absl::ToUnixMicros(time)), &header);
  header.append(previous_hash.data(), previous_hash.size());
  return header;
}

std::string Sha256(absl::string_view bytes) {
  std::string digest(kHashBytes, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

}  // namespace

std::string EncodeEntry(Revision revision, absl::Time time, absl::string_view previous_hash, absl::string_view payload,
                        std::string* hash) {
  std::string bytes = Header(revision, time, previous_hash);
  const size_t head = bytes.size();
  bytes.append(payload.data(), payload.size());
  *hash = Sha256(bytes);
  bytes.insert(head, *hash);
  return bytes;
}

absl::StatusOr<JournalRecord> DecodeEntry(absl::string_view bytes) {
  if (bytes.size() < kEntryHeaderBytes) return absl::DataLossError("a journal entry is cut off");
  JournalRecord record;
  record.revision = DecodeBigEndian(bytes);
  record.time = absl::FromUnixMicros(static_cast<int64_t>(DecodeBigEndian(bytes.substr(8))));
  record.previous_hash = std::string(bytes.substr(16, kHashBytes));
  record.hash = std::string(bytes.substr(48, kHashBytes));
  record.payload = std::string(bytes.substr(kEntryHeaderBytes));
  return record;
}

absl::Status CheckEntry(const JournalRecord& record, Revision revision, absl::string_view previous_hash) {
  if (record.revision != revision) {
    return absl::DataLossError(absl::StrCat("journal: revision ", revision, " is missing or out of place"));
  }
  if (absl::string_view(record.previous_hash) != previous_hash) {
    return absl::DataLossError(absl::StrCat("journal: revision ", revision, " does not follow the entry before it"));
  }
  const std::string covered = absl::StrCat(Header(record.revision, record.time, record.previous_hash), record.payload);
  if (Sha256(covered) != record.hash) {
    return absl::DataLossError(absl::StrCat("journal: revision ", revision, " was changed after it was written"));
  }
  return absl::OkStatus();
}

}  // namespace attain::storage
