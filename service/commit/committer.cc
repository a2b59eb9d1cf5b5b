#include "service/commit/committer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/api/cause.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/commit/rehearsal.h"
#include "service/state/entry.h"

namespace attain::engine {
namespace {

// Bounds the latency of the first command of a group and the memory of its batch.
constexpr size_t kMaxGroup = 512;

// Bytes of bulk that are decided before those who came meanwhile are looked for: about a millisecond.
constexpr size_t kBulkTurn = 16384;
// Groups of bulk alone, behind which nobody else is expected: from then on they may grow.
constexpr int kCalm = 100;

absl::StatusOr<disk::EntryPayload> EntryAt(storage::Revision revision, const storage::Store& store) {
  absl::StatusOr<disk::EntryPayload> payload =
      absl::DataLossError(absl::StrCat("the journal entry of revision ", revision, " is missing"));
  RETURN_IF_ERROR(store.ReadJournal(revision, [&](const storage::JournalRecord& record) {
    payload = ReadEntry(record);
    return false;
  }));
  return payload;
}

}  // namespace

Committer::Committer(const CommitterOptions& options, GroupListener* listener)
    : store_(options.store),
      clock_(options.clock),
      max_waiting_(options.max_waiting),
      large_group_(std::max<size_t>(options.large_group, 1)),  // a batch without events may have no group
      listener_(listener),
      commit_failed_(options.commit_failed),
      desk_(options.bystanders),
      workspace_bytes_(options.workspace_bytes),
      workspace_(options.workspace_bytes) {
  const absl::Time head_time = store_->head().time;
  last_time_us_ = head_time == absl::InfinitePast() ? 0 : absl::ToUnixMicros(head_time);
  writer_ = std::thread([this] { WriteAll(); });
  decider_ = std::thread([this] { DecideAll(); });
}

Committer::~Committer() {
  Shutdown();
}

void Committer::Submit(std::unique_ptr<Command> command) {
  absl::Status refused;
  {
    storage::MutexLock lock(&mutex_);
    if (stopping_) {
      refused = ShuttingDown();
    } else if (brief_.size() + bulk_.size() >= max_waiting_) {
      refused = Overloaded();
    } else {
      std::deque<std::unique_ptr<Command>>& line = command->bulk ? bulk_ : brief_;
      line.push_back(std::move(command));
      if (line.size() == 1) decider_wake_.NotifyOne();
      return;
    }
  }
  command->done(std::move(refused));
}

void Committer::Shutdown() {
  {
    storage::MutexLock lock(&mutex_);
    stopping_ = true;
    decider_wake_.NotifyOne();
  }
  if (decider_.joinable()) decider_.join();
  if (writer_.joinable()) writer_.join();
  desk_.WaitForLast();
}

void Committer::DecideAll() {
  Batch batch;
  for (Next next = Take(&batch); next != Next::kEnd; next = Take(&batch)) {
    if (next == Next::kDecide) {
      Decide(&batch);
    } else {
      Close(std::exchange(batch, Batch()));
    }
  }
  storage::MutexLock lock(&mutex_);
  decided_all_ = true;
  writer_wake_.NotifyOne();
}

Committer::Next Committer::Take(Batch* batch) {
  storage::MutexLock lock(&mutex_);
  while (true) {
    if (!batch->commands.empty() && !writing_) {
      bulk_passed_over_ = !batch->has_bulk && !bulk_.empty();
      calm_ = batch->has_brief ? 0 : std::min(calm_ + 1, kCalm);
      return Next::kClose;
    }
    if (TakeTurns(batch)) return Next::kDecide;
    const bool idle = batch->commands.empty() && !writing_;
    if (idle) desk_.End();
    if (stopping_ && batch->commands.empty()) return Next::kEnd;
    decider_wake_.Wait(&mutex_);
    if (idle) desk_.Begin();
  }
}

bool Committer::TakeTurns(Batch* batch) {
  const size_t before = batch->commands.size();
  const auto take = [batch](std::deque<std::unique_ptr<Command>>* line) {
    batch->commands.push_back(std::move(line->front()));
    line->pop_front();
    return batch->commands.back()->bytes;
  };
  while (!brief_.empty() && batch->commands.size() < kMaxGroup) {
    take(&brief_);
    batch->has_brief = true;
  }
  const bool gives_way = batch->has_brief ? !bulk_passed_over_ : batch->has_bulk && calm_ < kCalm;
  // One more than a full group has, so that no crowd keeps it out.
  const size_t room = gives_way ? 0 : kMaxGroup + 1;
  for (size_t bytes = 0; !bulk_.empty() && bytes < kBulkTurn && batch->commands.size() < room;) {
    bytes += take(&bulk_);
    batch->has_bulk = true;
    bulk_passed_over_ = false;
  }
  return batch->commands.size() > before;
}

void Committer::Close(Batch batch) {
  batch.moved = std::exchange(moved_, std::nullopt);
  answers_of_group_.clear();
  workspace_.Trim();
  if (batch.events < large_group_) return Write(&batch);
  batch.group->Seal();
  storage::MutexLock lock(&mutex_);
  writing_ = true;
  handed_ = std::move(batch);
  writer_wake_.NotifyOne();
}

void Committer::Decide(Batch* batch) {
  if (batch->commands.empty()) return;
  if (batch->group == nullptr) {
    absl::StatusOr<std::unique_ptr<storage::Group>> group = store_->Begin();
    if (!group.ok()) {
      batch->refused = group.status();
      return workspace_.Clear();  // what it holds may be of a group that failed
    }
    batch->group = *std::move(group);
    if (listener_->BeginGroup()) moved_.emplace();
  }
  Expect(*batch);
  for (size_t i = batch->outcomes.size(); i < batch->commands.size(); ++i) {
    batch->outcomes.push_back(RunOne(*batch->commands[i], batch));
  }
}

void Committer::Expect(const Batch& batch) {
  std::vector<std::string> keys;
  for (size_t i = batch.outcomes.size(); i < batch.commands.size(); ++i) {
    const Command& command = *batch.commands[i];
    if (!command.request_key.empty()) keys.push_back(command.request_key);
    if (!command.shared_key.empty()) keys.push_back(command.shared_key);
  }
  batch.group->ExpectOnce(keys);
}

void Committer::WriteAll() {
  while (std::optional<Batch> batch = NextBatch()) {
    Write(&*batch);
    storage::MutexLock lock(&mutex_);
    writing_ = false;
    decider_wake_.NotifyOne();
  }
}

std::optional<Committer::Batch> Committer::NextBatch() {
  storage::MutexLock lock(&mutex_);
  while (!handed_.has_value() && !decided_all_) writer_wake_.Wait(&mutex_);
  return std::exchange(handed_, std::nullopt);
}

absl::Status Committer::Commit(Batch* batch) {
  absl::Status status = batch->group == nullptr ? batch->refused : batch->group->Commit();
  if (!status.ok() && !std::exchange(told_failure_, true) && commit_failed_) commit_failed_(status);
  return status;
}

void Committer::Write(Batch* batch) {
  const bool wrote = batch->group != nullptr && batch->group->size() > 0;
  const bool began = batch->group != nullptr;
  const absl::Status outcome = Commit(batch);
  const bool committed = outcome.ok();
  batch->group.reset();
  if (began) listener_->EndGroup(wrote && committed ? store_->head().revision : 0, std::move(batch->moved));
  std::vector<AnswerDesk::Answer> answers(batch->commands.size());
  for (size_t i = 0; i < answers.size(); ++i) {
    // A refusal, too, may stand on what the group before wrote, or failed to write.
    answers[i] = {
        std::move(batch->commands[i]->done),
        committed ? std::move(batch->outcomes[i]) : WithCause(StoreUnavailable(), outcome.message())};
  }
  desk_.Give(std::move(answers));
  if (wrote && committed) listener_->GroupAnswered();
}

void Committer::WaitForWriter() {
  storage::MutexLock lock(&mutex_);
  while (writing_) decider_wake_.Wait(&mutex_);
}

absl::Status Committer::RunOne(Command& command, Batch* batch) {
  absl::Status status;
  if (!command.request_id.empty() && Replayed(command, batch->group.get(), &status)) return status;
  status = RunNew(command, batch);
  return FromStore(status);
}

absl::StatusOr<std::optional<disk::RequestState>> Committer::FindRequest(const Command& command,
                                                                         storage::Group* group) const {
  disk::RequestState request;
  ASSIGN_OR_RETURN(std::optional<std::string> stored, group->GetOnce(command.request_key));
  const bool own = stored.has_value();
  if (!own && !command.shared_key.empty()) {
    ASSIGN_OR_RETURN(stored, group->GetOnce(command.shared_key));
  }
  if (!stored.has_value()) return std::optional<disk::RequestState>();
  if (!request.ParseFromString(*stored)) return absl::DataLossError("request record does not parse");
  if (own) return request;
  // Kept when ids were everybody's: whose it is stands in the journal.
  ASSIGN_OR_RETURN(const disk::EntryPayload payload,
                   EntryAt(static_cast<storage::Revision>(request.revision()), *store_));
  if (payload.actor() == command.caller.actor) return request;
  return std::optional<disk::RequestState>();
}

bool Committer::Replayed(Command& command, storage::Group* group, absl::Status* status) {
  const absl::StatusOr<std::optional<disk::RequestState>> found = FindRequest(command, group);
  if (!found.ok()) {
    *status = FromStore(found.status());
    return true;
  }
  if (!found->has_value()) return false;
  const disk::RequestState& request = **found;
  if (request.fingerprint() != command.fingerprint) {
    *status = BadField("write.request_id", v1::ERROR_REASON_REQUEST_ID_REUSED,
                       {"这个 request_id 已经用于内容不同的请求。新的请求请用新的 request_id。",
                        "This request_id was used with other content. Use a new one for a new request."},
                       {{"request_id", command.request_id}, {"revision", absl::StrCat(request.revision())}});
  } else {
    *status = FromStore(Restore(command, request.revision()));
  }
  return true;
}

absl::Status Committer::Restore(Command& command, int64_t revision) {
  const auto position = static_cast<storage::Revision>(revision);
  std::string answer;
  if (const auto open = answers_of_group_.find(revision); open != answers_of_group_.end()) {
    answer = open->second->serialize();
  } else {
    if (position > store_->head().revision) WaitForWriter();
    if (position > store_->head().revision) return StoreUnavailable();
    ASSIGN_OR_RETURN(disk::EntryPayload payload, EntryAt(position, *store_));
    answer = std::move(*payload.mutable_request()->mutable_response());
  }
  if (answer.empty()) return Repeat(command, *store_, position, workspace_bytes_);
  if (command.restore(answer)) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("the answer kept at revision ", revision, " does not parse"));
}

