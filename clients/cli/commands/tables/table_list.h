// A list of target tables.
#ifndef ATTAIN_CLIENTS_CLI_COMMANDS_TABLES_TABLE_LIST_H_
#define ATTAIN_CLIENTS_CLI_COMMANDS_TABLES_TABLE_LIST_H_

#include <google/protobuf/repeated_field.h>

#include "attain/v1/table.pb.h"
#include "clients/cli/session/context.h"

namespace attain::cli {

// One row per table: short name, display name, year, kind, state, number of indicators, budget in 万元.
void PrintTableList(const Context& context, const google::protobuf::RepeatedPtrField<v1::Table>& tables);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_COMMANDS_TABLES_TABLE_LIST_H_
