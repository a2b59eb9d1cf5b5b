// Every PDF fixture gives the answer of tests/data/documents: rows, spans, texts and pages of its tables, or
// its own refusal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/unit/extract/pdf_reading.h"

namespace attain::extract {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Tables of a golden file, parted by an empty line.
std::vector<std::string> Golden(const std::string& name) {
  std::ifstream file(absl::StrCat(ATTAIN_SOURCE_DIR "/tests/golden/extract/", name));
  EXPECT_TRUE(file.is_open()) << name;
  std::string text(std::istreambuf_iterator<char>(file), {});
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return absl::StrSplit(text, "\n\n");
}

std::vector<document::Grid> Tables(const std::string& name) {
  const Reading reading = ReadFixture(name);
  EXPECT_EQ(reading.refusal, "") << name;
  for (const document::Remark& remark : reading.document.remarks())
    EXPECT_NE(remark.level(), document::LEVEL_ERROR) << remark.ShortDebugString();
  for (const document::Grid& grid : reading.Grids()) ExpectCovered(grid);
  return reading.Grids();
}

TEST(PdfFixturesTest, PublishedLandscapeIsTheWordDocumentCellForCell) {
  const std::vector<document::Grid> grids = Tables("published/published-landscape.pdf");
  const std::vector<std::string> golden = Golden("published.txt");
  ASSERT_THAT(grids, SizeIs(6));
  ASSERT_THAT(golden, SizeIs(6));
  for (size_t i = 0; i < grids.size(); ++i) {
    EXPECT_EQ(Rendered(grids[i]), golden[i]);
    EXPECT_THAT(grids[i].page_breaks(), IsEmpty());
  }
}

TEST(PdfFixturesTest, PublishedPortraitBreaksInsideAHeaderRowAndBehindARow) {
  const std::vector<document::Grid> grids = Tables("published/published-portrait.pdf");
  const std::vector<std::string> golden = Golden("published.txt");
  ASSERT_THAT(grids, SizeIs(6));
  for (const int i : {0, 1, 3, 5}) EXPECT_EQ(WithoutBlanks(Rendered(grids[i])), WithoutBlanks(golden[i]));
  // The header row stays in two halves: which words they make is not for the reader to know.
  const document::Grid& third = grids[2];
  EXPECT_THAT(third.page_breaks(), ElementsAre(4));
  EXPECT_EQ(TextAt(third, 4, 0) + TextAt(third, 5, 0), "一级指标");
  EXPECT_EQ(TextAt(third, 4, 5) + TextAt(third, 5, 5), "上年完成值");
  EXPECT_EQ(third.first_page(), 1);
  EXPECT_EQ(third.last_page(), 2);
  for (const document::Cell& cell : third.cells()) EXPECT_EQ(cell.page(), cell.row() <= 4 ? 1 : 2);
  // The first level goes on over the break: a cell without text below it.
  const document::Grid& fifth = grids[4];
  EXPECT_THAT(fifth.page_breaks(), ElementsAre(8));
  EXPECT_EQ(TextAt(fifth, 5, 0), "产出指标");
  EXPECT_EQ(TextAt(fifth, 8, 2), "平台成果信息更新");
  EXPECT_EQ(TextAt(fifth, 9, 0), "");
  EXPECT_EQ(TextAt(fifth, 9, 2), "系统故障率(%)");
}

TEST(PdfFixturesTest, SelfEvaluationIsTheWordDocument) {
  const std::vector<document::Grid> grids = Tables("selfeval/selfeval.pdf");
  ASSERT_THAT(grids, SizeIs(1));
  EXPECT_EQ(WithoutBlanks(Rendered(grids[0])), WithoutBlanks(Golden("selfeval.txt")[0]));
  EXPECT_EQ(TextAt(grids[0], 4, 7), "95.35%");
  EXPECT_EQ(TextAt(grids[0], 6, 7), "");
}

void ExpectProvincial(const std::string& name, int pages) {
  const std::vector<document::Grid> grids = Tables(name);
  ASSERT_THAT(grids, SizeIs(2)) << name;
  const document::Grid& table = grids[0];
  ASSERT_EQ(table.rows(), 33);  // 6 of the heading, the header, 26 indicators
  EXPECT_EQ(table.last_page(), pages);
  EXPECT_EQ(TextAt(table, 2, 4), "1,286.40");
  EXPECT_EQ(TextAt(table, 7, 0), "产出指标");
  EXPECT_EQ(TextAt(table, 8, 8), "m2");
  EXPECT_EQ(TextAt(table, 11, 8), "万m2");
  EXPECT_EQ(TextAt(table, 26, 5), "");
  EXPECT_EQ(TextAt(table, 26, 7), "稳步提升");
  int weights = 0;
  for (int row = 7; row < 33; ++row) weights += std::stoi(TextAt(table, row, 10));
  EXPECT_EQ(weights, 90);
  EXPECT_EQ(grids[1].nested_in(), "R12C12");
  EXPECT_EQ(Rendered(grids[1]), "沥青 | 2.4\n混凝土 | 0.8");
}

TEST(PdfFixturesTest, ProvincialHoldsANestedTableAndRaisedFigures) {
  ExpectProvincial("provincial/provincial-landscape.pdf", 2);
  ExpectProvincial("provincial/provincial-portrait.pdf", 1);
}

TEST(PdfFixturesTest, RepeatedHeaderIsDroppedAndTold) {
  const Reading reading = ReadFixture("provincial/provincial-landscape.pdf");
  ASSERT_THAT(reading.Remarks("REPEATED_HEADER"), SizeIs(1));
  EXPECT_EQ(reading.Remarks("REPEATED_HEADER")[0].page(), 2);
  EXPECT_EQ(reading.Remarks("REPEATED_HEADER")[0].count(), 1);
  EXPECT_THAT(reading.Grids()[0].page_breaks(), ElementsAre(21));
}

TEST(PdfFixturesTest, WatermarkSealAndFooterAreNoPartOfTheTable) {
  const Reading reading = ReadFixture("traps/watermark-and-seal.pdf");
  const std::vector<document::Grid> grids = Tables("traps/watermark-and-seal.pdf");
  ASSERT_THAT(grids, SizeIs(1));
  EXPECT_EQ(grids[0].rows(), 3 + 45);
  EXPECT_THAT(grids[0].page_breaks(), ElementsAre(23));
  ASSERT_THAT(reading.Remarks("WATERMARK_LEFT_OUT"), SizeIs(2));
  EXPECT_EQ(reading.Remarks("WATERMARK_LEFT_OUT")[0].detail(), "征求意见稿");
  ASSERT_THAT(reading.Remarks("RUNNING_HEADER"), SizeIs(1));
  EXPECT_EQ(reading.Remarks("RUNNING_HEADER")[0].count(), 2);
  EXPECT_THAT(reading.Lines(), ElementsAre("项目支出绩效自评表"));
  for (int row = 3; row < 48; row += 5) EXPECT_EQ(TextAt(grids[0], row, 2), "开展基层农技培训场次") << row;
}

TEST(PdfFixturesTest, FontThatIsNotEmbeddedIsRead) {
  const std::vector<document::Grid> grids = Tables("traps/font-not-embedded.pdf");
  ASSERT_THAT(grids, SizeIs(1));
  ASSERT_EQ(grids[0].rows(), 7);
  std::vector<std::string> weights;
  for (int row = 2; row < 7; ++row) weights.push_back(TextAt(grids[0], row, 4));
  EXPECT_THAT(weights, ElementsAre("２０", "２０", "１０", "３０", "１０"));
  EXPECT_EQ(TextAt(grids[0], 4, 0), "产出指标");
}

TEST(PdfFixturesTest, TableWithoutLinesIsToldAndItsPiecesAreSetApart) {
  const Reading reading = ReadFixture("traps/borderless.pdf");
  EXPECT_THAT(reading.Grids(), IsEmpty());
  ASSERT_THAT(reading.Remarks("TABLE_WITHOUT_LINES"), SizeIs(1));
  EXPECT_EQ(reading.Remarks("TABLE_WITHOUT_LINES")[0].page(), 1);
  EXPECT_EQ(reading.Remarks("TABLE_WITHOUT_LINES")[0].level(), document::LEVEL_WARNING);
  EXPECT_THAT(reading.Lines(), ::testing::Contains("总分\t100\t98.13\t等级：优"));
  EXPECT_EQ(reading.Lines()[0], "项目支出绩效自评表");
}

TEST(PdfFixturesTest, WhatCannotBeReadIsRefusedByName) {
  EXPECT_EQ(ReadFixture("traps/encrypted.pdf").refusal, "ENCRYPTED");
  EXPECT_EQ(ReadFixture("traps/scan.pdf").refusal, "SCANNED_PAGE");
  EXPECT_EQ(ReadFixture("hostile/hugepage.pdf").refusal, "EMPTY_DOCUMENT");
  EXPECT_THAT(ReadFixture("hostile/truncated10.pdf").refusal, "DOCUMENT_DAMAGED");
  EXPECT_THAT(ReadFixture("hostile/truncated50.pdf").refusal, "DOCUMENT_DAMAGED");
  EXPECT_NE(ReadFixture("hostile/formloop.pdf").refusal, "");
}

TEST(PdfFixturesTest, WrittenFormReadsBack) {
  const std::vector<document::Grid> grids = Tables("written/form.pdf");
  ASSERT_THAT(grids, SizeIs(1));
  EXPECT_EQ(grids[0].rows(), 8);
  EXPECT_EQ(TextAt(grids[0], 4, 6), "9.80");
  EXPECT_EQ(TextAt(grids[0], 4, 7), "两场因强降雪改为线上，线上人次未计入；今后提前备选日期");
}

}  // namespace
}  // namespace attain::extract
