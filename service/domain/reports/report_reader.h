// From what a person typed to what is recorded: reads an ActualReport by the kind of its indicator.
#ifndef ATTAIN_SERVICE_DOMAIN_REPORTS_REPORT_READER_H_
#define ATTAIN_SERVICE_DOMAIN_REPORTS_REPORT_READER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attain/storage/v1/state.pb.h"
#include "attain/v1/actual.pb.h"
#include "service/importing/document.h"
#include "service/model/table_model.h"

namespace attain::engine {

// The report as it will be stored (state ACTIVE, without revision, actor and time), or what is wrong with it:
// INVALID_ARGUMENT with one violation under "report.": NOT_A_NUMBER, NUMBER_OUT_OF_RANGE, NEGATIVE_VALUE,
// UNIT_MISMATCH, UNKNOWN_LEVEL, SCORE_OUT_OF_BAND, SCORE_NOT_ALLOWED, DATE_OUT_OF_YEAR, INVALID_FIELD.
// Numerators and denominators of a row that is no ratio, and deductions that nothing would be taken off for,
// are refused too. `now_us` only fills a missing date. What was converted, a unit or a spreadsheet's number
// for a day, is told in `notes` unless that is null.
absl::StatusOr<disk::ActualState> ReadReport(const TableModel& model, int row, const v1::ActualReport& report,
                                             int64_t now_us,
                                             std::vector<importing::Finding>* notes = nullptr);

// Money in 万元, or with a unit of money that is converted exactly and told in `notes` unless that is null:
// NOT_A_NUMBER, NUMBER_OUT_OF_RANGE, UNIT_MISMATCH, NEGATIVE_VALUE.
absl::StatusOr<scoring::Decimal> ReadMoney(absl::string_view field, absl::string_view text,
                                           std::vector<importing::Finding>* notes = nullptr);

// The day that a spreadsheet's number stands for, told in `notes` as DATE_FROM_SERIAL; any other text as it
// is.
std::string ReadSerialDay(const std::string& text, std::vector<importing::Finding>* notes);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_REPORTS_REPORT_READER_H_
