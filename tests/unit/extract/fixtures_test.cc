// The published fixtures, every format: the answers of tests/data/documents/README.md at the level of grids.
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/unit/extract/support.h"

namespace attain::extract {
namespace {

struct Count {
  int cells = 0;
  int merged = 0;
};
Count CountAll(const document::Document& document) {
  Count count;
  for (const document::Grid& grid : Grids(document)) {
    count.cells += grid.cells_size();
    for (const document::Cell& cell : grid.cells())
      count.merged += cell.row_span() > 1 || cell.column_span() > 1;
  }
  return count;
}

// All texts in reading order, without white space and empty cells: what must be the same in every format.
std::string AllText(const document::Document& document) {
  std::string text;
  for (const document::Grid& grid : Grids(document)) {
    for (const document::Cell& cell : grid.cells()) {
      if (!cell.text().empty())
        absl::StrAppend(&text, absl::StrReplaceAll(cell.text(), {{" ", ""}, {"\n", ""}}), "|");
    }
  }
  return text;
}

TEST(Published, TextFormatsHoldTheSameCells) {
  for (const char* name :
       {"published/published.html", "published/published.docx", "published/published.odt"}) {
    const document::Document document = ReadOrFail(Fixture(name));
    EXPECT_EQ(Grids(document).size(), 6u) << name;
    EXPECT_EQ(CountAll(document).cells, 426) << name;
    EXPECT_EQ(CountAll(document).merged, 68) << name;
    EXPECT_EQ(AllText(document), AllText(ReadOrFail(Fixture("published/published.docx")))) << name;
    EXPECT_EQ(RemarksOf(document), "") << name;
    EXPECT_EQ(Grids(document)[1].columns(), 9) << name;
  }
}

TEST(Published, WorkbooksHoldTheSameTexts) {
  const document::Document xlsx = ReadOrFail(Fixture("published/published.xlsx"));
  const document::Document ods = ReadOrFail(Fixture("published/published.ods"));
  EXPECT_EQ(Grids(xlsx).size(), 1u);
  EXPECT_EQ(Grids(xlsx)[0].sheet(), "Sheet1");
  EXPECT_EQ(CellsOf(Grids(xlsx)[0]), CellsOf(Grids(ods)[0]));
  EXPECT_EQ(CountAll(xlsx).merged, CountAll(ods).merged);
  const std::string text = AllText(xlsx);
  for (const char* budget : {"568.10", "35.33", "10.38", "24.79", "10.69"})
    EXPECT_TRUE(absl::StrContains(text, budget)) << budget;
  const document::Grid grid = Grids(xlsx)[0];
  for (const document::Cell& cell : grid.cells())
    EXPECT_EQ(cell.kind(), document::CELL_KIND_TEXT) << cell.address();
}

TEST(Published, TheCellsOfTheTextsStandInTheWorkbook) {
  const std::string sheet = AllText(ReadOrFail(Fixture("published/published.xlsx")));
  for (const document::Grid& grid : Grids(ReadOrFail(Fixture("published/published.docx")))) {
    for (const document::Cell& cell : grid.cells()) {
      EXPECT_TRUE(absl::StrContains(sheet, absl::StrReplaceAll(cell.text(), {{" ", ""}, {"\n", ""}})))
          << cell.text();
    }
  }
}

TEST(SelfEvaluation, EveryFormat) {
  const std::string expected = AllText(ReadOrFail(Fixture("selfeval/selfeval.html")));
  for (const char* name :
       {"selfeval/selfeval.docx", "selfeval/selfeval.odt", "traps/html-named.xls", "traps/gbk.html"}) {
    const document::Document document = ReadOrFail(Fixture(name));
    EXPECT_EQ(AllText(document), expected) << name;
    EXPECT_EQ(CountAll(document).cells, 130) << name;
    EXPECT_EQ(CountAll(document).merged, 27) << name;
  }
  for (const char* name : {"selfeval/selfeval.xlsx", "selfeval/selfeval.ods"}) {
    const document::Document document = ReadOrFail(Fixture(name));
    const std::string text = AllText(document);
    for (const char* value :
         {"588人次", "96.4%", "11月20日", "1.48万元", "118元/亩", "达成年度指标", "88.63", "98.13"}) {
      EXPECT_TRUE(absl::StrContains(text, value) || absl::StrContains(expected, value))
          << name << " " << value;
    }
  }
  EXPECT_EQ(ReadOrFail(Fixture("traps/gbk.html")).encoding(), "GB18030");
}

TEST(SelfEvaluation, LineBreaksInsideCellsStay) {
  for (const char* name : {"selfeval/selfeval.docx", "selfeval/selfeval.odt", "selfeval/selfeval.html",
                           "selfeval/selfeval.xlsx", "selfeval/selfeval.ods"}) {
    const document::Document document = ReadOrFail(Fixture(name));
    int broken = 0;
    for (const document::Grid& grid : Grids(document)) {
      broken += static_cast<int>(
          std::count_if(grid.cells().begin(), grid.cells().end(),
                        [](const document::Cell& cell) { return absl::StrContains(cell.text(), "\n"); }));
    }
    EXPECT_GT(broken, 0) << name;
  }
}

class Export : public ::testing::TestWithParam<const char*> {};

TEST_P(Export, EveryCellAsStored) {
  const document::Document document = ReadOrFail(Fixture(GetParam()));
  const document::Grid grid = Grids(document)[0];
  EXPECT_EQ(grid.sheet(), "项目绩效目标");
  EXPECT_EQ(grid.cells_size(), 154);
  EXPECT_EQ(At(document, "A1").column_span(), 11);
  EXPECT_EQ(TextAt(document, "A3"), "650100241000001");
  EXPECT_EQ(At(document, "G3").kind(), document::CELL_KIND_TEXT);
  EXPECT_EQ(TextAt(document, "G3"), "3200");
  const std::pair<const char*, const char*> rates[] = {{"G5", "85%"},    {"G8", "62.5%"}, {"G10", "90%"},
                                                       {"G14", "99.5%"}, {"G16", "70%"},  {"G17", "92%"}};
  for (const auto& [address, rate] : rates) {
    EXPECT_EQ(TextAt(document, address), rate) << address;
    EXPECT_EQ(At(document, address).kind(), document::CELL_KIND_PERCENT) << address;
  }
  EXPECT_EQ(At(document, "G5").exact(), "0.85");
  EXPECT_EQ(TextAt(document, "G6"), "2025-11-30");
  EXPECT_EQ(At(document, "G6").exact(), "45991");
  EXPECT_EQ(At(document, "G6").kind(), document::CELL_KIND_DATE);
  EXPECT_EQ(TextAt(document, "H6"), "");  // an empty shared string, never its neighbour's text
  EXPECT_EQ(TextAt(document, "K3"), "25%");
  EXPECT_TRUE(At(document, "K3").formula());
  EXPECT_EQ(TextAt(document, "I11"), "90");
  EXPECT_TRUE(At(document, "E13").hidden());
  EXPECT_EQ(TextAt(document, "E13"), "升级自助终端");
  EXPECT_FALSE(At(document, "E14").hidden());
  EXPECT_TRUE(absl::StrContains(RemarksOf(document), "HIDDEN_ROWS A13 x1"));
}

INSTANTIATE_TEST_SUITE_P(Formats, Export,
                         ::testing::Values("export/export.xlsx", "export/export.ods",
                                           "export/export-2003.xml"));

TEST(ExportSheets, TheHiddenSheetIsLeftOutAndTold) {
  for (const char* name : {"export/export.xlsx", "export/export.ods"}) {
    const document::Document document = ReadOrFail(Fixture(name));
    EXPECT_EQ(Grids(document).size(), 1u) << name;
    ASSERT_EQ(document.hidden_sheets_size(), 1) << name;
    EXPECT_EQ(document.hidden_sheets(0), "字典") << name;
    EXPECT_TRUE(absl::StrContains(RemarksOf(document), "HIDDEN_SHEET")) << name;
  }
}

TEST(Provincial, MergedLevelsRaisedUnitsAndTheNestedTable) {
  for (const char* name : {"provincial/provincial.html", "provincial/provincial-landscape.docx",
                           "provincial/provincial-landscape.odt"}) {
    const document::Document document = ReadOrFail(Fixture(name));
    ASSERT_EQ(Grids(document).size(), 3u) << name;
    EXPECT_EQ(At(document, "R2C1", 1).row_span(), 16) << name;
    EXPECT_EQ(absl::StrReplaceAll(TextAt(document, "R2C1", 1), {{"\n", ""}}), "产出指标") << name;
    EXPECT_EQ(Grids(document)[2].nested_in(), "R6C8") << name;
    EXPECT_EQ(CellsOf(Grids(document)[2]), "R1C1=沥青|R1C2=2.4|R2C1=混凝土|R2C2=0.8") << name;
    EXPECT_EQ(TextAt(document, "R6C6", 1), "万m2") << name;
    EXPECT_FALSE(absl::StrContains(TextAt(document, "R6C8", 1), "沥青")) << name;
  }
  for (const char* name : {"provincial/provincial.xlsx", "provincial/provincial.ods"}) {
    const document::Document document = ReadOrFail(Fixture(name));
    EXPECT_TRUE(absl::StrContains(AllText(document), "1286.40") ||
                absl::StrContains(AllText(document), "1,286.40"))
        << name;
    EXPECT_TRUE(absl::StrContains(AllText(document), "稳步提升")) << name;
  }
}

TEST(Traps, TrackedChangesReadAsIfTaken) {
  for (const char* name : {"traps/tracked-change.docx", "traps/tracked-change.odt"}) {
    const document::Document document = ReadOrFail(Fixture(name));
    EXPECT_EQ(TextAt(document, "R2C3"), "开展巡查次数") << name;  // without the footnote
    EXPECT_EQ(TextAt(document, "R2C4"), "≥12 次") << name;
    EXPECT_TRUE(absl::StrContains(RemarksOf(document), "OPEN_CHANGES")) << name;
  }
}

TEST(Traps, TypedFormulas) {
  const document::Document document = ReadOrFail(Fixture("traps/typed-formulas.xlsx"));
  EXPECT_EQ(At(document, "E64").kind(), document::CELL_KIND_ERROR);
  EXPECT_EQ(TextAt(document, "E64"), "#VALUE!");
  EXPECT_EQ(TextAt(document, "E27"), "100%");
  EXPECT_EQ(At(document, "E27").exact(), "1");
  EXPECT_EQ(At(document, "E27").kind(), document::CELL_KIND_PERCENT);
}

TEST(Written, TheWorkbookToFillIn) {
  const document::Document document = ReadOrFail(Fixture("written/form-for-filling-in.xlsx"));
  EXPECT_EQ(document.hidden_sheets(0), "_attain");
  EXPECT_TRUE(absl::StrContains(RemarksOf(document), "VALUE_SHOWN_ROUNDED H7 x1"));
  EXPECT_EQ(At(document, "H7").shown(), "95.35%");
  EXPECT_EQ(Grids(ReadOrFail(Fixture("written/form.docx"))).size(), 1u);
}

}  // namespace
}  // namespace attain::extract
