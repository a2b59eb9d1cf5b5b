// Prints a document as its reader sees it.
#ifndef ATTAIN_CLIENTS_CLI_SHOW_GRID_PRINTER_H_
#define ATTAIN_CLIENTS_CLI_SHOW_GRID_PRINTER_H_

#include "attain/document/v1/document.pb.h"
#include "clients/cli/session/context.h"

namespace attain::cli {

// Format and reader, then lines and grids in reading order, then what the reader noticed. Rows and columns of
// a grid carry the names that addresses are made of.
void PrintDocument(const Context& context, const document::v1::Document& document);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_SHOW_GRID_PRINTER_H_
