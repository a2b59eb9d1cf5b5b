// A workbook of 60 projects, one sheet each, is read in less time than a person notices.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <limits>

#include "absl/strings/str_cat.h"
#include "tests/unit/extract/support.h"

namespace attain::extract {
namespace {

std::string SheetOfProject(int project) {
  std::string rows;
  for (int row = 1; row <= 30; ++row) {
    absl::StrAppend(&rows, "<row r=\"", row, "\" spans=\"1:9\" ht=\"15\" customHeight=\"1\">");
    for (int column = 0; column < 9; ++column) {
      const char letter = static_cast<char>('A' + column);
      if (column < 5) {
        absl::StrAppend(&rows, "<c r=\"", std::string(1, letter), row, "\" s=\"1\" t=\"s\"><v>",
                        (project * 31 + row * 7 + column) % 3000, "</v></c>");
      } else {
        absl::StrAppend(&rows, "<c r=\"", std::string(1, letter), row, "\" s=\"", column % 3, "\"><v>",
                        project * row + column, ".5</v></c>");
      }
    }
    rows += "</row>";
  }
  return absl::StrCat("<worksheet><sheetData>", rows,
                      "</sheetData><mergeCells><mergeCell ref=\"A1:A8\"/><mergeCell "
                      "ref=\"A9:A30\"/></mergeCells></worksheet>");
}

std::string Projects(int count) {
  WorkbookParts parts;
  parts.sheet = "<sheetData/>";
  parts.styles =
      "<numFmts><numFmt numFmtId=\"164\" formatCode=\"0.00\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf "
      "numFmtId=\"164\"/><xf numFmtId=\"10\"/></cellXfs>";
  for (int i = 0; i < 3000; ++i) absl::StrAppend(&parts.shared, "<si><t>绩效指标 ", i, "</t></si>");
  for (int i = 0; i < count; ++i) {
    absl::StrAppend(&parts.more_sheets, "<sheet name=\"项目", i, "\" sheetId=\"", i + 10, "\" r:id=\"p", i,
                    "\"/>");
    absl::StrAppend(&parts.more_relations, "<Relationship Id=\"p", i,
                    "\" Type=\"x/worksheet\" Target=\"worksheets/p", i, ".xml\"/>");
    parts.more_parts.emplace_back(absl::StrCat("xl/worksheets/p", i, ".xml"), SheetOfProject(i));
  }
  return Workbook(parts);
}

TEST(WorkbookSpeed, SixtySheets) {
  const std::string bytes = Projects(60);
  ASSERT_EQ(Grids(ReadOrFail(bytes)).size(), 60u);
  double milliseconds = std::numeric_limits<double>::max();
  for (int i = 0; i < 10; ++i) {
    const std::clock_t start = std::clock();
    const document::ExtractResult result = Extract(bytes, Limits());
    milliseconds = std::min(milliseconds, 1e3 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    ASSERT_TRUE(result.has_document());
  }
  printf("60 sheets, %zu KiB: %.1f ms\n", bytes.size() / 1024, milliseconds);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  EXPECT_LT(milliseconds,
            50);  // of a processor, the best of ten: other programs of a busy machine do not count
#endif
}

}  // namespace
}  // namespace attain::extract
