#include "service/importing/cells/make_finding.h"

#include <utility>

namespace attain::importing {

Finding MakeFinding(Severity severity, std::string code, const ParsedTable& table, int table_number, int row,
                    const Place& place, std::string cell) {
  Finding finding;
  finding.severity = severity;
  finding.code = std::move(code);
  finding.place = place;
  finding.place.table = table_number;
  finding.place.row = row;
  finding.place.cell = std::move(cell);
  finding.table_name = table.name;
  return finding;
}

Finding MakeFinding(Severity severity, std::string code, const ParsedTable& table, int table_number, int row,
                    int line, std::string cell) {
  Place place;
  place.line = line;
  return MakeFinding(severity, std::move(code), table, table_number, row, place, std::move(cell));
}

}  // namespace attain::importing
