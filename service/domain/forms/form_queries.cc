#include "service/domain/forms/form_queries.h"

#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/domain/forms/evaluation_form.h"
#include "service/domain/forms/form_parts.h"
#include "service/domain/forms/monitoring_form.h"
#include "service/domain/forms/target_form.h"

namespace attain::engine {

absl::Status GetForm(const v1::GetFormRequest& request, const QueryContext& context,
                     v1::GetFormResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseTableName("name", request.name()));
  ASSIGN_OR_RETURN(const auto now, OpenSnapshot(context, request.read(), request.as_of()));
  FormMaker maker(context, *now, response->mutable_form());
  response->mutable_form()->set_kind(request.kind());
  RETURN_IF_ERROR(now->FillReadInfo(response->mutable_read()));
  switch (request.kind()) {
    case v1::FORM_KIND_TARGET_TABLE:
      return MakeTargetForm(*now, name, &maker);
    case v1::FORM_KIND_MONITORING:
      return MakeMonitoringForm(context, *now, request, name, &maker);
    case v1::FORM_KIND_SELF_EVALUATION:
      return MakeEvaluationForm(*now, name, &maker);
    default:
      return BadField("kind", v1::ERROR_REASON_INVALID_FIELD,
                      {"请指明表式：绩效目标表、绩效运行监控表或绩效自评表。",
                       "Say which form: TARGET_TABLE, MONITORING or SELF_EVALUATION."});
  }
}

}  // namespace attain::engine
