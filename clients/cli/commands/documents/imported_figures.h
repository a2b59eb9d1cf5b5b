// Prints the figures that a document brought, and its scores beside those of the rules.
#ifndef ATTAIN_CLIENTS_CLI_COMMANDS_DOCUMENTS_IMPORTED_FIGURES_H_
#define ATTAIN_CLIENTS_CLI_COMMANDS_DOCUMENTS_IMPORTED_FIGURES_H_

#include "attain/v1/target_service.pb.h"
#include "clients/cli/session/context.h"

namespace attain::cli {

// Values, money and scores; nothing where there are none.
void PrintFigures(const Context& context, const v1::ImportDocumentResponse& response);
// How many were recorded, or would be, and how many were there before.
void PrintFigureCounts(const Context& context, const v1::ImportDocumentResponse& response);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_COMMANDS_DOCUMENTS_IMPORTED_FIGURES_H_
