// Prints how a score came about, so that a person can recompute it by hand.
#ifndef ATTAIN_CLIENTS_CLI_SHOW_EXPLANATION_PRINTER_H_
#define ATTAIN_CLIENTS_CLI_SHOW_EXPLANATION_PRINTER_H_

#include "attain/v1/score.pb.h"
#include "clients/cli/session/context.h"

namespace attain::cli {

// The tree of steps, finer ones indented below theirs. Each step: title and result, formula, the formula with
// figures, and the values that went in, with "@revision" where they were recorded.
void PrintExplanation(const Context& context, const v1::Explanation& explanation);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_SHOW_EXPLANATION_PRINTER_H_
