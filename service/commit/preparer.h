// Threads that prepare commands: what a command can do without the state (read a document) is done here, so
// that the one thread that decides has it at hand and no other writer waits for it.
#ifndef ATTAIN_SERVICE_COMMIT_PREPARER_H_
#define ATTAIN_SERVICE_COMMIT_PREPARER_H_

#include <cstddef>
#include <deque>
#include <memory>
#include <thread>
#include <vector>

#include "service/api/clock.h"
#include "service/commit/committer.h"
#include "storage/mutex.h"
#include "storage/store.h"

namespace attain::engine {

struct PreparerOptions {
  const storage::Store* store = nullptr;  // not owned, must outlive the preparer
  const Clock* clock = SystemClock();     // not owned
  size_t workspace_bytes = 0;             // of tables kept decoded during a rehearsal
  int threads = 0;
  size_t max_waiting = 0;  // for a thread; above it a command is refused with OVERLOADED
};

// Thread-safe. Its threads run at a lower priority than those that answer: a large document makes others no
// slower where cores are few.
class Preparer {
 public:
  // `committer` gets each command behind its preparation, and must outlive this.
  Preparer(const PreparerOptions& options, Committer* committer);
  ~Preparer();

  // Runs command->prepare, then hands the command on; one that changes nothing (validate_only) is carried out
  // here, on a snapshot, and answered. Refused at once with OVERLOADED when too many wait, with SHUTTING_DOWN
  // behind Shutdown.
  void Submit(std::unique_ptr<Command> command) ATTAIN_EXCLUDES(mutex_);
  // Refuses what waits (SHUTTING_DOWN), hands on what is being prepared, then stops. Idempotent.
  void Shutdown() ATTAIN_EXCLUDES(mutex_);

 private:
  void PrepareAll() ATTAIN_EXCLUDES(mutex_);
  // Whether its request id has an answer already, which the committer gives again.
  bool MayBeKnown(const Command& command) const;
  void HandOn(std::unique_ptr<Command> command);

  const PreparerOptions options_;
  Committer* const committer_;
  storage::Mutex mutex_;
  storage::CondVar wake_;
  std::deque<std::unique_ptr<Command>> waiting_ ATTAIN_GUARDED_BY(mutex_);
  bool stopping_ ATTAIN_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_COMMIT_PREPARER_H_
