// Holds a report or a spending record against what is stored, before it is recorded: is it likely to be what
// the person meant?
#ifndef ATTAIN_SERVICE_DOMAIN_REPORTS_REPORT_JUDGE_H_
#define ATTAIN_SERVICE_DOMAIN_REPORTS_REPORT_JUDGE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attain/storage/v1/state.pb.h"
#include "service/commit/transaction.h"
#include "service/domain/reports/report_target.h"
#include "service/importing/document.h"

namespace attain::engine {

// What the caller accepts, and what was noticed.
struct Judgement {
  std::vector<std::string> accepted;         // codes
  bool validate_only = false;                // nothing is refused: everything is told
  std::vector<importing::Finding> findings;  // in the order of reports
};

// INVALID_FIELD when more than 50 codes are accepted, or one is longer than 64 bytes.
absl::Status CheckAccepted(absl::string_view field,
                           const google::protobuf::RepeatedPtrField<std::string>& codes);

// Appends what is odd about `actual`, which replaces the report `corrects` unless that is empty.
// CONFIRMATION_REQUIRED when something risky is not accepted; `judgement` has it too. Reads a row's earlier
// reports at most once while its table is kept decoded, and none where reports are not added up.
absl::Status JudgeActual(const ReportTarget& target, const disk::ActualState& actual,
                         absl::string_view corrects, Transaction& txn, Judgement* judgement);
// Tells the row's memory what was recorded; after Emit.
void Remember(const ReportTarget& target, const disk::ActualState& actual, absl::string_view corrects);
// Forgets it: a report was withdrawn.
void ForgetReports(const ReportTarget& target);

absl::Status JudgeSpending(const WorkingTable& working, const disk::SpendingState& spending,
                           const std::string& typed, Judgement* judgement);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_REPORTS_REPORT_JUDGE_H_
