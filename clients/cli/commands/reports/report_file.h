// attain report --file
#ifndef ATTAIN_CLIENTS_CLI_COMMANDS_REPORTS_REPORT_FILE_H_
#define ATTAIN_CLIENTS_CLI_COMMANDS_REPORTS_REPORT_FILE_H_

#include "absl/status/status.h"
#include "clients/cli/session/context.h"

namespace attain::cli {

// Reads the CSV of --file and records it in batches; with --validate-only it is only checked. Marks the
// context incomplete when rows were refused.
absl::Status ReportFile(Context& context);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_COMMANDS_REPORTS_REPORT_FILE_H_
