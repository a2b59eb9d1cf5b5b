// What --set, --add and --remove of `attain amend` say, as row changes of an amendment.
#ifndef ATTAIN_CLIENTS_CLI_COMMANDS_TABLES_AMEND_ROWS_H_
#define ATTAIN_CLIENTS_CLI_COMMANDS_TABLES_AMEND_ROWS_H_

#include "absl/status/status.h"
#include "attain/v1/amendment.pb.h"
#include "clients/cli/session/context.h"

namespace attain::cli {

// Adds the changes of `table` that the options ask for, with the rows as they are in `before`. A usage error
// names the option that cannot be read.
absl::Status ReadRowChanges(Context& context, const v1::Table& table, v1::Amendment* amendment);

// Does to the rows of `table` what `amendment` says. An added row comes behind the last of its level 2, else
// of its level 1, else at the end, as in an amendment that is put in force.
void ApplyRowChanges(const v1::Amendment& amendment, v1::Table* table);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_COMMANDS_TABLES_AMEND_ROWS_H_
