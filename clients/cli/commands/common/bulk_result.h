// How loading a file ended.
#ifndef ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_BULK_RESULT_H_
#define ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_BULK_RESULT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "attain/v1/finding.pb.h"
#include "clients/cli/input/csv_table.h"
#include "clients/cli/session/context.h"

namespace attain::cli {

struct RefusedLine {
  int line = 0;
  std::string what;     // the indicator or table, as typed
  std::string message;  // why, in the caller's language
};

struct BulkSummary {
  size_t rows = 0, accepted = 0;
  int64_t last_revision = 0;
  size_t before = 0;            // of `accepted`: recorded by an earlier run with the same content
  int64_t before_revision = 0;  // the newest of those
  std::vector<RefusedLine> refused;
  google::protobuf::RepeatedPtrField<v1::Finding> findings;  // line: of the file
  std::vector<SkippedColumn> skipped;
};

// Keeps findings on one line of the file. True when one of them would have to be accepted, as a dry run tells
// it: then the line is among the refused.
bool Notice(int line, const std::string& what,
            const google::protobuf::RepeatedPtrField<v1::Finding>& findings, BulkSummary* summary);

// Refused lines and columns that were left out on stderr, "FILE:LINE: what: why"; the sum and findings on
// stdout, or with --json one document {"rows", "accepted", "recordedBefore", "lastRevision", "refused":
// [{"line", "name", "message"}], "findings": [{"line", "code", "message"}], "skippedColumns": [{"column",
// "cells"}]}. Marks the context incomplete when something was refused.
absl::Status PrintBulk(Context& context, BulkSummary summary);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_BULK_RESULT_H_
