#include "service/domain/units/unit_queries.h"

#include <memory>
#include <utility>

#include "service/api/macros.h"
#include "service/api/rows.h"
#include "service/model/mirror.h"
#include "service/state/keys.h"
#include "service/state/require.h"

namespace attain::engine {

absl::Status GetUnit(const v1::GetUnitRequest& request, const QueryContext& context,
                     v1::GetUnitResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseUnitName("name", request.name()));
  ASSIGN_OR_RETURN(auto snapshot, OpenSnapshot(context, request.read()));
  ASSIGN_OR_RETURN(const Found<disk::UnitState> found, RequireUnit(snapshot->reads(), name.unit));
  *response->mutable_unit() = ToPublic(found.state, found.revision);
  RETURN_IF_ERROR(snapshot->FillReadInfo(response->mutable_read()));
  return absl::OkStatus();
}

absl::Status ListUnits(const v1::ListUnitsRequest& request, const QueryContext& context,
                       v1::ListUnitsResponse* response) {
  const std::string question = Question(request);
  ASSIGN_OR_RETURN(const Page page,
                   OpenPage(request.page_size(), request.page_token(), request.read(), question));
  ASSIGN_OR_RETURN(auto rows, Rows<v1::Unit>::Make(request.filter(), ""));
  ASSIGN_OR_RETURN(auto snapshot, OpenSnapshot(context, page.read));
  RETURN_IF_ERROR(snapshot->reads().ForEachUnit([&](const std::string&, const Found<disk::UnitState>& unit) {
    rows.Offer(ToPublic(unit.state, unit.revision));
    return true;
  }));
  response->set_total_size(static_cast<int32_t>(rows.size()));
  response->set_next_page_token(rows.Take(page, snapshot->revision(), question, response->mutable_units()));
  RETURN_IF_ERROR(snapshot->FillReadInfo(response->mutable_read()));
  return absl::OkStatus();
}

}  // namespace attain::engine
