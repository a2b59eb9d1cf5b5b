// Tables over pages, running headers and footers, lines between tables.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "absl/strings/str_cat.h"
#include "tests/support/pdf_writer.h"
#include "tests/unit/extract/pdf_reading.h"

namespace attain::extract {
namespace {

using ::attain::testing::PdfWriter;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::vector<double> kXs = {100, 200, 300, 400};

std::string Part(double top, const std::vector<std::vector<std::string>>& texts) {
  std::vector<double> ys{top};
  for (size_t i = 0; i < texts.size(); ++i) ys.push_back(ys.back() - 20);
  return PdfWriter::Table(kXs, ys, texts);
}

Reading ReadPages(const std::vector<std::string>& pages) {
  PdfWriter pdf;
  for (const std::string& page : pages) pdf.AddPage(page);
  return ReadBytes(pdf.Finish());
}

const std::vector<std::string> kHeader = {"name", "target", "weight"};

TEST(PdfPagesTest, TableGoesOnBehindRunningHeadersAndFooters) {
  const auto page = [](int number, const std::string& table) {
    return PdfWriter::Text(250, 810, 9, "budget of the town") + table +
           PdfWriter::Text(290, 30, 9, absl::StrCat("- ", number, " -"));
  };
  const Reading reading = ReadPages({page(1, Part(700, {kHeader, {"trips", "48", "30"}})),
                                     page(2, Part(780, {kHeader, {"books", "20", "10"}})),
                                     page(3, Part(780, {kHeader, {"places", "12", "10"}}))});
  ASSERT_THAT(reading.Grids(), SizeIs(1));
  EXPECT_EQ(Rendered(reading.Grids()[0]),
            "name | target | weight\ntrips | 48 | 30\nbooks | 20 | 10\nplaces | 12 | 10");
  EXPECT_THAT(reading.Grids()[0].page_breaks(), ElementsAre(1, 2));
  EXPECT_EQ(reading.Grids()[0].cells(9).page(), 3);
  EXPECT_EQ(reading.Grids()[0].cells(9).address(), "R4C1");
  EXPECT_THAT(reading.Lines(), IsEmpty());
  EXPECT_THAT(reading.Remarks("REPEATED_HEADER"), SizeIs(2));
  ASSERT_THAT(reading.Remarks("RUNNING_HEADER"), SizeIs(2));
  for (const document::Remark& remark : reading.Remarks("RUNNING_HEADER")) EXPECT_EQ(remark.count(), 3);
}

TEST(PdfPagesTest, RowsOfDataThatComeAgainAreNoHeader) {
  const Reading reading =
      ReadPages({Part(700, {kHeader, {"trips", "48", "30"}}), Part(780, {kHeader, {"trips", "48", "30"}})});
  EXPECT_EQ(reading.Grids()[0].rows(), 3);
  const Reading without =
      ReadPages({Part(700, {kHeader, {"trips", "48", "30"}}), Part(780, {{"trips", "48", "30"}})});
  EXPECT_EQ(without.Grids()[0].rows(), 3);
  EXPECT_THAT(without.Remarks("REPEATED_HEADER"), IsEmpty());
}

TEST(PdfPagesTest, HeaderBelowATitleIsFoundAgain) {
  const Reading reading = ReadPages({Part(700, {{"", "title", ""}, kHeader, {"trips", "48", "30"}}),
                                     Part(780, {kHeader, {"books", "20", "10"}})});
  EXPECT_EQ(reading.Grids()[0].rows(), 4);
  EXPECT_THAT(reading.Remarks("REPEATED_HEADER"), SizeIs(1));
}

TEST(PdfPagesTest, TextBetweenPartsEndsTheTable) {
  const Reading reading = ReadPages(
      {Part(700, {kHeader, {"trips", "48", "30"}}),
       PdfWriter::Text(200, 740, 14, "second project") + Part(700, {kHeader, {"books", "20", "10"}})});
  ASSERT_THAT(reading.Grids(), SizeIs(2));
  EXPECT_EQ(reading.Grids()[1].rows(), 2);
  EXPECT_THAT(reading.Remarks("REPEATED_HEADER"), IsEmpty());
}

TEST(PdfPagesTest, LineThatSaysContinuedDoesNotEndTheTable) {
  const Reading reading =
      ReadPages({Part(700, {kHeader, {"trips", "48", "30"}}),
                 PdfWriter::Text(200, 740, 14, "续表") + Part(700, {{"books", "20", "10"}})});
  ASSERT_THAT(reading.Grids(), SizeIs(1));
  EXPECT_THAT(reading.Lines(), ElementsAre("续表"));
}

TEST(PdfPagesTest, SameTitleOnTwoPagesIsNoRunningHeader) {
  const std::string title = PdfWriter::Text(200, 760, 18, "target table 2024");
  const Reading reading = ReadPages({title + Part(740, {kHeader, {"trips", "48", "30"}}),
                                     title + Part(740, {kHeader, {"books", "20", "10"}})});
  EXPECT_THAT(reading.Grids(), SizeIs(2));
  EXPECT_THAT(reading.Lines(), ElementsAre("target table 2024", "target table 2024"));
}

TEST(PdfPagesTest, PartsWithFewerColumnLinesJoinAndOthersDoNot) {
  const std::string heading = PdfWriter::Table({100, 200, 400}, {700, 680}, {{"project", "trips"}});
  const Reading reading = ReadPages({heading, Part(780, {kHeader, {"trips", "48", "30"}})});
  ASSERT_THAT(reading.Grids(), SizeIs(1));
  EXPECT_EQ(Rendered(reading.Grids()[0]), "project | trips{1x2}\nname | target | weight\ntrips | 48 | 30");
  const Reading other =
      ReadPages({Part(700, {kHeader}), PdfWriter::Table({100, 250, 400}, {780, 760}, {{"a", "b"}})});
  EXPECT_THAT(other.Grids(), SizeIs(2));
}

TEST(PdfPagesTest, TablesSideBySideAndBoxesAroundPagesStayApart) {
  const std::string frame = "20 20 555 800 re S\n";
  const Reading reading = ReadPages({frame + PdfWriter::Table({50, 100, 150}, {700, 680}, {{"a", "b"}}) +
                                     PdfWriter::Table({150.9, 200, 250}, {700, 680}, {{"c", "d"}}) +
                                     PdfWriter::Table({300, 400, 500}, {700, 680}, {{"e", "f"}}) +
                                     PdfWriter::Text(100, 500, 9, "outside")});
  ASSERT_GE(reading.Grids().size(), 2u);
  EXPECT_EQ(Rendered(reading.Grids().back()), "e | f");
  EXPECT_THAT(reading.Lines(), ElementsAre("outside"));
}

TEST(PdfPagesTest, LinesDrawnPieceByPieceAndAsBoxesMakeOneTable) {
  // One thin box per side of each cell, as browsers do, with cells set apart a little.
  std::string content;
  for (int row = 0; row < 2; ++row) {
    for (int column = 0; column < 2; ++column) {
      const double x = 100 + 101.5 * column, y = 700 - 21.5 * row;
      absl::StrAppend(&content, x, " ", y, " 100 0.75 re f ", x, " ", y - 20, " 100 0.75 re f ", x, " ",
                      y - 20, " 0.75 20 re f ", x + 99.25, " ", y - 20, " 0.75 20 re f\n");
      content += PdfWriter::Text(x + 4, y - 14, 9, std::string(1, static_cast<char>('a' + 2 * row + column)));
    }
  }
  const Reading reading = ReadPages({content});
  ASSERT_THAT(reading.Grids(), SizeIs(1));
  EXPECT_EQ(Rendered(reading.Grids()[0]), "a | b\nc | d");
}

TEST(PdfPagesTest, FrameAsTwoBoxesAndDotsAreLines) {
  std::string content = "100 660 200 40 re 100.8 660.8 198.4 38.4 re f*\n";
  for (double x = 100; x < 300; x += 1.5) absl::StrAppend(&content, x, " 680 0.75 0.75 re f\n");
  const Reading reading =
      ReadPages({content + PdfWriter::Text(104, 685, 9, "above") + PdfWriter::Text(104, 665, 9, "below")});
  ASSERT_THAT(reading.Grids(), SizeIs(1));
  EXPECT_EQ(Rendered(reading.Grids()[0]), "above\nbelow");
}

TEST(PdfPagesTest, ThreeHundredPagesAreReadInTwoSecondsOfProcessorTime) {
  PdfWriter pdf;
  std::vector<std::vector<std::string>> rows{kHeader};
  for (int i = 0; i < 30; ++i)
    rows.push_back({absl::StrCat("indicator number ", i), "at least 48 trips", "10"});
  for (int i = 0; i < 300; ++i) pdf.AddPage(Part(780, rows));
  const std::string bytes = pdf.Finish();
  const std::clock_t begin = std::clock();
  const Reading reading = ReadBytes(bytes);
  EXPECT_LT(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, 2.0);
  ASSERT_THAT(reading.Grids(), SizeIs(1));
  EXPECT_EQ(reading.Grids()[0].rows(), 1 + 300 * 30);
}

}  // namespace
}  // namespace attain::extract
