#include "storage/rocksdb/files/head_mark.h"

#include <sys/stat.h>

#include <filesystem>
#include <memory>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "storage/entry_codec.h"
#include "storage/key_codec.h"
#include "storage/rocksdb/files/slices.h"
#include "storage/rocksdb/files/status.h"
#include "storage/sha256.h"

namespace attain::storage {
namespace {

// magic 8 · format and epoch 8 (4 each) · store id 16 · head 48 · SHA-256 of these 32
constexpr absl::string_view kMagic = "attnmark";
constexpr uint64_t kFormat = 1;
constexpr size_t kIdBytes = 16, kHeadBytes = 48;
constexpr size_t kBody = 8 + 8 + kIdBytes + kHeadBytes, kSlotUsed = kBody + kHashBytes;

std::string ChecksumOf(absl::string_view body) {
  Sha256 sha;
  sha.Add(body);
  return std::string(View(sha.Finish()));
}

}  // namespace

bool IsNewer(const Mark& mark, const Mark& other) {
  return mark.epoch != other.epoch ? mark.epoch > other.epoch : mark.head.revision > other.head.revision;
}

std::string EncodeMark(const Mark& mark) {
  std::string slot(kMagic);
  AppendBigEndian(kFormat << 32 | mark.epoch, &slot);
  absl::StrAppend(&slot, absl::HexStringToBytes(mark.store_id), EncodeHead(mark.head));
  slot += ChecksumOf(slot);
  slot.resize(kMarkSlotBytes, '\0');
  return slot;
}

std::optional<Mark> DecodeMark(absl::string_view slot) {
  if (slot.size() < kSlotUsed || slot.substr(0, kMagic.size()) != kMagic) return std::nullopt;
  const absl::string_view body = slot.substr(0, kBody);
  if (slot.substr(kBody, kHashBytes) != ChecksumOf(body)) return std::nullopt;
  const uint64_t format_and_epoch = DecodeBigEndian(body.substr(8, 8));
  if (format_and_epoch >> 32 != kFormat) return std::nullopt;
  Mark mark;
  mark.epoch = static_cast<uint32_t>(format_and_epoch);
  mark.store_id = absl::BytesToHexString(body.substr(16, kIdBytes));
  if (!DecodeHead(body.substr(16 + kIdBytes), &mark.head)) return std::nullopt;
  return mark;
}

absl::StatusOr<std::optional<Mark>> MarkFile::Read() const {
  const rocksdb::Status exists = env_->FileExists(path_);
  if (exists.IsNotFound()) return std::optional<Mark>();
  std::string bytes;
  const rocksdb::Status read = exists.ok() ? rocksdb::ReadFileToString(env_, path_, &bytes) : exists;
  if (!read.ok()) return FromRocks(absl::StrCat("read ", path_), read);
  bytes.resize(kMarkFileBytes, '\0');
  const std::optional<Mark> first = DecodeMark(absl::string_view(bytes).substr(0, kMarkSlotBytes));
  const std::optional<Mark> second = DecodeMark(absl::string_view(bytes).substr(kMarkSlotBytes));
  if (!first.has_value() && !second.has_value())
    return absl::DataLossError(absl::StrCat(path_, " holds no head mark that can be read"));
  if (!first.has_value() || (second.has_value() && IsNewer(*second, *first))) return second;
  return first;
}

absl::Status MarkFile::Make(const Mark& mark) {
  const std::string made = absl::StrCat(path_, ".new"), slot = EncodeMark(mark);
  std::unique_ptr<rocksdb::WritableFile> file;
  rocksdb::Status status = env_->NewWritableFile(made, &file, rocksdb::EnvOptions());
  if (status.ok()) status = file->Append(slot + slot);
  if (status.ok()) status = file->Sync();
  if (status.ok()) status = file->Close();
  if (env_ == rocksdb::Env::Default()) chmod(made.c_str(), S_IRUSR | S_IWUSR);
  if (status.ok()) status = env_->RenameFile(made, path_);
  std::unique_ptr<rocksdb::Directory> directory;
  if (status.ok()) status = env_->NewDirectory(std::filesystem::path(path_).parent_path(), &directory);
  if (status.ok()) status = directory->Fsync();
  next_slot_ = 0;
  return FromRocks(absl::StrCat("make ", path_), status);
}

absl::Status MarkFile::Write(const Mark& mark) {
  if (env_->FileExists(path_).IsNotFound()) return Make(mark);
  std::unique_ptr<rocksdb::RandomRWFile> file;
  rocksdb::Status status = env_->NewRandomRWFile(path_, &file, rocksdb::EnvOptions());
  if (status.ok()) {
    status = file->Write(static_cast<uint64_t>(next_slot_) * kMarkSlotBytes, EncodeMark(mark));
  }
  if (status.ok()) status = file->Sync();
  if (status.ok()) next_slot_ = 1 - next_slot_;
  return FromRocks(absl::StrCat("write ", path_), status);
}

}  // namespace attain::storage
