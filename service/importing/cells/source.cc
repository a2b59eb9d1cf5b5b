#include "service/importing/cells/source.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "service/importing/values/text.h"

namespace attain::importing {
namespace {

// One blank between each two characters.
bool IsSpacedOut(const std::vector<std::string>& characters) {
  if (characters.size() % 2 == 0) return false;
  for (size_t i = 0; i < characters.size(); ++i) {
    if ((characters[i] == " ") != (i % 2 == 1)) return false;
  }
  return true;
}

}  // namespace

void CloseUp(std::vector<Cell>* cells) {
  constexpr size_t kSurely = 5;  // characters: three and their blanks are no chance
  bool surely = false;
  for (const Cell& cell : *cells) {
    if (cell.text.size() == cell.word.size()) {
      if (cell.text.size() > 4) return;
      continue;
    }
    const std::vector<std::string> characters = Characters(cell.text);
    if (characters.size() == 1) continue;
    if (!IsSpacedOut(characters)) return;
    surely = surely || (characters.size() >= kSurely && IsCjk(characters[0]));
  }
  if (!surely) return;
  for (Cell& cell : *cells) cell.text = Squeeze(cell.text);
}

std::string JoinBreaks(absl::string_view text) {
  std::string joined;
  for (const absl::string_view part : absl::StrSplit(text, '\n')) {
    const std::string tidy = Tidy(part);
    const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    const bool apart = !joined.empty() && !tidy.empty() && (is_ascii(joined.back()) || is_ascii(tidy[0]));
    absl::StrAppend(&joined, apart ? " " : "", tidy);
  }
  return joined;
}

Cell MakeCell(absl::string_view text, int column) {
  Cell cell;
  cell.text = Tidy(text);
  cell.word = Squeeze(Narrow(text));
  cell.column = column;
  return cell;
}

Place PlaceOf(const Source& source, const Row& row) {
  Place place;
  place.line = row.line;
  if (row.grid >= 0) place.sheet = source.grids[static_cast<size_t>(row.grid)].sheet;
  if (!row.cells.empty()) {
    place.page = row.cells[0].page;
    place.address = row.cells[0].address;
  }
  return place;
}

void MarkRead(Cell* cell) {
  cell->fate = Fate::kRead;
}

void MarkTold(Cell* cell) {
  if (cell->fate == Fate::kOpen) cell->fate = Fate::kTold;
}

void MarkFurniture(Cell* cell, const char* kind) {
  if (cell->fate != Fate::kOpen) return;
  cell->fate = Fate::kFurniture;
  cell->furniture = kind;
}

void MarkFurniture(Row* row, const char* kind) {
  for (Cell& cell : row->cells) MarkFurniture(&cell, kind);
}

}  // namespace attain::importing
