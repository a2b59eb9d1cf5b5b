// One command on its way to its place in the journal.
#ifndef ATTAIN_SERVICE_COMMIT_COMMAND_H_
#define ATTAIN_SERVICE_COMMIT_COMMAND_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "attain/v1/common.pb.h"
#include "attain/v1/options.pb.h"
#include "service/api/caller.h"
#include "service/commit/transaction.h"
#include "storage/store.h"

namespace attain::engine {

struct Command {
  std::string method;       // "RecordActual"; the journal's cause
  std::string request_id;   // empty = none
  std::string request_key;  // of the person's request id in the store
  std::string shared_key;   // of the request id whoever sent it, as it was kept before; empty = none
  std::string fingerprint;  // of method and request, when there is a request id
  bool validate_only = false;
  // Bytes of its request, and whether it is bulk: large, a message of a stream or one that is prepared. Bulk
  // takes turns with the others, in its order of arrival.
  size_t bytes = 0;
  bool bulk = false;
  Caller caller;
  // What the caller asked of the write; never null.
  const v1::WriteOptions* write = &v1::WriteOptions::default_instance();
  // What the API says of the method; never null.
  const v1::CallRule* rule = &v1::CallRule::default_instance();
  // What is done before it is decided, on a thread of the preparer; sees a committed state at most. Null when
  // there is nothing. An error that it meets is what `run` returns: a known request id is asked first.
  std::function<void()> prepare;
  // Checks, emits and fills the answer.
  std::function<absl::Status(Transaction&)> run;
  // Puts revision and time into the answer, and leaves in it what the caller wants to see; called with
  // nullptr for validate_only.
  std::function<void(const Transaction*)> stamp;
  // How large the answer is.
  std::function<size_t()> answer_bytes;
  // Whether the answer's bytes are kept with a request id, since carrying it out once more at its revision
  // may not give it: what it was prepared from may have gone.
  bool keeps_answer = false;
  // The answer's bytes, and back; "" empties it.
  std::function<std::string()> serialize;
  std::function<bool(const std::string&)> restore;
  std::function<void(absl::Status)> done;
};

// Bytes of a journal entry: more would not go through to clients and followers in one message.
inline constexpr size_t kMostEntry = size_t{3} << 20;

// Whether the caller may make the call at all, then what the command does: both see the same state.
absl::Status CarryOut(Command& command, Transaction& txn);
// What was carried out and stamped must fit into an answer and into a journal entry: ANSWER_TOO_LARGE,
// ENTRY_TOO_LARGE.
absl::Status CheckSize(const Command& command, const Transaction& txn);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_COMMIT_COMMAND_H_
