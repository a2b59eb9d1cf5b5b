#include "service/commit/preparer.h"

#include <sys/resource.h>

#include <optional>
#include <string>
#include <utility>

#include "service/api/errors.h"
#include "service/commit/rehearsal.h"

namespace attain::engine {
namespace {

constexpr int kNiceness = 10;

}  // namespace

Preparer::Preparer(const PreparerOptions& options, Committer* committer)
    : options_(options), committer_(committer) {
  for (int i = 0; i < options.threads; ++i) threads_.emplace_back([this] { PrepareAll(); });
}

Preparer::~Preparer() {
  Shutdown();
}

void Preparer::Submit(std::unique_ptr<Command> command) {
  absl::Status refused;
  {
    storage::MutexLock lock(&mutex_);
    if (stopping_) {
      refused = ShuttingDown();
    } else if (waiting_.size() >= options_.max_waiting) {
      refused = Overloaded();
    } else {
      waiting_.push_back(std::move(command));
      wake_.NotifyOne();
      return;
    }
  }
  command->done(std::move(refused));
}

void Preparer::Shutdown() {
  std::deque<std::unique_ptr<Command>> refused;
  {
    storage::MutexLock lock(&mutex_);
    stopping_ = true;
    refused.swap(waiting_);
    wake_.NotifyAll();
  }
  for (const std::unique_ptr<Command>& command : refused) command->done(ShuttingDown());
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void Preparer::PrepareAll() {
  setpriority(PRIO_PROCESS, 0, kNiceness);  // of this thread alone, and of the readers that it starts
  while (true) {
    std::unique_ptr<Command> command;
    {
      storage::MutexLock lock(&mutex_);
      while (waiting_.empty() && !stopping_) wake_.Wait(&mutex_);
      if (waiting_.empty()) return;
      command = std::move(waiting_.front());
      waiting_.pop_front();
    }
    command->prepare();
    HandOn(std::move(command));
  }
}

bool Preparer::MayBeKnown(const Command& command) const {
  if (command.request_key.empty()) return false;
  const absl::StatusOr<std::optional<std::string>> known = options_.store->GetOnce(command.request_key);
  return !known.ok() || known->has_value();
}

void Preparer::HandOn(std::unique_ptr<Command> command) {
  if (!command->validate_only || MayBeKnown(*command)) return committer_->Submit(std::move(command));
  command->done(Rehearse(*command, *options_.store, *options_.clock, options_.workspace_bytes));
}

}  // namespace attain::engine
