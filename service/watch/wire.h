// Protobuf's wire format, as far as messages are put together from parts that were serialised before: an
// event is sent to a thousand streams and written once.
#ifndef ATTAIN_SERVICE_WATCH_WIRE_H_
#define ATTAIN_SERVICE_WATCH_WIRE_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "service/watch/entry.h"

namespace attain::watch {

class WireWriter {
 public:
  // Appends to `out`, which must outlive the writer.
  explicit WireWriter(std::string* out) : out_(out) {}
  // A string, bytes or message field.
  void Field(int number, absl::string_view bytes);
  // An integer, bool or enum field; 0 is left out, as proto3 does.
  void Number(int number, uint64_t value);

 private:
  void Varint(uint64_t value);

  std::string* const out_;
};

// A WatchResponse with this token whose event `field` has these bytes.
Message Respond(absl::string_view token, int field, absl::string_view event);
Message Respond(const v1::WatchResponse& response);

}  // namespace attain::watch

#endif  // ATTAIN_SERVICE_WATCH_WIRE_H_
