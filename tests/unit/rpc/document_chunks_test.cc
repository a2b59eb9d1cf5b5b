#include "service/rpc/document_chunks.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"

namespace attain::rpc {
namespace {

namespace document = ::attain::document::v1;

std::vector<v1::ExtractDocumentResponse> Cut(document::Document source) {
  DocumentChunks chunks(std::make_shared<const document::Document>(std::move(source)));
  std::vector<v1::ExtractDocumentResponse> messages;
  for (v1::ExtractDocumentResponse message; chunks.Next(&message);) {
    EXPECT_LE(message.ByteSizeLong(), size_t{1} << 20);
    messages.push_back(message);
  }
  return messages;
}

document::Document GridOf(int rows, int columns, size_t text) {
  document::Document source;
  document::Grid* const grid = source.add_blocks()->mutable_grid();
  grid->set_sheet("表1");
  grid->set_rows(rows);
  grid->set_columns(columns);
  for (int i = 0; i < rows * columns; ++i) {
    document::Cell* const cell = grid->add_cells();
    cell->set_row(i / columns);
    cell->set_column(i % columns);
    cell->set_text(absl::StrCat(i, std::string(text, 'x')));
  }
  return source;
}

TEST(DocumentChunks, AnEmptyDocumentIsOneMessage) {
  document::Document source;
  source.set_reader("r/1");
  const auto messages = Cut(source);
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(messages[0].document().reader(), "r/1");
}

TEST(DocumentChunks, TheFirstMessageSaysAllAboutTheDocument) {
  document::Document source;
  source.set_media(document::MEDIA_PDF);
  source.set_sha256("abc");
  source.set_reader("r/1");
  source.set_encoding("UTF-8");
  source.set_pages(3);
  source.add_sheets("表1");
  source.add_hidden_sheets("表2");
  source.add_remarks()->set_code("HIDDEN_SHEET");
  const auto messages = Cut(source);
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(messages[0].document().ShortDebugString(), source.ShortDebugString());
}

TEST(DocumentChunks, APartOfAGridSaysAllAboutTheGrid) {
  document::Document source = GridOf(2000, 20, 60);
  document::Grid* const grid = source.mutable_blocks(0)->mutable_grid();
  grid->set_first_page(2);
  grid->set_last_page(5);
  grid->set_nested_in("R1C1");
  grid->set_separator(document::SEPARATOR_COMMA);
  document::Grid head = *grid;
  head.clear_cells();
  const auto messages = Cut(source);
  ASSERT_GT(messages.size(), 3u);
  for (const auto& message : messages) {
    document::Grid part = message.blocks(0).grid();
    EXPECT_GT(part.cells_size(), 0) << "no part is empty";
    part.clear_cells();
    EXPECT_EQ(part.ShortDebugString(), head.ShortDebugString());
  }
}

TEST(DocumentChunks, BlocksKeepTheirOrderOverMessages) {
  document::Document source;
  for (int i = 0; i < 30; ++i) {
    source.add_blocks()->mutable_line()->set_text(absl::StrCat("line ", i));
    *source.add_blocks() = GridOf(20, 20, 60).blocks(0);
  }
  std::vector<std::string> lines;
  size_t cells = 0;
  for (const auto& message : Cut(source)) {
    for (const document::Block& block : message.blocks()) {
      cells += static_cast<size_t>(block.grid().cells_size());
      if (!block.has_line()) continue;
      EXPECT_EQ(cells, 400 * lines.size()) << "behind the grids before it";
      lines.push_back(block.line().text());
    }
  }
  ASSERT_EQ(lines.size(), 30u);
  EXPECT_EQ(lines[29], "line 29");
  EXPECT_EQ(cells, 12'000u);
}

TEST(DocumentChunks, ALargeGridIsCutBehindARow) {
  const document::Document source = GridOf(2000, 20, 60);
  const auto messages = Cut(source);
  EXPECT_GT(messages.size(), 3u);
  std::vector<document::Cell> cells;
  int last_row = -1;
  for (const auto& message : messages) {
    for (const document::Block& block : message.blocks()) {
      EXPECT_EQ(block.grid().sheet(), "表1");
      EXPECT_EQ(block.grid().rows(), 2000);
      EXPECT_NE(block.grid().cells(0).row(), last_row);
      last_row = block.grid().cells().rbegin()->row();
      cells.insert(cells.end(), block.grid().cells().begin(), block.grid().cells().end());
    }
  }
  ASSERT_EQ(cells.size(), 40'000u);
  for (int i = 0; i < 40'000; ++i) {
    ASSERT_EQ(cells[static_cast<size_t>(i)].SerializeAsString(),
              source.blocks(0).grid().cells(i).SerializeAsString());
  }
}

TEST(DocumentChunks, ARowLargerThanAMessageIsCutBehindACell) {
  EXPECT_GE(Cut(GridOf(1, 40, 60'000)).size(), 3u);
}

TEST(DocumentChunks, ATextComesAsItsLines) {
  document::Document source;
  const std::string longest(300'000, 'y');
  source.set_text(absl::StrCat("一\n\n二\n", longest));
  std::vector<std::pair<int, std::string>> lines;
  for (const auto& message : Cut(source)) {
    EXPECT_EQ(message.document().text(), "");
    for (const document::Block& block : message.blocks()) {
      if (!lines.empty() && lines.back().first == block.line().number()) {
        lines.back().second += block.line().text();
      } else {
        lines.emplace_back(block.line().number(), block.line().text());
      }
    }
  }
  EXPECT_EQ(lines, (std::vector<std::pair<int, std::string>>{{1, "一"}, {2, ""}, {3, "二"}, {4, longest}}));
}

TEST(DocumentChunks, ManyLinesAreSeveralMessages) {
  document::Document source;
  for (int i = 0; i < 200'000; ++i) source.mutable_text()->append("一行文字\n");
  int lines = 0;
  for (const auto& message : Cut(source)) lines += message.blocks_size();
  EXPECT_EQ(lines, 200'000);
}

}  // namespace
}  // namespace attain::rpc
