// The label-and-value lines above a table's header row. Nobody outside this folder includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_HEADING_H_
#define ATTAIN_SERVICE_IMPORTING_HEADING_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "service/importing/table_reader.h"

namespace attain::importing {

// Takes what one line says of the table: its unit, name, leader, goal, money, and a year that stands alone.
void ReadHeading(const Line& line, ParsedTable* table);

// The first year from 2000 to 2100 that stands before a 年; 0 without.
int YearIn(absl::string_view text);

// A plain decimal, full-width and spaced forms too; nullopt when it is none.
std::optional<Decimal> ParseNumber(absl::string_view text);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_HEADING_H_
