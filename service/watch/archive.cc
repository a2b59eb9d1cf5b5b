#include "service/watch/archive.h"

#include <iterator>

namespace attain::watch {
namespace {

constexpr size_t kPortionBytes = size_t{1} << 20;

}  // namespace

absl::Status Archive::Read(Revision from, Revision to, size_t most, std::vector<EntryPtr>* entries) {
  for (auto it = entries_.find(from); it != entries_.end() && it->first == from && from <= to && entries->size() < most; ++it) {
    entries->push_back(it->second);
    ++from;
  }
  if (!entries->empty()) return absl::OkStatus();
  if (reader_ == nullptr) reader_ = source_->MakeReader();
  if (absl::Status read = reader_->Read(from, to, {most, kPortionBytes}, entries); !read.ok()) return read;
  for (const EntryPtr& entry : *entries) Keep(entry);
  return absl::OkStatus();
}

// Those who come back go forward: the oldest are the first that nobody needs.
void Archive::Keep(const EntryPtr& entry) {
  if (!entries_.emplace(entry->revision, entry).second) return;
  bytes_ += entry->bytes;
  while (bytes_ > limit_ && entries_.size() > 1) {
    const auto out = entries_.begin()->first == entry->revision ? std::prev(entries_.end()) : entries_.begin();
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
