// What one revision changed, in the form that all streams share.
#ifndef ATTAIN_SERVICE_WATCH_ENTRY_H_
#define ATTAIN_SERVICE_WATCH_ENTRY_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "attain/v1/watch_service.pb.h"
#include "google/protobuf/message.h"
#include "storage/mutex.h"
#include "storage/store.h"

namespace attain::watch {

using storage::Revision;

// A serialised WatchResponse, shared by all streams that send it.
using Message = std::shared_ptr<const std::string>;
using Messages = std::vector<Message>;

// A Score, Actual or Table at one revision, serialised once. Immutable, thread-safe.
class Row {
 public:
  explicit Row(const google::protobuf::Message& row);

  const std::string bytes;
  // For filters; parsed when it is asked for first, as most streams have none.
  const google::protobuf::Message& message() const;

 private:
  const google::protobuf::Message* const prototype_;  // the type's own, which lives forever
  mutable std::once_flag parsed_;
  mutable std::unique_ptr<const google::protobuf::Message> message_;
};
using RowPtr = std::shared_ptr<const Row>;  // null: there is none

// One resource before and after.
struct Event {
  v1::WatchKind kind = v1::WATCH_KIND_UNSPECIFIED;
  std::string name;
  std::string key;  // tells resources of one kind apart: the name, and for a unit's score its fiscal year
  RowPtr before, after;
  std::string cause, actor;
};

// All events of one revision. Immutable but for what was rendered of it.
struct Entry {
  Revision revision = 0;
  int64_t time_us = 0;  // recorded time, microseconds since the epoch
  std::string hash, previous_hash;
  std::vector<Event> events;
  std::vector<std::string> units;  // ids of the units that `events` touch, each once
  size_t bytes = 0;                // roughly what it takes in memory; set by Weigh

  void Weigh();

  // What selections made of it: the first few, so that equal streams share bytes.
  struct Rendered {
    uint64_t selection = 0;
    std::shared_ptr<const Messages> messages;
  };
  mutable storage::Mutex mutex;
  mutable std::vector<Rendered> rendered ATTAIN_GUARDED_BY(mutex);
};
using EntryPtr = std::shared_ptr<const Entry>;

// How much one read may give; it gives at least one entry.
struct Portion {
  size_t entries = static_cast<size_t>(-1);
  size_t bytes = static_cast<size_t>(-1);
};

}  // namespace attain::watch

#endif  // ATTAIN_SERVICE_WATCH_ENTRY_H_
