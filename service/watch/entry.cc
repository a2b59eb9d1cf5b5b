#include "service/watch/entry.h"

namespace attain::watch {

Row::Row(const google::protobuf::Message& row)
    : bytes(row.SerializeAsString()),
      prototype_(google::protobuf::MessageFactory::generated_factory()->GetPrototype(row.GetDescriptor())) {}

const google::protobuf::Message& Row::message() const {
  std::call_once(parsed_, [this] {
    std::unique_ptr<google::protobuf::Message> message(prototype_->New());
    message->ParseFromString(bytes);  // what was serialised parses
    message_ = std::move(message);
  });
  return *message_;
}

void Entry::Weigh() {
  constexpr size_t kEntry = 400, kEvent = 200;
  bytes = kEntry + units.size() * sizeof(std::string);
  for (const Event& event : events) {
    // Most rows are shared: the one after is the one before of a later event. With a filter each is there as
    // a message too.
    bytes += kEvent + 2 * event.name.size() + event.cause.size() + event.actor.size();
    for (const RowPtr& row : {event.before, event.after}) bytes += row == nullptr ? 0 : 2 * row->bytes.size();
  }
}

}  // namespace attain::watch
