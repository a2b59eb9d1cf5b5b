// Bytes that clients sent and that wait to be used. In memory only.
#ifndef ATTAIN_SERVICE_DOCUMENTS_UPLOADS_H_
#define ATTAIN_SERVICE_DOCUMENTS_UPLOADS_H_

#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "storage/mutex.h"

namespace attain::documents {

// SHA-256 in hex, small letters.
std::string HexSha256(absl::string_view bytes);

struct UploadsOptions {
  absl::Duration keep = absl::Hours(1);    // since they were last used
  size_t total_bytes = size_t{256} << 20;  // above it those that were not used for the longest time go
  std::function<absl::Time()> now = absl::Now;
};

struct Upload {
  std::string sha256;  // 64 hex digits, its name
  std::shared_ptr<const std::string> bytes;
  absl::Time expire_time;  // when it goes if nobody uses it
};

// Thread-safe. Content-addressed: the same bytes twice are one upload.
class Uploads {
 public:
  explicit Uploads(UploadsOptions options) : options_(std::move(options)) {}

  // Keeps the bytes. Larger than total_bytes by themselves they are kept alone.
  Upload Put(std::string bytes) {
    const std::string sha256 = HexSha256(bytes);
    return Put(sha256, std::move(bytes));
  }
  // The same for who has their hash already.
  Upload Put(const std::string& sha256, std::string bytes) ATTAIN_EXCLUDES(mutex_);
  // Finding counts as use: its time starts anew. `sha256` in hex, small letters.
  std::optional<Upload> Find(absl::string_view sha256) ATTAIN_EXCLUDES(mutex_);

 private:
  using Entries = std::list<Upload>;
  Upload Use(Entries::iterator entry) ATTAIN_REQUIRES(mutex_);
  // Moves what is too old or too much to `dropped`, to be freed behind the lock.
  void Drop(Entries* dropped) ATTAIN_REQUIRES(mutex_);

  const UploadsOptions options_;
  storage::Mutex mutex_;
  size_t bytes_ ATTAIN_GUARDED_BY(mutex_) = 0;
  Entries entries_ ATTAIN_GUARDED_BY(mutex_);  // used last first, so in order of their times
  absl::flat_hash_map<std::string, Entries::iterator> index_ ATTAIN_GUARDED_BY(mutex_);
};

}  // namespace attain::documents

#endif  // ATTAIN_SERVICE_DOCUMENTS_UPLOADS_H_
