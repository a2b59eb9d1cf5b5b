#include "service/watch/archive.h"

#include <iterator>

namespace attain::watch {
absl::Status Archive::Read(Revision from, Revision to, const Portion& portion,
                           std::vector<EntryPtr>* entries) {
  size_t bytes = 0;
  for (auto it = entries_.find(from); it != entries_.end() && it->first == from && from <= to; ++it, ++from) {
    if (entries->size() == portion.entries || bytes >= portion.bytes) break;
    entries->push_back(it->second);
    bytes += it->second->bytes;
  }
  if (!entries->empty()) return absl::OkStatus();
  if (reader_ == nullptr) reader_ = source_->MakeReader();
  if (absl::Status read = reader_->Read(from, to, portion, entries); !read.ok()) return read;
  for (const EntryPtr& entry : *entries) Keep(entry);
  return absl::OkStatus();
}

// Those who come back go forward: the oldest are the first that nobody needs.
void Archive::Keep(const EntryPtr& entry) {
  if (!entries_.emplace(entry->revision, entry).second) return;
  bytes_ += entry->bytes;
  while (bytes_ > limit_ && entries_.size() > 1) {
    const auto out =
        entries_.begin()->first == entry->revision ? std::prev(entries_.end()) : entries_.begin();
    bytes_ -= out->second->bytes;
    entries_.erase(out);
  }
}

void Archive::Clear() {
  entries_.clear();
  bytes_ = 0;
  reader_ = nullptr;
}

}  // namespace attain::watch
