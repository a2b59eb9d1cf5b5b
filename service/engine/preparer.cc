#include "service/engine/preparer.h"

#include <sys/resource.h>

#include <utility>

#include "service/engine/errors.h"

namespace attain::engine {
namespace {

constexpr int kNiceness = 10;

}  // namespace

Preparer::Preparer(int threads, size_t max_waiting, Committer* committer)
    : max_waiting_(max_waiting), committer_(committer) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { PrepareAll(); });
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
    } else if (waiting_.size() >= max_waiting_) {
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
    committer_->Submit(std::move(command));
  }
}

}  // namespace attain::engine