absl::Status Committer::RunNew(Command& command, Batch* batch) {
  storage::Group* const group = batch->group.get();
  const int64_t now_us = std::max(absl::ToUnixMicros(clock_->Now()), last_time_us_);
  const storage::Revision revision = group->StartEntry();
  Transaction txn(group, &workspace_, revision, now_us, command.caller, *command.rule);
  absl::Status status = CarryOut(command, txn);
  const bool keep = status.ok() && !command.validate_only && txn.event_count() > 0;
  if (status.ok()) {
    command.stamp(keep ? &txn : nullptr);
    status = CheckSize(command, txn);
  }
  if (keep && status.ok()) {
    std::optional<disk::RequestState> request;
    if (!command.request_id.empty()) {
      request.emplace();
      request->set_fingerprint(command.fingerprint);
      request->set_revision(static_cast<int64_t>(revision));
      if (command.keeps_answer) request->set_response(command.serialize());
    }
    const size_t events = txn.event_count();  // Finish takes them
    std::string payload;
    status = salts_.Next(&salt_);
    if (status.ok())
      status = txn.Finish(command.method, command.request_key, std::move(request), salt_, &payload);
    if (status.ok()) {
      if (!command.request_key.empty()) answers_of_group_[static_cast<int64_t>(revision)] = &command;
      group->FinishEntry(payload, absl::FromUnixMicros(now_us), storage::EntryForm::kParts);
      if (moved_.has_value()) txn.AppendMoved(&*moved_);
      last_time_us_ = now_us;
      batch->events += events;
      return status;
    }
  }
  group->CancelEntry();
  txn.ForgetTouched();
  return status;
}

}  // namespace attain::engine
