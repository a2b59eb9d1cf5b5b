// One command at work: reads the state with its own group's writes, emits events, and applies each at once.
//
// A command is a function that checks a request against the state, emits events and fills the answer. One
// that returns an error leaves nothing behind (the committer cancels its entry). request_id, validate_only
// and the Commit message are handled by its caller.
#ifndef ATTAIN_SERVICE_COMMIT_TRANSACTION_H_
#define ATTAIN_SERVICE_COMMIT_TRANSACTION_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "attain/storage/v1/event.pb.h"
#include "attain/v1/common.pb.h"
#include "attain/v1/options.pb.h"
#include "service/access/duties.h"
#include "service/api/caller.h"
#include "service/api/names.h"
#include "service/state/applier.h"
#include "storage/store.h"

namespace attain::engine {

// Thread-compatible.
class Transaction : public Applier {
 public:
  // `time_us` is the entry's recorded time. The open entry of `group` belongs to this transaction.
  // `caller` and `rule`, what the API says of the method, must outlive it.
  Transaction(storage::Group* group, Workspace* workspace, uint64_t revision, int64_t time_us,
              const Caller& caller, const v1::CallRule& rule = v1::CallRule::default_instance());

  int64_t time_us() const { return time_us_; }
  const Caller& caller() const { return caller_; }
  // Whether the caller may take this step on a resource with this history: KeepsDuties of the method.
  absl::Status RequireDuties(const DutyFacts& facts) const { return KeepsDuties(rule_, caller_, facts); }
  // Of what was emitted, in the journal.
  size_t entry_bytes() const { return payload_.ByteSizeLong(); }
  size_t event_count() const { return static_cast<size_t>(payload_.events_size()); }

  // The id that the next report of this indicator gets.
  ActualId NextActualId(const std::string& indicator_name);

  // Records and applies. Fails only when the store does.
  absl::Status Emit(disk::Event event);

  // Writes what is left (boards, threads), the request id if any, and gives the payload for the journal, in
  // parts. The answer kept under the request id stands in the journal only; the id leads to its revision.
  // `salt` has 32 random bytes. Once, at the end.
  absl::Status Finish(absl::string_view cause, absl::string_view request_key,
                      std::optional<disk::RequestState> request, absl::string_view salt,
                      std::string* payload);

  void FillCommit(v1::Commit* commit) const;

 private:
  int64_t time_us_;
  const Caller& caller_;
  const v1::CallRule& rule_;
  disk::EntryPayload payload_;
  absl::flat_hash_map<std::string, uint32_t> actual_numbers_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_COMMIT_TRANSACTION_H_
