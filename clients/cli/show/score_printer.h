// Prints scores.
#ifndef ATTAIN_CLIENTS_CLI_SHOW_SCORE_PRINTER_H_
#define ATTAIN_CLIENTS_CLI_SHOW_SCORE_PRINTER_H_

#include <google/protobuf/repeated_field.h>

#include "attain/v1/score.pb.h"
#include "clients/cli/session/context.h"

namespace attain::cli {

// Name, score, grade, light, range, parts, execution and counts; a few lines.
void PrintScoreHeader(const Context& context, const v1::Score& score);
// One row per indicator.
void PrintIndicatorRows(const Context& context, const v1::Score& score);
// One indicator: what was promised, reached and earned.
void PrintIndicator(const Context& context, const v1::IndicatorScore& score);

// What tables of tables show: rank, name, score, grade, range, execution rate, light. `first_rank` numbers
// the first row.
void PrintScoreList(const Context& context, const google::protobuf::RepeatedPtrField<v1::Score>& scores,
                    int first_rank = 1);

// "展会经费 (urumqi-itc/p1): 93.99 优, …": where a table stands after a change.
void PrintTableLine(const Context& context, const v1::Score& score);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_SHOW_SCORE_PRINTER_H_
