// From what a person typed to what is recorded: reads an ActualReport by the kind of its indicator.
#ifndef ATTAIN_SERVICE_ENGINE_REPORT_READER_H_
#define ATTAIN_SERVICE_ENGINE_REPORT_READER_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attain/storage/v1/state.pb.h"
#include "attain/v1/actual.pb.h"
#include "service/engine/table_model.h"

namespace attain::engine {

// The report as it will be stored (state ACTIVE, without revision, actor and time), or what is wrong with it: INVALID_ARGUMENT with
// one violation under "report.": NOT_A_NUMBER, NUMBER_OUT_OF_RANGE, NEGATIVE_VALUE, UNIT_MISMATCH, UNKNOWN_LEVEL,
// SCORE_OUT_OF_BAND, SCORE_NOT_ALLOWED, DATE_OUT_OF_YEAR, INVALID_FIELD. `now_us` only fills a missing date.
absl::StatusOr<disk::ActualState> ReadReport(const TableModel& model, int row, const v1::ActualReport& report,
                                             int64_t now_us);

// A date of the table's fiscal year; an empty one becomes today in China, cut to the year. DATE_OUT_OF_YEAR.
absl::StatusOr<std::string> ReadDate(absl::string_view field, const TableModel& model, absl::string_view date,
                                     int64_t now_us);

// Money in 万元: NOT_A_NUMBER, NEGATIVE_VALUE.
absl::StatusOr<scoring::Decimal> ReadMoney(absl::string_view field, absl::string_view text);

// True for a real calendar day written YYYY-MM-DD.
bool IsDate(absl::string_view text);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_ENGINE_REPORT_READER_H_
