// The hub's tail thread: it publishes what was committed, serves LATEST_STATE at its ticks and looks around
// for quiet and stalled streams.
#include <algorithm>
#include <utility>

#include "absl/time/time.h"
#include "service/watch/hub.h"
#include "service/watch/wire.h"
#include "storage/position.h"

namespace attain::watch {
namespace {

using std::chrono::steady_clock;

constexpr Portion kPublishPortion{256, size_t{4} << 20};
constexpr std::chrono::milliseconds kLookAround{500};

absl::Duration Since(int64_t steady_nanoseconds, steady_clock::time_point now) {
  return absl::Nanoseconds(now.time_since_epoch().count() - steady_nanoseconds);
}

}  // namespace

void Hub::Tail() {
  while (!stopping_) {
    if (!Publish()) SleepUntilNeeded();
    ServeDue();
    LookAround();
  }
}

void Hub::SleepUntilNeeded() {
  bool idle = false;
  SteadyTime until;
  {
    storage::MutexLock lock(&mutex_);
    idle = roster_.empty();
    until = std::min(look_around_, schedule_.next());
  }
  storage::MutexLock lock(&wake_mutex_);
  while (!poked_ && !stopping_) {
    if (idle) {
      wake_.Wait(&wake_mutex_);
    } else {
      if (steady_clock::now() >= until) break;
      wake_.WaitUntil(&wake_mutex_, until);
    }
  }
  poked_ = false;
}

bool Hub::Publish() {
  Revision from = 0;
  uint64_t epoch = 0;
  {
    storage::MutexLock lock(&mutex_);
    if (roster_.empty() || !failure_.ok()) return false;
    from = published_ + 1;
    epoch = epoch_;
  }
  const Revision head = source_->head().revision;
  if (head < from) return false;
  if (reader_ == nullptr) reader_ = source_->MakeReader();
  std::vector<EntryPtr> entries;
  absl::Status read = reader_->Read(from, head, kPublishPortion, &entries);
  if (read.ok() && entries.empty()) read = Missing(from);
  if (!read.ok()) {
    Fail(read, epoch);
    return false;
  }
  std::vector<std::shared_ptr<Subscription>> woken;
  {
    storage::MutexLock lock(&mutex_);
    if (epoch != epoch_) return true;
    ring_.Append(entries);
    published_ = entries.back()->revision;
    published_hash_ = entries.back()->hash;
    for (const EntryPtr& entry : entries) {
      roster_.ForEachFollowing(
          *entry, [&](Member* member) ATTAIN_REQUIRES(mutex_) { WakeMember(member, *entry, &woken); });
    }
  }
  for (const std::shared_ptr<Subscription>& subscription : woken) subscription->Tell();
  return true;
}

// Everything between a waiting stream's cursor and the entry that wakes it was not for it.
void Hub::WakeMember(Member* member, const Entry& entry, std::vector<std::shared_ptr<Subscription>>* woken) {
  if (!member->waiting || entry.revision <= member->subscription->cursor_) return;
  member->waiting = false;
  member->subscription->MoveTo(entry.revision - 1, entry.previous_hash);
  if (member->subscription->latest()) {
    MakeDue(member->subscription);
  } else {
    woken->push_back(member->subscription);
  }
}

void Hub::MakeDue(const std::shared_ptr<Subscription>& subscription) {
  const SteadyTime before = schedule_.next();
  const SteadyTime tick = schedule_.Add(subscription, steady_clock::now());
  if (tick < std::min(before, look_around_)) Poke();
}

void Hub::Fail(const absl::Status& status, uint64_t epoch) {
  std::vector<std::shared_ptr<Subscription>> waiting;
  {
    storage::MutexLock lock(&mutex_);
    if (epoch != epoch_) return;
    failure_ = status;
    waiting = schedule_.TakeAll();
    roster_.ForEach([&](Member* member) ATTAIN_REQUIRES(mutex_) {
      if (std::exchange(member->waiting, false)) waiting.push_back(member->subscription);
    });
  }
  for (const std::shared_ptr<Subscription>& subscription : waiting) subscription->Tell();
}

void Hub::ServeDue() {
  std::vector<std::shared_ptr<Subscription>> due;
  {
    storage::MutexLock lock(&mutex_);
    due = schedule_.TakeDue(steady_clock::now());
  }
  if (due.empty()) return;
  worker_.Add([this, due = std::move(due)] {
    ServeTogether(due);
    return true;
  });
}

// Streams that stand at the same revision and select the same share one conflation: dashboards that keep up
// all do.
void Hub::ServeTogether(const std::vector<std::shared_ptr<Subscription>>& subscriptions) {
  struct Served {
    Revision revision = 0;
    std::string hash;
    Messages messages;
  };
  std::map<std::pair<const Selection*, Revision>, Served> known;
  for (const std::shared_ptr<Subscription>& subscription : subscriptions) {
    const auto [it, first] = known.try_emplace({subscription->selection_.get(), subscription->cursor_});
    Served& served = it->second;
    if (first) {
      Conflation conflation(subscription->selection_, subscription->cursor_, subscription->hash_);
      conflation.AddFrom(ring_, published());
      served = {conflation.revision(), conflation.hash(), conflation.Render()};
    }
    if (served.revision == subscription->cursor_) {  // the ring has left it behind
      Queue(subscription);
      continue;
    }
    subscription->MoveTo(served.revision, served.hash);
    subscription->Offer(served.messages);
    subscription->Tell();  // with nothing to send it only waits again
  }
}

void Hub::LookAround() {
  std::vector<std::shared_ptr<Subscription>> quiet, stalled;
  {
    storage::MutexLock lock(&mutex_);
    const SteadyTime now = steady_clock::now();
    if (now < look_around_) return;
    look_around_ = now + kLookAround;
    roster_.ForEach([&](Member* member) ATTAIN_REQUIRES(mutex_) {
      const Subscription& subscription = *member->subscription;
      const int64_t busy = subscription.busy_since_;
      if (busy != 0 && !member->cut && Since(busy, now) > options_.write_timeout) {
        member->cut = true;
        stalled.push_back(member->subscription);
      } else if (Since(subscription.last_sent_, now) >= options_.progress_interval) {
        if (std::exchange(member->waiting, false)) {
          if (published_ > subscription.cursor_) member->subscription->MoveTo(published_, published_hash_);
          quiet.push_back(member->subscription);
        } else if (subscription.latest() && schedule_.Remove(subscription)) {
          quiet.push_back(
              member->subscription);  // its tick is far away, and it says so again when it waits again
        }
      }
    });
    stalled_ += static_cast<int64_t>(stalled.size());
  }
  TellProgress(quiet);
  for (const std::shared_ptr<Subscription>& subscription : stalled) {
    if (const std::shared_ptr<Listener> listener = subscription->listener_.lock()) listener->OnStalled();
  }
}

void Hub::TellProgress(const std::vector<std::shared_ptr<Subscription>>& quiet) {
  for (const std::shared_ptr<Subscription>& subscription : quiet) {
    v1::WatchResponse response;
    v1::WatchProgress& progress = *response.mutable_progress();
    progress.set_revision(static_cast<int64_t>(subscription->cursor_));
    progress.set_token(storage::EncodePosition(subscription->selection_->store_id(),
                                               subscription->selection_->epoch(), subscription->cursor_));
    progress.mutable_heartbeat()->set_seconds(absl::ToInt64Seconds(options_.progress_interval));
    progress.mutable_heartbeat()->set_nanos(
        static_cast<int32_t>(absl::ToInt64Nanoseconds(options_.progress_interval % absl::Seconds(1))));
    response.set_resume_token(subscription->selection_->TokenAt(subscription->cursor_, subscription->hash_));
    subscription->Offer({Respond(response)});
    subscription->Tell();
  }
}

}  // namespace attain::watch
