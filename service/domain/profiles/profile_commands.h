// Profiles: declared and changed, and those that a new store begins with.
// Commands as transaction.h has them.
#ifndef ATTAIN_SERVICE_DOMAIN_PROFILES_PROFILE_COMMANDS_H_
#define ATTAIN_SERVICE_DOMAIN_PROFILES_PROFILE_COMMANDS_H_

#include <vector>

#include "absl/status/status.h"
#include "attain/v1/profile.pb.h"
#include "attain/v1/profile_service.pb.h"
#include "service/commit/transaction.h"

namespace attain::engine {

absl::Status CreateProfile(const v1::CreateProfileRequest& request, Transaction& txn,
                           v1::CreateProfileResponse* response);
absl::Status UpdateProfile(const v1::UpdateProfileRequest& request, Transaction& txn,
                           v1::UpdateProfileResponse* response);
// The built-in profiles, as messages; the first revisions of a new store.
std::vector<v1::Profile> BuiltInProfiles();
absl::Status RegisterBuiltInProfile(const v1::Profile& profile, Transaction& txn);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_PROFILES_PROFILE_COMMANDS_H_
