// 绩效自评表: money, indicators, total, grade (RULES 10). Columns that only some regions keep are
// shown where a row has them.
#ifndef ATTAIN_SERVICE_DOMAIN_FORMS_EVALUATION_FORM_H_
#define ATTAIN_SERVICE_DOMAIN_FORMS_EVALUATION_FORM_H_

#include "absl/status/status.h"
#include "service/api/names.h"
#include "service/domain/forms/form_parts.h"
#include "service/state/snapshot.h"

namespace attain::engine {

absl::Status MakeEvaluationForm(const Snapshot& now, const ResourceName& name, FormMaker* maker);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_FORMS_EVALUATION_FORM_H_
