// A parsed document as people write down what a table says: the language of the .expect files in tests/data.
#ifndef ATTAIN_TESTS_UNIT_IMPORTING_READABLE_H_
#define ATTAIN_TESTS_UNIT_IMPORTING_READABLE_H_

#include <string>
#include <vector>

#include "service/importing/document.h"

namespace attain::importing {

// Tables and rows, one a line:
//   table 流动书车下乡 | 2025 | 20
//   产出/数量 | 书车出行次数 | ≥48 次 | 30
// and a line "goal …" where there is one. Behind the year stands the total in 万元; fiscal and other money
// follow where they say more ("20 = 15 + 5"). A unit's table begins with "unit". A row ends with "prior 36",
// "basis 年度计划", "rule 按照正常比例赋分" … where it has them.
std::vector<std::string> Readable(const ParsedDocument& document);

// What reader and validator told, in order of lines: "told 14 ROW_REALIGNED". Errors and warnings always;
// notes only where `notes` has their code. What judges the shape of a table and not its reading is left out
// (RULE_ASSUMED, WEIGHT_HEAVY, NO_QUALITY …).
std::vector<std::string> Told(const ParsedDocument& document, const scoring::Profile& profile, bool notes);

}  // namespace attain::importing

#endif  // ATTAIN_TESTS_UNIT_IMPORTING_READABLE_H_
