// The hub: follows the journal once for all streams and wakes those that something is for.
//
// A writer only says "there is a new head" (Notify). The hub's own thread reads the new entries into the ring, and each stream
// goes through the ring at its own pace: a slow one holds nothing but its cursor and one message. A stream that the ring has left
// behind is caught up from the journal by a worker, in small portions. Without streams the hub does nothing.
#ifndef ATTAIN_SERVICE_WATCH_HUB_H_
#define ATTAIN_SERVICE_WATCH_HUB_H_

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "attain/v1/admin_service.pb.h"
#include "service/watch/archive.h"
#include "service/watch/ring.h"
#include "service/watch/source.h"
#include "service/watch/subscription.h"

namespace attain::watch {

struct HubOptions {
  // Memory for recent changes that all streams share. Default: 64 MiB. It bounds how far a stream can fall behind before it is
  // caught up from the disk.
  size_t ring_bytes = size_t{64} << 20;
  // Open streams in total, and of one caller. Defaults: 10,000 and 1,000.
  size_t max_streams = 10'000;
  size_t max_streams_per_caller = 1'000;
  // A stream that was sent nothing for this long hears PROGRESS. Default: 5 seconds.
  absl::Duration progress_interval = absl::Seconds(5);
  // A client that does not take a message for this long is cut off. Default: one minute.
  absl::Duration write_timeout = absl::Minutes(1);
};

// Thread-safe. Must outlive its subscriptions.
class Hub {
 public:
  Hub(const Source* source, const HubOptions& options);
  ~Hub();

  // There is a new head. Cheap; never blocks.
  void Notify() ATTAIN_EXCLUDES(wake_mutex_);

  // RESOURCE_EXHAUSTED above a limit; `caller` is whom the stream counts for.
  absl::StatusOr<std::shared_ptr<Subscription>> Open(Opening opening, const std::string& caller,
                                                     std::weak_ptr<Listener> listener) ATTAIN_EXCLUDES(mutex_);
  // The open streams' selection with the same text, or this one.
  SelectionPtr Intern(SelectionPtr selection) ATTAIN_EXCLUDES(mutex_);

  v1::WatchLoad Load() const ATTAIN_EXCLUDES(mutex_);
  // Nothing is sent any more. Idempotent.
  void Shutdown() ATTAIN_EXCLUDES(mutex_);

 private:
  friend class Subscription;
  using SteadyTime = std::chrono::steady_clock::time_point;

  struct Member {
    std::shared_ptr<Subscription> subscription;
    std::string caller;
    bool waiting = false;
  };
  // LATEST_STATE streams of one interval that something is for; they are served together so that they share the work.
  struct Due {
    std::vector<std::shared_ptr<Subscription>> subscriptions;
    SteadyTime next;
  };
  enum class Waiting { kYes, kGoOn, kBehindRing, kFailed };

  // For subscriptions.
  Waiting Wait(Subscription* subscription, Revision cursor) ATTAIN_EXCLUDES(mutex_);
  void Queue(std::shared_ptr<Subscription> subscription) ATTAIN_EXCLUDES(queue_mutex_);
  void Remove(Subscription* subscription) ATTAIN_EXCLUDES(mutex_);
  const Ring& ring() const { return ring_; }
  absl::Status failure() const ATTAIN_EXCLUDES(mutex_);
  // Worker thread: entries above `after`, none at the published end.
  absl::Status ReadBehind(Revision after, const Portion& portion, std::vector<EntryPtr>* entries) ATTAIN_EXCLUDES(mutex_);

  void Tail() ATTAIN_EXCLUDES(mutex_, wake_mutex_);
  void SleepUntilNeeded() ATTAIN_EXCLUDES(mutex_, wake_mutex_);
  // False when there was nothing new.
  bool Publish() ATTAIN_EXCLUDES(mutex_);
  void WakeFor(const Entry& entry, std::vector<std::shared_ptr<Subscription>>* woken) ATTAIN_REQUIRES(mutex_);
  void WakeMember(Member* member, const Entry& entry, std::vector<std::shared_ptr<Subscription>>* woken)
      ATTAIN_REQUIRES(mutex_);
  void MakeDue(const std::shared_ptr<Subscription>& subscription) ATTAIN_REQUIRES(mutex_);
  void Fail(const absl::Status& status) ATTAIN_EXCLUDES(mutex_);
  void ServeDue() ATTAIN_EXCLUDES(mutex_);
  void LookAround() ATTAIN_EXCLUDES(mutex_);
  void Work() ATTAIN_EXCLUDES(queue_mutex_);
  void Poke() ATTAIN_EXCLUDES(wake_mutex_);

  const Source* const source_;
  const HubOptions options_;
  const SteadyTime start_;
  Ring ring_;
  Archive archive_;                      // worker thread only
  std::unique_ptr<EntryReader> reader_;  // tail thread only

  // Before queue_mutex_, wake_mutex_ and the ring's.
  mutable storage::Mutex mutex_;
  absl::flat_hash_map<const Subscription*, std::unique_ptr<Member>> members_ ATTAIN_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::string, std::vector<Member*>> by_unit_ ATTAIN_GUARDED_BY(mutex_);
  std::vector<Member*> of_any_unit_ ATTAIN_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::string, size_t> per_caller_ ATTAIN_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::string, std::weak_ptr<const Selection>> selections_ ATTAIN_GUARDED_BY(mutex_);
  std::map<absl::Duration, Due> due_ ATTAIN_GUARDED_BY(mutex_);
  Revision published_ ATTAIN_GUARDED_BY(mutex_) = 0;
  std::string published_hash_ ATTAIN_GUARDED_BY(mutex_);
  uint64_t epoch_ ATTAIN_GUARDED_BY(mutex_) = 0;  // counts the times the ring was started anew
  absl::Status failure_ ATTAIN_GUARDED_BY(mutex_);
  SteadyTime look_around_ ATTAIN_GUARDED_BY(mutex_);
  int64_t refused_ ATTAIN_GUARDED_BY(mutex_) = 0;
  int64_t stalled_ ATTAIN_GUARDED_BY(mutex_) = 0;

  storage::Mutex wake_mutex_;
  storage::CondVar wake_;
  bool poked_ ATTAIN_GUARDED_BY(wake_mutex_) = false;
  std::atomic<bool> any_streams_{false};
  std::atomic<bool> stopping_{false};

  storage::Mutex queue_mutex_;
  storage::CondVar queued_;
  std::deque<std::shared_ptr<Subscription>> queue_ ATTAIN_GUARDED_BY(queue_mutex_);

  std::thread tail_, worker_;
};

}  // namespace attain::watch

#endif  // ATTAIN_SERVICE_WATCH_HUB_H_
