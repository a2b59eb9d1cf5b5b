// Prints what a reader of a document or the validator noticed.
#ifndef ATTAIN_CLIENTS_CLI_FINDING_PRINTER_H_
#define ATTAIN_CLIENTS_CLI_FINDING_PRINTER_H_

#include <google/protobuf/repeated_field.h>

#include "attain/v1/finding.pb.h"
#include "clients/cli/context.h"

namespace attain::cli {

// In the order given, under a heading per table, then how many of each severity there are.
void PrintFindings(const Context& context, const google::protobuf::RepeatedPtrField<v1::Finding>& findings);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_FINDING_PRINTER_H_
