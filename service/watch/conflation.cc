#include "service/watch/conflation.h"

namespace attain::watch {

Conflation::Conflation(SelectionPtr selection, Revision after, std::string hash)
    : selection_(std::move(selection)) {
  stamp_.revision = stamp_.revision_before = after;
  stamp_.hash = stamp_.hash_before = std::move(hash);
}

void Conflation::Add(const Entry& entry) {
  stamp_.revision = entry.revision;
  stamp_.time_us = entry.time_us;
  stamp_.hash = entry.hash;
  for (const Event& event : entry.events) {
    if (!selection_->Follows(event.kind, event.name)) continue;
    const auto [it, first] = index_.try_emplace({event.kind, event.key}, events_.size());
    if (first) {
      events_.push_back(event);
      continue;
    }
    Event& known = events_[it->second];
    known.after = event.after;
    known.cause = event.cause;
    known.actor = event.actor;
  }
}

void Conflation::AddAll(const std::vector<EntryPtr>& entries) {
  for (auto entry = entries.begin(); entry != entries.end() && !full(); ++entry) Add(**entry);
}

void Conflation::AddFrom(const Ring& ring, Revision until) {
  constexpr Portion kPortion{1024};
  std::vector<EntryPtr> entries;
  while (!full() && revision() < until && ring.Read(revision(), kPortion, &entries) && !entries.empty()) {
    AddAll(entries);
    entries.clear();
  }
}

Messages Conflation::Render() const {
  std::vector<const Event*> events;
  events.reserve(events_.size());
  for (const Event& event : events_) events.push_back(&event);
  return selection_->RenderEvents(events, stamp_);
}

}  // namespace attain::watch
