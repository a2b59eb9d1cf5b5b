#include "service/domain/reports/report_queries.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/api/rows.h"
#include "service/model/mirror.h"

namespace attain::engine {

absl::Status ListActuals(const v1::ListActualsRequest& request, const QueryContext& context,
                         v1::ListActualsResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName parent,
                   ParseIndicatorName("parent", request.parent(), /*wildcard=*/true));
  if (request.as_of().target_basis() != v1::TARGET_BASIS_UNSPECIFIED) {
    return BadField("as_of.target_basis", v1::ERROR_REASON_INVALID_FIELD,
                    {"上报记录与目标口径无关，请不要给出目标口径。",
                     "Reports are the same against all targets: leave the basis out."});
  }
  const std::string question = Question(request);
  ASSIGN_OR_RETURN(const Page page,
                   OpenPage(request.page_size(), request.page_token(), request.read(), question));
  ASSIGN_OR_RETURN(auto rows, Rows<v1::Actual>::Make(request.filter(), "date desc, revision desc"));
  ASSIGN_OR_RETURN(auto snapshot, OpenSnapshot(context, page.read, request.as_of()));
  ASSIGN_OR_RETURN(const auto model, snapshot->GetTable(parent));
  if (parent.indicator != "-" && !model->row_by_id.contains(parent.indicator)) {
    return NotFound("indicator", request.parent());
  }
  RETURN_IF_ERROR(snapshot->reads().ForEachActual(
      parent, [&](const std::string& indicator, const ActualId& id, const Found<disk::ActualState>& found) {
        const disk::ActualState& actual = found.state;
        if (!snapshot->as_of().empty() && actual.date() > snapshot->as_of()) return true;
        rows.Offer(ToPublic(actual, absl::StrCat(model->state.name(), "/indicators/", indicator),
                            id.ToString(), MeasureOf(*model, indicator)));
        return true;
      }));
  response->set_total_size(static_cast<int32_t>(rows.size()));
  response->set_next_page_token(rows.Take(page, snapshot->revision(), question, response->mutable_actuals()));
  RETURN_IF_ERROR(snapshot->FillReadInfo(response->mutable_read()));
  return absl::OkStatus();
}

}  // namespace attain::engine
