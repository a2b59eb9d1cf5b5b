// One stream's cursor: where it stands, and what it is owed next.
//
// A subscription is a baton: at any time one party runs it. The stream runs it (Next) until there is nothing
// to send; then the hub has it, until something happens; or a worker, while it reads from the disk. Each
// hands it on under the hub's lock, so the subscription needs none.
#ifndef ATTAIN_SERVICE_WATCH_SUBSCRIPTION_H_
#define ATTAIN_SERVICE_WATCH_SUBSCRIPTION_H_

#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/watch/conflation.h"
#include "service/watch/keeper.h"
#include "service/watch/source.h"

namespace attain::watch {

// The stream of a subscription.
class Listener {
 public:
  virtual ~Listener() = default;
  // Ask for the next message now. On the hub's threads, without locks; must not block.
  virtual void OnReady() = 0;
  // The client has not taken a message for too long: cut it off.
  virtual void OnStalled() = 0;
};

// How a stream begins.
struct Opening {
  SelectionPtr selection;
  // EVERY_CHANGE when zero, else the interval of LATEST_STATE.
  absl::Duration interval;
  // Everything above this revision follows; `hash` is its journal hash.
  Revision revision = 0;
  std::string hash;
  Messages first;                          // CREATED, RESET
  std::unique_ptr<SnapshotWalk> snapshot;  // at `revision`; null for none
};

class Subscription : public std::enable_shared_from_this<Subscription> {
 public:
  Subscription(Keeper* keeper, Opening opening, std::weak_ptr<Listener> listener);

  // The next message; null when there is none now: the listener hears OnReady once when to ask again. An
  // error says why there will be no more. Never blocks. Not concurrently with itself.
  absl::StatusOr<Message> Next();
  // After Next gave a message: whether another one is at hand, so that this one need not be hurried.
  bool more() const;
  // Gives the place back. Thread-safe, idempotent; the listener may still be called once.
  void Close();

  // LATEST_STATE, for the schedule and whoever runs it.
  using SteadyTime = std::chrono::steady_clock::time_point;
  absl::Duration interval() const { return interval_; }
  // Whether a tick may serve it; not within an interval after what it was sent last. Remembers the tick.
  bool Accept(SteadyTime tick);
  // It is sent something off the ticks.
  void MarkSent(SteadyTime now) { flushed_ = now; }

 private:
  friend class Hub;  // runs it while it has the baton

  bool latest() const { return interval_ > absl::ZeroDuration(); }
  void MoveTo(Revision revision, const std::string& hash);
  void Offer(const Messages& messages);
  void Tell() const;
  // Puts what the next wanted entry gives into the outbox, reading on in the ring. False: nothing there, or
  // `patience` entries were looked through in vain.
  bool TakeNext(size_t* patience);

  // What a worker does for the stream. False: call again later, the stream gets nothing yet.
  bool Work();
  bool WalkOn();
  bool CatchUp();
  bool CatchUpLatest();

  Keeper* const keeper_;
  const std::weak_ptr<Listener> listener_;
  const SelectionPtr selection_;
  const absl::Duration interval_;

  // Of whoever runs it.
  std::deque<Message> outbox_;
  std::vector<EntryPtr> pending_;  // read and not yet sent
  size_t next_pending_ = 0;
  std::unique_ptr<SnapshotWalk> walk_;  // null when the snapshot is complete
  std::optional<Conflation> behind_;    // LATEST_STATE, while it catches up from the journal
  Revision behind_until_ = 0;           // where that is enough
  SteadyTime behind_since_;             // when it began
  Revision cursor_ = 0;                 // everything up to here was sent or is in the outbox
  std::string hash_;                    // of that revision
  absl::Status status_;                 // why there are no more messages
  int in_a_row_ = 0;                    // messages since others had a turn
  SteadyTime flushed_;                  // LATEST_STATE: when it was sent something last

  std::atomic<bool> closed_{false};
  std::atomic<Revision> position_{0};  // cursor_, for those who only look
  std::atomic<int64_t> busy_since_{
      0};  // steady nanoseconds since the message under way was taken; 0 = none is
  std::atomic<int64_t> last_sent_{0};  // steady nanoseconds
};

}  // namespace attain::watch

#endif  // ATTAIN_SERVICE_WATCH_SUBSCRIPTION_H_
