// The hub: follows the journal once for all streams and wakes those that something is for.
//
// A writer only says "there is a new head" (Notify). The hub's own thread reads the new entries into the
// ring, and each stream goes through the ring at its own pace. A stream that the ring has left behind is
// caught up from the journal by a worker, in small portions. Without streams the hub does nothing.
//
// Memory: the ring, plus what its entries were rendered to for up to eight different selections (each at most
// half of the entry), plus 16 MiB of entries read again for those behind. A stream whose client does not read
// holds its cursor and at most 128 KiB of entries or one revision, whichever is larger; in LATEST_STATE the
// rows before and after of at most 10,000 resources and those of one revision.
#ifndef ATTAIN_SERVICE_WATCH_HUB_H_
#define ATTAIN_SERVICE_WATCH_HUB_H_

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "attain/v1/admin_service.pb.h"
#include "service/watch/archive.h"
#include "service/watch/keeper.h"
#include "service/watch/ring.h"
#include "service/watch/roster.h"
#include "service/watch/schedule.h"
#include "service/watch/source.h"
#include "service/watch/subscription.h"
#include "service/watch/worker.h"

namespace attain::watch {

struct HubOptions {
  // Memory for recent changes that all streams share. Default: 64 MiB. It bounds how far a stream can fall
  // behind before it is caught up from the disk.
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
class Hub final : public Keeper {
 public:
  Hub(const Source* source, const HubOptions& options);
  ~Hub();

  // There is a new head. Cheap; never blocks.
  void Notify() ATTAIN_EXCLUDES(wake_mutex_);

  // RESOURCE_EXHAUSTED above a limit; `caller` is whom the stream counts for.
  // The error that ended all streams while some of those are still there.
  absl::StatusOr<std::shared_ptr<Subscription>> Open(Opening opening, const std::string& caller,
                                                     std::weak_ptr<Listener> listener)
      ATTAIN_EXCLUDES(mutex_);
  // The open streams' selection with the same text, or this one.
  SelectionPtr Intern(SelectionPtr selection) ATTAIN_EXCLUDES(mutex_);

  v1::WatchLoad Load() const ATTAIN_EXCLUDES(mutex_);
  // Nothing is sent any more. Idempotent.
  void Shutdown() ATTAIN_EXCLUDES(mutex_);

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;

  Waiting Wait(const Subscription* subscription, Revision cursor) override ATTAIN_EXCLUDES(mutex_);
  void Queue(std::shared_ptr<Subscription> subscription) override;
  void GiveTurn(std::shared_ptr<Subscription> subscription) override;
  void CountMessage() override { messages_.fetch_add(1, std::memory_order_relaxed); }
  void Remove(const Subscription* subscription) override ATTAIN_EXCLUDES(mutex_);
  const Ring& ring() const override { return ring_; }
  Revision published() const override ATTAIN_EXCLUDES(mutex_);
  absl::Status failure() const override ATTAIN_EXCLUDES(mutex_);
  absl::Status ReadBehind(Revision after, const Portion& portion, std::vector<EntryPtr>* entries) override
      ATTAIN_EXCLUDES(mutex_);

  static absl::Status Missing(Revision revision);  // DATA_LOSS

  // Tail thread: hub_tail.cc.
  void Tail() ATTAIN_EXCLUDES(mutex_, wake_mutex_);
  void SleepUntilNeeded() ATTAIN_EXCLUDES(mutex_, wake_mutex_);
  // False when there was nothing new.
  bool Publish() ATTAIN_EXCLUDES(mutex_);
  void Fail(const absl::Status& status, uint64_t epoch) ATTAIN_EXCLUDES(mutex_);
  void ServeDue() ATTAIN_EXCLUDES(mutex_);
  void LookAround() ATTAIN_EXCLUDES(mutex_);
  // Tells quiet streams how far they are.
  void TellProgress(const std::vector<std::shared_ptr<Subscription>>& quiet);
  // Worker thread.
  void ServeTogether(const std::vector<std::shared_ptr<Subscription>>& subscriptions) ATTAIN_EXCLUDES(mutex_);

  void Begin() ATTAIN_REQUIRES(mutex_);
  void WakeMember(Member* member, const Entry& entry, std::vector<std::shared_ptr<Subscription>>* woken)
      ATTAIN_REQUIRES(mutex_);
  void MakeDue(const std::shared_ptr<Subscription>& subscription) ATTAIN_REQUIRES(mutex_);
  void Poke() ATTAIN_EXCLUDES(wake_mutex_);

  const Source* const source_;
  const HubOptions options_;
  Ring ring_;
  Archive archive_;                      // worker thread only
  std::unique_ptr<EntryReader> reader_;  // tail thread only

  // Before wake_mutex_, the worker's and the ring's.
  mutable storage::Mutex mutex_;
  Roster roster_ ATTAIN_GUARDED_BY(mutex_);
  SelectionPool selections_ ATTAIN_GUARDED_BY(mutex_);
  Schedule schedule_ ATTAIN_GUARDED_BY(mutex_);
  Revision published_ ATTAIN_GUARDED_BY(mutex_) = 0;  // the ring's end
  std::string published_hash_ ATTAIN_GUARDED_BY(mutex_);
  uint64_t epoch_ ATTAIN_GUARDED_BY(mutex_) = 0;  // counts the times the ring was emptied
  absl::Status failure_ ATTAIN_GUARDED_BY(mutex_);
  SteadyTime look_around_ ATTAIN_GUARDED_BY(mutex_);
  int64_t refused_ ATTAIN_GUARDED_BY(mutex_) = 0;
  int64_t stalled_ ATTAIN_GUARDED_BY(mutex_) = 0;

  storage::Mutex wake_mutex_;
  storage::CondVar wake_;
  bool poked_ ATTAIN_GUARDED_BY(wake_mutex_) = false;
  std::atomic<bool> any_streams_{false};
  std::atomic<bool> stopping_{false};
  std::atomic<int64_t> messages_{0};

  Worker worker_, turns_;  // after what their jobs use
  std::thread tail_;
};

}  // namespace attain::watch

#endif  // ATTAIN_SERVICE_WATCH_HUB_H_
