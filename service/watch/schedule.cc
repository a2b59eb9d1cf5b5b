#include "service/watch/schedule.h"

#include <algorithm>
#include <utility>

namespace attain::watch {

Schedule::SteadyTime Schedule::Add(const std::shared_ptr<Subscription>& subscription, SteadyTime now) {
  Tick& tick = ticks_[subscription->interval()];
  if (tick.subscriptions.empty()) {
    const auto interval = absl::ToChronoNanoseconds(subscription->interval());
    tick.time = start_ + ((now - start_) / interval + 1) * interval;
  }
  tick.subscriptions.push_back(subscription);
  return tick.time;
}

bool Schedule::Remove(const Subscription& subscription) {
  const auto tick = ticks_.find(subscription.interval());
  if (tick == ticks_.end()) return false;
  auto& list = tick->second.subscriptions;
  const auto it =
      std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.get() == &subscription; });
  if (it == list.end()) return false;
  *it = std::move(list.back());
  list.pop_back();
  if (list.empty()) ticks_.erase(tick);
  return true;
}

std::vector<std::shared_ptr<Subscription>> Schedule::TakeDue(SteadyTime now) {
  std::vector<std::shared_ptr<Subscription>> due, too_early;
  for (auto it = ticks_.begin(); it != ticks_.end();) {
    const Tick& tick = it->second;
    if (now < tick.time) {
      ++it;
      continue;
    }
    for (const std::shared_ptr<Subscription>& subscription : tick.subscriptions) {
      (subscription->Accept(tick.time) ? due : too_early).push_back(subscription);
    }
    it = ticks_.erase(it);
  }
  for (const std::shared_ptr<Subscription>& subscription : too_early) Add(subscription, now);
  return due;
}

std::vector<std::shared_ptr<Subscription>> Schedule::TakeAll() {
  std::vector<std::shared_ptr<Subscription>> all;
  for (const auto& [interval, tick] : std::exchange(ticks_, {})) {
    all.insert(all.end(), tick.subscriptions.begin(), tick.subscriptions.end());
  }
  return all;
}

Schedule::SteadyTime Schedule::next() const {
  SteadyTime first = SteadyTime::max();
  for (const auto& [interval, tick] : ticks_) first = std::min(first, tick.time);
  return first;
}

}  // namespace attain::watch
