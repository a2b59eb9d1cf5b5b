// Any one line, row, cell or text of a document a thousand times: the time an import takes grows with the
// size of the document, not with the square of it.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <string>
#include <vector>

#include "tests/fuzz/corpus.h"
#include "tests/fuzz/importing_check.h"
#include "tests/fuzz/longer.h"

namespace attain::importing {
namespace {

namespace document = attain::document::v1;

constexpr std::clock_t kLimit = 5 * CLOCKS_PER_SEC;  // of this process; what is linear takes a tenth of it

std::vector<std::string> Cut(const std::string& text, const char* ends) {
  std::vector<std::string> pieces(1);
  for (const char c : text) {
    pieces.back() += c;
    if (std::string(ends).find(c) != std::string::npos) pieces.emplace_back();
  }
  return pieces;
}

std::string Grown(const std::vector<std::string>& pieces, size_t at, size_t bytes) {
  std::string text;
  for (size_t i = 0; i < pieces.size(); ++i) {
    const size_t times = i == at ? 1 + bytes / std::max<size_t>(pieces[i].size(), 1) : 1;
    for (size_t k = 0; k < times; ++k) text += pieces[i];
  }
  return text;
}

class Growth : public ::testing::TestWithParam<const char*> {};

TEST_P(Growth, OfTextsTakesTimeByTheirSize) {
  const size_t bytes = std::min<size_t>(attain::testing::Longer(60'000), 1'000'000);
  const auto corpus = attain::testing::Corpus("importing");
  for (const auto& [name, text] : corpus) {
    const std::vector<std::string> pieces = Cut(text, GetParam());
    const size_t step = 1 + pieces.size() * corpus.size() / 90;
    for (size_t at = 0; at < pieces.size(); at += step) {
      if (pieces[at].empty()) continue;
      const std::string grown = Grown(pieces, at, bytes);
      const std::clock_t begin = std::clock();
      ASSERT_EQ(CheckImport(grown), "") << name << " from " << pieces[at];
      ASSERT_LT(std::clock() - begin, kLimit) << name << " from " << pieces[at];
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Pieces, Growth, ::testing::Values("\n", "\t\n|,", "\t\n|, "));

// The grid with row `row` over and over, what stands below it moved down.
document::Grid WithRowsOf(const document::Grid& grid, int row, int times) {
  document::Grid grown = grid;
  grown.clear_cells();
  grown.set_rows(grid.rows() + times);
  for (const document::Cell& cell : grid.cells()) {
    const int copies = cell.row() == row ? times + 1 : 1;
    for (int i = 0; i < copies; ++i) {
      document::Cell* const copy = grown.add_cells();
      *copy = cell;
      copy->set_row(cell.row() <= row ? cell.row() + i : cell.row() + times);
    }
  }
  std::stable_sort(grown.mutable_cells()->begin(), grown.mutable_cells()->end(),
                   [](const auto& a, const auto& b) {
                     return a.row() != b.row() ? a.row() < b.row() : a.column() < b.column();
                   });
  return grown;
}

TEST(GridGrowth, TakesTimeByItsSize) {
  const int times = static_cast<int>(std::min<uint64_t>(attain::testing::Longer(500), 5000));
  for (const auto& [name, bytes] : attain::testing::Corpus("table")) {
    const document::Document source =
        DocumentOf(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
    for (int block = 0; block < source.blocks_size(); ++block) {
      for (int row = 0; row < std::min(source.blocks(block).grid().rows(), 12); ++row) {
        document::Document grown = source;
        *grown.mutable_blocks(block)->mutable_grid() = WithRowsOf(source.blocks(block).grid(), row, times);
        const std::clock_t begin = std::clock();
        ASSERT_EQ(CheckDocument(grown), "") << name << " row " << row;
        ASSERT_LT(std::clock() - begin, kLimit) << name << " row " << row;
      }
    }
  }
}

TEST(BlockGrowth, TakesTimeByItsSize) {
  const int times = static_cast<int>(std::min<uint64_t>(attain::testing::Longer(200), 5000));
  for (const auto& [name, bytes] : attain::testing::Corpus("table")) {
    const document::Document source =
        DocumentOf(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
    for (int block = 0; block < source.blocks_size(); ++block) {
      document::Document grown = source;
      for (int i = 0; i < times; ++i) *grown.add_blocks() = source.blocks(block);
      const std::clock_t begin = std::clock();
      ASSERT_EQ(CheckDocument(grown), "") << name << " block " << block;
      ASSERT_LT(std::clock() - begin, kLimit) << name << " block " << block;
    }
  }
}

}  // namespace
}  // namespace attain::importing
