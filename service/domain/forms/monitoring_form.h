// 绩效运行监控表 (RULES 10). What is a forecast says so.
#ifndef ATTAIN_SERVICE_DOMAIN_FORMS_MONITORING_FORM_H_
#define ATTAIN_SERVICE_DOMAIN_FORMS_MONITORING_FORM_H_

#include "absl/status/status.h"
#include "service/api/names.h"
#include "service/domain/forms/form_parts.h"
#include "service/state/snapshot.h"

namespace attain::engine {

absl::Status MakeMonitoringForm(const QueryContext& context, const Snapshot& now,
                                const v1::GetFormRequest& request, const ResourceName& name,
                                FormMaker* maker);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_FORMS_MONITORING_FORM_H_
