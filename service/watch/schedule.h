// LATEST_STATE: which streams are served when. The ticks of an interval are the same for all streams, so that
// those who keep up stand at the same revision and share the work.
#ifndef ATTAIN_SERVICE_WATCH_SCHEDULE_H_
#define ATTAIN_SERVICE_WATCH_SCHEDULE_H_

#include <chrono>
#include <map>
#include <memory>
#include <vector>

#include "absl/time/time.h"
#include "service/watch/subscription.h"

namespace attain::watch {

// Thread-compatible.
class Schedule {
 public:
  using SteadyTime = std::chrono::steady_clock::time_point;

  // Ticks are counted from `start`.
  explicit Schedule(SteadyTime start) : start_(start) {}

  // Serves it at the next tick of its interval after `now`, which is returned. Not while it is in the
  // schedule.
  SteadyTime Add(const std::shared_ptr<Subscription>& subscription, SteadyTime now);
  // False when it was not there.
  bool Remove(const Subscription& subscription);
  // Those whose tick has come. One that was sent something less than its interval before stays for the tick
  // after.
  std::vector<std::shared_ptr<Subscription>> TakeDue(SteadyTime now);
  std::vector<std::shared_ptr<Subscription>> TakeAll();
  // The first tick for which there is something to do; the end of time when there is none.
  SteadyTime next() const;

 private:
  struct Tick {
    SteadyTime time;
    std::vector<std::shared_ptr<Subscription>> subscriptions;  // never empty
  };
  const SteadyTime start_;
  std::map<absl::Duration, Tick> ticks_;  // by interval
};

}  // namespace attain::watch

#endif  // ATTAIN_SERVICE_WATCH_SCHEDULE_H_
