#include "service/watch/hub.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "service/watch/wire.h"

namespace attain::watch {
namespace {

constexpr Portion kPublishPortion{256, size_t{4} << 20};
constexpr size_t kArchiveBytes = size_t{16} << 20;
constexpr std::chrono::milliseconds kLookAround{500};

using std::chrono::steady_clock;

absl::Duration Since(int64_t steady_nanoseconds, steady_clock::time_point now) {
  return absl::Nanoseconds(now.time_since_epoch().count() - steady_nanoseconds);
}

template <typename T>
void EraseValue(std::vector<T>* from, const T& value) {
  from->erase(std::remove(from->begin(), from->end(), value), from->end());
}

}  // namespace

Hub::Hub(const Source* source, const HubOptions& options)
    : source_(source),
      options_(options),
      start_(steady_clock::now()),
      ring_(options.ring_bytes),
      archive_(source, kArchiveBytes),
      look_around_(start_ + kLookAround) {
  tail_ = std::thread([this] { Tail(); });
  worker_ = std::thread([this] { Work(); });
}

Hub::~Hub() { Shutdown(); }

void Hub::Shutdown() {
  stopping_ = true;
  Poke();
  {
    storage::MutexLock lock(&queue_mutex_);
    queue_.clear();
    queued_.NotifyAll();
  }
  if (tail_.joinable()) tail_.join();
  if (worker_.joinable()) worker_.join();
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
  auto subscription = std::make_shared<Subscription>(this, std::move(opening), std::move(listener));
  {
    storage::MutexLock lock(&mutex_);
    if (!failure_.ok()) return failure_;
    if (members_.size() >= options_.max_streams || per_caller_[caller] >= options_.max_streams_per_caller) {
      ++refused_;
      if (per_caller_[caller] == 0) per_caller_.erase(caller);
      subscription->closed_ = true;
      return absl::ResourceExhaustedError(absl::StrCat(
          members_.size() >= options_.max_streams ? options_.max_streams : options_.max_streams_per_caller));
    }
    if (members_.empty()) {
      const storage::Head head = source_->head();
      published_ = head.revision;
      published_hash_ = head.hash;
      ++epoch_;
      any_streams_.store(true, std::memory_order_release);
    }
    ++per_caller_[caller];
    auto member = std::make_unique<Member>();
    member->subscription = subscription;
    member->caller = caller;
    const std::vector<std::string>& units = subscription->selection_->units();
    if (units.empty()) of_any_unit_.push_back(member.get());
    for (const std::string& unit : units) by_unit_[unit].push_back(member.get());
    members_[subscription.get()] = std::move(member);
  }
  Poke();  // something may have been committed before any_streams_ was seen
  return subscription;
}

SelectionPtr Hub::Intern(SelectionPtr selection) {
  storage::MutexLock lock(&mutex_);
  std::weak_ptr<const Selection>& known = selections_[selection->text()];
  if (SelectionPtr same = known.lock()) return same;
  known = selection;
  return selection;
}

void Hub::Remove(Subscription* subscription) {
  std::unique_ptr<Member> member;  // freed without the lock
  storage::MutexLock lock(&mutex_);
  const auto it = members_.find(subscription);
  if (it == members_.end()) return;
  member = std::move(it->second);
  members_.erase(it);
  const Selection& selection = *subscription->selection_;
  if (selection.units().empty()) EraseValue(&of_any_unit_, member.get());
  for (const std::string& unit : selection.units()) {
    std::vector<Member*>& list = by_unit_[unit];
    EraseValue(&list, member.get());
    if (list.empty()) by_unit_.erase(unit);
  }
  if (--per_caller_[member->caller] == 0) per_caller_.erase(member->caller);
  if (const auto due = due_.find(subscription->interval_); due != due_.end()) {
    EraseValue(&due->second.subscriptions, member->subscription);
  }
  if (!members_.empty()) return;
  ring_.Clear();
  due_.clear();
  selections_.clear();
  ++epoch_;
  any_streams_.store(false, std::memory_order_release);
  Queue(nullptr);  // the worker drops its archive
}

Hub::Waiting Hub::Wait(Subscription* subscription, Revision cursor) {
  storage::MutexLock lock(&mutex_);
  if (!failure_.ok()) return Waiting::kFailed;
  const auto it = members_.find(subscription);
  if (it == members_.end()) return Waiting::kYes;  // closed
  if (published_ <= cursor) {
    it->second->waiting = true;
    return Waiting::kYes;
  }
  if (subscription->latest()) {
    MakeDue(it->second->subscription);
    return Waiting::kYes;
  }
  std::vector<EntryPtr> next;
  return ring_.Read(cursor, {1}, &next) ? Waiting::kGoOn : Waiting::kBehindRing;
}

absl::Status Hub::failure() const {
  storage::MutexLock lock(&mutex_);
  return failure_;
}

void Hub::Queue(std::shared_ptr<Subscription> subscription) {
  storage::MutexLock lock(&queue_mutex_);
  queue_.push_back(std::move(subscription));
  queued_.NotifyOne();
}

void Hub::Work() {
  while (true) {
    std::shared_ptr<Subscription> subscription;
    {
      storage::MutexLock lock(&queue_mutex_);
      while (queue_.empty() && !stopping_) queued_.Wait(&queue_mutex_);
      if (stopping_) return;
      subscription = std::move(queue_.front());
      queue_.pop_front();
    }
    if (subscription == nullptr) {
      archive_.Clear();
    } else if (subscription->Work()) {
      subscription->Tell();
    } else {
      Queue(std::move(subscription));
    }
  }
}

absl::Status Hub::ReadBehind(Revision after, const Portion& portion, std::vector<EntryPtr>* entries) {
  if (ring_.Read(after, portion, entries) && !entries->empty()) return absl::OkStatus();
  Revision end = 0;
  {
    storage::MutexLock lock(&mutex_);
    end = published_;
  }
  return after >= end ? absl::OkStatus() : archive_.Read(after + 1, end, portion, entries);
}

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
    idle = members_.empty();
    until = look_around_;
    for (const auto& [interval, due] : due_) {
      if (!due.subscriptions.empty()) until = std::min(until, due.next);
    }
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
    if (members_.empty() || !failure_.ok()) return false;
    from = published_ + 1;
    epoch = epoch_;
  }
  const Revision head = source_->head().revision;
  if (head < from) return false;
  if (reader_ == nullptr) reader_ = source_->MakeReader();
  std::vector<EntryPtr> entries;
  if (absl::Status read = reader_->Read(from, head, kPublishPortion, &entries); !read.ok()) {
    Fail(read);
    return false;
  }
  std::vector<std::shared_ptr<Subscription>> woken;
  {
    storage::MutexLock lock(&mutex_);
    if (epoch != epoch_) return true;
    ring_.Append(entries);
    published_ = entries.back()->revision;
    published_hash_ = entries.back()->hash;
    for (const EntryPtr& entry : entries) WakeFor(*entry, &woken);
  }
  for (const std::shared_ptr<Subscription>& subscription : woken) subscription->Tell();
  return true;
}

