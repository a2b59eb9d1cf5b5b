// What the steps of a table's life have in common: from which state, on what was read (RULES 4).
#ifndef ATTAIN_SERVICE_DOMAIN_TABLES_LIFE_CYCLE_H_
#define ATTAIN_SERVICE_DOMAIN_TABLES_LIFE_CYCLE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "attain/v1/table.pb.h"
#include "service/importing/document.h"
#include "service/model/table_model.h"

namespace attain::engine {

// Bytes of a reason that goes with a step.
inline constexpr size_t kMaxStepReason = 2000;

// WRONG_STATE unless the table is in this state.
absl::Status RequireState(const TableModel& model, v1::TableState needed);
// WRONG_STATE unless the table is APPROVED or CLOSED.
absl::Status RequireInForce(const TableModel& model);
// STALE_ETAG unless `etag` is the resource's; INVALID_FIELD when it is missing.
absl::Status CheckEtag(absl::string_view name, const std::string& etag, uint64_t revision);
enum class Step { kSubmit, kApprove, kAmend };
// VALIDATION_FAILED, listing the errors among `findings`, which stand in the way of `step`; OK when there are
// none.
absl::Status RequireNoErrors(const std::vector<importing::Finding>& findings, Step step);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_TABLES_LIFE_CYCLE_H_
