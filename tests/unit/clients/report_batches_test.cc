#include "clients/cli/commands/reports/report_batches.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace attain::cli {
namespace {

v1::StreamActualsRequest Batch(std::initializer_list<const char*> days) {
  v1::StreamActualsRequest batch;
  for (const char* day : days) {
    v1::NamedReport* const report = batch.add_reports();
    report->set_indicator("units/u/tables/p1/indicators/i1");
    report->mutable_report()->set_value("3");
    report->mutable_report()->set_date(day);
  }
  return batch;
}

absl::Time At(absl::string_view text) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &time, &error)) << error;
  return time;
}

TEST(BatchId, AReportWithoutADayIsAnotherOneTomorrow) {
  const v1::StreamActualsRequest batch = Batch({"2024-06-30", ""});
  const std::string id = BatchId(batch, At("2024-06-30T00:00:00+08:00"));
  EXPECT_EQ(BatchId(batch, At("2024-06-30T23:59:59+08:00")), id);
  EXPECT_NE(BatchId(batch, At("2024-07-01T00:00:00+08:00")), id) << "days begin when they do in China";
  EXPECT_NE(BatchId(batch, At("2024-06-29T23:59:59+08:00")), id);
}

TEST(BatchId, ReportsThatHaveTheirDaysAreTheSameForEver) {
  const v1::StreamActualsRequest batch = Batch({"2024-06-30", "2024-07-31"});
  const std::string id = BatchId(batch, At("2024-06-30T12:00:00+08:00"));
  EXPECT_EQ(BatchId(batch, At("2031-01-01T12:00:00+08:00")), id);
  EXPECT_NE(BatchId(Batch({"2024-06-30", "2024-07-30"}), At("2024-06-30T12:00:00+08:00")), id);
  EXPECT_NE(BatchId(Batch({"2024-06-30"}), At("2024-06-30T12:00:00+08:00")), id);
}

}  // namespace
}  // namespace attain::cli
