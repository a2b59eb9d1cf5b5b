// OpenDocument: each rule on a file made for it.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/unit/extract/support.h"

namespace attain::extract {
namespace {

std::string Cell(const std::string& text, const std::string& attributes = "") {
  return absl::StrCat("<table:table-cell ", attributes, "><text:p>", text, "</text:p></table:table-cell>");
}
std::string Row(const std::string& cells, const std::string& attributes = "") {
  return absl::StrCat("<table:table-row ", attributes, ">", cells, "</table:table-row>");
}
std::string Table(const std::string& rows, const std::string& attributes = "table:name=\"表\"") {
  return absl::StrCat("<table:table ", attributes, ">", rows, "</table:table>");
}

TEST(Ods, ValuesOfEveryType) {
  const document::Document document = ReadOrFail(Ods(Table(
      Row(Cell("63%", "office:value-type=\"percentage\" office:value=\"0.625\"") +
          Cell("1,234.50", "office:value-type=\"float\" office:value=\"1234.5\"") +
          Cell("2025年11月30日", "office:value-type=\"date\" office:date-value=\"2025-11-30\"") +
          Cell("TRUE", "office:value-type=\"boolean\" office:boolean-value=\"true\"") +
          Cell("¥88.00", "office:value-type=\"currency\" office:currency=\"CNY\" office:value=\"88\"") +
          Cell("14:30", "office:value-type=\"time\" office:time-value=\"PT14H30M00S\"") +
          Cell("#DIV/0!",
               "table:formula=\"of:=1/0\" office:value-type=\"string\" office:string-value=\"\" "
               "calcext:value-type=\"error\"") +
          "<table:table-cell table:formula=\"of:=A1\"/>" + Cell("3200", "office:value-type=\"string\"")))));
  EXPECT_EQ(CellsOf(Grids(document)[0]),
            "A1=62.5%|B1=1234.5|C1=2025-11-30|D1=TRUE|E1=88|F1=14:30|G1=#DIV/0!|H1=|I1=3200");
  EXPECT_EQ(At(document, "A1").shown(), "63%");
  EXPECT_EQ(At(document, "A1").exact(), "0.625");
  EXPECT_EQ(At(document, "C1").exact(), "45991");
  EXPECT_EQ(At(document, "G1").kind(), document::CELL_KIND_ERROR);
  EXPECT_EQ(At(document, "I1").kind(), document::CELL_KIND_TEXT);
  EXPECT_EQ(RemarksOf(document), "FORMULA_WITHOUT_VALUE H1 x1|VALUE_SHOWN_ROUNDED A1 x1");
}

TEST(Ods, RepeatsOfCellsAndRows) {
  const document::Document document =
      ReadOrFail(Ods(Table(Row(Cell("甲", "table:number-columns-repeated=\"2\"") +
                                   "<table:table-cell table:number-columns-repeated=\"16380\"/>",
                               "table:number-rows-repeated=\"2\"") +
                           Row("<table:table-cell table:number-columns-repeated=\"16384\"/>",
                               "table:number-rows-repeated=\"1048570\"") +
                           Row("<table:table-cell table:number-columns-repeated=\"3\"/>" + Cell("末")))));
  EXPECT_EQ(CellsOf(Grids(document)[0]), "A1=甲|B1=甲|A2=甲|B2=甲|D1048573=末");
}

TEST(Ods, RepeatsThatCostTooMuchAreRefused) {
  EXPECT_EQ(RefusalOf(Ods(Table(Row(Cell("甲", "table:number-columns-repeated=\"16384\""),
                                    "table:number-rows-repeated=\"1000000\"")))),
            "DOCUMENT_TOO_COSTLY: more than 200000 cells: split the document");
  EXPECT_EQ(RefusalOf(Ods(Table(Row(Cell("甲", "table:number-columns-repeated=\"2000000000\""))))),
            "PACKAGE_DAMAGED: a cell lies outside of every sheet");
}

TEST(Ods, HiddenRowsColumnsAndSheets) {
  const document::Document document =
      ReadOrFail(Ods(Table("<table:table-column/><table:table-column table:visibility=\"collapse\" "
                           "table:number-columns-repeated=\"2\"/>" +
                           Row(Cell("甲") + Cell("乙")) + Row(Cell("丙"), "table:visibility=\"filter\"") +
                           "<table:table-row-group table:display=\"false\">" + Row(Cell("丁")) +
                           "</table:table-row-group>") +
                         Table(Row(Cell("暗")), "table:name=\"字典\" table:style-name=\"ta2\""),
                     "<style:style style:name=\"ta2\" style:family=\"table\"><style:table-properties "
                     "table:display=\"false\"/></style:style>"));
  EXPECT_EQ(Grids(document).size(), 1u);
  EXPECT_FALSE(At(document, "A1").hidden());
  for (const char* hidden : {"B1", "A2", "A3"}) EXPECT_TRUE(At(document, hidden).hidden()) << hidden;
  EXPECT_EQ(document.hidden_sheets(0), "字典");
  EXPECT_EQ(RemarksOf(document), "HIDDEN_COLUMNS B1 x1|HIDDEN_ROWS A2 x2|HIDDEN_SHEET  x0");
}

TEST(Ods, SpansCommentsAndCoveredCells) {
  const document::Document document = ReadOrFail(
      Ods(Table(Row("<table:table-cell table:number-columns-spanned=\"2\" "
                    "table:number-rows-spanned=\"2\"><office:annotation><text:p>批注</text:p></"
                    "office:annotation><text:p>一</text:p><text:p>二</text:p></table:table-cell>"
                    "<table:covered-table-cell/>" +
                    Cell("右")) +
                Row("<table:covered-table-cell "
                    "table:number-columns-repeated=\"2\"><text:p>暗</text:p></table:covered-table-cell>"))));
  EXPECT_EQ(CellsOf(Grids(document)[0]), "A1=一\n二|C1=右");
  EXPECT_EQ(At(document, "A1").row_span(), 2);
  EXPECT_EQ(RemarksOf(document), "MERGED_CELL_COVERED A2 x1|MERGED_CELL_COVERED B2 x1");
}

TEST(Odt, TextsTablesAndLists) {
  const document::Document document =
      ReadOrFail(Odt("<text:h>标题</text:h><text:list><text:list-item><text:p>一</text:p></text:list-item></"
                     "text:list><text:section><text:p>节\n   内<text:s "
                     "text:c=\"3\"/>空<text:tab/>表<text:line-break/>行</text:p></text:section>" +
                     Table("<table:table-header-rows>" + Row(Cell("头")) + "</table:table-header-rows>" +
                           Row("<table:table-cell><text:p>外</text:p>" + Table(Row(Cell("内"))) +
                               "</table:table-cell><table:covered-table-cell/>" +
                               Cell("右", "table:number-rows-spanned=\"9\"")))));
  EXPECT_EQ(LinesOf(document), "标题|一|节 内   空 表\n行");
  EXPECT_EQ(CellsOf(Grids(document)[0]), "R1C1=头|R2C1=外|R2C3=右");
  EXPECT_EQ(At(document, "R2C3").row_span(), 1);
  EXPECT_EQ(Grids(document)[1].nested_in(), "R2C1");
  EXPECT_EQ(TextAt(document, "R1C1", 1), "内");
}

TEST(Odt, RowsAndCellsThatRepeatAreReadAsOftenAsTheyStand) {
  const document::Document document = ReadOrFail(
      Odt(Table(Row(Cell("甲", "table:number-columns-repeated=\"2\""), "table:number-rows-repeated=\"3\"") +
                Row("<table:table-cell/>", "table:number-rows-repeated=\"2\"") + Row(Cell("末")))));
  EXPECT_EQ(CellsOf(Grids(document)[0]), "R1C1=甲|R1C2=甲|R2C1=甲|R2C2=甲|R3C1=甲|R3C2=甲|R6C1=末");
}

TEST(Odt, ChangesNotesFramesAndHiddenText) {
  const document::Document document = ReadOrFail(
      Odt("<text:tracked-changes><text:changed-region><text:deletion><text:p>20</text:p></text:deletion></"
          "text:changed-region></text:tracked-changes>"
          "<text:p>≥<text:change/><text:change-start/>12<text:change-end/><text:note><text:note-citation>1</"
          "text:note-citation><text:note-body><text:p>注</text:p></text:note-body></text:note> 次"
          "<text:ruby><text:ruby-base>人</text:ruby-base><text:ruby-text>ren</text:ruby-text></"
          "text:ruby><draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame>"
          "<text:span text:style-name=\"H\">暗</text:span><text:span "
          "text:style-name=\"S\">废</text:span></text:p><text:section "
          "text:display=\"none\"><text:p>藏</text:p></text:section>",
          "<style:style style:name=\"H\"><style:text-properties "
          "text:display=\"none\"/></style:style><style:style style:name=\"S\"><style:text-properties "
          "style:text-line-through-style=\"solid\"/></style:style>"));
  EXPECT_EQ(LinesOf(document), "≥12 次人废");
  EXPECT_EQ(RemarksOf(document), "HIDDEN_TEXT  x2|OPEN_CHANGES  x1|PARTLY_STRUCK  x1|TEXT_BOX_LEFT_OUT  x1");
}

TEST(Odt, NumbersOfAnySizeCostNothing) {
  const std::string blanks = Row("<table:table-cell table:number-columns-repeated=\"2000000000\"/>",
                                 "table:number-rows-repeated=\"1000\"");
  const document::Document document =
      ReadOrFail(Odt("<text:p>一<text:s text:c=\"2000000000\"/>二</text:p>" +
                     Table(blanks + Row(Cell("末", "table:number-columns-spanned=\"2000000000\"")))));
  EXPECT_EQ(LinesOf(document).size(), 6u + 256);
  EXPECT_EQ(CellsOf(Grids(document)[0]), "R1001C1=末");
  const std::string endless = Row("<table:table-cell/>", "table:number-rows-repeated=\"2000000000\"");
  EXPECT_EQ(RefusalOf(Odt(Table(endless + Row(Cell("末"))))),
            "DOCUMENT_TOO_COSTLY: a table of more than 1048576 rows or columns");
}

TEST(Odf, PasswordsAndOtherKinds) {
  EXPECT_EQ(RefusalOf(Zip({{"mimetype", "application/vnd.oasis.opendocument.text"},
                           {"content.xml", "x"},
                           {"META-INF/manifest.xml", "<m><manifest:encryption-data/></m>"}})),
            "ENCRYPTED: the document has a password: save it without one");
  EXPECT_EQ(RefusalOf(Zip({{"mimetype", "application/vnd.oasis.opendocument.presentation"},
                           {"content.xml", "<x/>"}}))
                .substr(0, 14),
            "UNKNOWN_FORMAT");
}

}  // namespace
}  // namespace attain::extract
