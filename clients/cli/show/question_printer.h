// Prints the answers to evaluators' questions: why did it change, what if, how to reach.
#ifndef ATTAIN_CLIENTS_CLI_SHOW_QUESTION_PRINTER_H_
#define ATTAIN_CLIENTS_CLI_SHOW_QUESTION_PRINTER_H_

#include "attain/v1/scoring_service.pb.h"
#include "clients/cli/session/context.h"

namespace attain::cli {

// Both ends and one row per cause.
void PrintDifference(const Context& context, const std::string& name, const v1::DiffScoresResponse& response);
// The table as it is and as it would be, its rows, and the unit's figure.
void PrintSimulation(const Context& context, const v1::SimulateScoreResponse& response);
// What to reach, what is lost, and when it is too late.
void PrintSolution(const Context& context, const v1::Table& declared,
                   const v1::SolveForScoreResponse& response);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_SHOW_QUESTION_PRINTER_H_
