// Reads the answer to a target that is only met or not.
#ifndef ATTAIN_SERVICE_DOMAIN_REPORTS_YES_NO_READER_H_
#define ATTAIN_SERVICE_DOMAIN_REPORTS_YES_NO_READER_H_

#include <vector>

#include "absl/status/status.h"
#include "attain/storage/v1/state.pb.h"
#include "attain/v1/actual.pb.h"
#include "service/importing/document.h"
#include "service/model/table_model.h"

namespace attain::engine {

// Fills actual->met from 是, 否, 完成 …, or from the day it was done where the target is a date (RULES 2.2);
// that is told in `notes` as ACTUAL_IS_DATE unless it is null. INVALID_FIELD ("report.value").
absl::Status ReadYesNo(const TableModel& model, int row, const v1::ActualReport& report,
                       disk::ActualState* actual, std::vector<importing::Finding>* notes);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_REPORTS_YES_NO_READER_H_
