// ReplayProfile: all tables in force under other rules.
// Answered at one snapshot.
#ifndef ATTAIN_SERVICE_DOMAIN_QUESTIONS_REPLAY_QUERIES_H_
#define ATTAIN_SERVICE_DOMAIN_QUESTIONS_REPLAY_QUERIES_H_

#include "absl/status/status.h"
#include "attain/v1/profile_service.pb.h"
#include "service/state/query_context.h"

namespace attain::engine {

absl::Status ReplayProfile(const v1::ReplayProfileRequest& request, const QueryContext& context,
                           v1::ReplayProfileResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_QUESTIONS_REPLAY_QUERIES_H_
