// Signed heads of the log: one behind what was written, at most once a second, and when somebody waits for
// one.
//
// The key is not this room's: a notary (service/history/notary.h) signs only what grows out of what it signed
// last. Only what is durable is in the tree, so no head is ever ahead of the journal.
#ifndef ATTAIN_SERVICE_HISTORY_HEADS_H_
#define ATTAIN_SERVICE_HISTORY_HEADS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "proofs/sha256.h"
#include "service/history/notary.h"
#include "service/history/tree_log.h"
#include "storage/mutex.h"

namespace attain::engine {

struct SignedHead {
  uint64_t size = 0;
  proofs::Hash root{};
  std::string checkpoint;  // the note with its signatures
};

struct HeadOptions {
  std::string origin;                          // of the log, with its epoch
  std::shared_ptr<Notary> notary;              // null: no head is ever signed
  absl::Duration interval = absl::Seconds(1);  // between two heads that nobody waits for
  // Hears, on the thread of the heads, of each refusal that is not the one before; unset: nobody hears. A
  // refusal of the notary to sign means another history: an older copy, or a rewritten past.
  std::function<void(const absl::Status&)> refused;
};

// Thread-safe.
class Heads {
 public:
  // The log is not owned and must outlive this.
  Heads(TreeLog* log, HeadOptions options);
  ~Heads();
  Heads(const Heads&) = delete;
  Heads& operator=(const Heads&) = delete;

  const HeadOptions& options() const { return options_; }
  // The newest one that covers `size`. Waits at most `limit`: DEADLINE_EXCEEDED then, or why none is signed
  // (FAILED_PRECONDITION without a notary, what the notary said last).
  absl::StatusOr<SignedHead> Covering(uint64_t size, absl::Duration limit) ATTAIN_EXCLUDES(mutex_);
  // Ends the thread; what waits is answered. Idempotent.
  void Shutdown() ATTAIN_EXCLUDES(mutex_);

 private:
  void SignAll() ATTAIN_EXCLUDES(mutex_);
  // False when the thread is to end.
  bool WaitForTurn() ATTAIN_EXCLUDES(mutex_);
  absl::StatusOr<SignedHead> SignNewest() ATTAIN_EXCLUDES(mutex_);
  uint64_t SizeOfNewest() const ATTAIN_REQUIRES(mutex_) { return newest_.has_value() ? newest_->size : 0; }

  TreeLog* const log_;
  const HeadOptions options_;
  storage::Mutex mutex_;
  storage::CondVar wake_, signed_;
  std::optional<SignedHead> newest_ ATTAIN_GUARDED_BY(mutex_);
  absl::Status status_ ATTAIN_GUARDED_BY(mutex_);  // of the last try
  uint64_t tries_ ATTAIN_GUARDED_BY(mutex_) = 0;
  uint64_t wanted_ ATTAIN_GUARDED_BY(mutex_) = 0;
  bool stopping_ ATTAIN_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_HISTORY_HEADS_H_
