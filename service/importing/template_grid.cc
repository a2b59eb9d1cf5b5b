// The template in a workbook.
#include <algorithm>
#include <iterator>
#include <utility>

#include "service/importing/template.h"
#include "service/importing/values/text.h"

namespace attain::importing {

std::optional<CsvRecords> TemplateRecords(const document::Grid& grid) {
  CsvRecords found;
  found.sheet = grid.sheet();
  found.page = grid.first_page();
  int row = -1;
  for (const document::Cell& cell : grid.cells()) {
    if (Squeeze(cell.text()).empty()) continue;
    if (cell.row() != row) {
      // Most grids are none: the first row says it.
      if (found.records.size() == 1 && !IsTemplateHeader(found.records[0])) return std::nullopt;
      row = cell.row();
      found.records.emplace_back();
      found.addresses.emplace_back();
      found.lines.push_back(row + 1);
    }
    const size_t column = static_cast<size_t>(std::max(cell.column(), 0));
    std::vector<std::string>& record = found.records.back();
    if (record.size() <= column) record.resize(column + 1);
    if (found.addresses.back().size() <= column) found.addresses.back().resize(column + 1);
    record[column] = cell.text();
    found.addresses.back()[column] = cell.address();
  }
  if (found.records.size() < 2 || !IsTemplateHeader(found.records[0])) return std::nullopt;
  return found;
}

void Append(ParsedDocument more, ParsedDocument* document) {
  const int before = static_cast<int>(document->tables.size());
  for (Finding& finding : more.findings) {
    if (finding.place.table > 0) finding.place.table += before;
  }
  std::move(more.tables.begin(), more.tables.end(), std::back_inserter(document->tables));
  std::move(more.findings.begin(), more.findings.end(), std::back_inserter(document->findings));
  Ledger& sum = document->ledger;
  sum.read += more.ledger.read;
  sum.furniture += more.ledger.furniture;
  sum.told += more.ledger.told;
  sum.outside += more.ledger.outside;
  for (const auto& [kind, count] : more.ledger.furniture_kinds) sum.furniture_kinds[kind] += count;
  std::move(more.ledger.outside_grids.begin(), more.ledger.outside_grids.end(),
            std::back_inserter(sum.outside_grids));
}

}  // namespace attain::importing
