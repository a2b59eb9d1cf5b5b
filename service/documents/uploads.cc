#include "service/documents/uploads.h"

#include <iterator>
#include <utility>

#include "absl/strings/escaping.h"
#include "storage/sha256.h"

namespace attain::documents {

Upload Uploads::Put(const std::string& sha256, std::string bytes) {
  Entries dropped;
  storage::MutexLock lock(&mutex_);
  Drop(&dropped);
  if (const auto it = index_.find(sha256); it != index_.end()) return Use(it->second);
  bytes_ += bytes.size();
  entries_.push_front(
      {sha256, std::make_shared<const std::string>(std::move(bytes)), options_.now() + options_.keep});
  index_[sha256] = entries_.begin();
  Drop(&dropped);
  return entries_.front();
}

std::optional<Upload> Uploads::Find(absl::string_view sha256) {
  Entries dropped;
  storage::MutexLock lock(&mutex_);
  Drop(&dropped);
  const auto it = index_.find(sha256);
  if (it == index_.end()) return std::nullopt;
  return Use(it->second);
}

Upload Uploads::Use(Entries::iterator entry) {
  entry->expire_time = options_.now() + options_.keep;
  entries_.splice(entries_.begin(), entries_, entry);
  return *entry;
}

void Uploads::Drop(Entries* dropped) {
  const absl::Time now = options_.now();
  while (!entries_.empty() &&
         (entries_.back().expire_time <= now || (bytes_ > options_.total_bytes && entries_.size() > 1))) {
    bytes_ -= entries_.back().bytes->size();
    index_.erase(entries_.back().sha256);
    dropped->splice(dropped->begin(), entries_, std::prev(entries_.end()));
  }
}

std::string HexSha256(absl::string_view bytes) {
  storage::Sha256 sha;
  sha.Add(bytes);
  return absl::BytesToHexString(storage::View(sha.Finish()));
}

}  // namespace attain::documents
