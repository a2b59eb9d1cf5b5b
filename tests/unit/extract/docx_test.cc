// Word texts: each rule on a text made for it.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/unit/extract/support.h"

namespace attain::extract {
namespace {

std::string P(const std::string& runs) {
  return absl::StrCat("<w:p>", runs, "</w:p>");
}
std::string R(const std::string& text, const std::string& properties = "") {
  return absl::StrCat("<w:r><w:rPr>", properties, "</w:rPr><w:t xml:space=\"preserve\">", text,
                      "</w:t></w:r>");
}
std::string Tc(const std::string& text, const std::string& properties = "") {
  return absl::StrCat("<w:tc><w:tcPr>", properties, "</w:tcPr>", P(R(text)), "</w:tc>");
}
std::string Tr(const std::string& cells, const std::string& properties = "") {
  return absl::StrCat("<w:tr><w:trPr>", properties, "</w:trPr>", cells, "</w:tr>");
}
std::string Tbl(const std::string& rows) {
  return absl::StrCat("<w:tbl>", rows, "</w:tbl>");
}

TEST(Docx, SpansAndPlaces) {
  const document::Document document = ReadOrFail(
      Docx(Tbl(Tr(Tc("甲", "<w:vMerge w:val=\"restart\"/>") + Tc("乙", "<w:gridSpan w:val=\"2\"/>")) +
               Tr(Tc("", "<w:vMerge/>") + Tc("丙") + Tc("丁")) + Tr(Tc("戊"), "<w:gridBefore w:val=\"2\"/>") +
               Tr(Tc("己", "<w:vMerge w:val=\"continue\"/>")))));
  EXPECT_EQ(CellsOf(Grids(document)[0]),
            "R1C1=甲|R1C2=乙|R2C2=丙|R2C3=丁|R3C3=戊|R4C1=己");  // nothing above 己 to go on
  EXPECT_EQ(At(document, "R1C1").row_span(), 2);
  EXPECT_EQ(At(document, "R1C2").column_span(), 2);
  EXPECT_EQ(Grids(document)[0].rows(), 4);
  EXPECT_EQ(Grids(document)[0].columns(), 3);
}

TEST(Docx, AMergeMayBeginWhereAnotherEnds) {
  const std::string begins = "<w:vMerge w:val=\"restart\"/>", goes_on = "<w:vMerge/>";
  const document::Document document =
      ReadOrFail(Docx(Tbl(Tr(Tc("甲", begins)) + Tr(Tc("", goes_on)) + Tr(Tc("乙", begins)) +
                          Tr(Tc("", goes_on)) + Tr(Tc("丙")))));
  EXPECT_EQ(CellsOf(Grids(document)[0]), "R1C1=甲|R3C1=乙|R5C1=丙");
  EXPECT_EQ(At(document, "R1C1").row_span(), 2);
  EXPECT_EQ(At(document, "R3C1").row_span(), 2);
}

TEST(Docx, TextUnderAMergedCellIsTold) {
  const document::Document document =
      ReadOrFail(Docx(Tbl(Tr(Tc("甲", "<w:vMerge w:val=\"restart\"/>")) + Tr(Tc("暗", "<w:vMerge/>")))));
  EXPECT_EQ(CellsOf(Grids(document)[0]), "R1C1=甲");
  EXPECT_EQ(RemarksOf(document), "MERGED_CELL_COVERED R2C1 x1");
}

TEST(Docx, NestedTablesComeBehindTheirOuterOne) {
  const std::string inner = Tbl(Tr("<w:tc>" + P(R("内")) + Tbl(Tr(Tc("最内"))) + "</w:tc>"));
  const document::Document document = ReadOrFail(
      Docx(Tbl(Tr(Tc("外") + "<w:tc>" + P(R("前")) + inner + P(R("后")) + "</w:tc>")) + Tbl(Tr(Tc("另")))));
  ASSERT_EQ(Grids(document).size(), 4u);
  EXPECT_EQ(TextAt(document, "R1C2"), "前\n后");
  EXPECT_EQ(Grids(document)[1].nested_in(), "R1C2");
  EXPECT_EQ(TextAt(document, "R1C1", 1), "内");
  EXPECT_EQ(TextAt(document, "R1C1", 2), "最内");
  EXPECT_EQ(Grids(document)[3].nested_in(), "");
}

TEST(Docx, OpenChangesReadAsIfTaken) {
  const document::Document document = ReadOrFail(
      Docx(P(R("≥") + "<w:del><w:r><w:delText>20</w:delText></w:r></w:del><w:ins>" + R("12") + "</w:ins>" +
             R(" 次") + "<w:moveFrom>" + R("旧") + "</w:moveFrom><w:moveTo>" + R("新") + "</w:moveTo>") +
           Tbl(Tr(Tc("删"), "<w:del/>") + Tr(Tc("留") + Tc("删格", "<w:cellDel/>")))));
  EXPECT_EQ(LinesOf(document), "≥12 次新");
  EXPECT_EQ(CellsOf(Grids(document)[0]), "R1C1=留");
  EXPECT_EQ(RemarksOf(document), "OPEN_CHANGES  x6");
}

TEST(Docx, AParagraphWhoseMarkIsDeletedGoesOn) {
  const document::Document document =
      ReadOrFail(Docx(Tbl(Tr("<w:tc><w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + R("产出") + "</w:p>" +
                             P(R("指标")) + "</w:tc>"))));
  EXPECT_EQ(TextAt(document, "R1C1"), "产出指标");
}

TEST(Docx, WhatIsNoTextOfTheDocumentIsLeftOut) {
  const document::Document document =
      ReadOrFail(Docx(P(R("甲") +
                        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> PAGE "
                        "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" +
                        R("3") +
                        "<w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:commentReference "
                        "w:id=\"1\"/></w:r><w:r><w:pict><v:shape xmlns:v=\"v\"><v:textpath "
                        "string=\"草稿\"/></v:shape></w:pict></w:r>" +
                        R("暗", "<w:vanish/>") + R("明", "<w:vanish w:val=\"0\"/>"))));
  EXPECT_EQ(LinesOf(document), "甲3明");
  EXPECT_EQ(RemarksOf(document), "HIDDEN_TEXT  x1|WATERMARK_LEFT_OUT  x1");
}

TEST(Docx, AlternativesAreNotReadTwice) {
  const std::string box = "<w:drawing><w:txbxContent>" + P(R("框中字")) + "</w:txbxContent></w:drawing>";
  const std::string both = "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">" + box +
                           "</mc:Choice><mc:Fallback><w:pict><w:txbxContent>" + P(R("框中字")) +
                           "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>";
  const std::string text = "<mc:AlternateContent><mc:Choice Requires=\"x\">" + R("一次") +
                           "</mc:Choice><mc:Fallback>" + R("一次") + "</mc:Fallback></mc:AlternateContent>";
  const document::Document document = ReadOrFail(Docx(P(both + text)));
  EXPECT_EQ(LinesOf(document), "一次");
  EXPECT_EQ(RemarksOf(document), "TEXT_BOX_LEFT_OUT  x1");
}

TEST(Docx, ATableInATextBoxIsAnError) {
  const document::Document document = ReadOrFail(
      Docx(P("<w:r><w:pict><w:txbxContent>" + Tbl(Tr(Tc("产出指标"))) + "</w:txbxContent></w:pict></w:r>")));
  ASSERT_EQ(document.remarks_size(), 1);
  EXPECT_EQ(document.remarks(0).level(), document::LEVEL_ERROR);
  EXPECT_EQ(document.remarks(0).detail(), "产出指标");
}

TEST(Docx, WrappersAreOpened) {
  const std::string sdt_cell = "<w:sdt><w:sdtPr/><w:sdtContent>" + Tc("控件") + "</w:sdtContent></w:sdt>";
  const std::string sdt_row = "<w:sdt><w:sdtContent>" + Tr(Tc("行") + sdt_cell) + "</w:sdtContent></w:sdt>";
  const document::Document document = ReadOrFail(
      Docx("<w:sdt><w:sdtContent>" +
           P("<w:hyperlink>" + R("链") + "</w:hyperlink><w:smartTag>" + R("签") +
             "</w:smartTag><w:sdt><w:sdtContent>" + R("内") + "</w:sdtContent></w:sdt><w:fldSimple>" +
             R("域") + "</w:fldSimple>") +
           Tbl(sdt_row + "<w:customXml>" + Tr(Tc("二")) + "</w:customXml>") + "</w:sdtContent></w:sdt>"));
  EXPECT_EQ(LinesOf(document), "链签内域");
  EXPECT_EQ(CellsOf(Grids(document)[0]), "R1C1=行|R1C2=控件|R2C1=二");
}

TEST(Docx, SymbolsTabsAndBreaks) {
  const std::string sym = "<w:sym w:font=\"Symbol\" w:char=\"F0B3\"/>";
  const document::Document document =
      ReadOrFail(Docx(Tbl(Tr("<w:tc>" +
                             P("<w:r>" + sym +
                               "<w:t>48</w:t><w:tab/><w:t>次</w:t><w:br/><w:t>二</w:t><w:noBreakHyphen/"
                               "><w:softHyphen/><w:t>三</w:t></w:r>") +
                             P("") + P(R("四")) + "</w:tc>")) +
                      P("<w:r><w:sym w:font=\"Wingdings 2\" w:char=\"F052\"/></w:r>" +
                        R("\xEF\x82\xA3", "<w:rFonts w:ascii=\"Symbol\"/>") + R("5")) +
                      P("<w:r><w:sym w:font=\"Webdings\" w:char=\"F0E9\"/></w:r>")));
  EXPECT_EQ(TextAt(document, "R1C1"), "≥48 次\n二-三\n\n四");
  EXPECT_EQ(LinesOf(document), "☑≤5|\xEF\xBF\xBD");
  EXPECT_EQ(RemarksOf(document), "SYMBOL_UNREADABLE  x1");
}

TEST(Docx, StruckTextAndHiddenRows) {
  const document::Document document =
      ReadOrFail(Docx(Tbl(Tr("<w:tc>" + P(R("废", "<w:strike/>") + R("止", "<w:dstrike/>")) +
                             "</w:tc><w:tc>" + P(R("20", "<w:strike/>") + R("12")) + "</w:tc>") +
                          Tr(Tc("暗"), "<w:hidden/>"))));
  EXPECT_TRUE(At(document, "R1C1").struck());
  EXPECT_FALSE(At(document, "R1C2").struck());
  EXPECT_TRUE(At(document, "R2C1").hidden());
  EXPECT_EQ(RemarksOf(document), "HIDDEN_ROWS R2C1 x1|PARTLY_STRUCK R1C2 x1");
}

TEST(Docx, SpansOfAnySizeCostNothing) {
  const document::Document document =
      ReadOrFail(Docx(Tbl(Tr(Tc("甲", "<w:gridSpan w:val=\"2000000000\"/>") + Tc("乙")) +
                          Tr(Tc("丙", "<w:gridSpan w:val=\"-5\"/>")))));
  EXPECT_EQ(Grids(document)[0].columns(), 2);
  EXPECT_EQ(CellsOf(Grids(document)[0]), "R1C1=甲|R1C2=乙|R2C1=丙");
}

TEST(Docx, TablesInTablesHaveAnEnd) {
  std::string nested = Tbl(Tr(Tc("底")));
  for (int i = 0; i < 8; ++i) nested = Tbl(Tr("<w:tc>" + nested + "</w:tc>"));
  EXPECT_EQ(RefusalOf(Docx(nested)), "DOCUMENT_TOO_DEEP: tables are nested deeper than 8");
}

// Each once: the body around them is not read again, which would count them, and what is hidden, as many
// times.
TEST(Docx, CountsEmbeddedDocuments) {
  EXPECT_EQ(RemarksOf(ReadOrFail(Docx("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p>"
                                      "<w:altChunk/><w:p/><w:altChunk/><w:altChunk/>"))),
            "EMBEDDED_DOCUMENT_LEFT_OUT  x3|HIDDEN_TEXT  x1");
}

}  // namespace
}  // namespace attain::extract
