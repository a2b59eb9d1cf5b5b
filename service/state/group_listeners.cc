#include "service/state/group_listeners.h"

#include <algorithm>
#include <utility>

namespace attain::engine {

bool GroupListeners::BeginGroup() {
  std::vector<bool> wanted;
  bool any = false;
  for (GroupListener* const listener : listeners_) {
    wanted.push_back(listener->BeginGroup());
    any = any || wanted.back();
  }
  storage::MutexLock lock(&mutex_);
  wanted_.push_back(std::move(wanted));
  return any;
}

void GroupListeners::EndGroup(uint64_t revision, std::optional<std::vector<MovedTable>> moved) {
  std::vector<bool> wanted;
  {
    storage::MutexLock lock(&mutex_);
    wanted = std::move(wanted_.front());
    wanted_.pop_front();
  }
  auto left = std::count(wanted.begin(), wanted.end(), true);
  for (size_t i = 0; i < listeners_.size(); ++i) {
    std::optional<std::vector<MovedTable>> part;
    if (wanted[i]) part = --left == 0 ? std::move(moved) : moved;
    listeners_[i]->EndGroup(revision, std::move(part));
  }
}

void GroupListeners::GroupAnswered() {
  for (GroupListener* const listener : listeners_) listener->GroupAnswered();
}

}  // namespace attain::engine
