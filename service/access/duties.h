// Which steps need a name, and which two steps are for two people. Pure.
#ifndef ATTAIN_SERVICE_ACCESS_DUTIES_H_
#define ATTAIN_SERVICE_ACCESS_DUTIES_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "service/api/caller.h"

namespace attain::engine {

// ACTOR_REQUIRED when the call does not say who makes it: a signature needs a name.
absl::Status RequireActor(const Caller& caller);

// SAME_PERSON when the caller made the proposal: somebody else approves it.
absl::Status RequireNotProposer(const Caller& caller, absl::string_view proposer);

// NOT_THE_SUBMITTER unless the caller handed the table in: only they may withdraw it.
absl::Status RequireSubmitter(const Caller& caller, absl::string_view submitter);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_ACCESS_DUTIES_H_
