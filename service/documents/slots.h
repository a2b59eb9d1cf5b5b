// How many may do something at the same time, and how many may wait for it.
#ifndef ATTAIN_SERVICE_DOCUMENTS_SLOTS_H_
#define ATTAIN_SERVICE_DOCUMENTS_SLOTS_H_

#include <cstddef>
#include <cstdint>

#include "storage/mutex.h"

namespace attain::documents {

// Thread-safe. First come, first served.
class Slots {
 public:
  Slots(size_t running, size_t waiting) : running_(running), waiting_(waiting) {}

  // Blocks for a slot; false at once when too many wait already. Give it back with Leave.
  bool Enter() ATTAIN_EXCLUDES(mutex_);
  void Leave() ATTAIN_EXCLUDES(mutex_);

 private:
  const size_t running_, waiting_;
  storage::Mutex mutex_;
  storage::CondVar turn_;
  uint64_t next_ticket_ ATTAIN_GUARDED_BY(mutex_) = 0;  // of the next to come
  uint64_t left_ ATTAIN_GUARDED_BY(mutex_) = 0;         // how many have gone again
};

// A slot for as long as it lives. Thread-compatible.
class Slot {
 public:
  explicit Slot(Slots* slots) : slots_(slots->Enter() ? slots : nullptr) {}
  ~Slot() {
    if (slots_ != nullptr) slots_->Leave();
  }
  Slot(const Slot&) = delete;
  Slot& operator=(const Slot&) = delete;
  // False: too many waited.
  bool got() const { return slots_ != nullptr; }

 private:
  Slots* const slots_;
};

}  // namespace attain::documents

#endif  // ATTAIN_SERVICE_DOCUMENTS_SLOTS_H_
