// XML Spreadsheet 2003: each rule on a workbook made for it.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/unit/extract/support.h"

namespace attain::extract {
namespace {

std::string Book(const std::string& table, const std::string& more = "") {
  return absl::StrCat(
      "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook "
      "xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" "
      "xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">"
      "<Styles><Style ss:ID=\"Default\"/><Style ss:ID=\"p\"><NumberFormat "
      "ss:Format=\"Percent\"/></Style><Style ss:ID=\"d\"><NumberFormat ss:Format=\"Short Date\"/></Style>"
      "<Style ss:ID=\"t\"><NumberFormat ss:Format=\"h:mm\"/></Style><Style ss:ID=\"s\" ss:Parent=\"p\"><Font "
      "ss:StrikeThrough=\"1\"/></Style></Styles>"
      "<Worksheet ss:Name=\"表\"><Table>",
      table, "</Table></Worksheet>", more, "</Workbook>");
}
std::string Cell(const std::string& type, const std::string& value, const std::string& attributes = "") {
  return absl::StrCat("<Cell ", attributes, "><Data ss:Type=\"", type, "\">", value, "</Data></Cell>");
}

TEST(XmlSpreadsheet, ValuesAndFormats) {
  const document::Document document = ReadOrFail(
      Book(absl::StrCat("<Row>", Cell("Number", "0.85", "ss:StyleID=\"p\""),
                        Cell("DateTime", "2025-11-30T00:00:00.000", "ss:StyleID=\"d\""),
                        Cell("DateTime", "1899-12-31T14:30:00.000", "ss:StyleID=\"t\""), Cell("Boolean", "1"),
                        Cell("Error", "#N/A"), Cell("String", "一&#10;<B>二</B>"),
                        Cell("Number", "0.2", "ss:StyleID=\"s\" ss:Formula=\"=RC[-1]\""),
                        "<Cell ss:Formula=\"=A1\"/>", "</Row>")));
  EXPECT_EQ(CellsOf(Grids(document)[0]),
            "A1=85%|B1=2025-11-30|C1=14:30|D1=TRUE|E1=#N/A|F1=一\n二|G1=20%|H1=");
  EXPECT_EQ(At(document, "B1").exact(), "45991");
  EXPECT_TRUE(At(document, "G1").struck());
  EXPECT_TRUE(At(document, "G1").formula());
  EXPECT_EQ(At(document, "H1").kind(), document::CELL_KIND_FORMULA);
}

TEST(XmlSpreadsheet, PlacesAndSpans) {
  const document::Document document = ReadOrFail(
      Book(absl::StrCat("<Column ss:Hidden=\"1\" ss:Index=\"6\"/><Row>",
                        Cell("String", "甲", "ss:MergeAcross=\"2\" ss:MergeDown=\"1\""), Cell("String", "乙"),
                        "</Row><Row ss:Hidden=\"1\">", Cell("String", "丙", "ss:Index=\"4\""), "</Row>",
                        "<Row ss:Index=\"9\">", Cell("String", "丁", "ss:Index=\"6\""), "</Row><Row>",
                        Cell("Number", "0.5", "ss:StyleID=\"p\""), "</Row>")));
  EXPECT_EQ(CellsOf(Grids(document)[0]), "A1=甲|D1=乙|D2=丙|F9=丁|A10=50%");
  EXPECT_EQ(At(document, "A1").row_span(), 2);
  EXPECT_EQ(At(document, "A1").column_span(), 3);
  EXPECT_TRUE(At(document, "D2").hidden());
  EXPECT_TRUE(At(document, "F9").hidden());
}

TEST(XmlSpreadsheet, StylesOfRowsAndColumnsCount) {
  const document::Document document = ReadOrFail(Book(absl::StrCat(
      "<Column/><Column ss:StyleID=\"p\" ss:Span=\"1\"/><Row>", Cell("Number", "0.5"), Cell("Number", "0.5"),
      Cell("Number", "0.5"), "</Row><Row ss:StyleID=\"p\">", Cell("Number", "0.25"), "</Row>")));
  EXPECT_EQ(CellsOf(Grids(document)[0]), "A1=0.5|B1=50%|C1=50%|A2=25%");
}

TEST(XmlSpreadsheet, HiddenSheetsAndEncodings) {
  const document::Document document = ReadOrFail(
      Book("<Row>" + Cell("String", "明") + "</Row>",
           "<Worksheet ss:Name=\"暗\"><Table><Row>" + Cell("String", "x") +
               "</Row></Table><WorksheetOptions "
               "xmlns=\"urn:x\"><Visible>SheetVeryHidden</Visible></WorksheetOptions></Worksheet>"));
  EXPECT_EQ(Grids(document).size(), 1u);
  EXPECT_EQ(document.hidden_sheets(0), "暗");
  std::string gb = Book("<Row>" + Cell("String", "\xBC\xA8\xD0\xA7") + "</Row>");
  gb.replace(gb.find("\"1.0\""), 5, "\"1.0\" encoding=\"gb2312\"");
  gb.replace(gb.find("表"), 3, "a");
  EXPECT_EQ(TextAt(ReadOrFail(gb), "A1"), "绩效");
}

TEST(XmlSpreadsheet, DamageIsRefused) {
  const std::string whole = Book("<Row>" + Cell("String", "明") + "</Row>");
  EXPECT_EQ(RefusalOf(whole.substr(0, whole.size() - 20)).substr(0, 16), "DOCUMENT_DAMAGED");
  EXPECT_EQ(RefusalOf(Book("<Row ss:Index=\"2000000\"/>")),
            "DOCUMENT_DAMAGED: a cell lies outside of every sheet");
  std::string laughs = whole;
  laughs.insert(laughs.find("<Workbook"), "<!DOCTYPE x [<!ENTITY a \"b\">]>");
  EXPECT_EQ(RefusalOf(laughs).substr(0, 15), "EXTERNAL_ENTITY");
}

}  // namespace
}  // namespace attain::extract
