// A journal entry from what was decided, and back.
#ifndef ATTAIN_SERVICE_STATE_ENTRY_H_
#define ATTAIN_SERVICE_STATE_ENTRY_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attain/storage/v1/event.pb.h"
#include "storage/store.h"

namespace attain::engine {

namespace disk = ::attain::storage::v1;

// A table that an entry touches.
struct ThreadStep {
  std::string table;            // units/{unit}/tables/{table}
  uint64_t previous = 0;        // revision that touched it before; 0 = none
  std::vector<int32_t> events;  // which of the entry's events touch it
};

// The payload of an entry in parts (storage/entry_parts.h; proto/attain/storage/v1/part.proto): WHO; FACTS
// and TEXTS of each event; one HEAD for each step, or one without a table when there is none; ANSWER, when
// one is kept. `salt` has 32 bytes. Takes the events of `payload` apart. Its time is not part of the bytes:
// the journal has it.
std::string EncodeEntry(disk::EntryPayload payload, const std::vector<ThreadStep>& steps,
                        absl::string_view salt);

// What a record says, whichever form it was written in. DATA_LOSS when it does not parse.
absl::StatusOr<disk::EntryPayload> ReadEntry(const storage::JournalRecord& record);

// DATA_LOSS unless the record names these steps, as its events had them when they were applied: a table's
// history could be shown with something left out. An entry that was written whole names none and passes.
absl::Status CheckSteps(const storage::JournalRecord& record, const std::vector<ThreadStep>& steps);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_ENTRY_H_
