#include "storage/entry_codec.h"

#include "absl/strings/str_cat.h"
#include "storage/entry_parts.h"
#include "storage/key_codec.h"

namespace attain::storage {
namespace {

// Where the fields of an entry begin.
constexpr size_t kTimeAt = 8, kPreviousAt = 16, kHashAt = 48;
constexpr size_t kHeadHashAt = 16, kHeadBytes = 48;
// The form stands in the first byte of the revision.
constexpr int kFormShift = 56;
constexpr uint64_t kRevisionMask = (uint64_t{1} << kFormShift) - 1;
// Behind the hash of an entry in parts: their number and their root.
constexpr size_t kCountBytes = 4;

size_t PayloadAt(EntryForm form) {
  return kEntryHeaderBytes + (form == EntryForm::kWhole ? 0 : kCountBytes + kHashBytes);
}

void AppendCount(uint32_t count, std::string* out) {
  for (int shift = 24; shift >= 0; shift -= 8) out->push_back(static_cast<char>(count >> shift));
}

void AppendTime(absl::Time time, std::string* out) {
  AppendBigEndian(static_cast<uint64_t>(absl::ToUnixMicros(time)), out);
}

absl::Time DecodeTime(absl::string_view bytes) {
  return absl::FromUnixMicros(static_cast<int64_t>(DecodeBigEndian(bytes)));
}

}  // namespace

std::optional<Hash> EncodeEntry(const EntryFields& fields, Sha256* sha, std::string* bytes) {
  const bool whole = fields.form == EntryForm::kWhole;
  bytes->clear();
  bytes->reserve(PayloadAt(fields.form) + fields.payload.size());
  AppendBigEndian(fields.revision | static_cast<uint64_t>(fields.form) << kFormShift, bytes);
  AppendTime(fields.time, bytes);
  bytes->append(fields.previous_hash.data(), fields.previous_hash.size());
  proofs::Leaf leaf;
  if (whole) {
    sha->Add(*bytes);
    sha->Add(fields.payload);
  } else {
    absl::StatusOr<proofs::Leaf> made = LeafOf(fields);
    if (!made.ok()) return std::nullopt;
    leaf = *made;
    sha->Add(fields.previous_hash);
    sha->Add(proofs::View(proofs::EncodeLeaf(leaf)));
  }
  const Hash hash = sha->Finish();
  bytes->append(hash.data(), hash.size());
  if (!whole) {
    AppendCount(leaf.parts, bytes);
    bytes->append(leaf.root.data(), leaf.root.size());
  }
  bytes->append(fields.payload.data(), fields.payload.size());
  return hash;
}

absl::StatusOr<proofs::Leaf> LeafOf(const EntryFields& fields) {
  if (fields.form == EntryForm::kWhole) {
    return proofs::MakeWholeLeaf(fields.revision, fields.time, fields.payload);
  }
  const absl::string_view salt = SaltOf(fields.payload);
  proofs::Frontier parts;
  const bool sound = ForEachPart(fields.payload, [&](uint8_t kind, absl::string_view data) {
    const proofs::PartSalt part_salt = proofs::SaltOfPart(salt, static_cast<uint32_t>(parts.size()));
    parts.Append(proofs::PartHash(static_cast<proofs::PartKind>(kind), proofs::View(part_salt), data));
    return true;
  });
  if (!sound) return EntryMalformed(fields.revision);
  return proofs::Leaf{fields.revision, fields.time, static_cast<uint32_t>(parts.size()), parts.Root()};
}

proofs::Leaf LeafOf(const JournalRecord& record) {
  if (record.form == EntryForm::kWhole)
    return proofs::MakeWholeLeaf(record.revision, record.time, record.payload);
  return {record.revision, record.time, record.parts, record.root};
}

bool DecodeEntry(absl::string_view bytes, EntryView* entry) {
  if (bytes.size() < kEntryHeaderBytes) return false;
  const uint64_t first = DecodeBigEndian(bytes);
  const auto form = static_cast<uint8_t>(first >> kFormShift);
  if (form > static_cast<uint8_t>(EntryForm::kParts)) return false;
  entry->form = static_cast<EntryForm>(form);
  if (bytes.size() < PayloadAt(entry->form)) return false;
  entry->revision = first & kRevisionMask;
  entry->time = DecodeTime(bytes.substr(kTimeAt));
  entry->previous_hash = bytes.substr(kPreviousAt, kHashBytes);
  entry->hash = bytes.substr(kHashAt, kHashBytes);
  entry->payload = bytes.substr(PayloadAt(entry->form));
  entry->parts = 0;
  entry->root = absl::string_view();
  if (entry->form == EntryForm::kParts) {
    entry->parts = static_cast<uint32_t>(DecodeBigEndian(bytes.substr(kEntryHeaderBytes)) >> 32);
    entry->root = bytes.substr(kEntryHeaderBytes + kCountBytes, kHashBytes);
  }
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
  // Whatever it was made from, it must come out the same, down to the last byte.
  std::string again;
  if (!EncodeEntry(entry, sha, &again).has_value() || again != bytes) {
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
