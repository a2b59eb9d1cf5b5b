#include "service/watch/selection.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "service/watch/token.h"
#include "service/watch/wire.h"

namespace attain::watch {
namespace {

// Selections whose rendering of an entry is kept; further ones render for themselves.
constexpr size_t kRenderedPerEntry = 8;
// A message is closed when it has grown to this.
constexpr size_t kMessageBytes = size_t{1} << 20;

uint64_t NextId() {
  static std::atomic<uint64_t> last{0};
  return ++last;
}

const std::shared_ptr<const Messages>& NoMessages() {
  static const auto& none = *new std::shared_ptr<const Messages>(std::make_shared<const Messages>());
  return none;
}

}  // namespace

Selection::Selection(std::string text, std::string store_id, uint32_t epoch,
                     std::vector<NamePattern> patterns, Kinds kinds)
    : id_(NextId()),
      text_(std::move(text)),
      store_id_(std::move(store_id)),
      fingerprint_(ShortHash(text_)),
      epoch_(epoch),
      patterns_(std::move(patterns)),
      kinds_(std::move(kinds)) {
  for (const NamePattern& pattern : patterns_) {
    if (pattern.unit().empty()) {
      units_.clear();
      return;
    }
    if (std::find(units_.begin(), units_.end(), pattern.unit()) == units_.end())
      units_.push_back(pattern.unit());
  }
}

bool Selection::WantsUnit(absl::string_view unit) const {
  return units_.empty() || std::find(units_.begin(), units_.end(), unit) != units_.end();
}

bool Selection::Follows(v1::WatchKind kind, absl::string_view name) const {
  if (!WantsKind(kind)) return false;
  for (const NamePattern& pattern : patterns_) {
    if (kind == v1::WATCH_KIND_SCORES ? pattern.Matches(name) : pattern.MatchesBelow(name)) return true;
  }
  return false;
}

bool Selection::Passes(v1::WatchKind kind, const google::protobuf::Message& row) const {
  const RowFilter& filter = kinds_.at(kind);
  return filter == nullptr || filter(row);
}

bool Selection::Passes(v1::WatchKind kind, const Row* row) const {
  return row != nullptr && (kinds_.at(kind) == nullptr || Passes(kind, row->message()));
}

bool Selection::AppendEvent(const Event& event, std::string* out) const {
  if (!Follows(event.kind, event.name)) return false;
  const bool fits = Passes(event.kind, event.after.get());
  if (!fits && !Passes(event.kind, event.before.get())) return false;
  WireWriter bytes(out);
  bytes.Field(v1::WatchEvent::kNameFieldNumber, event.name);
  const auto row = [&](int field, const RowPtr& what) {
    if (what != nullptr) bytes.Field(field, what->bytes);
  };
  switch (event.kind) {
    case v1::WATCH_KIND_ACTUALS:
      row(v1::WatchEvent::kActualFieldNumber, event.after);
      break;
    case v1::WATCH_KIND_TABLES:
      row(v1::WatchEvent::kTableFieldNumber, event.after);
      break;
    default:
      row(v1::WatchEvent::kScoreBeforeFieldNumber, event.before);
      row(v1::WatchEvent::kScoreAfterFieldNumber, event.after);
      break;
  }
  if (!event.cause.empty()) bytes.Field(v1::WatchEvent::kCauseFieldNumber, event.cause);
  if (!event.actor.empty()) bytes.Field(v1::WatchEvent::kActorFieldNumber, event.actor);
  if (!fits) bytes.Number(v1::WatchEvent::kLeftFieldNumber, 1);
  return true;
}

Messages Selection::RenderEvents(const std::vector<const Event*>& events, const Stamp& stamp) const {
  v1::WatchChanges head;
  head.set_revision(static_cast<int64_t>(stamp.revision));
  head.mutable_record_time()->set_seconds(stamp.time_us / 1'000'000);
  head.mutable_record_time()->set_nanos(static_cast<int32_t>(stamp.time_us % 1'000'000 * 1000));
  const std::string beginning = head.SerializeAsString();
  Messages messages;
  std::string changes = beginning, one;
  bool any = false;
  const auto close = [&](bool more) {
    WireWriter(&changes).Number(v1::WatchChanges::kMoreFieldNumber, more ? 1 : 0);
    messages.push_back(Respond(
        more ? TokenAt(stamp.revision_before, stamp.hash_before) : TokenAt(stamp.revision, stamp.hash),
        v1::WatchResponse::kChangesFieldNumber, changes));
    changes = beginning;
    any = false;
  };
  for (const Event* event : events) {
    one.clear();
    if (!AppendEvent(*event, &one)) continue;
    if (any && changes.size() + one.size() > kMessageBytes) close(/*more=*/true);
    WireWriter(&changes).Field(v1::WatchChanges::kEventsFieldNumber, one);
    any = true;
  }
  if (any) close(/*more=*/false);
  return messages;
}

std::shared_ptr<const Messages> Selection::Render(const Entry& entry) const {
  if (!units_.empty() && std::none_of(entry.units.begin(), entry.units.end(),
                                      [this](const std::string& unit) { return WantsUnit(unit); })) {
    return NoMessages();
  }
  {
    storage::MutexLock lock(&entry.mutex);
    for (const Entry::Rendered& rendered : entry.rendered) {
      if (rendered.selection == id_) return rendered.messages;
    }
  }
  std::vector<const Event*> events;
  events.reserve(entry.events.size());
  for (const Event& event : entry.events) events.push_back(&event);
  Messages messages = RenderEvents(
      events, {entry.revision, entry.time_us, entry.hash, entry.revision - 1, entry.previous_hash});
  auto shared = messages.empty() ? NoMessages() : std::make_shared<const Messages>(std::move(messages));
  storage::MutexLock lock(&entry.mutex);
  if (entry.rendered.size() < kRenderedPerEntry) entry.rendered.push_back({id_, shared});
  return shared;
}

std::string Selection::TokenAt(Revision revision, absl::string_view hash, bool in_snapshot) const {
  return EncodeToken({store_id_, revision, std::string(hash), fingerprint_, in_snapshot});
}

}  // namespace attain::watch
