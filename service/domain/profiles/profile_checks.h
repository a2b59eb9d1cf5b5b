// What a profile may not say.
#ifndef ATTAIN_SERVICE_DOMAIN_PROFILES_PROFILE_CHECKS_H_
#define ATTAIN_SERVICE_DOMAIN_PROFILES_PROFILE_CHECKS_H_

#include "absl/status/status.h"
#include "attain/v1/profile.pb.h"

namespace attain::engine {

// INVALID_PROFILE with every contradiction listed.
absl::Status CheckProfile(const v1::Profile& profile);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_PROFILES_PROFILE_CHECKS_H_
