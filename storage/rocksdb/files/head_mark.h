// How far a store is known to have come, kept outside of its database: when that shows less, something that
// was acknowledged is gone.
#ifndef ATTAIN_STORAGE_ROCKSDB_FILES_HEAD_MARK_H_
#define ATTAIN_STORAGE_ROCKSDB_FILES_HEAD_MARK_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "rocksdb/env.h"
#include "storage/store.h"

namespace attain::storage {

// Inside the data directory.
inline constexpr char kHeadMarkName[] = "head-mark";
// One slot of the file. A sector of its own for each, so that a torn write harms one of the two.
inline constexpr size_t kMarkSlotBytes = 4096;
inline constexpr size_t kMarkFileBytes = 2 * kMarkSlotBytes;

struct Mark {
  std::string store_id;  // 32 hex digits
  uint32_t epoch = kFirstEpoch;
  Head head;  // durable when the mark was made
};

// Whether `mark` says more of the same store than `other`: a later epoch, or a later revision of the same.
bool IsNewer(const Mark& mark, const Mark& other);

// A slot: the fields with their checksum, filled up with zeros. storage/README.md has the layout.
std::string EncodeMark(const Mark& mark);
// Nothing when the bytes are no slot or are damaged.
std::optional<Mark> DecodeMark(absl::string_view slot);

// One copy of the mark: a file of kMarkFileBytes with two slots that are written in turn, so that the mark
// before is there while one is written. Thread-compatible.
class MarkFile {
 public:
  // `env` is not owned and must outlive this; `path` need not exist.
  MarkFile(rocksdb::Env* env, std::string path) : env_(env), path_(std::move(path)) {}

  const std::string& path() const { return path_; }

  // The newer of its slots; nothing when there is no file. DATA_LOSS when the file holds no mark that can be
  // read. Others: the file cannot be read.
  absl::StatusOr<std::optional<Mark>> Read() const;

  // Makes the file anew, with this mark alone, for its owner only. Durable on return, or what was there
  // before still is.
  absl::Status Make(const Mark& mark);
  // Puts the mark into the slot that was written longer ago; makes the file when it has gone. Durable on
  // return.
  absl::Status Write(const Mark& mark);

 private:
  rocksdb::Env* const env_;
  const std::string path_;
  int next_slot_ = 0;
};

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_FILES_HEAD_MARK_H_
