// One section of a document → its target tables. Nobody outside this folder includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_TABLES_TABLE_READER_H_
#define ATTAIN_SERVICE_IMPORTING_TABLES_TABLE_READER_H_

#include <string>
#include <vector>

#include "service/importing/tables/parsed.h"
#include "service/importing/tables/sections.h"
#include "service/importing/tables/source.h"

namespace attain::importing {

// Appends the section's tables, mostly one, several where a column names projects, and what was noticed. A
// section without a header row gives no table and a finding. Marks the fate of each cell it takes.
void ReadSection(Source* source, const Section& section, const ImportOptions& options,
                 std::vector<ParsedTable>* tables, std::vector<Finding>* findings);

// Makes a finding with its place filled in.
Finding MakeFinding(Severity severity, std::string code, const ParsedTable& table, int table_number, int row,
                    const Place& place, std::string cell);
Finding MakeFinding(Severity severity, std::string code, const ParsedTable& table, int table_number, int row,
                    int line, std::string cell);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_TABLES_TABLE_READER_H_
