// An event in two parts: what may be shown, and what people typed.
//
// Which field is a text stands on it in the schema, (attain.storage.v1.part) = PART_KIND_TEXTS.
#ifndef ATTAIN_SERVICE_STATE_EVENT_PARTS_H_
#define ATTAIN_SERVICE_STATE_EVENT_PARTS_H_

#include "attain/storage/v1/event.pb.h"

namespace attain::engine {

namespace disk = ::attain::storage::v1;

// Moves the texts of `event` into `texts`, which must be empty and stays so when there are none. The bytes of
// the two, one behind the other, parse to the event as it was. Thread-safe.
void MoveTexts(disk::Event* event, disk::Event* texts);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_EVENT_PARTS_H_