void Hub::WakeFor(const Entry& entry, std::vector<std::shared_ptr<Subscription>>* woken) {
  for (const std::string& unit : entry.units) {
    const auto members = by_unit_.find(unit);
    if (members == by_unit_.end()) continue;
    for (Member* member : members->second) WakeMember(member, entry, woken);
  }
  if (entry.events.empty()) return;
  for (Member* member : of_any_unit_) WakeMember(member, entry, woken);
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
  Due& due = due_[subscription->interval_];
  if (due.subscriptions.empty()) {
    const auto interval = absl::ToChronoNanoseconds(subscription->interval_);
    due.next = start_ + ((steady_clock::now() - start_) / interval + 1) * interval;
    if (due.next < look_around_) Poke();
  }
  due.subscriptions.push_back(subscription);
}

void Hub::Fail(const absl::Status& status) {
  std::vector<std::shared_ptr<Subscription>> waiting;
  {
    storage::MutexLock lock(&mutex_);
    failure_ = status;
    for (const auto& [subscription, member] : members_) {
      if (std::exchange(member->waiting, false)) waiting.push_back(member->subscription);
    }
    for (auto& [interval, due] : due_) {
      waiting.insert(waiting.end(), due.subscriptions.begin(), due.subscriptions.end());
      due.subscriptions.clear();
    }
  }
  for (const std::shared_ptr<Subscription>& subscription : waiting) subscription->Tell();
}

