// The one writer: takes all waiting commands as a group, runs them in order of arrival, makes them durable with one sync, then answers.
#ifndef ATTAIN_SERVICE_ENGINE_COMMITTER_H_
#define ATTAIN_SERVICE_ENGINE_COMMITTER_H_

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "service/engine/engine.h"
#include "service/engine/rank_index.h"
#include "service/engine/transaction.h"
#include "storage/mutex.h"
#include "storage/store.h"

namespace attain::engine {

// One waiting command.
struct Command {
  std::string method;      // "RecordActual"; the journal's cause
  std::string request_id;  // empty = none
  std::string fingerprint; // of method and request, when there is a request id
  bool validate_only = false;
  Caller caller;
  // Checks, emits and fills the answer.
  std::function<absl::Status(Transaction&)> run;
  // Puts revision and time into the answer; called with nullptr for validate_only.
  std::function<void(const Transaction*)> stamp;
  // Fills the answer from what its revision left behind. Null when the answer does not follow from that: then its bytes are kept
  // in the journal.
  std::function<absl::Status(storage::Revision)> again;
  // The answer's bytes, and back.
  std::function<std::string()> serialize;
  std::function<bool(const std::string&)> restore;
  std::function<void(absl::Status)> done;
};

// Thread-safe.
class Committer {
 public:
  // `ranks` is told of every group. `committed` is called on the committer thread after each group that wrote something; it must not block.
  Committer(storage::Store* store, Clock* clock, size_t cache_bytes, size_t max_waiting, RankIndex* ranks,
            std::function<void()> committed);
  ~Committer();

  // Never blocks on I/O. `done` runs on the committer thread, or here when the command is refused at once.
  void Submit(Command command) ATTAIN_EXCLUDES(mutex_);
  // Completes what waits, then stops. Idempotent.
  void Shutdown() ATTAIN_EXCLUDES(mutex_);

 private:
  void Loop() ATTAIN_EXCLUDES(mutex_);
  void RunGroup(std::vector<Command>* commands);
  // What became of one command.
  absl::Status RunOne(Command& command, storage::Group* group);
  absl::Status RunNew(Command& command, storage::Group* group);
  // True when the request id is known and the first answer was given again (or refused: `status`).
  bool Replayed(Command& command, storage::Group* group, absl::Status* status);
  // Gives the answer of an earlier revision again.
  absl::Status Restore(Command& command, int64_t revision);

  storage::Store* const store_;
  Clock* const clock_;
  const size_t max_waiting_;
  RankIndex* const ranks_;
  const std::function<void()> committed_;
  Workspace workspace_;     // committer thread only
  int64_t last_time_us_;    // committer thread only
  // Commands of the open group that have a request id, by revision: their answers are not in the journal yet. Committer thread only.
  absl::flat_hash_map<int64_t, const Command*> answers_of_group_;
  // What the open group does to the ranking, unless nobody wants to know. Committer thread only.
  std::optional<std::vector<RankChange>> rank_changes_;
  storage::Mutex mutex_;
  storage::CondVar wake_;
  std::vector<Command> waiting_ ATTAIN_GUARDED_BY(mutex_);
  bool stopping_ ATTAIN_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_ENGINE_COMMITTER_H_
