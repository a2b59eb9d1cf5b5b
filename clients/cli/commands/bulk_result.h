// How loading a file ended.
#ifndef ATTAIN_CLIENTS_CLI_COMMANDS_BULK_RESULT_H_
#define ATTAIN_CLIENTS_CLI_COMMANDS_BULK_RESULT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "clients/cli/context.h"

namespace attain::cli {

struct RefusedLine {
  int line = 0;
  std::string what;     // the indicator or table, as typed
  std::string message;  // why, in the caller's language
};

struct BulkSummary {
  size_t rows = 0, accepted = 0;
  int64_t last_revision = 0;
  std::vector<RefusedLine> refused;
};

// Refused lines on stderr, sorted, "FILE:LINE: what: why"; the sum on stdout, or with --json one document
// {"rows", "accepted", "lastRevision", "refused": [{"line", "name", "message"}]}. Marks the context
// incomplete when something was refused.
absl::Status PrintBulk(Context& context, BulkSummary summary);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_COMMANDS_BULK_RESULT_H_
