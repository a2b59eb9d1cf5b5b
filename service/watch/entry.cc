#include "service/watch/entry.h"

namespace attain::watch {

Row::Row(std::unique_ptr<const google::protobuf::Message> row)
    : message(std::move(row)), bytes(message->SerializeAsString()) {}

void Entry::Weigh() {
  constexpr size_t kEntry = 400, kEvent = 200;
  bytes = kEntry + units.size() * sizeof(std::string);
  for (const Event& event : events) {
    // A row is twice there, as a message and as bytes, and most are shared: the one after is the one before of a later event.
    bytes += kEvent + 2 * event.name.size() + event.cause.size() + event.actor.size();
    for (const RowPtr& row : {event.before, event.after}) bytes += row == nullptr ? 0 : 2 * row->bytes.size();
  }
}

}  // namespace attain::watch
