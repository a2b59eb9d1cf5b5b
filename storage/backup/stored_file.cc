#include "storage/backup/stored_file.h"

#include <memory>
#include <optional>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "storage/backup/chunk_cipher.h"

namespace attain::storage {
namespace {

constexpr absl::string_view kMagic = "ATTAINB1";
constexpr uint64_t kHeaderBytes = 8 + kSaltBytes;

uint64_t Chunks(uint64_t size) {
  return size == 0 ? 1 : (size + kChunkBytes - 1) / kChunkBytes;
}

std::string NameFrom(const Hash& digest, const BackupKey* key) {
  return absl::BytesToHexString(key == nullptr ? View(digest) : View(Hmac(key->name_key(), View(digest))));
}

std::string FileKey(const BackupKey& key, absl::string_view salt, const std::string& name) {
  return std::string(View(Hmac(key.cipher_key(), absl::StrCat(salt, name))));
}

absl::Status Damaged(const std::string& path, absl::string_view what) {
  return absl::DataLossError(absl::StrCat(path, " is damaged: ", what));
}

}  // namespace

uint64_t StoredBytes(uint64_t size, bool encrypted) {
  return encrypted ? kHeaderBytes + size + Chunks(size) * kTagBytes : size;
}

absl::StatusOr<std::string> NameOf(const std::string& source, const BackupKey* key, Meter* meter) {
  absl::StatusOr<std::unique_ptr<InFile>> file = InFile::Open(source);
  if (!file.ok()) return file.status();
  Sha256 sha;
  while (true) {
    const absl::StatusOr<absl::string_view> chunk = (*file)->Read(kChunkBytes);
    if (!chunk.ok()) return chunk.status();
    if (chunk->empty()) return NameFrom(sha.Finish(), key);
    sha.Add(*chunk);
    if (absl::Status go_on = meter->Add(chunk->size()); !go_on.ok()) return go_on;
  }
}

absl::Status WriteStored(const std::string& source, const std::string& target, const std::string& name,
                         const BackupKey* key) {
  absl::StatusOr<std::unique_ptr<InFile>> in = InFile::Open(source);
  if (!in.ok()) return in.status();
  absl::StatusOr<std::unique_ptr<OutFile>> out = OutFile::Create(target);
  if (!out.ok()) return out.status();
  std::optional<ChunkCipher> cipher;
  if (key != nullptr) {
    const absl::StatusOr<std::string> salt = NewSalt();
    if (!salt.ok()) return salt.status();
    cipher.emplace(FileKey(*key, *salt, name));
    if (absl::Status put = (*out)->Append(absl::StrCat(kMagic, *salt)); !put.ok()) return put;
  }
  Sha256 sha;
  const uint64_t chunks = Chunks((*in)->size());
  for (uint64_t number = 0; number < chunks; ++number) {
    const absl::StatusOr<absl::string_view> chunk = (*in)->Read(kChunkBytes);
    if (!chunk.ok()) return chunk.status();
    sha.Add(*chunk);
    const absl::Status put = cipher.has_value()
                                 ? (*out)->Append(cipher->Seal(number, number + 1 == chunks, *chunk))
                                 : (*out)->Append(*chunk);
    if (!put.ok()) return put;
  }
  if (NameFrom(sha.Finish(), key) != name)
    return absl::DataLossError(absl::StrCat(source, " reads differently each time; check the disk"));
  return (*out)->Finish();
}

absl::Status ReadStored(const std::string& path, const std::string& name, uint64_t size, const BackupKey* key,
                        const std::function<absl::Status(absl::string_view)>& sink, Meter* meter) {
  absl::StatusOr<std::unique_ptr<InFile>> in = InFile::Open(path);
  if (absl::IsNotFound(in.status())) return absl::DataLossError(absl::StrCat(path, " is gone"));
  if (!in.ok()) return in.status();
  if ((*in)->size() != StoredBytes(size, key != nullptr)) return Damaged(path, "it has another size");
  std::optional<ChunkCipher> cipher;
  if (key != nullptr) {
    const absl::StatusOr<absl::string_view> header = (*in)->Read(kHeaderBytes);
    if (!header.ok()) return header.status();
    if (header->substr(0, kMagic.size()) != kMagic) return Damaged(path, "it does not begin as it should");
    cipher.emplace(FileKey(*key, header->substr(kMagic.size()), name));
  }
  Sha256 sha;
  std::string plain;
  const uint64_t chunks = Chunks(size);
  for (uint64_t number = 0; number < chunks; ++number) {
    const absl::StatusOr<absl::string_view> chunk =
        (*in)->Read(kChunkBytes + (cipher.has_value() ? kTagBytes : 0));
    if (!chunk.ok()) return chunk.status();
    absl::string_view contents = *chunk;
    if (cipher.has_value()) {
      if (!cipher->Open(number, number + 1 == chunks, *chunk, &plain))
        return Damaged(path, absl::StrCat("part ", number + 1, " of ", chunks, " was changed"));
      contents = plain;
    }
    sha.Add(contents);
    if (sink != nullptr) {
      if (absl::Status taken = sink(contents); !taken.ok()) return taken;
    }
    if (absl::Status go_on = meter->Add(contents.size()); !go_on.ok()) return go_on;
  }
  if (NameFrom(sha.Finish(), key) != name) return Damaged(path, "its contents are not what its name says");
  return absl::OkStatus();
}

}  // namespace attain::storage
