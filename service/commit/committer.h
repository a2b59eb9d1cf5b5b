// The one writer: takes all waiting commands as a group, runs them in order of arrival, makes them durable
// with one sync, then answers with the help of whoever has nothing to do (answer_desk.h).
//
// The decider runs commands into the open group and commits and answers a small group itself: one thread that
// sees a call through costs less than two that wake each other. A large group goes to the writer, which
// commits and answers it while the decider runs the next commands. While a group is on its way the next one
// grows, so groups follow the load by themselves. Bulk (large requests, streams, imports) gives way, since
// what shares a group with it or comes behind it waits until that is written: it is decided a little at a
// time, a group holds little of it while others come, and only every second group holds both.
#ifndef ATTAIN_SERVICE_COMMIT_COMMITTER_H_
#define ATTAIN_SERVICE_COMMIT_COMMITTER_H_

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/api/clock.h"
#include "service/commit/answer_desk.h"
#include "service/commit/command.h"
#include "service/commit/salts.h"
#include "service/state/group_listener.h"
#include "storage/mutex.h"
#include "storage/store.h"

namespace attain::engine {

// As in EngineOptions, where their defaults are explained.
struct CommitterOptions {
  storage::Store* store = nullptr;  // not owned, must outlive the committer
  Clock* clock = SystemClock();     // not owned
  size_t workspace_bytes = 0;       // of tables kept decoded between groups
  size_t max_waiting = 0;
  size_t large_group = 0;
  int bystanders = 0;
  std::function<void(const absl::Status&)> commit_failed;  // unset: nobody is told
};

// Thread-safe.
class Committer {
 public:
  // `listener` hears of every group and must outlive this.
  Committer(const CommitterOptions& options, GroupListener* listener);
  ~Committer();

  // Never blocks on I/O. `done` runs on one of the committer's threads, on one that helps, or here when the
  // command is refused at once.
  void Submit(std::unique_ptr<Command> command) ATTAIN_EXCLUDES(mutex_);
  // Completes what waits, then stops. Idempotent.
  void Shutdown() ATTAIN_EXCLUDES(mutex_);
  // See Engine::Lend.
  void Lend() { desk_.Lend(); }

 private:
  // What shares one sync.
  struct Batch {
    std::unique_ptr<storage::Group> group;  // null when the store takes none
    absl::Status refused;                   // what it said then
    std::vector<std::unique_ptr<Command>> commands;
    std::vector<absl::Status> outcomes;  // of the first commands
    size_t events = 0;                   // of all that was decided
    bool has_brief = false, has_bulk = false;
    std::optional<std::vector<MovedTable>> moved;
  };

  void DecideAll() ATTAIN_EXCLUDES(mutex_);
  enum class Next { kDecide, kClose, kEnd };
  // Moves waiting commands into the batch and says kDecide; kClose when nothing keeps the batch from its way
  // to the disk; kEnd when nothing will come any more.
  Next Take(Batch* batch) ATTAIN_EXCLUDES(mutex_);
  // Moves those whose turn it is into the batch. False when it is nobody's.
  bool TakeTurns(Batch* batch) ATTAIN_REQUIRES(mutex_);
  // Runs the commands that have no outcome yet.
  void Decide(Batch* batch);
  // Lets the group look up all their request ids at once.
  static void Expect(const Batch& batch);
  // Commits and answers a small batch, or hands it to the writer.
  void Close(Batch batch) ATTAIN_EXCLUDES(mutex_);
  void WriteAll() ATTAIN_EXCLUDES(mutex_);
  // Null when nothing will come any more.
  std::optional<Batch> NextBatch() ATTAIN_EXCLUDES(mutex_);
  // Commits and answers.
  void Write(Batch* batch) ATTAIN_EXCLUDES(mutex_);
  // What became of the batch's group. Tells of the first one that failed.
  absl::Status Commit(Batch* batch);
  void WaitForWriter() ATTAIN_EXCLUDES(mutex_);

  // What became of one command.
  absl::Status RunOne(Command& command, Batch* batch);
  absl::Status RunNew(Command& command, Batch* batch);
  // What the person's request id left behind, if anything.
  absl::StatusOr<std::optional<disk::RequestState>> FindRequest(const Command& command,
                                                                storage::Group* group) const;
  // True when the request id is known and the first answer was given again (or refused: `status`).
  bool Replayed(Command& command, storage::Group* group, absl::Status* status);
  // Gives the answer of an earlier revision again; waits until that is on disk when it is about to be.
  absl::Status Restore(Command& command, int64_t revision);

  storage::Store* const store_;
  Clock* const clock_;
  const size_t max_waiting_;
  const size_t large_group_;  // events
  GroupListener* const listener_;
  const std::function<void(const absl::Status&)> commit_failed_;
  AnswerDesk desk_;
  const size_t workspace_bytes_;
  // The decider's own.
  Workspace workspace_;
  int64_t last_time_us_;
  Salts salts_;
  std::string salt_;  // of the entry at hand
  // Commands of the open group that have a request id, by revision: their answers are not in the journal yet.
  absl::flat_hash_map<int64_t, const Command*> answers_of_group_;
  // What the open group moves, unless nobody wants to know.
  std::optional<std::vector<MovedTable>> moved_;

  storage::Mutex mutex_;
  storage::CondVar decider_wake_, writer_wake_;
  std::deque<std::unique_ptr<Command>> brief_ ATTAIN_GUARDED_BY(mutex_), bulk_ ATTAIN_GUARDED_BY(mutex_);
  int calm_ ATTAIN_GUARDED_BY(mutex_) = 0;                   // groups of bulk alone since the last other one
  bool bulk_passed_over_ ATTAIN_GUARDED_BY(mutex_) = false;  // by the group that was closed last
  std::optional<Batch> handed_ ATTAIN_GUARDED_BY(mutex_);    // until the writer takes it
  bool writing_ ATTAIN_GUARDED_BY(mutex_) = false;           // from the handing over to the last answer
  bool stopping_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool decided_all_ ATTAIN_GUARDED_BY(mutex_) = false;  // nothing will be handed over any more
  bool told_failure_ = false;                           // of whoever writes: one batch at a time
  std::thread decider_, writer_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_COMMIT_COMMITTER_H_
