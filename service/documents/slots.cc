#include "service/documents/slots.h"

namespace attain::documents {

bool Slots::Enter() {
  storage::MutexLock lock(&mutex_);
  if (next_ticket_ - left_ >= running_ + waiting_) return false;
  const uint64_t ticket = next_ticket_++;
  while (ticket - left_ >= running_) turn_.Wait(&mutex_);
  return true;
}

void Slots::Leave() {
  storage::MutexLock lock(&mutex_);
  ++left_;
  turn_.NotifyAll();
}

}  // namespace attain::documents
