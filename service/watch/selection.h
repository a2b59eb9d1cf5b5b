// What one watch wants to see, and what it makes of the entries. Streams with the same names, filter and
// kinds share one.
#ifndef ATTAIN_SERVICE_WATCH_SELECTION_H_
#define ATTAIN_SERVICE_WATCH_SELECTION_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "service/watch/entry.h"
#include "service/watch/name_pattern.h"

namespace attain::watch {

// Whether a row fits the filter. Thread-safe.
using RowFilter = std::function<bool(const google::protobuf::Message& row)>;

// A kind that is followed; a null filter lets everything pass.
using Kinds = std::map<v1::WatchKind, RowFilter>;

// Immutable; thread-safe.
class Selection {
 public:
  // `text` says names, filter and kinds in one canonical form; `store_id` and its
  // `epoch` go into the tokens.
  Selection(std::string text, std::string store_id, uint32_t epoch, std::vector<NamePattern> patterns,
            Kinds kinds);

  const std::string& text() const { return text_; }
  const std::string& store_id() const { return store_id_; }
  uint32_t epoch() const { return epoch_; }
  const std::string& fingerprint() const { return fingerprint_; }
  const std::vector<NamePattern>& patterns() const { return patterns_; }

  // Ids of the units that can matter; empty when any can.
  const std::vector<std::string>& units() const { return units_; }
  bool WantsUnit(absl::string_view unit) const;
  bool WantsKind(v1::WatchKind kind) const { return kinds_.contains(kind); }
  // By kind and name only.
  bool Follows(v1::WatchKind kind, absl::string_view name) const;
  // By the filter of a kind that is followed; false for no row.
  bool Passes(v1::WatchKind kind, const google::protobuf::Message& row) const;
  bool Passes(v1::WatchKind kind, const Row* row) const;

  // CHANGES for an entry: none when nothing in it is wanted, several when it is large. The same bytes every
  // time.
  std::shared_ptr<const Messages> Render(const Entry& entry) const;
  // CHANGES for given events, stamped with one revision. `before` is the position that a stream cut off
  // within them goes back to.
  struct Stamp {
    Revision revision = 0;
    int64_t time_us = 0;
    std::string hash;
    Revision revision_before = 0;
    std::string hash_before;
  };
  Messages RenderEvents(const std::vector<const Event*>& events, const Stamp& stamp) const;

  std::string TokenAt(Revision revision, absl::string_view hash, bool in_snapshot = false) const;

 private:
  // Appends the bytes of a WatchEvent; false when the event is not wanted.
  bool AppendEvent(const Event& event, std::string* out) const;

  const uint64_t id_;
  const std::string text_, store_id_, fingerprint_;
  const uint32_t epoch_;
  const std::vector<NamePattern> patterns_;
  const Kinds kinds_;
  std::vector<std::string> units_;
};
using SelectionPtr = std::shared_ptr<const Selection>;

}  // namespace attain::watch

#endif  // ATTAIN_SERVICE_WATCH_SELECTION_H_
