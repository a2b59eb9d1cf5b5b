// The official forms.
// Answered at one snapshot.
#ifndef ATTAIN_SERVICE_DOMAIN_FORMS_FORM_QUERIES_H_
#define ATTAIN_SERVICE_DOMAIN_FORMS_FORM_QUERIES_H_

#include "absl/status/status.h"
#include "attain/v1/scoring_service.pb.h"
#include "service/state/query_context.h"

namespace attain::engine {

absl::Status GetForm(const v1::GetFormRequest& request, const QueryContext& context,
                     v1::GetFormResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_FORMS_FORM_QUERIES_H_
