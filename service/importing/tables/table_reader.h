// One section of a document → its target tables. Nobody outside this folder includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_TABLES_TABLE_READER_H_
#define ATTAIN_SERVICE_IMPORTING_TABLES_TABLE_READER_H_

#include <string>
#include <vector>

#include "service/importing/cells/parsed.h"
#include "service/importing/cells/source.h"
#include "service/importing/tables/sections.h"

namespace attain::importing {

// Appends the section's tables, mostly one, several where a column names projects, and what was noticed. A
// section without a header row gives no table and a finding. Marks the fate of each cell it takes.
void ReadSection(Source* source, const Section& section, const ImportOptions& options,
                 std::vector<ParsedTable>* tables, std::vector<Finding>* findings);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_TABLES_TABLE_READER_H_
