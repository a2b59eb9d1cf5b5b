// One command on its way to its place in the journal.
#ifndef ATTAIN_SERVICE_COMMIT_COMMAND_H_
#define ATTAIN_SERVICE_COMMIT_COMMAND_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "attain/v1/options.pb.h"
#include "service/api/caller.h"
#include "service/commit/transaction.h"
#include "storage/store.h"

namespace attain::engine {

struct Command {
  std::string method;       // "RecordActual"; the journal's cause
  std::string request_id;   // empty = none
  std::string request_key;  // of the request id in the store
  std::string fingerprint;  // of method and request, when there is a request id
  bool validate_only = false;
  // Bytes of its request, and whether it is bulk: large, a message of a stream or one that is prepared. Bulk
  // takes turns with the others, in its order of arrival.
  size_t bytes = 0;
  bool bulk = false;
  Caller caller;
  // What the API says of the method; never null.
  const v1::CallRule* rule = &v1::CallRule::default_instance();
  // What is done before it is decided, on a thread of the preparer; sees a committed state at most. Null when
  // there is nothing. An error that it meets is what `run` returns: a known request id is asked first.
  std::function<void()> prepare;
  // Checks, emits and fills the answer.
  std::function<absl::Status(Transaction&)> run;
  // Puts revision and time into the answer; called with nullptr for validate_only.
  std::function<void(const Transaction*)> stamp;
  // Fills the answer from what its revision left behind. Null when the answer does not follow from that: then
  // its bytes are kept in the journal.
  std::function<absl::Status(storage::Revision)> again;
  // Whether the answer holds more than follows from that, so that its bytes are kept all the same.
  std::function<bool()> keep_answer;
  // The answer's bytes, and back.
  std::function<std::string()> serialize;
  std::function<bool(const std::string&)> restore;
  std::function<void(absl::Status)> done;
};

// Whether the caller may make the call at all, then what the command does: both see the same state.
absl::Status CarryOut(Command& command, Transaction& txn);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_COMMIT_COMMAND_H_
