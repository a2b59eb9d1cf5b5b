// What a subscription asks of the hub that keeps it.
#ifndef ATTAIN_SERVICE_WATCH_KEEPER_H_
#define ATTAIN_SERVICE_WATCH_KEEPER_H_

#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "service/watch/ring.h"
#include "service/watch/source.h"

namespace attain::watch {

class Subscription;

// Thread-safe. Outlives its subscriptions.
class Keeper {
 public:
  // What comes of waiting for something above a cursor: it waits; there is something already; the ring does
  // not reach back so far; all streams ended with an error.
  enum class Waiting { kYes, kGoOn, kBehindRing, kFailed };

  virtual Waiting Wait(const Subscription* subscription, Revision cursor) = 0;
  // Has the worker run it.
  virtual void Queue(std::shared_ptr<Subscription> subscription) = 0;
  // Tells it to go on when others had their turn; none of them reads from the disk.
  virtual void GiveTurn(std::shared_ptr<Subscription> subscription) = 0;
  // One more message was handed to a stream.
  virtual void CountMessage() = 0;
  virtual void Remove(const Subscription* subscription) = 0;
  virtual const Ring& ring() const = 0;
  // The end of what the tail has published.
  virtual Revision published() const = 0;
  // The error that ended all streams.
  virtual absl::Status failure() const = 0;
  // Worker thread: entries above `after`, none at the published end.
  virtual absl::Status ReadBehind(Revision after, const Portion& portion, std::vector<EntryPtr>* entries) = 0;

 protected:
  ~Keeper() = default;
};

}  // namespace attain::watch

#endif  // ATTAIN_SERVICE_WATCH_KEEPER_H_
