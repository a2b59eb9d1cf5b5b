// 绩效自评表: money, indicators, total, grade (domain.md section 4). Columns that only some regions keep are
// shown where a row has them.
#ifndef ATTAIN_SERVICE_ENGINE_EVALUATION_FORM_H_
#define ATTAIN_SERVICE_ENGINE_EVALUATION_FORM_H_

#include "absl/status/status.h"
#include "service/engine/form_parts.h"
#include "service/engine/names.h"
#include "service/engine/snapshot.h"

namespace attain::engine {

absl::Status MakeEvaluationForm(const Snapshot& now, const ResourceName& name, FormMaker* maker);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_ENGINE_EVALUATION_FORM_H_
