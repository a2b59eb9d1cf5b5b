// The epochs of a store: a loss that was accepted and a restore cut its history off behind a revision, and
// what is written then has numbers that may have been given out before.
#ifndef ATTAIN_STORAGE_EPOCHS_H_
#define ATTAIN_STORAGE_EPOCHS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace attain::storage {

// The first epoch of every store.
inline constexpr uint32_t kFirstEpoch = 1;

// A value. Revisions count from 1.
class Epochs {
 public:
  // The newest.
  uint32_t current() const { return starts_.back().epoch; }
  // In which the entry of this revision was written, or will be.
  uint32_t Of(uint64_t revision) const;
  // Whether the history of `epoch` up to `revision` is that of this store: nothing of it was cut off.
  bool Holds(uint32_t epoch, uint64_t revision) const;

  // What is written from revision `first` on is of `epoch`, which is later than current(). Epochs that began
  // there or behind it go: nothing of them is left.
  void Begin(uint32_t epoch, uint64_t first);

  // As it lies on disk: "EPOCH FIRST-REVISION" for each but the first, with "," between; empty for a store
  // that never lost anything.
  std::string Text() const;
  // Nothing for what Text does not give.
  static std::optional<Epochs> Parse(absl::string_view text);

 private:
  struct Start {
    uint32_t epoch = kFirstEpoch;
    uint64_t revision = 1;
  };
  std::vector<Start> starts_ = {Start{}};  // both ascend
};

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_EPOCHS_H_
