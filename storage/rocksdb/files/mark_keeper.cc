#include "storage/rocksdb/files/mark_keeper.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace attain::storage {

MarkKeeper::MarkKeeper(std::vector<MarkFile> files, Mark mark, std::function<void(const std::string&)> told)
    : files_(std::move(files)),
      told_of_(files_.size(), false),
      mark_(std::move(mark)),
      told_(std::move(told)),
      thread_([this] { Run(); }) {}

MarkKeeper::~MarkKeeper() {
  std::optional<Head> last;
  {
    MutexLock lock(&mutex_);
    ending_ = true;
    changed_.NotifyAll();
  }
  thread_.join();
  {
    MutexLock lock(&mutex_);
    last = std::exchange(noted_, std::nullopt);
  }
  if (last.has_value()) Write(*last);
}

void MarkKeeper::Note(const Head& head) {
  MutexLock lock(&mutex_);
  const bool waiting = noted_.has_value();  // then the thread knows that there is something to write
  noted_ = head;
  if (!waiting) changed_.NotifyAll();
}

void MarkKeeper::Run() {
  auto next = std::chrono::steady_clock::now();
  for (;;) {
    Head head;
    {
      MutexLock lock(&mutex_);
      while (!noted_.has_value() && !ending_) changed_.Wait(&mutex_);
      while (!ending_ && std::chrono::steady_clock::now() < next) changed_.WaitUntil(&mutex_, next);
      if (ending_) return;
      head = *std::exchange(noted_, std::nullopt);
    }
    next = std::chrono::steady_clock::now() + kMarkEvery;
    Write(head);
  }
}

void MarkKeeper::Write(const Head& head) {
  mark_.head = head;
  for (size_t i = 0; i < files_.size(); ++i) {
    const absl::Status written = files_[i].Write(mark_);
    if (written.ok() || told_of_[i]) continue;
    told_of_[i] = true;
    if (told_ != nullptr)
      told_(absl::StrCat(
          "the head mark is not kept up any more, so a loss of what comes now may not be noticed: ",
          written.message()));
  }
}

}  // namespace attain::storage
