#include "tests/unit/extract/pdf_reading.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "service/extract/pdf/pdf_reader.h"

namespace attain::extract {

std::vector<document::Grid> Reading::Grids() const {
  std::vector<document::Grid> grids;
  for (const document::Block& block : document.blocks())
    if (block.has_grid()) grids.push_back(block.grid());
  return grids;
}

std::vector<std::string> Reading::Lines() const {
  std::vector<std::string> lines;
  for (const document::Block& block : document.blocks())
    if (block.has_line()) lines.push_back(block.line().text());
  return lines;
}

std::vector<document::Remark> Reading::Remarks(const std::string& code) const {
  std::vector<document::Remark> remarks;
  for (const document::Remark& remark : document.remarks())
    if (remark.code() == code) remarks.push_back(remark);
  return remarks;
}

Reading ReadBytes(const std::string& bytes) {
  Reading reading;
  try {
    BlockBytes blocks;
    ReadPdf(bytes, Limits(), &reading.document, &blocks);
    std::string encoded;
    blocks.AppendTo(&encoded);
    EXPECT_TRUE(reading.document.MergeFromString(encoded));
  } catch (const Refused& refused) {
    reading.refusal = refused.code();
  }
  return reading;
}

std::string FixtureBytes(const std::string& name) {
  std::ifstream file(absl::StrCat(ATTAIN_SOURCE_DIR "/tests/data/documents/", name), std::ios::binary);
  EXPECT_TRUE(file.is_open()) << name;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

Reading ReadFixture(const std::string& name) {
  return ReadBytes(FixtureBytes(name));
}

std::string TextAt(const document::Grid& grid, int row, int column) {
  for (const document::Cell& cell : grid.cells())
    if (row >= cell.row() && row < cell.row() + std::max(1, cell.row_span()) && column >= cell.column() &&
        column < cell.column() + std::max(1, cell.column_span()))
      return cell.text();
  return "-";
}

std::string Rendered(const document::Grid& grid) {
  std::string text;
  int row = 0;
  for (const document::Cell& cell : grid.cells()) {
    const bool first = text.empty() || cell.row() != row;
    absl::StrAppend(&text, text.empty() ? "" : first ? "\n" : " | ", cell.text());
    row = cell.row();
    if (cell.row_span() > 1 || cell.column_span() > 1)
      absl::StrAppend(&text, "{", cell.row_span(), "x", cell.column_span(), "}");
  }
  return text;
}

void ExpectCovered(const document::Grid& grid) {
  std::vector<int> covered(static_cast<size_t>(grid.rows()) * grid.columns());
  for (const document::Cell& cell : grid.cells()) {
    for (int row = cell.row(); row < cell.row() + std::max(1, cell.row_span()); ++row) {
      for (int column = cell.column(); column < cell.column() + std::max(1, cell.column_span()); ++column) {
        ASSERT_TRUE(row >= 0 && row < grid.rows() && column >= 0 && column < grid.columns())
            << cell.ShortDebugString();
        ++covered[row * grid.columns() + column];
      }
    }
  }
  EXPECT_EQ(std::count(covered.begin(), covered.end(), 1), static_cast<long>(covered.size()));
}

std::string WithoutBlanks(std::string text) {
  return absl::StrReplaceAll(text, {{" ", ""}, {"\u3000", ""}, {"\u00a0", ""}});
}

}  // namespace attain::extract
