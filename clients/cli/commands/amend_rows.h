// What --set, --add and --remove of `attain amend` say, as row changes of an amendment.
#ifndef ATTAIN_CLIENTS_CLI_COMMANDS_AMEND_ROWS_H_
#define ATTAIN_CLIENTS_CLI_COMMANDS_AMEND_ROWS_H_

#include "absl/status/status.h"
#include "attain/v1/amendment.pb.h"
#include "clients/cli/context.h"

namespace attain::cli {

// Adds the changes of `table` that the options ask for. A usage error names the option that cannot be read.
absl::Status ReadRowChanges(Context& context, const v1::Table& table, v1::Amendment* amendment);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_COMMANDS_AMEND_ROWS_H_
