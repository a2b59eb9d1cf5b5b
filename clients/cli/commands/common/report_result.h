// What report, correct, retract and rate have in common.
#ifndef ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_REPORT_RESULT_H_
#define ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_REPORT_RESULT_H_

#include "attain/v1/actual.pb.h"
#include "attain/v1/common.pb.h"
#include "attain/v1/finding.pb.h"
#include "attain/v1/score.pb.h"
#include "clients/cli/session/context.h"

namespace attain::cli {

// Fills everything but the value from --date, --note, --reason, --score, --deduction, --numerator,
// --denominator and --evidence. A usage error for a date that is none.
absl::Status FillReport(const Context& context, v1::ActualReport* report);

// `done` says what happened; then the indicator's and the table's score, and what is still wanted of the
// person.
void PrintReportResult(const Context& context, const Bilingual& done, const v1::IndicatorScore& indicator,
                       const v1::Score& table, const v1::Commit& commit);

// Tells on stderr when `actual` does not count because a report of a later day does; asks the server how the
// indicator's reports add up.
absl::Status SayNewerCounts(const Context& context, const v1::Actual& actual,
                            const v1::IndicatorScore& indicator);

// The codes of --accept.
void FillAccepted(const Context& context, google::protobuf::RepeatedPtrField<std::string>* codes);

// What the server found odd or converted; nothing when there is none.
void PrintNoticed(const Context& context, const google::protobuf::RepeatedPtrField<v1::Finding>& findings);

// --date, checked.
absl::StatusOr<std::string> DateOption(const Context& context);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_REPORT_RESULT_H_
