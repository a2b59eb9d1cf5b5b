#include "service/engine/committer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/engine/errors.h"
#include "service/engine/keys.h"
#include "service/engine/macros.h"

namespace attain::engine {
namespace {

// Bounds the latency of the first command of a group and the memory of its batch.
constexpr size_t kMaxGroup = 512;

}  // namespace

Committer::Committer(storage::Store* store, Clock* clock, size_t cache_bytes, size_t max_waiting, RankIndex* ranks,
                     std::function<void()> committed)
    : store_(store),
      clock_(clock),
      max_waiting_(max_waiting),
      ranks_(ranks),
      committed_(std::move(committed)),
      workspace_(cache_bytes) {
  const absl::Time head_time = store->head().time;
  last_time_us_ = head_time == absl::InfinitePast() ? 0 : absl::ToUnixMicros(head_time);
  thread_ = std::thread([this] { Loop(); });
}

Committer::~Committer() { Shutdown(); }

void Committer::Submit(Command command) {
  absl::Status refused;
  {
    storage::MutexLock lock(&mutex_);
    if (stopping_) {
      refused = ShuttingDown();
    } else if (waiting_.size() >= max_waiting_) {
      refused = Overloaded();
    } else {
      waiting_.push_back(std::move(command));
      if (waiting_.size() == 1) wake_.NotifyOne();
      return;
    }
  }
  command.done(std::move(refused));
}

void Committer::Shutdown() {
  {
    storage::MutexLock lock(&mutex_);
    stopping_ = true;
    wake_.NotifyOne();
  }
  if (thread_.joinable()) thread_.join();
}

void Committer::Loop() {
  std::vector<Command> group;
  while (true) {
    {
      storage::MutexLock lock(&mutex_);
      while (waiting_.empty() && !stopping_) wake_.Wait(&mutex_);
      if (waiting_.empty()) return;
      if (waiting_.size() <= kMaxGroup) {
        group.swap(waiting_);
      } else {
        group.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(waiting_.begin() + kMaxGroup));
        waiting_.erase(waiting_.begin(), waiting_.begin() + kMaxGroup);
      }
    }
    RunGroup(&group);
    group.clear();
  }
}

void Committer::RunGroup(std::vector<Command>* commands) {
  absl::StatusOr<std::unique_ptr<storage::Group>> group = store_->Begin();
  if (!group.ok()) {
    for (Command& command : *commands) command.done(StoreUnavailable());
    return;
  }
  rank_changes_.reset();
  if (ranks_->BeginGroup()) rank_changes_.emplace();
  std::vector<absl::Status> outcomes;
  outcomes.reserve(commands->size());
  for (Command& command : *commands) outcomes.push_back(RunOne(command, group->get()));
  answers_of_group_.clear();
  absl::Status committed;
  const bool wrote = (*group)->size() > 0;
  if (wrote) committed = (*group)->Commit();
  group->reset();
  ranks_->EndGroup(wrote && committed.ok() ? store_->head().revision : 0, std::move(rank_changes_).value_or(std::vector<RankChange>()));
  if (!committed.ok()) {
    workspace_.Clear();
    for (absl::Status& outcome : outcomes) {
      if (outcome.ok()) outcome = StoreUnavailable();
    }
  }
  for (size_t i = 0; i < commands->size(); ++i) (*commands)[i].done(std::move(outcomes[i]));
  if (wrote && committed.ok()) committed_();
  workspace_.Trim();
}

absl::Status Committer::RunOne(Command& command, storage::Group* group) {
  absl::Status status;
  if (!command.request_id.empty() && Replayed(command, group, &status)) return status;
  status = RunNew(command, group);
  return FromStore(status);
}

bool Committer::Replayed(Command& command, storage::Group* group, absl::Status* status) {
  absl::StatusOr<std::optional<std::string>> stored = group->GetOnce(RequestKey(command.request_id));
  if (!stored.ok()) {
    *status = FromStore(stored.status());
    return true;
  }
  if (!stored->has_value()) return false;
  disk::RequestState request;
  if (!request.ParseFromString(**stored)) {
    *status = FromStore(absl::DataLossError("request record does not parse"));
  } else if (request.fingerprint() != command.fingerprint) {
    *status = BadField("request_id", v1::ERROR_REASON_REQUEST_ID_REUSED,
                       {"这个 request_id 已经用于内容不同的请求。新的请求请用新的 request_id。",
                        "This request_id was used with other content. Use a new one for a new request."},
                       {{"request_id", command.request_id}, {"revision", absl::StrCat(request.revision())}});
  } else {
    *status = FromStore(Restore(command, request.revision()));
  }
  return true;
}

absl::Status Committer::Restore(Command& command, int64_t revision) {
  std::string answer;
  if (const auto open = answers_of_group_.find(revision); open != answers_of_group_.end()) {
    answer = open->second->serialize();
  } else if (command.again != nullptr) {
    return command.again(static_cast<storage::Revision>(revision));
  } else {
    disk::EntryPayload payload;
    RETURN_IF_ERROR(store_->ReadJournal(static_cast<storage::Revision>(revision), [&](const storage::JournalRecord& record) {
      if (record.revision == static_cast<storage::Revision>(revision) && payload.ParseFromString(record.payload)) {
        answer = std::move(*payload.mutable_request()->mutable_response());
      }
      return false;
    }));
  }
  if (!answer.empty() && command.restore(answer)) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("the answer kept at revision ", revision, " does not parse"));
}

absl::Status Committer::RunNew(Command& command, storage::Group* group) {
  const int64_t now_us = std::max(absl::ToUnixMicros(clock_->Now()), last_time_us_);
  const storage::Revision revision = group->StartEntry();
  Transaction txn(group, &workspace_, revision, now_us, command.caller);
  absl::Status status = command.run(txn);
  const bool keep = status.ok() && !command.validate_only && txn.event_count() > 0;
  if (keep) {
    command.stamp(&txn);
    std::optional<disk::RequestState> request;
    std::string key;
    if (!command.request_id.empty()) {
      key = RequestKey(command.request_id);
      request.emplace();
      request->set_fingerprint(command.fingerprint);
      request->set_revision(static_cast<int64_t>(revision));
      if (command.again == nullptr) request->set_response(command.serialize());
    }
    std::string payload;
    status = txn.Finish(command.method, key, std::move(request), &payload);
    if (status.ok()) {
      if (!key.empty()) answers_of_group_[static_cast<int64_t>(revision)] = &command;
      group->FinishEntry(payload, absl::FromUnixMicros(now_us));
      if (rank_changes_.has_value()) txn.AppendRankChanges(&*rank_changes_);
      last_time_us_ = now_us;
      return status;
    }
  }
  group->CancelEntry();
  txn.Abandon();
  if (status.ok()) command.stamp(nullptr);
  return status;
}

}  // namespace attain::engine
