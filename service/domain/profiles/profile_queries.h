// Profiles, single and listed.
// Answered at one snapshot.
#ifndef ATTAIN_SERVICE_DOMAIN_PROFILES_PROFILE_QUERIES_H_
#define ATTAIN_SERVICE_DOMAIN_PROFILES_PROFILE_QUERIES_H_

#include "absl/status/status.h"
#include "attain/v1/profile_service.pb.h"
#include "service/state/query_context.h"

namespace attain::engine {

absl::Status GetProfile(const v1::GetProfileRequest& request, const QueryContext& context,
                        v1::GetProfileResponse* response);
absl::Status ListProfiles(const v1::ListProfilesRequest& request, const QueryContext& context,
                          v1::ListProfilesResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_PROFILES_PROFILE_QUERIES_H_
