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

TEST(Csv, EveryRecordBeginsOnItsLineWhateverEndsTheOthers) {
  const auto lines = [](absl::string_view text) {
    std::vector<int> all;
    for (const Record& record : Parse(text).records) all.push_back(record.line);
    return all;
  };
  EXPECT_THAT(lines("a\nb\nc"), ElementsAre(1, 2, 3));
  EXPECT_THAT(lines("a\r\nb\r\nc"), ElementsAre(1, 2, 3)) << "CRLF is one line end";
  EXPECT_THAT(lines("a\rb\rc"), ElementsAre(1, 2, 3));
  EXPECT_THAT(lines("\n\r\n\ra"), ElementsAre(4));
  EXPECT_THAT(lines("\"a\n\n\",b\nc"), ElementsAre(1, 4));
  EXPECT_THAT(lines("\"a\r\nb\"\r\nc"), ElementsAre(1, 3));
}

TEST(Csv, ARecordIsLeftOutOnlyWhenItHasNoCharacter) {
  EXPECT_THAT(Cells(",\n\n\"\"\n \na"), ElementsAre(ElementsAre("", ""), ElementsAre(" "), ElementsAre("a")));
  EXPECT_THAT(Cells(",,"), ElementsAre(ElementsAre("", "", "")));
}

TEST(Csv, OfSeveralBrokenQuotesTheFirstTornAndTheOpenOneAreNamed) {
  const Records read = Parse("a\n\"b\"b\n\"c\"c\n\"d\ne\nf");
  EXPECT_EQ(read.torn, 2);
  EXPECT_EQ(read.unclosed, 4) << "where the quote stands, not where the text ends";
  ASSERT_EQ(read.records.size(), 4u);
  EXPECT_THAT(read.records[1].cells, ElementsAre("bb"));
  EXPECT_THAT(read.records[2].cells, ElementsAre("cc"));
  EXPECT_THAT(read.records[3].cells, ElementsAre("d\ne\nf"));
  EXPECT_EQ(Parse("\"x\ny\"z,\"a\n\"").torn, 1) << "the line where its cell begins";
  EXPECT_EQ(Parse("a,\"").unclosed, 1);
  EXPECT_THAT(Cells("a,\""), ElementsAre(ElementsAre("a", "")));
  EXPECT_EQ(Parse("\"a\",\"b\"\n\"c\"\n").torn, 0);
  EXPECT_EQ(Parse("\"a\"\"\"").unclosed, 0);
}

TEST(Csv, QuotesMeanSomethingOnlyAtTheBeginning) {
  EXPECT_THAT(Cells("a\"b\"\"c,d\n"), ElementsAre(ElementsAre("a\"b\"\"c", "d")));
  EXPECT_THAT(Cells(" \"a\",b\n"), ElementsAre(ElementsAre(" \"a\"", "b")));
  EXPECT_THAT(Cells("\"\"\"\"\n"), ElementsAre(ElementsAre("\"")));
  EXPECT_THAT(Cells("\"a;b,c\";d\n", ';'), ElementsAre(ElementsAre("a;b,c", "d")));
  EXPECT_THAT(Cells("a,b;c\n", ';'), ElementsAre(ElementsAre("a,b", "c")));
}

TEST(Csv, EachCharacterThatWouldBreakALineIsQuoted) {
  EXPECT_EQ(ToLine({"a\rb"}), "\"a\rb\"\r\n");
  EXPECT_EQ(ToLine({"a\nb"}), "\"a\nb\"\r\n");
  EXPECT_EQ(ToLine({"a,b"}), "\"a,b\"\r\n");
  EXPECT_EQ(ToLine({"a\"b"}), "\"a\"\"b\"\r\n");
  EXPECT_EQ(ToLine({"a b;c"}), "a b;c\r\n");
  EXPECT_EQ(ToLine({}), "\r\n");
  EXPECT_EQ(ToLine({"", ""}), ",\r\n");
  EXPECT_EQ(ToLine({"=a,b"}), "\" =a,b\"\r\n") << "both";
}

TEST(Csv, FormulasBeginWithASignAndHoldMoreThanANumber) {
  for (const char* formula :
       {"=", "=1", "=1.5", "@", "@1", "@a", "+", "-", "+a", "-a", "-1-1", "+1e5", "-1,000", "-1 "})
    EXPECT_THAT(ToLine({formula}), testing::AnyOf(testing::StartsWith(" "), testing::StartsWith("\" ")))
        << formula;
  for (const char* plain : {"1", "-1", "+1", "-1.5", "+.5", "-100", "a=1", "a@b", "1-1", "", "−1"})
    EXPECT_EQ(ToLine({plain}), std::string(plain) + "\r\n");
}

}  // namespace
}  // namespace attain::csv
