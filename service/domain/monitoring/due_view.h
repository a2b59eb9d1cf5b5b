// What is missing, late or waiting in one table (RULES 7).
#ifndef ATTAIN_SERVICE_DOMAIN_MONITORING_DUE_VIEW_H_
#define ATTAIN_SERVICE_DOMAIN_MONITORING_DUE_VIEW_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "attain/v1/monitoring.pb.h"
#include "service/state/query_context.h"
#include "service/state/snapshot.h"

namespace attain::engine {

struct DueQuestion {
  absl::CivilDay by;  // what is due on or before this day
};

// Appends what is due in the table, in no order. Actions are in the caller's language.
absl::Status AddDue(const QueryContext& context, const Snapshot& now, const DueQuestion& question,
                    const std::shared_ptr<const TableModel>& model, std::vector<v1::DueItem>* items);

// Most urgent first: days late, then kind in the order of the enum, then name.
void SortByUrgency(std::vector<v1::DueItem>* items);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_MONITORING_DUE_VIEW_H_
