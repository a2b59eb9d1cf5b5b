// A place in the history of one store as an opaque word that clients hold: it says of which store, of which
// epoch and up to which revision.
#ifndef ATTAIN_STORAGE_POSITION_H_
#define ATTAIN_STORAGE_POSITION_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "storage/store.h"

namespace attain::storage {

struct Position {
  std::string store;  // the first 16 of the 32 hex digits of its id
  uint32_t epoch = kFirstEpoch;
  Revision revision = 0;
};

// Letters, digits, "-" and "_", less than 64. `store_id` as Store has it, `epoch` as its epochs say of the
// revision. Thread-safe.
std::string EncodePosition(absl::string_view store_id, uint32_t epoch, Revision revision);
// Nothing when it is damaged or no such word. Thread-safe.
std::optional<Position> DecodePosition(absl::string_view word);
// Whether a position is of this store, and of a part of its history that was not lost.
bool IsOf(const Position& position, absl::string_view store_id, const Epochs& epochs);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_POSITION_H_
