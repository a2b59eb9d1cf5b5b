#include "service/watch/subscription.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "service/watch/wire.h"

namespace attain::watch {
namespace {

// What a stream holds on to while its client takes its time.
constexpr Portion kPortion{64, size_t{128} << 10};
// Entries that are looked through without a message before others get a turn.
constexpr size_t kMostSkipped = 2048;
// Messages after which others get a turn: a stream that has much to say must not keep new ones from being
// heard.
constexpr int kMostInARow = 128;
constexpr size_t kPieceBytes = size_t{256} << 10;
// LATEST_STATE: entries after which a catch-up lets others have a turn.
constexpr size_t kEntriesPerStep = 1024;
// LATEST_STATE: one that reads more slowly than the head moves would be further behind with each message and
// silent for longer; after this long it says how far it came.
constexpr std::chrono::seconds kMostSilence{2};

int64_t SteadyNanoseconds() {
  return std::chrono::steady_clock::now().time_since_epoch().count();
}

}  // namespace

Subscription::Subscription(Keeper* keeper, Opening opening, std::weak_ptr<Listener> listener)
    : keeper_(keeper),
      listener_(std::move(listener)),
      selection_(std::move(opening.selection)),
      interval_(opening.interval),
      outbox_(opening.first.begin(), opening.first.end()),
      walk_(std::move(opening.snapshot)) {
  MoveTo(opening.revision, opening.hash);
  last_sent_ = SteadyNanoseconds();
}

void Subscription::MoveTo(Revision revision, const std::string& hash) {
  cursor_ = revision;
  hash_ = hash;
  position_.store(revision, std::memory_order_relaxed);
}

void Subscription::Offer(const Messages& messages) {
  outbox_.insert(outbox_.end(), messages.begin(), messages.end());
}

void Subscription::Tell() const {
  if (const std::shared_ptr<Listener> listener = listener_.lock()) listener->OnReady();
}

void Subscription::Close() {
  if (!closed_.exchange(true)) keeper_->Remove(this);
}

bool Subscription::Accept(SteadyTime tick) {
  if (tick - flushed_ < absl::ToChronoNanoseconds(interval_)) return false;
  flushed_ = tick;
  return true;
}

// Once it has handed the baton on it touches nothing any more. It looks one message ahead: see more().
absl::StatusOr<Message> Subscription::Next() {
  busy_since_ = 0;
  size_t patience = kMostSkipped;
  while (!closed_ && status_.ok()) {
    if (!outbox_.empty() && in_a_row_ < kMostInARow) {
      ++in_a_row_;
      Message message = std::move(outbox_.front());
      outbox_.pop_front();
      if (outbox_.empty() && walk_ == nullptr && !latest()) TakeNext(&patience);
      busy_since_ = last_sent_ = SteadyNanoseconds();
      keeper_->CountMessage();
      return message;
    }
    if (outbox_.empty() && walk_ != nullptr) {
      keeper_->Queue(shared_from_this());
      return nullptr;
    }
    if (outbox_.empty() && !latest() && TakeNext(&patience)) continue;
    if (!outbox_.empty() || patience == 0) {
      in_a_row_ = 0;
      keeper_->GiveTurn(shared_from_this());
      return nullptr;
    }
    switch (keeper_->Wait(this, cursor_)) {
      case Keeper::Waiting::kYes:
        return nullptr;
      case Keeper::Waiting::kBehindRing:
        keeper_->Queue(shared_from_this());
        return nullptr;
      case Keeper::Waiting::kGoOn:
        break;
      case Keeper::Waiting::kFailed:
        status_ = keeper_->failure();
        break;
    }
  }
  if (!status_.ok()) return status_;
  return nullptr;
}

bool Subscription::more() const {
  return !outbox_.empty() && in_a_row_ < kMostInARow;
}

bool Subscription::TakeNext(size_t* patience) {
  while (*patience > 0) {
    if (next_pending_ == pending_.size()) {
      pending_.clear();
      next_pending_ = 0;
      if (!keeper_->ring().Read(cursor_, kPortion, &pending_) || pending_.empty()) return false;
    }
    const EntryPtr& entry = pending_[next_pending_++];
    const std::shared_ptr<const Messages> messages = selection_->Render(*entry);
    MoveTo(entry->revision, entry->hash);
    if (!messages->empty()) {
      Offer(*messages);
      return true;
    }
    --*patience;
  }
  return false;
}

bool Subscription::Work() {
  if (closed_) return true;
  if (walk_ != nullptr) return WalkOn();
  return latest() ? CatchUpLatest() : CatchUp();
}

bool Subscription::WalkOn() {
  v1::WatchResponse response;
  const absl::StatusOr<bool> more = walk_->Next(kPieceBytes, response.mutable_snapshot());
  if (!more.ok()) {
    status_ = more.status();
    return true;
  }
  const v1::WatchSnapshot& piece = response.snapshot();
  const bool empty = piece.scores().empty() && piece.tables().empty() && piece.actuals().empty();
  if (!empty) {
    response.set_resume_token(selection_->TokenAt(cursor_, hash_, /*in_snapshot=*/true));
    outbox_.push_back(Respond(response));
  }
  if (!*more) {
    walk_ = nullptr;
    MarkSent(std::chrono::steady_clock::now());
    v1::WatchResponse end;
    end.mutable_snapshot_end()->set_revision(static_cast<int64_t>(cursor_));
    end.set_resume_token(selection_->TokenAt(cursor_, hash_));
    outbox_.push_back(Respond(end));
  }
  return !outbox_.empty();
}

bool Subscription::CatchUp() {
  status_ = keeper_->ReadBehind(cursor_, kPortion, &pending_);
  return true;
}

bool Subscription::CatchUpLatest() {
  if (!behind_.has_value()) {
    behind_.emplace(selection_, cursor_, hash_);
    behind_until_ = keeper_->published();  // a head that moves as fast as this reads is not run after
    behind_since_ = std::chrono::steady_clock::now();
  }
  bool reached = false;
  for (size_t read = 0; !reached && read < kEntriesPerStep && !behind_->full();) {
    std::vector<EntryPtr> entries;
    status_ = keeper_->ReadBehind(behind_->revision(), kPortion, &entries);
    if (!status_.ok()) return true;
    behind_->AddAll(entries);
    read += entries.size();
    reached = entries.empty() || behind_->revision() >= behind_until_;
  }
  const bool silent = std::chrono::steady_clock::now() - behind_since_ >= kMostSilence;
  if (!reached && !behind_->full() && !silent) return false;
  Offer(behind_->Render());
  MoveTo(behind_->revision(), behind_->hash());
  behind_.reset();
  MarkSent(std::chrono::steady_clock::now());
  return true;
}

}  // namespace attain::watch
