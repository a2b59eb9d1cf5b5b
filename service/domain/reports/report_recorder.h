// Takes one report or one spending record into the state: for the commands that report, and for documents.
#ifndef ATTAIN_SERVICE_DOMAIN_REPORTS_REPORT_RECORDER_H_
#define ATTAIN_SERVICE_DOMAIN_REPORTS_REPORT_RECORDER_H_

#include <string>

#include "absl/status/status.h"
#include "attain/v1/actual.pb.h"
#include "service/commit/transaction.h"
#include "service/domain/reports/report_judge.h"
#include "service/domain/reports/report_target.h"

namespace attain::engine {

// Reads, checks, judges and emits one report; `corrects` is empty or the id of the report it replaces. `out`
// may be null. What LocateReport, ReadReport and JudgeActual refuse; nothing is emitted then.
absl::Status RecordReport(const std::string& indicator, const v1::ActualReport& report,
                          const std::string& corrects, const std::string& change_reason, Transaction& txn,
                          ReportTarget* target, Judgement* judgement, v1::Actual* out);

// The same for money spent; `working` is the table it belongs to. Errors name "parent" and fields under
// "spending.".
absl::Status RecordMoney(const std::string& table, const v1::Spending& spending, Transaction& txn,
                         Judgement* judgement, WorkingTable** working, v1::Spending* out);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_REPORTS_REPORT_RECORDER_H_
