// Numbers in a goal's words against the numbers of the rows. Nobody outside this folder includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_GOAL_CHECK_H_
#define ATTAIN_SERVICE_IMPORTING_GOAL_CHECK_H_

#include <vector>

#include "service/importing/document.h"

namespace attain::importing {

// GOAL_DISAGREES: the goal names another number than the row about the same thing. GOAL_NUMBER_UNMATCHED: no
// row carries the number.
std::vector<Finding> CheckGoal(const ParsedTable& table, int table_number);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_GOAL_CHECK_H_
