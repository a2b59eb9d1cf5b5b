#include "common/csv/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace attain::csv {
namespace {

using testing::ElementsAre;

std::vector<std::vector<std::string>> Cells(absl::string_view text, char separator = ',') {
  std::vector<std::vector<std::string>> all;
  for (const Record& record : Parse(text, separator).records) all.push_back(record.cells);
  return all;
}

TEST(Csv, ReadsRecordsWithAnyLineEnd) {
  const std::vector<std::vector<std::string>> expected = {{"a", "b"}, {"c", "d"}};
  EXPECT_EQ(Cells("a,b\nc,d\n"), expected);
  EXPECT_EQ(Cells("a,b\r\nc,d"), expected);
  EXPECT_EQ(Cells("a,b\rc,d\r"), expected);
}

TEST(Csv, ALineEndOfItsOwnNeverJoinsFigures) {
  EXPECT_THAT(Cells("a,1\r2,b\n"), ElementsAre(ElementsAre("a", "1"), ElementsAre("2", "b")));
  EXPECT_THAT(Cells("a,1\r\r\nb,2\n"), ElementsAre(ElementsAre("a", "1"), ElementsAre("b", "2")));
}

TEST(Csv, ReadsQuotedCells) {
  EXPECT_THAT(Cells("\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\n"),
              ElementsAre(ElementsAre("a,b", "say \"hi\"", "two\nlines")));
  EXPECT_THAT(Cells("5\" pipe,\"\",\"x\"\n"), ElementsAre(ElementsAre("5\" pipe", "", "x")));
}

TEST(Csv, TakesTheSeparatorItIsGiven) {
  EXPECT_THAT(Cells("a;b,c;\"d;e\"\n", ';'), ElementsAre(ElementsAre("a", "b,c", "d;e")));
  EXPECT_THAT(Cells("a\tb\n", '\t'), ElementsAre(ElementsAre("a", "b")));
}

TEST(Csv, KeepsEmptyCellsAndSkipsEmptyLines) {
  EXPECT_THAT(Cells("a,,\n\n,b,\n"), ElementsAre(ElementsAre("a", "", ""), ElementsAre("", "b", "")));
  EXPECT_THAT(Cells("a,"), ElementsAre(ElementsAre("a", ""))) << "no line end behind the last";
  EXPECT_TRUE(Cells("").empty());
}

TEST(Csv, KnowsTheLineOfEachRecord) {
  const Records read = Parse("head\n\n\"x\ny\"\nlast\n");
  ASSERT_EQ(read.records.size(), 3u);
  EXPECT_EQ(read.records[0].line, 1);
  EXPECT_EQ(read.records[1].line, 3);
  EXPECT_EQ(read.records[2].line, 5);
  EXPECT_EQ(read.unclosed, 0);
  EXPECT_EQ(read.torn, 0);
}

TEST(Csv, ABrokenQuoteIsNamedAndNothingIsLost) {
  const Records open = Parse("a\n\"b\nc");
  EXPECT_EQ(open.unclosed, 2);
  EXPECT_EQ(open.torn, 0);
  EXPECT_THAT(open.records.back().cells, ElementsAre("b\nc"));
  const Records torn = Parse("\"a\"b,c\n\"d\" \n");
  EXPECT_EQ(torn.torn, 1);
  EXPECT_EQ(torn.unclosed, 0);
  EXPECT_THAT(torn.records[0].cells, ElementsAre("ab", "c"));
  EXPECT_THAT(torn.records[1].cells, ElementsAre("d "));
}

TEST(Csv, WhatIsWrittenReadsTheSame) {
  const std::vector<std::string> cells = {"a,b", "say \"yes\"", "two\r\nlines", "", "-3.5", "≥30"};
  EXPECT_EQ(ToLine(cells), "\"a,b\",\"say \"\"yes\"\"\",\"two\r\nlines\",,-3.5,≥30\r\n");
  EXPECT_THAT(Cells(ToLine(cells)), ElementsAre(cells));
}

TEST(Csv, WhateverWouldEndACellOrALineIsQuoted) {
  for (const char* cell : {"a\rb", "\r", "a\nb", "\n", "a\r\nb", "a,b", ",", "a\"b", "\""}) {
    const std::string line = ToLine({cell, "x"});
    EXPECT_EQ(line.front(), '"') << testing::PrintToString(cell);
    EXPECT_THAT(Cells(line), ElementsAre(ElementsAre(cell, "x"))) << testing::PrintToString(line);
  }
  EXPECT_EQ(ToLine({"a b", "x"}), "a b,x\r\n");
}

TEST(Csv, OnlyWhatASpreadsheetWouldComputeGetsABlank) {
  EXPECT_EQ(ToLine({"-3.5", "+4", "12", "≥30", ""}), "-3.5,+4,12,≥30,\r\n");
  EXPECT_EQ(ToLine({"=45%", "@x", "-3 个", "-", "=1"}), " =45%, @x, -3 个, -, =1\r\n");
}

}  // namespace
}  // namespace attain::csv
