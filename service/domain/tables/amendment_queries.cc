#include "service/domain/tables/amendment_queries.h"

#include <string>

#include "service/api/macros.h"
#include "service/api/rows.h"
#include "service/model/mirror.h"

namespace attain::engine {

absl::Status ListAmendments(const v1::ListAmendmentsRequest& request, const QueryContext& context,
                            v1::ListAmendmentsResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseTableName("parent", request.parent()));
  const std::string question = Question(request);
  ASSIGN_OR_RETURN(const Page page,
                   OpenPage(request.page_size(), request.page_token(), request.read(), question));
  ASSIGN_OR_RETURN(auto rows, Rows<v1::Amendment>::Make("", ""));
  ASSIGN_OR_RETURN(auto snapshot, OpenSnapshot(context, page.read));
  RETURN_IF_ERROR(snapshot->GetTable(name).status());
  ASSIGN_OR_RETURN(const auto amendments, snapshot->reads().Amendments(name));
  for (const Found<disk::AmendmentState>& found : amendments)
    rows.Offer(ToPublic(found.state, name.Table(), found.revision));
  response->set_next_page_token(
      rows.Take(page, snapshot->revision(), question, response->mutable_amendments()));
  RETURN_IF_ERROR(snapshot->FillReadInfo(response->mutable_read()));
  return absl::OkStatus();
}

}  // namespace attain::engine
