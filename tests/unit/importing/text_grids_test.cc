#include "service/importing/text_grids.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace attain::importing {
namespace {

using ::testing::ElementsAre;

// "3: 一行文字" of a line, "R1C2@4 指标值" of a cell.
std::vector<std::string> Shown(const std::string& text) {
  ::attain::document::v1::Document source;
  source.set_media(::attain::document::v1::MEDIA_TEXT);
  source.set_text(text);
  const ::attain::document::v1::Document with = WithTextGrids(source);
  EXPECT_EQ(with.text(), "");
  std::vector<std::string> shown;
  for (const ::attain::document::v1::Block& block : with.blocks()) {
    if (block.has_line()) shown.push_back(absl::StrCat(block.line().number(), ": ", block.line().text()));
    for (const ::attain::document::v1::Cell& cell : block.grid().cells())
      shown.push_back(absl::StrCat(cell.address(), "@", cell.line(), " ", cell.text()));
  }
  return shown;
}

TEST(TextGrids, LinesAndCellsKeepTheirPlaceAndTheirLine) {
  EXPECT_THAT(Shown("填报说明\n\n一级指标\t三级指标\t指标值\n产出指标\t\t≥3次\n"),
              ElementsAre("1: 填报说明", "R1C1@3 一级指标", "R1C2@3 三级指标", "R1C3@3 指标值",
                          "R2C1@4 产出指标", "R2C3@4 ≥3次"));
}

TEST(TextGrids, BarsAndBlanksAreGridsToo) {
  EXPECT_THAT(Shown("三级指标 | 指标值 | 分值\n巡查 | ≥3次 | 10\n"),
              ElementsAre("R1C1@1 三级指标", "R1C2@1 指标值", "R1C3@1 分值", "R2C1@2 巡查", "R2C2@2 ≥3次",
                          "R2C3@2 10"));
  EXPECT_THAT(Shown("三级指标  指标值  分值\n巡查  ≥3次  10\n"),
              ElementsAre("R1C1@1 三级指标", "R1C2@1 指标值", "R1C3@1 分值", "R2C1@2 巡查", "R2C2@2 ≥3次",
                          "R2C3@2 10"));
}

TEST(TextGrids, OneCellALineIsAGrid) {
  const std::vector<std::string> shown =
      Shown("一级指标\n二级指标\n三级指标\n指标值\n产出指标\n数量指标\n巡查次数\n≥3次\n");
  EXPECT_THAT(shown, ElementsAre("R1C1@1 一级指标", "R1C2@1 二级指标", "R1C3@1 三级指标", "R1C4@1 指标值",
                                 "R2C1@5 产出指标", "R2C2@5 数量指标", "R2C3@5 巡查次数", "R2C4@5 ≥3次"));
}

TEST(TextGrids, WhatIsNoTextOrHasAnEndlessLineStaysAsItIs) {
  ::attain::document::v1::Document pdf;
  pdf.set_media(::attain::document::v1::MEDIA_PDF);
  pdf.add_blocks()->mutable_line()->set_text("a\tb");
  EXPECT_EQ(WithTextGrids(pdf).blocks_size(), 1);
  ::attain::document::v1::Document text;
  text.set_media(::attain::document::v1::MEDIA_TEXT);
  text.set_text(std::string((64 << 10) + 1, 'x'));
  EXPECT_EQ(WithTextGrids(text).text().size(), text.text().size());
}

}  // namespace
}  // namespace attain::importing
