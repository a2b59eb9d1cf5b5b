#include "clients/cli/terminal/table_printer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "absl/strings/str_split.h"
#include "clients/cli/terminal/width.h"

namespace attain::cli {
namespace {

std::vector<std::string> Lines(const TablePrinter& table, const Style& style = {}) {
  std::ostringstream out;
  table.Print(out, style);
  return absl::StrSplit(out.str(), '\n', absl::SkipEmpty());
}

TEST(TablePrinter, LinesUpChineseAndNumbers) {
  TablePrinter table({{"编号"}, {"名称"}, {"得分", Align::kRight}});
  table.AddRow({"p1", "展会", "9.50"});
  table.AddRow({"p10", "Fair", "100.00"});
  EXPECT_THAT(Lines(table),
              testing::ElementsAre("编号  名称    得分", "p1    展会    9.50", "p10   Fair  100.00"));
}

TEST(TablePrinter, LeavesNoSpacesAtLineEnds) {
  TablePrinter table({{"a"}, {"note"}});
  table.AddRow({"1", ""});
  table.AddRow({"2", "long text"});
  EXPECT_THAT(Lines(table), testing::ElementsAre("a  note", "1", "2  long text"));
  TablePrinter gap({{"a"}, {"b"}, {"c", Align::kRight}});
  gap.AddRow({"1", "", "x"});
  gap.AddRow({"22", "y", ""});
  EXPECT_THAT(Lines(gap), testing::ElementsAre("a   b  c", "1      x", "22  y"));
}

TEST(TablePrinter, LeavesOutColumnsThatAreEmptyThroughout) {
  TablePrinter table({{"a"}, {"nothing"}, {"b"}});
  table.AddRow({"1", "", "2"});
  EXPECT_THAT(Lines(table), testing::ElementsAre("a  b", "1  2"));
}

TEST(TablePrinter, CutsFlexibleColumnsOnANarrowTerminal) {
  TablePrinter table({{"id"}, {"title", Align::kLeft, true}, {"n", Align::kRight}});
  table.AddRow({"p1", "一个很长很长很长很长的名称", "12345"});
  const std::vector<std::string> lines = Lines(table, Style(false, 26));
  EXPECT_EQ(lines[1], "p1  一个很长很长很…  12345");
  for (const std::string& line : lines) EXPECT_LE(DisplayWidth(line), 26) << line;
  EXPECT_EQ(Lines(table)[1], "p1  一个很长很长很长很长的名称  12345") << "whole when it is no terminal";
}

TEST(TablePrinter, LeavesOutTheLeastImportantColumnsBeforeNamesBecomeUnreadable) {
  TablePrinter table({{"id"},
                      {"title", Align::kLeft, true},
                      {"date", Align::kLeft, false, 1},
                      {"time", Align::kLeft, false, 2}});
  table.AddRow({"p1", "跨区域协同创新合作年会工作经费", "2024-11-30", "15:04:05"});
  EXPECT_EQ(Lines(table, Style(false, 60))[1], "p1  跨区域协同创新合作年会工作经费  2024-11-30  15:04:05");
  EXPECT_EQ(Lines(table, Style(false, 50))[1], "p1  跨区域协同创新合作年会…   2024-11-30  15:04:05");
  EXPECT_EQ(Lines(table, Style(false, 40))[1], "p1  跨区域协同创新合作年会…   2024-11-30");
  EXPECT_EQ(Lines(table, Style(false, 26))[1], "p1  跨区域协同创新合作年…");
  EXPECT_EQ(Lines(table, Style(false, 14))[1], "p1  跨区域协…");
}

TEST(TablePrinter, CutsLinesThatDoNotFitInAnyOtherWay) {
  TablePrinter table({{"id"}, {"title", Align::kLeft, true}, {"n", Align::kRight}});
  table.AddRow({"urumqi-itc/p1", "一个很长很长的名称", "12345"});
  for (int columns = 1; columns < 50; ++columns) {
    const std::vector<std::string> lines = Lines(table, Style(false, columns));
    EXPECT_EQ(lines.size(), 2u) << columns;
    for (const std::string& line : lines) EXPECT_LE(DisplayWidth(line), columns) << line;
  }
}

TEST(TablePrinter, ColoursDoNotCount) {
  TablePrinter table({{"a"}, {"b"}});
  table.AddRow({{"红", Colour::kRed}, "x"});
  EXPECT_EQ(Lines(table, Style(true, 80))[1], "\033[31m红\033[0m  x");
}

TEST(TablePrinter, KeepsCellsOnOneLine) {
  TablePrinter table({{"a"}, {"b"}});
  table.AddRow({"1\n2", "x"});
  EXPECT_EQ(Lines(table)[1], "1 2  x");
}

}  // namespace
}  // namespace attain::cli
