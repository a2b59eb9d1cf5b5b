#include "service/watch/hub.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace attain::watch {
namespace {

constexpr size_t kArchiveBytes = size_t{16} << 20;

using std::chrono::steady_clock;

}  // namespace

Hub::Hub(const Source* source, const HubOptions& options)
    : source_(source),
      options_(options),
      ring_(options.ring_bytes),
      archive_(source, kArchiveBytes),
      schedule_(steady_clock::now()),
      look_around_(steady_clock::now()) {
  tail_ = std::thread([this] { Tail(); });
}

Hub::~Hub() {
  Shutdown();
}

void Hub::Shutdown() {
  stopping_ = true;
  Poke();
  if (tail_.joinable()) tail_.join();
  worker_.Stop();
  turns_.Stop();
}

void Hub::Poke() {
  storage::MutexLock lock(&wake_mutex_);
  poked_ = true;
  wake_.NotifyOne();
}

void Hub::Notify() {
  if (any_streams_.load(std::memory_order_acquire)) Poke();
}

absl::StatusOr<std::shared_ptr<Subscription>> Hub::Open(Opening opening, const std::string& caller,
                                                        std::weak_ptr<Listener> listener) {
  auto member = std::make_unique<Member>();
  member->caller = caller;
  member->selection = opening.selection;
  member->subscription = std::make_shared<Subscription>(this, std::move(opening), std::move(listener));
  std::shared_ptr<Subscription> subscription = member->subscription;
  {
    storage::MutexLock lock(&mutex_);
    if (roster_.empty()) Begin();
    const bool too_many = roster_.size() >= options_.max_streams;
    if (too_many || roster_.CountOf(caller) >= options_.max_streams_per_caller) {
      ++refused_;
      subscription->closed_ = true;
      return absl::ResourceExhaustedError(
          absl::StrCat(too_many ? options_.max_streams : options_.max_streams_per_caller));
    }
    if (!failure_.ok()) {
      subscription->closed_ = true;
      return failure_;
    }
    roster_.Add(std::move(member));
    any_streams_.store(true, std::memory_order_release);
  }
  Poke();  // something may have been committed before any_streams_ was seen
  return subscription;
}

// From the present head on. A failure was told to all who were there; those who come now find out for
// themselves whether it is over.
void Hub::Begin() {
  const storage::Head head = source_->head();
  published_ = head.revision;
  published_hash_ = head.hash;
  failure_ = absl::OkStatus();
  ring_.Clear();
  ++epoch_;
}

SelectionPtr Hub::Intern(SelectionPtr selection) {
  storage::MutexLock lock(&mutex_);
  return selections_.Intern(std::move(selection));
}

void Hub::Remove(const Subscription* subscription) {
  std::unique_ptr<Member> member;  // freed without the lock
  storage::MutexLock lock(&mutex_);
  member = roster_.Remove(subscription);
  if (member == nullptr) return;
  schedule_.Remove(*subscription);
  if (!roster_.empty()) return;
  any_streams_.store(false, std::memory_order_release);
  ring_.Clear();
  ++epoch_;
  worker_.Add([this] {
    archive_.Clear();
    return true;
  });
}

Hub::Waiting Hub::Wait(const Subscription* subscription, Revision cursor) {
  storage::MutexLock lock(&mutex_);
  if (!failure_.ok()) return Waiting::kFailed;
  Member* const member = roster_.Find(subscription);
  if (member == nullptr) return Waiting::kYes;  // closed
  if (published_ <= cursor) {
    member->waiting = true;
    return Waiting::kYes;
  }
  if (subscription->latest()) {
    MakeDue(member->subscription);
    return Waiting::kYes;
  }
  std::vector<EntryPtr> next;
  return ring_.Read(cursor, {1}, &next) ? Waiting::kGoOn : Waiting::kBehindRing;
}

absl::Status Hub::Missing(Revision revision) {
  return absl::DataLossError(absl::StrCat("the journal has no entry ", revision));
}

Revision Hub::published() const {
  storage::MutexLock lock(&mutex_);
  return published_;
}

absl::Status Hub::failure() const {
  storage::MutexLock lock(&mutex_);
  return failure_;
}

void Hub::Queue(std::shared_ptr<Subscription> subscription) {
  worker_.Add([subscription = std::move(subscription)] {
    if (!subscription->Work()) return false;
    subscription->Tell();
    return true;
  });
}

void Hub::GiveTurn(std::shared_ptr<Subscription> subscription) {
  turns_.Add([subscription = std::move(subscription)] {
    subscription->Tell();
    return true;
  });
}

absl::Status Hub::ReadBehind(Revision after, const Portion& portion, std::vector<EntryPtr>* entries) {
  if (ring_.Read(after, portion, entries) && !entries->empty()) return absl::OkStatus();
  const Revision end = published();
  if (after >= end) return absl::OkStatus();
  absl::Status read = archive_.Read(after + 1, end, portion, entries);
  return read.ok() && entries->empty() ? Missing(after + 1) : read;
}

v1::WatchLoad Hub::Load() const {
  const Revision head = source_->head().revision;
  v1::WatchLoad load;
  storage::MutexLock lock(&mutex_);
  load.set_streams(static_cast<int32_t>(roster_.size()));
  load.set_refused(refused_);
  load.set_stalled(stalled_);
  load.set_messages(messages_);
  if (roster_.empty()) return load;
  load.set_published_revision(static_cast<int64_t>(published_));
  load.set_ring_bytes(static_cast<int64_t>(ring_.bytes()));
  Revision slowest = published_;
  roster_.ForEach([&](Member* member) {
    if (!member->waiting) slowest = std::min<Revision>(slowest, member->subscription->position_);
  });
  load.set_slowest_lag(static_cast<int64_t>(head - std::min(slowest, head)));
  return load;
}

}  // namespace attain::watch
