// Where the answers of a committed group lie until somebody gives them.
//
// Giving an answer takes a thread longer than being told of it, and on a machine with few cores the threads
// that are told would wake and sleep once for each answer. So they help instead: who comes by with nothing to
// do gives answers, and while the committer goes on working it may stand aside rather than take a core from
// it.
#ifndef ATTAIN_SERVICE_COMMIT_ANSWER_DESK_H_
#define ATTAIN_SERVICE_COMMIT_ANSWER_DESK_H_

#include <atomic>
#include <cstddef>
#include <deque>
#include <functional>
#include <vector>

#include "absl/status/status.h"
#include "storage/mutex.h"

namespace attain::engine {

// Thread-safe.
class AnswerDesk {
 public:
  struct Answer {
    std::function<void(absl::Status)> done;
    absl::Status status;
  };

  // `bystanders`: threads that may stand aside at a time.
  explicit AnswerDesk(int bystanders) : bystanders_(bystanders) {}

  // For the committer. Lays the answers out and helps to give them; returns when none is left to take, though
  // others may still be giving theirs.
  void Give(std::vector<Answer> answers) ATTAIN_EXCLUDES(mutex_);
  // The committer begins, or has nothing more to do.
  void Begin() ATTAIN_EXCLUDES(mutex_);
  void End() ATTAIN_EXCLUDES(mutex_);
  // Returns when every answer was given.
  void WaitForLast() ATTAIN_EXCLUDES(mutex_);

  // For a thread that has nothing to do: gives answers as long as there are any, then may stand aside until
  // End.
  void Lend() ATTAIN_EXCLUDES(mutex_);

 private:
  // False when there is none.
  bool GiveOne() ATTAIN_EXCLUDES(mutex_);

  const int bystanders_;
  std::atomic<size_t> waiting_{0};  // answers_.size(), for those who only look
  std::atomic<bool> working_{false};
  storage::Mutex mutex_;
  storage::CondVar ended_, given_;
  std::deque<Answer> answers_ ATTAIN_GUARDED_BY(mutex_);
  int giving_ ATTAIN_GUARDED_BY(mutex_) = 0;  // taken from answers_, not given yet
  int aside_ ATTAIN_GUARDED_BY(mutex_) = 0;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_COMMIT_ANSWER_DESK_H_
