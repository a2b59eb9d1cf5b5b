// Which steps need a name, and which two steps are for two people. Pure. Methods say in their options which
// of these they have to keep.
#ifndef ATTAIN_SERVICE_ACCESS_DUTIES_H_
#define ATTAIN_SERVICE_ACCESS_DUTIES_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "attain/v1/options.pb.h"
#include "service/api/caller.h"

namespace attain::engine {

// What happened to the resource before, as far as the method's duties ask: names of people, empty when
// unknown.
struct DutyFacts {
  absl::string_view proposer;   // who proposed the amendment
  absl::string_view submitter;  // who handed the table in
};

// Whether the call may be made at all, before anything is read. ACTOR_REQUIRED when the method is signed and
// the call does not say who makes it.
absl::Status MayCall(const v1::CallRule& rule, const Caller& caller);

// Whether this caller may take this step on a resource with this history. SAME_PERSON when the caller made
// the proposal: somebody else approves it; NOT_THE_SUBMITTER unless the caller handed the table in.
absl::Status KeepsDuties(const v1::CallRule& rule, const Caller& caller, const DutyFacts& facts);

// Both, without words: for lists of what waits for somebody.
bool IsFor(const v1::CallRule& rule, const Caller& caller, const DutyFacts& facts = {});

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_ACCESS_DUTIES_H_
