#include "service/domain/profiles/profile_commands.h"

#include <google/protobuf/text_format.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/api/update_mask.h"
#include "service/domain/profiles/built_in_profiles.h"
#include "service/domain/profiles/profile_checks.h"
#include "service/model/mirror.h"
#include "service/state/keys.h"
#include "service/state/require.h"

namespace attain::engine {
namespace {

absl::Status Put(disk::ProfileState state, Transaction& txn, v1::Profile* profile) {
  state.set_update_time_us(txn.time_us());
  *profile = ToPublic(state, txn.revision());
  disk::Event event;
  *event.mutable_profile_set() = std::move(state);
  return txn.Emit(std::move(event));
}

}  // namespace

absl::Status CreateProfile(const v1::CreateProfileRequest& request, Transaction& txn,
                           v1::CreateProfileResponse* response) {
  RETURN_IF_ERROR(CheckId("profile_id", request.profile_id()));
  RETURN_IF_ERROR(CheckProfile(request.profile()));
  ASSIGN_OR_RETURN(const bool exists, txn.reads().Exists(ProfileKey(request.profile_id())));
  const std::string name = absl::StrCat("profiles/", request.profile_id());
  if (exists) return AlreadyExists(name);
  disk::ProfileState state = ToState(request.profile());
  state.set_name(name);
  state.set_version(1);
  return Put(std::move(state), txn, response->mutable_profile());
}

absl::Status UpdateProfile(const v1::UpdateProfileRequest& request, Transaction& txn,
                           v1::UpdateProfileResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseProfileName("profile.name", request.profile().name()));
  ASSIGN_OR_RETURN(const Found<disk::ProfileState> found, RequireProfile(txn.reads(), name.profile));
  v1::Profile profile = ToPublic(found.state, found.revision);
  RETURN_IF_ERROR(Update(request.update_mask(), request.profile(), &profile));
  RETURN_IF_ERROR(CheckProfile(profile));
  const std::string etag = absl::StrCat(found.revision);
  if (request.profile().etag() != etag)
    return StaleEtag(request.profile().name(), request.profile().etag(), etag);
  disk::ProfileState state = ToState(profile);
  state.set_name(found.state.name());
  state.set_version(found.state.version() + 1);
  return Put(std::move(state), txn, response->mutable_profile());
}

std::vector<v1::Profile> BuiltInProfiles() {
  std::vector<v1::Profile> profiles;
  for (const absl::string_view text : BuiltInProfileTexts()) {
    v1::Profile profile;
    // A text that does not parse gives an empty profile, which RegisterBuiltInProfile refuses: the server
    // does not start.
    google::protobuf::TextFormat::ParseFromString(std::string(text), &profile);
    profiles.push_back(std::move(profile));
  }
  return profiles;
}

absl::Status RegisterBuiltInProfile(const v1::Profile& profile, Transaction& txn) {
  RETURN_IF_ERROR(CheckProfile(profile));
  disk::ProfileState state = ToState(profile);
  state.set_version(1);
  v1::Profile ignored;
  return Put(std::move(state), txn, &ignored);
}

}  // namespace attain::engine
