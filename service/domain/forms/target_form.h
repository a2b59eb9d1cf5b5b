// 绩效目标表: the columns of published tables (RULES 10).
#ifndef ATTAIN_SERVICE_DOMAIN_FORMS_TARGET_FORM_H_
#define ATTAIN_SERVICE_DOMAIN_FORMS_TARGET_FORM_H_

#include "absl/status/status.h"
#include "service/api/names.h"
#include "service/domain/forms/form_parts.h"
#include "service/state/snapshot.h"

namespace attain::engine {

absl::Status MakeTargetForm(const Snapshot& now, const ResourceName& name, FormMaker* maker);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_FORMS_TARGET_FORM_H_
