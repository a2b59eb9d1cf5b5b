// Findings with their place filled in.
#ifndef ATTAIN_SERVICE_IMPORTING_CELLS_MAKE_FINDING_H_
#define ATTAIN_SERVICE_IMPORTING_CELLS_MAKE_FINDING_H_

#include <string>

#include "service/importing/cells/parsed.h"

namespace attain::importing {

// Makes a finding with its place filled in.
Finding MakeFinding(Severity severity, std::string code, const ParsedTable& table, int table_number, int row,
                    const Place& place, std::string cell);
Finding MakeFinding(Severity severity, std::string code, const ParsedTable& table, int table_number, int row,
                    int line, std::string cell);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_CELLS_MAKE_FINDING_H_
