// Prints what a reader of a document or the validator noticed.
#ifndef ATTAIN_CLIENTS_CLI_SHOW_FINDING_PRINTER_H_
#define ATTAIN_CLIENTS_CLI_SHOW_FINDING_PRINTER_H_

#include <google/protobuf/repeated_field.h>

#include <ostream>

#include "attain/v1/finding.pb.h"
#include "clients/cli/session/context.h"

namespace attain::cli {

// Errors first, then by the points that ride on it. What is said of several places is said once, with the
// first places and how many more there are; behind all of it how many there are of each severity.
void PrintFindings(const Context& context, const google::protobuf::RepeatedPtrField<v1::Finding>& findings);

// Those that a refusal carries, to `out`; without a word when there are none.
void PrintFindingsOfRefusal(const Context& context, const v1::FindingList& findings, std::ostream& out);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_SHOW_FINDING_PRINTER_H_
