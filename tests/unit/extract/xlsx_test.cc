// Workbooks: each rule on a workbook made for it.
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/unit/extract/support.h"

namespace attain::extract {
namespace {

document::Document ReadSheet(const std::string& sheet, const std::string& shared = "") {
  WorkbookParts parts;
  parts.sheet = sheet;
  parts.shared = shared;
  return ReadOrFail(Workbook(parts));
}

std::string Row(const std::string& cells) {
  return absl::StrCat("<sheetData><row>", cells, "</row></sheetData>");
}
std::string Text(const std::string& text) {
  return absl::StrCat("<c t=\"inlineStr\"><is><t>", text, "</t></is></c>");
}

TEST(Xlsx, StringsOfEveryKind) {
  const document::Document document =
      ReadSheet(Row("<c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c><c "
                    "t=\"s\"><v>3</v></c><c t=\"inlineStr\"><is><t> 直接 </t></is></c>"
                    "<c t=\"str\"><f>A1</f><v>公式</v></c><c t=\"s\"><v>4</v></c>"),
                "<si><t>甲</t></si><si><r><t>产出</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> "
                "指标</t></r><rPh sb=\"0\" eb=\"1\"><t>ちゃ</t></rPh></si>"
                "<si/><si><t>一_x000a_二_x005F_x0041_</t></si><si><t></t></si>");
  EXPECT_EQ(CellsOf(Grids(document)[0]), "A1=甲|B1=产出 指标|D1=一\n二_x0041_|E1=直接|F1=公式");
  EXPECT_TRUE(At(document, "F1").formula());
}

TEST(Xlsx, ASharedStringThatIsMissingIsDamage) {
  WorkbookParts parts;
  parts.sheet = Row("<c t=\"s\"><v>7</v></c>");
  parts.shared = "<si><t>甲</t></si>";
  EXPECT_EQ(RefusalOf(Workbook(parts)), "PACKAGE_DAMAGED: cell A1 names shared string 7 of 1");
}

TEST(Xlsx, NumbersKeepTheirDigits) {
  const document::Document document = ReadOrFail(
      WorkbookWithFormats({"0%", "#,##0.00", "yyyy-mm-dd", "0.0"},
                          Row("<c><v>0.57999999999999996</v></c><c s=\"1\"><v>0.85</v></c><c "
                              "s=\"2\"><v>1234.5</v></c><c s=\"3\"><v>45991</v></c><c s=\"4\"><v>3.25</v></c>"
                              "<c t=\"n\"><v>650100241000001</v></c><c s=\"9\"><v>1E-3</v></c><c "
                              "t=\"b\"><v>1</v></c><c t=\"e\"><v>#DIV/0!</v></c>"
                              "<c t=\"d\"><v>2025-11-30T00:00:00</v></c><c><v>abc</v></c>")));
  EXPECT_EQ(CellsOf(Grids(document)[0]),
            "A1=0.58|B1=85%|C1=1234.5|D1=2025-11-30|E1=3.25|F1=650100241000001|G1=0.001|H1=TRUE|I1=#DIV/"
            "0!|J1=2025-11-30|K1=abc");
  EXPECT_EQ(At(document, "B1").kind(), document::CELL_KIND_PERCENT);
  EXPECT_EQ(At(document, "B1").exact(), "0.85");
  EXPECT_EQ(At(document, "C1").shown(), "1,234.50");
  EXPECT_EQ(At(document, "D1").exact(), "45991");
  EXPECT_EQ(At(document, "E1").shown(), "3.3");
  EXPECT_EQ(At(document, "I1").kind(), document::CELL_KIND_ERROR);
  EXPECT_EQ(At(document, "J1").exact(), "45991");
  EXPECT_EQ(RemarksOf(document), "NUMBER_UNREADABLE K1 x1|VALUE_SHOWN_ROUNDED E1 x1");
}

TEST(Xlsx, TheEpochOf1904) {
  const document::Document document =
      ReadOrFail(WorkbookWithFormats({"yyyy-mm-dd"}, Row("<c s=\"1\"><v>44529</v></c>"), "date1904=\"1\""));
  EXPECT_EQ(TextAt(document, "A1"), "2025-11-30");
}

TEST(Xlsx, FormulasWithAndWithoutStoredValues) {
  const document::Document document = ReadSheet(Row(
      "<c><f>1+1</f><v>2</v></c><c><f>A1</f></c><c><f>A1</f><v/></c><c t=\"str\"><f>\"\"</f><v></v></c>"));
  EXPECT_EQ(CellsOf(Grids(document)[0]), "A1=2|B1=|C1=");
  EXPECT_EQ(At(document, "B1").kind(), document::CELL_KIND_FORMULA);
  EXPECT_EQ(RemarksOf(document), "FORMULA_WITHOUT_VALUE B1 x1|FORMULA_WITHOUT_VALUE C1 x1");
}

TEST(Xlsx, MergesTakeWhatTheyCoverOutAndSaySo) {
  const document::Document document = ReadSheet(
      "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c><c r=\"C1\"><v>3</v></c></row>"
      "<row r=\"2\"><c r=\"A2\"><v>4</v></c><c r=\"C2\"><v>6</v></c></row></sheetData>"
      "<mergeCells><mergeCell ref=\"A1:B2\"/><mergeCell ref=\"B2:C3\"/><mergeCell "
      "ref=\"A4:C4\"/></mergeCells>");
  EXPECT_EQ(CellsOf(Grids(document)[0]), "A1=1|C1=3|C2=6|A4=");
  EXPECT_EQ(At(document, "A1").row_span(), 2);
  EXPECT_EQ(At(document, "A4").column_span(), 3);
  EXPECT_EQ(RemarksOf(document), "MERGED_CELL_COVERED A2 x1|MERGED_CELL_COVERED B1 x1|MERGE_OVERLAPS B2 x1");
}

TEST(Xlsx, AMergedAreaReachesNoFurtherThanTheSheetIsUsed) {
  const document::Document document = ReadSheet(
      "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData><mergeCells><mergeCell "
      "ref=\"A1:A900000\"/></mergeCells>");
  EXPECT_LE(Grids(document)[0].rows(), 300);
  const document::Document whole = ReadSheet(
      "<sheetData><row r=\"9\"><c r=\"C9\"><v>2</v></c></row><row r=\"1\"><c "
      "r=\"A1\"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>");
  EXPECT_EQ(CellsOf(Grids(whole)[0]), "A1=1|C9=2");
  EXPECT_EQ(RemarksOf(whole), "MERGE_IGNORED A1 x1");
}

TEST(Xlsx, HiddenRowsAndColumnsAreReadAndTold) {
  const document::Document document = ReadSheet(
      "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"5\" max=\"16384\" "
      "width=\"0\"/></cols><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row>"
      "<row r=\"2\" hidden=\"true\"><c r=\"A2\"><v>3</v></c><c r=\"C2\"><v>4</v></c></row><row r=\"3\" "
      "hidden=\"1\"/><row r=\"4\" ht=\"0\"><c r=\"D4\"><v>5</v></c></row></sheetData>");
  EXPECT_FALSE(At(document, "A1").hidden());
  for (const char* hidden : {"B1", "A2", "C2", "D4"}) EXPECT_TRUE(At(document, hidden).hidden()) << hidden;
  EXPECT_EQ(RemarksOf(document), "HIDDEN_COLUMNS B1 x2|HIDDEN_ROWS A2 x2");
}

TEST(Xlsx, HiddenSheetsAndChartsAreLeftOut) {
  WorkbookParts parts;
  parts.sheet = Row("<c><v>1</v></c>");
  parts.more_sheets =
      "<sheet name=\"暗\" r:id=\"h\" state=\"hidden\"/><sheet name=\"更暗\" r:id=\"v\" "
      "state=\"veryHidden\"/><sheet name=\"图\" r:id=\"c\"/>";
  parts.more_relations =
      "<Relationship Id=\"h\" Type=\"x/worksheet\" Target=\"nowhere.xml\"/><Relationship Id=\"v\" "
      "Type=\"x/worksheet\" Target=\"nowhere.xml\"/>"
      "<Relationship Id=\"c\" Type=\"x/chartsheet\" Target=\"nowhere.xml\"/>";
  const document::Document document = ReadOrFail(Workbook(parts));
  EXPECT_EQ(Grids(document).size(), 1u);
  EXPECT_EQ(document.sheets_size(), 2);
  ASSERT_EQ(document.hidden_sheets_size(), 2);
  EXPECT_EQ(document.hidden_sheets(1), "更暗");
  EXPECT_EQ(document.remarks(1).code(), "HIDDEN_SHEET");
  EXPECT_EQ(document.remarks(1).sheet(), "更暗");
}

TEST(Xlsx, PlacesMayBeImplied) {
  const document::Document document = ReadSheet(
      "<sheetData><row><c><v>1</v></c><c r=\"D1\"><v>2</v></c><c><v>3</v></c></row><row "
      "r=\"5\"><c><v>4</v></c></row><row><c><v>5</v></c></row></sheetData>");
  EXPECT_EQ(CellsOf(Grids(document)[0]), "A1=1|D1=2|E1=3|A5=4|A6=5");
}

TEST(Xlsx, BlankCellsMoveNoOtherCell) {
  const document::Document document = ReadSheet(
      "<sheetData><row r=\"1\"><c r=\"A1\" s=\"1\"/><c r=\"B1\"><v>1</v></c></row><row r=\"2\"/><row><c "
      "s=\"1\"/><c><v>2</v></c></row>"
      "<row r=\"5\" ht=\">\"><c r=\"A5\" s=\"1\"/></row><row r=\"6\"><c r=\"A6\" "
      "t=\"inlineStr\"><is><t>&lt;c r=\"\"/></t></is></c><c r=\"B6\"></c></row></sheetData>");
  EXPECT_EQ(CellsOf(Grids(document)[0]), "B1=1|B3=2|A6=<c r=\"\"/>");
}

TEST(Xlsx, BlankRowsThatNameTheirPlaceAreTakenOut) {
  const document::Document document = ReadSheet(
      "<sheetData><row r=\"1\"><c r=\"A1\" s=\"1\"/><c r=\"B1\"><v>1</v></c><c r=\"C1\" s=\"1\"/></row><row "
      "r=\"2\"/><row r=\"3\" ht=\">\"><c r=\"A3\"/></row>"
      "<row r=\"4\"><c r=\"D4\"><v>4</v></c></row></sheetData>");
  EXPECT_EQ(CellsOf(Grids(document)[0]), "B1=1|D4=4");
}

TEST(Xlsx, CellsOutOfOrderAndTwice) {
  const document::Document document = ReadSheet(
      "<sheetData><row r=\"2\"><c r=\"B2\"><v>4</v></c><c r=\"A2\"><v>3</v></c></row><row r=\"1\"><c "
      "r=\"A1\"><v>1</v></c><c r=\"A1\"><v>9</v></c></row></sheetData>");
  EXPECT_EQ(CellsOf(Grids(document)[0]), "A1=1|A2=3|B2=4");
  EXPECT_EQ(RemarksOf(document), "CELL_TWICE A1 x1");
  EXPECT_EQ(document.remarks(0).sheet(), "表一");
}

TEST(Xlsx, PlacesOutsideASheetAreDamage) {
  for (const char* place :
       {"XFE1", "A1048577", "A0", "1A", "A", "1", "A1B", "AAAAAAAAAAAAAAAAAA1", "A99999999999999999999"}) {
    WorkbookParts parts;
    parts.sheet = absl::StrCat("<sheetData><row r=\"1\"><c r=\"", place, "\"><v>1</v></c></row></sheetData>");
    EXPECT_TRUE(absl::StartsWith(RefusalOf(Workbook(parts)), "PACKAGE_DAMAGED: no cell of a sheet")) << place;
  }
}

TEST(Xlsx, StrictFilesAndPrefixesReadTheSame) {
  WorkbookParts parts;
  parts.space = "http://purl.oclc.org/ooxml/spreadsheetml/main";
  parts.sheet =
      "<x:sheetData xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\"><x:row x:r=\"1\"><x:c r=\"B1\" "
      "t=\"s\"><x:v>0</x:v></x:c></x:row></x:sheetData>";
  parts.shared = "<x:si xmlns:x=\"y\"><x:t>严格</x:t></x:si>";
  EXPECT_EQ(TextAt(ReadOrFail(Workbook(parts)), "B1"), "严格");
}

TEST(Xlsx, StruckText) {
  WorkbookParts parts;
  parts.sheet = Row("<c s=\"1\"><v>5</v></c><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c>");
  parts.styles =
      "<fonts><font/><font><strike/></font></fonts><cellXfs><xf fontId=\"0\"/><xf fontId=\"1\"/></cellXfs>";
  parts.shared =
      "<si><r><rPr><strike/></rPr><t>废</t></r></si><si><r><rPr><strike/></rPr><t>20</t></r><r><t>12</t></"
      "r></si>";
  const document::Document document = ReadOrFail(Workbook(parts));
  EXPECT_TRUE(At(document, "A1").struck());
  EXPECT_TRUE(At(document, "B1").struck());
  EXPECT_FALSE(At(document, "C1").struck());
  EXPECT_EQ(RemarksOf(document), "PARTLY_STRUCK C1 x1");
}

TEST(Xlsx, ScaledAndInvisibleValuesAreTold) {
  const document::Document document = ReadOrFail(WorkbookWithFormats(
      {"0!.0,&quot;万元&quot;", ";;;"}, Row("<c s=\"1\"><v>186400</v></c><c s=\"2\"><v>5</v></c>")));
  EXPECT_EQ(At(document, "A1").shown(), "18.6万元");
  EXPECT_TRUE(At(document, "B1").hidden());
  EXPECT_EQ(RemarksOf(document), "VALUE_NOT_SHOWN B1 x1|VALUE_SHOWN_SCALED A1 x1");
}

TEST(Xlsx, AHundredRemarksOfAKindAndTheRestCounted) {
  std::string cells;
  for (int i = 0; i < 150; ++i) absl::StrAppend(&cells, "<c s=\"1\"><v>0.", i + 1000, "7</v></c>");
  const document::Document document = ReadOrFail(WorkbookWithFormats({"0%"}, Row(cells)));
  ASSERT_EQ(document.remarks_size(), 101);
  EXPECT_EQ(document.remarks(100).count(), 50);
  EXPECT_EQ(document.remarks(100).sheet(), "表一");
}

TEST(Xlsx, Utf16Parts) {
  const std::string sheet = "<worksheet><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>";
  std::string wide = "\xFF\xFE";
  for (char c : sheet) wide += {c, '\0'};
  WorkbookParts parts;
  parts.more_sheets = "<sheet name=\"宽\" r:id=\"w\"/>";
  parts.more_relations = "<Relationship Id=\"w\" Type=\"x/worksheet\" Target=\"worksheets/../wide.xml\"/>";
  parts.more_parts = {{"xl/wide.xml", wide}};
  const document::Document document = ReadOrFail(Workbook(parts));
  EXPECT_EQ(TextAt(document, "A1"), "7");
  EXPECT_EQ(Grids(document)[0].sheet(), "宽");
}

TEST(Xlsx, PartsThatAreNamedAndMissingAreDamage) {
  WorkbookParts parts;
  parts.sheet = Row(Text("甲"));
  parts.more_relations = "<Relationship Id=\"s\" Type=\"x/styles\" Target=\"styles.xml\"/>";
  EXPECT_EQ(RefusalOf(Workbook(parts)), "PACKAGE_DAMAGED: part xl/styles.xml is missing");
  parts.more_relations = "";
  parts.more_sheets = "<sheet name=\"乙\" r:id=\"rId77\"/>";
  EXPECT_EQ(RefusalOf(Workbook(parts)), "PACKAGE_DAMAGED: sheet 乙 has no part");
}

}  // namespace
}  // namespace attain::extract
