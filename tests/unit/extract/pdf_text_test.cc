// What a page says: letters, directions, fonts, what is left out and how that is told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/support/pdf_writer.h"
#include "tests/unit/extract/pdf_reading.h"

namespace attain::extract {
namespace {

using ::attain::testing::PdfWriter;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::vector<double> kXs = {100, 200, 300}, kYs = {700, 680, 660};

std::string Small(const std::vector<std::vector<std::string>>& texts) {
  return PdfWriter::Table(kXs, kYs, texts);
}

Reading ReadPage(const std::string& content) {
  PdfWriter pdf;
  pdf.AddPage(content);
  return ReadBytes(pdf.Finish());
}

TEST(PdfTextTest, RaisedAndLoweredLettersJoinTheirLine) {
  const Reading reading =
      ReadPage(Small({{"", "b"}}) + PdfWriter::Text(103, 684, 9, "12 m") + PdfWriter::Text(123, 688, 5, "2"));
  EXPECT_EQ(TextAt(reading.Grids()[0], 0, 0), "12 m2");
}

TEST(PdfTextTest, LineBreakIsNothingBesideWideLettersAndABlankElsewhere) {
  PdfWriter pdf;
  pdf.AddPage(PdfWriter::Table({100, 200, 300}, {700, 660, 620}, {{"", "x"}}) +
              PdfWriter::Text(103, 688, 9, "产出指") + PdfWriter::Text(103, 676, 9, "标") +
              PdfWriter::Text(103, 648, 9, "two") + PdfWriter::Text(103, 636, 9, "words"));
  const Reading reading = ReadBytes(pdf.Finish());
  EXPECT_EQ(TextAt(reading.Grids()[0], 0, 0), "产出指标");
  EXPECT_EQ(TextAt(reading.Grids()[0], 1, 0), "two words");
  EXPECT_THAT(reading.Remarks("NUMBER_OVER_LINES"), IsEmpty());
}

TEST(PdfTextTest, NumberOverTwoLinesIsTold) {
  const Reading reading =
      ReadPage(PdfWriter::Table({100, 200, 300}, {700, 660}, {{"", "x"}}) +
               PdfWriter::Text(103, 688, 9, "1,286.") + PdfWriter::Text(103, 676, 9, "40"));
  ASSERT_THAT(reading.Remarks("NUMBER_OVER_LINES"), SizeIs(1));
  EXPECT_EQ(reading.Remarks("NUMBER_OVER_LINES")[0].address(), "R1C1");
}

TEST(PdfTextTest, TextOverALineStaysWholeAndIsTold) {
  // Spreadsheets let a long text run over the next cell.
  const Reading reading = ReadPage(Small({{"project 650100241000001 of the town", ""}, {"a", "b"}}));
  EXPECT_EQ(TextAt(reading.Grids()[0], 0, 0), "project 650100241000001");
  ASSERT_THAT(reading.Remarks("TEXT_OVER_LINE"), SizeIs(1));
  EXPECT_EQ(reading.Remarks("TEXT_OVER_LINE")[0].address(), "R1C1");
}

TEST(PdfTextTest, LettersDrawnTwiceAreReadOnce) {
  const Reading reading = ReadPage(Small({{"weight 11", "b"}}) + PdfWriter::Text(103.3, 684, 9, "weight 11") +
                                   PdfWriter::Text(103.3, 684.3, 9, "weight 11"));
  EXPECT_EQ(TextAt(reading.Grids()[0], 0, 0), "weight 11");
}

TEST(PdfTextTest, TurnedPagesReadAsTheyAreShown) {
  const std::string content = Small({{"a", "b"}, {"c", "d"}});
  for (const char* extra : {"/Rotate 90", "/Rotate 180", "/Rotate 270"}) {
    PdfWriter pdf;
    pdf.AddPage({.content = content, .extra = extra});
    const Reading reading = ReadBytes(pdf.Finish());
    ASSERT_THAT(reading.Grids(), SizeIs(1)) << extra;
    EXPECT_EQ(Rendered(reading.Grids()[0]), "a | b\nc | d") << extra;
  }
}

TEST(PdfTextTest, PageDrawnSidewaysReadsUpright) {
  // A landscape table drawn upwards on a portrait page.
  const Reading reading =
      ReadPage("q 0 1 -1 0 595 0 cm " +
               PdfWriter::Table({100, 300, 500}, {500, 480, 460}, {{"a", "b"}, {"c", "d"}}) + "Q");
  ASSERT_THAT(reading.Grids(), SizeIs(1));
  EXPECT_EQ(Rendered(reading.Grids()[0]), "a | b\nc | d");
}

TEST(PdfTextTest, TextThatRunsUpwardsInACellReadsInItsDirection) {
  const Reading reading = ReadPage(
      PdfWriter::Table({100, 130, 300}, {700, 640, 620}, {{"", "long enough"}, {"x", "y and more"}}) +
      "BT /F1 9 Tf 0 1 -1 0 118 645 Tm (output) Tj ET\n");
  EXPECT_EQ(TextAt(reading.Grids()[0], 0, 0), "output");
}

TEST(PdfTextTest, SlantedAndLargeTextOverOthersIsAWatermark) {
  const Reading slanted =
      ReadPage(Small({{"a", "b"}}) + "BT /F1 40 Tf 0.7 0.7 -0.7 0.7 100 600 Tm (DRAFT) Tj ET\n");
  EXPECT_EQ(Rendered(slanted.Grids()[0]), "a | b\n | ");
  ASSERT_THAT(slanted.Remarks("WATERMARK_LEFT_OUT"), SizeIs(1));
  EXPECT_EQ(slanted.Remarks("WATERMARK_LEFT_OUT")[0].detail(), "DRAFT");
  const Reading large = ReadPage(
      Small({{"indicator of the first level", "target of the year"}, {"some more words", "and these"}}) +
      PdfWriter::Text(110, 660, 50, "COPY"));
  EXPECT_EQ(TextAt(large.Grids()[0], 0, 0), "indicator of the first level");
  EXPECT_EQ(TextAt(large.Grids()[0], 1, 1), "and these");
  EXPECT_THAT(large.Remarks("WATERMARK_LEFT_OUT"), SizeIs(1));
}

TEST(PdfTextTest, HiddenTextIsReadOverAScanOnlyAndToldAlways) {
  PdfWriter scan;
  const int image = scan.AddStream(
      std::string(100, 'x'),
      "/Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceGray/BitsPerComponent 8");
  scan.AddPage(
      {.content = "q 595 0 0 842 0 0 cm /X Do Q " + PdfWriter::Text(100, 700, 10, "target 48", "3 Tr"),
       .resources = absl::StrCat("/XObject<</X ", image, " 0 R>>")});
  const Reading read = ReadBytes(scan.Finish());
  EXPECT_THAT(read.Lines(), ElementsAre("target 48"));
  EXPECT_THAT(read.Remarks("OCR_TEXT"), SizeIs(1));
  const Reading hidden = ReadPage(Small({{"48", "b"}}) + PdfWriter::Text(110, 684, 9, "999", "3 Tr"));
  EXPECT_EQ(TextAt(hidden.Grids()[0], 0, 0), "48");
  EXPECT_THAT(hidden.Remarks("HIDDEN_TEXT"), SizeIs(1));
}

TEST(PdfTextTest, ScannedPageBesideReadablePagesIsAnError) {
  PdfWriter pdf;
  pdf.AddPage(Small({{"a", "b"}}));
  const int image = pdf.AddStream(
      std::string(100, 'x'),
      "/Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceGray/BitsPerComponent 8");
  pdf.AddPage({.content = "q 595 0 0 842 0 0 cm /X Do Q",
               .resources = absl::StrCat("/XObject<</X ", image, " 0 R>>")});
  const Reading reading = ReadBytes(pdf.Finish());
  ASSERT_THAT(reading.Remarks("SCANNED_PAGE"), SizeIs(1));
  EXPECT_EQ(reading.Remarks("SCANNED_PAGE")[0].page(), 2);
  EXPECT_EQ(reading.Remarks("SCANNED_PAGE")[0].level(), document::LEVEL_ERROR);
}

TEST(PdfTextTest, TextOutOfSightIsLeftOutAndTold) {
  const Reading reading = ReadPage(Small({{"a", "b"}}) + PdfWriter::Text(-200, 700, 9, "off") +
                                   "q 0 0 50 50 re W n " + PdfWriter::Text(103, 664, 9, "cut") + "Q");
  EXPECT_EQ(Rendered(reading.Grids()[0]), "a | b\n | ");
  ASSERT_THAT(reading.Remarks("TEXT_OFF_PAGE"), SizeIs(1));
  EXPECT_EQ(reading.Remarks("TEXT_OFF_PAGE")[0].count(), 3);
  ASSERT_THAT(reading.Remarks("TEXT_CLIPPED"), SizeIs(1));
}

// A font whose codes are numbers of glyphs: poppler gives them out as characters.
std::string WithGlyphNumbers(const std::string& more) {
  PdfWriter pdf;
  const int font = pdf.Add(
      "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Song/Encoding/Identity-H/DescendantFonts[<</Type/Font/"
      "Subtype/CIDFontType2/BaseFont/ABCDEF+Song"
      "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000>>]>>");
  pdf.AddPage({.content = Small({{"", "b"}}) + more + "BT /F9 9 Tf 1 0 0 1 103 684 Tm <00410042> Tj ET",
               .resources = absl::StrCat("/ExtGState<<>>/Font<</F1 3 0 R/F2 4 0 R/F9 ", font, " 0 R>>")});
  return pdf.Finish();
}

TEST(PdfTextTest, GlyphNumbersAreNoText) {
  const Reading reading = ReadBytes(WithGlyphNumbers(""));
  ASSERT_THAT(reading.Remarks("FONT_UNREADABLE"), SizeIs(1));
  EXPECT_EQ(reading.Remarks("FONT_UNREADABLE")[0].page(), 1);
  EXPECT_EQ(reading.Remarks("FONT_UNREADABLE")[0].level(), document::LEVEL_ERROR);
  EXPECT_EQ(TextAt(reading.Grids()[0], 0, 0), "\ufffd\ufffd");
}

TEST(PdfTextTest, FewUnreadableGlyphsAreToldWithTheirCell) {
  std::string many;
  for (int i = 0; i < 10; ++i)
    many += PdfWriter::Text(60, 600 - 12 * i, 9, "a line of thirty letters or so in order to be many");
  const Reading reading = ReadBytes(WithGlyphNumbers(many));
  EXPECT_THAT(reading.Remarks("FONT_UNREADABLE"), IsEmpty());
  EXPECT_EQ(TextAt(reading.Grids()[0], 0, 0), "\ufffd\ufffd");
  ASSERT_THAT(reading.Remarks("GLYPHS_UNREADABLE"), SizeIs(2));  // of the page, and of the cell
  EXPECT_EQ(reading.Remarks("GLYPHS_UNREADABLE")[1].address(), "R1C1");
}

TEST(PdfTextTest, FilledInFieldsAndTypedNotesAreReadAndOtherMarksAreCounted) {
  PdfWriter pdf;
  const int field =
      pdf.AddStream("BT /F1 9 Tf 2 4 Td (48 trips) Tj ET",
                    "/Type/XObject/Subtype/Form/BBox[0 0 90 16]/Resources<</Font<</F1 3 0 R>>>>");
  const int widget = pdf.Add(
      absl::StrCat("<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(48 trips)/F 4/Rect[102 662 192 678]/AP<</N ",
                   field, " 0 R>>>>"));
  const int mark = pdf.Add(
      "<</Type/Annot/Subtype/StrikeOut/Rect[100 680 200 700]/QuadPoints[100 700 200 700 100 680 200 680]>>");
  pdf.AddToCatalog(absl::StrCat("/AcroForm<</Fields[", widget, " 0 R]>>"));
  pdf.AddPage(
      {.content = Small({{"a", "b"}}), .extra = absl::StrCat("/Annots[", widget, " 0 R ", mark, " 0 R]")});
  const Reading reading = ReadBytes(pdf.Finish());
  EXPECT_EQ(Rendered(reading.Grids()[0]), "a | b\n48 trips | ");
  ASSERT_THAT(reading.Remarks("ANNOTATION_LEFT_OUT"), SizeIs(1));
}

TEST(PdfTextTest, FieldWithoutAppearanceIsReadByItsValue) {
  PdfWriter pdf;
  const int widget = pdf.Add(
      "<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(48 trips)/DA(/F1 9 Tf 0 g)/F 4/Rect[102 662 192 678]>>");
  pdf.AddToCatalog(
      absl::StrCat("/AcroForm<</NeedAppearances true/DA(/F1 9 Tf 0 g)/DR<</Font<</F1 3 0 R>>>>/Fields[",
                   widget, " 0 R]>>"));
  pdf.AddPage({.content = Small({{"a", "b"}}), .extra = absl::StrCat("/Annots[", widget, " 0 R]")});
  const Reading reading = ReadBytes(pdf.Finish());
  EXPECT_EQ(Rendered(reading.Grids()[0]), "a | b\n48 trips | ");
}

TEST(PdfTextTest, MaskAndPatternAreNoText) {
  PdfWriter pdf;
  const int form =
      pdf.AddStream("BT /F1 9 Tf 103 664 Td (mask) Tj ET",
                    "/Type/XObject/Subtype/Form/BBox[0 0 595 "
                    "842]/Group<</S/Transparency/CS/DeviceGray>>/Resources<</Font<</F1 3 0 R>>>>");
  pdf.AddPage({.content = "/G gs " + Small({{"a", "b"}}),
               .resources = absl::StrCat("/ExtGState<</G<</SMask<</S/Luminosity/G ", form, " 0 R>>>>>>")});
  EXPECT_EQ(Rendered(ReadBytes(pdf.Finish()).Grids()[0]), "a | b\n | ");
}

}  // namespace
}  // namespace attain::extract
