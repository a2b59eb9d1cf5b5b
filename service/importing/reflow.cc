// Tables whose text came out of a PDF one cell per line.
#include <utility>

#include "absl/strings/str_join.h"
#include "service/importing/header.h"
#include "service/importing/table_reader.h"
#include "service/importing/text.h"

namespace attain::importing {

Section Reflow(const Section& section) {
  Section rows = section;
  rows.lines.clear();
  std::vector<Line> cells;
  for (const Line& line : section.lines) {
    if (!Squeeze(line.text).empty()) cells.push_back(line);
  }
  const auto is_header = [&](size_t i) {
    return i < cells.size() && ColumnOf(cells[i].text) != Column::kCount;
  };
  size_t at = 0;
  // Labels and values above the header come in pairs of lines.
  while (at < cells.size() && !(is_header(at) && is_header(at + 1) && is_header(at + 2))) {
    Line pair = cells[at];
    pair.cells = {cells[at].text};
    if (at + 1 < cells.size()) pair.cells.push_back(cells[at + 1].text);
    rows.lines.push_back(pair);
    ++at;
  }
  Line header;
  if (at < cells.size()) header.number = cells[at].number;
  for (; is_header(at); ++at) header.cells.push_back(cells[at].text);
  if (header.cells.empty()) return rows;
  header.text = absl::StrJoin(header.cells, "\t");
  rows.lines.push_back(header);
  const size_t fixed = header.cells.size() - (ColumnOf(header.cells[0]) == Column::kLevel1 ? 2 : 1);
  while (at < cells.size()) {
    Line row;
    row.number = cells[at].number;
    if (header.cells.size() - fixed == 2) {
      row.cells.push_back(IsLevel1(LevelName(cells[at].text)) && at + 1 < cells.size() ? cells[at++].text
                                                                                       : "");
    }
    row.cells.push_back(at < cells.size() && IsLevel2(LevelName(cells[at].text)) ? cells[at++].text : "");
    for (size_t i = 0; i < fixed && at < cells.size(); ++i) row.cells.push_back(cells[at++].text);
    if (row.cells.size() < header.cells.size())
      break;  // what is left is no whole row: prose behind the table
    row.text = absl::StrJoin(row.cells, "\t");
    rows.lines.push_back(std::move(row));
  }
  return rows;
}

}  // namespace attain::importing
