// Many reports as batches, each all or nothing; a batch that is refused goes row by row, so that what is
// right in it is recorded.
#ifndef ATTAIN_CLIENTS_CLI_COMMANDS_REPORTS_REPORT_BATCHES_H_
#define ATTAIN_CLIENTS_CLI_COMMANDS_REPORTS_REPORT_BATCHES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "attain/v1/reporting_service.pb.h"
#include "clients/cli/commands/common/bulk_result.h"
#include "clients/cli/session/context.h"

namespace attain::cli {

// A report and its line in the file.
struct ReportLines {
  std::vector<v1::NamedReport> reports;
  std::vector<int> lines;
};

// Records `found`, or only checks it with --validate-only, and adds what became of it to `summary`. Batch n
// carries the request id "{--request-id}-{n}"; without that option an id made of its content, so that a run
// that was broken off goes on where it ended and the same file twice records nothing twice, which `summary`
// tells. An error when the server could not be reached any more: what was answered before stays recorded.
absl::Status SendReports(Context& context, const ReportLines& found, BulkSummary* summary);

// The request id of a batch, made of its content. A report without a day is of the day in China at `now`, so
// the same file tomorrow is another one.
std::string BatchId(const v1::StreamActualsRequest& batch, absl::Time now);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_COMMANDS_REPORTS_REPORT_BATCHES_H_
