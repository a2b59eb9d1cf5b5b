#include "service/domain/profiles/profile_queries.h"

#include <memory>
#include <utility>

#include "service/api/macros.h"
#include "service/api/rows.h"
#include "service/model/mirror.h"
#include "service/state/keys.h"
#include "service/state/require.h"

namespace attain::engine {

absl::Status GetProfile(const v1::GetProfileRequest& request, const QueryContext& context,
                        v1::GetProfileResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseProfileName("name", request.name()));
  ASSIGN_OR_RETURN(auto snapshot, OpenSnapshot(context, request.read()));
  ASSIGN_OR_RETURN(const Found<disk::ProfileState> found,
                   RequireProfile(snapshot->reads(), name.profile, request.version()));
  *response->mutable_profile() = ToPublic(found.state, found.revision);
  RETURN_IF_ERROR(snapshot->FillReadInfo(response->mutable_read()));
  return absl::OkStatus();
}

absl::Status ListProfiles(const v1::ListProfilesRequest& request, const QueryContext& context,
                          v1::ListProfilesResponse* response) {
  const std::string question = Question(request);
  ASSIGN_OR_RETURN(const Page page,
                   OpenPage(request.page_size(), request.page_token(), request.read(), question));
  ASSIGN_OR_RETURN(auto rows, Rows<v1::Profile>::Make("", ""));
  ASSIGN_OR_RETURN(auto snapshot, OpenSnapshot(context, page.read));
  RETURN_IF_ERROR(snapshot->reads().ForEachProfile([&](const Found<disk::ProfileState>& profile) {
    rows.Offer(ToPublic(profile.state, profile.revision));
    return true;
  }));
  response->set_next_page_token(
      rows.Take(page, snapshot->revision(), question, response->mutable_profiles()));
  RETURN_IF_ERROR(snapshot->FillReadInfo(response->mutable_read()));
  return absl::OkStatus();
}

}  // namespace attain::engine