// Streams that stand at the same revision and select the same share one conflation: dashboards that keep up all do.
void Hub::ServeDue() {
  std::vector<std::shared_ptr<Subscription>> subscriptions;
  {
    storage::MutexLock lock(&mutex_);
    const SteadyTime now = steady_clock::now();
    for (auto& [interval, due] : due_) {
      if (due.subscriptions.empty() || now < due.next) continue;
      for (const std::shared_ptr<Subscription>& subscription : std::exchange(due.subscriptions, {})) {
        if (due.next - subscription->flushed_ < absl::ToChronoNanoseconds(interval)) {
          MakeDue(subscription);
        } else {
          subscription->flushed_ = due.next;
          subscriptions.push_back(subscription);
        }
      }
    }
  }
  std::map<std::pair<const Selection*, Revision>, std::pair<Conflation, Messages>> known;
  for (const std::shared_ptr<Subscription>& subscription : subscriptions) {
    const Revision from = subscription->cursor_;
    auto it = known.find({subscription->selection_.get(), from});
    if (it == known.end()) {
      std::vector<EntryPtr> entries;
      if (!ring_.Read(from, {}, &entries)) {
        Queue(subscription);
        continue;
      }
      Conflation conflation(subscription->selection_, from, subscription->hash_);
      for (const EntryPtr& entry : entries) conflation.Add(*entry);
      Messages messages = conflation.Render();
      it = known.try_emplace({subscription->selection_.get(), from}, std::move(conflation), std::move(messages)).first;
    }
    const auto& [conflation, messages] = it->second;
    subscription->MoveTo(conflation.revision(), conflation.hash());
    subscription->Offer(messages);
    subscription->Tell();  // with nothing to send it only waits again
  }
}

void Hub::LookAround() {
  std::vector<std::shared_ptr<Subscription>> quiet, stalled;
  Revision published = 0;
  std::string hash;
  {
    storage::MutexLock lock(&mutex_);
    const SteadyTime now = steady_clock::now();
    if (now < look_around_) return;
    look_around_ = now + kLookAround;
    published = published_;
    hash = published_hash_;
    for (const auto& [subscription, member] : members_) {
      const int64_t busy = subscription->busy_since_;
      if (busy != 0 && Since(busy, now) > options_.write_timeout) {
        stalled.push_back(member->subscription);
      } else if (member->waiting && Since(subscription->last_sent_, now) >= options_.progress_interval) {
        member->waiting = false;
        quiet.push_back(member->subscription);
      }
    }
    stalled_ += static_cast<int64_t>(stalled.size());
  }
  for (const std::shared_ptr<Subscription>& subscription : quiet) {
    if (published > subscription->cursor_) subscription->MoveTo(published, hash);
    v1::WatchResponse response;
    response.mutable_progress()->set_revision(static_cast<int64_t>(subscription->cursor_));
    response.set_resume_token(subscription->selection_->TokenAt(subscription->cursor_, subscription->hash_));
    subscription->Offer({Respond(response)});
    subscription->Tell();
  }
  for (const std::shared_ptr<Subscription>& subscription : stalled) {
    if (const std::shared_ptr<Listener> listener = subscription->listener_.lock()) listener->OnStalled();
  }
}

v1::WatchLoad Hub::Load() const {
  const Revision head = source_->head().revision;
  v1::WatchLoad load;
  storage::MutexLock lock(&mutex_);
  load.set_streams(static_cast<int32_t>(members_.size()));
  load.set_refused(refused_);
  load.set_stalled(stalled_);
  if (members_.empty()) return load;
  load.set_published_revision(static_cast<int64_t>(published_));
  load.set_ring_bytes(static_cast<int64_t>(ring_.bytes()));
  Revision slowest = published_;
  for (const auto& [subscription, member] : members_) {
    if (!member->waiting) slowest = std::min<Revision>(slowest, subscription->position_);
  }
  load.set_slowest_lag(static_cast<int64_t>(head - std::min(slowest, head)));
  return load;
}

}  // namespace attain::watch
