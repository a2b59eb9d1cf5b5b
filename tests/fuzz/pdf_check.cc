#include "tests/fuzz/pdf_check.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/extract/common/result.h"
#include "service/extract/pdf/grid.h"
#include "service/extract/pdf/pages.h"

namespace attain::extract {
namespace {

// Bytes as numbers; zeros behind the end.
class Bytes {
 public:
  Bytes(const uint8_t* data, size_t size) : data_(data), size_(size) {}
  bool Empty() const { return at_ >= size_; }
  int Byte() { return Empty() ? 0 : data_[at_++]; }
  // Points, in steps that make lines meet, nearly meet or miss each other.
  double Place() {
    const int big = Byte();
    static constexpr double kOff[] = {0, 0.5, 1, 1.9, 2.1, 3, 7};
    return big * 4 + kOff[Byte() % 7];
  }

 private:
  const uint8_t* data_;
  const size_t size_;
  size_t at_ = 0;
};

PageGeometry MakePage(Bytes* bytes) {
  static constexpr const char* kTexts[] = {"a", "7", "标", " ", "。", "%"};
  PageGeometry page;
  page.width = page.height = 1100;
  for (int i = 0; i < 300 && !bytes->Empty(); ++i) {
    const int kind = bytes->Byte();
    if (kind % 3 == 0) {
      const double at = bytes->Place(), low = bytes->Place();
      (kind & 4 ? page.horizontal : page.vertical).push_back({at, low, low + bytes->Place()});
    } else {
      Glyph glyph;
      const double x = bytes->Place(), y = bytes->Place(), size = kind % 5 == 0 ? 6 : 10;
      glyph.box = {x, y, x + size * 0.6, y + size};
      glyph.text = kTexts[bytes->Byte() % 6];
      glyph.turn = kind & 64 ? kind % 4 : 0;
      glyph.run = bytes->Byte() % 4;
      page.glyphs.push_back(glyph);
    }
  }
  return page;
}

// Letters without blanks, sorted.
void AddLetters(const std::string& text, std::string* letters) {
  for (const char c : text)
    if (c != ' ') *letters += c;
}

std::string CheckGrid(const PdfGrid& grid, size_t index) {
  std::vector<int> covered(static_cast<size_t>(grid.rows()) * grid.columns());
  for (const PdfCell& cell : grid.cells) {
    for (int row = cell.row; row < cell.row + cell.row_span; ++row) {
      for (int column = cell.column; column < cell.column + cell.column_span; ++column) {
        if (row < 0 || row >= grid.rows() || column < 0 || column >= grid.columns())
          return "a cell outside its grid";
        ++covered[row * grid.columns() + column];
      }
    }
  }
  if (std::count(covered.begin(), covered.end(), 1) != static_cast<long>(covered.size()))
    return "cells do not cover their grid once";
  if (!std::is_sorted(grid.xs.begin(), grid.xs.end()) || !std::is_sorted(grid.ys.begin(), grid.ys.end()))
    return "lines out of order";
  if (grid.outer >= static_cast<int>(index)) return "a nested grid before its outer one";
  return "";
}

std::string CheckPage(const PageGeometry& page, const PageContent& content) {
  std::string given, read;
  for (const Glyph& glyph : page.glyphs) AddLetters(glyph.text, &given);
  for (size_t i = 0; i < content.grids.size(); ++i) {
    if (std::string wrong = CheckGrid(content.grids[i], i); !wrong.empty()) return wrong;
    for (const PdfCell& cell : content.grids[i].cells) AddLetters(cell.text.text, &read);
  }
  for (const TextLine& line : content.lines) AddLetters(line.Text(), &read);
  std::sort(given.begin(), given.end());
  std::sort(read.begin(), read.end());
  return given == read ? "" : absl::StrCat("letters given ", given.size(), ", read ", read.size());
}

std::string CheckDocument(const document::Document& document) {
  for (const document::Block& block : document.blocks()) {
    const document::Grid& grid = block.grid();
    for (const document::Cell& cell : grid.cells()) {
      if (cell.row() < 0 || cell.column() < 0 || cell.row_span() < 1 || cell.column_span() < 1 ||
          cell.row() + cell.row_span() > grid.rows() || cell.column() + cell.column_span() > grid.columns())
        return absl::StrCat("a cell outside its table: ", cell.ShortDebugString());
    }
    for (const int row : grid.page_breaks())
      if (row < 0 || row >= grid.rows()) return "a page ends outside the table";
  }
  return "";
}

}  // namespace

std::string CheckPages(const uint8_t* data, size_t size, size_t* tables) {
  Bytes bytes(data, size);
  Limits limits;
  limits.cells = 20'000;
  try {
    PdfPages pages(limits);
    for (int number = 1; number <= 3 && !bytes.Empty(); ++number) {
      const PageGeometry page = MakePage(&bytes);
      PageContent content = ReadPage(page, limits);
      if (std::string wrong = CheckPage(page, content); !wrong.empty()) return wrong;
      if (tables != nullptr) *tables += content.grids.size();
      pages.Add(number, page.height, std::move(content));
    }
    document::Document document;
    BlockBytes blocks;
    pages.Write(&document, &blocks);
    std::string encoded;
    blocks.AppendTo(&encoded);
    if (!document.MergeFromString(encoded)) return "the blocks do not parse";
    return CheckDocument(document);
  } catch (const Refused& refused) {
    return refused.code() == "DOCUMENT_TOO_COSTLY" || refused.code() == "DOCUMENT_TOO_DEEP" ? ""
                                                                                            : refused.code();
  }
}

}  // namespace attain::extract
