// A damaged PDF is told: no copy with changed bytes gives other cells than the original without an error.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/support/pdf_writer.h"
#include "tests/unit/extract/pdf_reading.h"

namespace attain::extract {
namespace {

constexpr const char* kFixtures[] = {"published/published-landscape.pdf",
                                     "published/published-portrait.pdf",
                                     "provincial/provincial-landscape.pdf",
                                     "provincial/provincial-portrait.pdf",
                                     "selfeval/selfeval.pdf",
                                     "traps/font-not-embedded.pdf",
                                     "traps/watermark-and-seal.pdf",
                                     "traps/borderless.pdf",
                                     "written/form.pdf"};

bool HasError(const Reading& reading) {
  for (const document::Remark& remark : reading.document.remarks())
    if (remark.level() == document::LEVEL_ERROR) return true;
  return false;
}

// Without blanks: how wide the letters of a font are carries no checksum, and nothing else comes of it.
std::string Blocks(const Reading& reading) {
  std::string blocks;
  for (const document::Block& block : reading.document.blocks())
    absl::StrAppend(&blocks, block.has_grid() ? Rendered(block.grid()) : block.line().text(), "\n\n");
  return absl::StrReplaceAll(WithoutBlanks(blocks), {{"\t", ""}});
}

TEST(PdfDamageTest, CopiesWithChangedBytesNeverReadOtherwiseInSilence) {
  std::mt19937 random(2024);
  int told = 0, refused = 0, same = 0;
  for (const char* fixture : kFixtures) {
    const std::string bytes = FixtureBytes(fixture);
    const std::string right = Blocks(ReadBytes(bytes));
    for (int copy = 0; copy < 50; ++copy) {
      std::string damaged = bytes;
      const int changes = 1 + static_cast<int>(random() % 40);
      for (int i = 0; i < changes; ++i) damaged[random() % damaged.size()] = static_cast<char>(random());
      const Reading reading = ReadBytes(damaged);
      if (!reading.refusal.empty()) {
        ++refused;
      } else if (HasError(reading)) {
        ++told;
      } else {
        ++same;
        EXPECT_EQ(Blocks(reading), right) << fixture << " copy " << copy;
      }
    }
  }
  RecordProperty("told", told);
  RecordProperty("refused", refused);
  EXPECT_GT(told, 200);
  EXPECT_LT(same, 100);
}

TEST(PdfDamageTest, StreamThatDoesNotReachItsChecksumIsToldWithItsPage) {
  testing::PdfWriter pdf;
  const std::string table = testing::PdfWriter::Table({100, 200, 300}, {700, 680}, {{"a", "b"}});
  pdf.AddPage(table);
  std::string packed = testing::Deflated(table);
  packed.back() ^= 1;
  const int bad = pdf.AddStream(packed, "/Filter/FlateDecode", false);
  pdf.AddPage(
      {.content = table, .extra = absl::StrCat("/Contents ", bad, " 0 R")});  // the second entry counts
  const Reading reading = ReadBytes(pdf.Finish());
  ASSERT_FALSE(reading.Remarks("PAGE_DAMAGED").empty());
  EXPECT_EQ(reading.Remarks("PAGE_DAMAGED")[0].level(), document::LEVEL_ERROR);
}

TEST(PdfDamageTest, PageThatPopplerComplainsOfIsToldOnce) {
  testing::PdfWriter pdf;
  const std::string table = testing::PdfWriter::Table({100, 200, 300}, {700, 680}, {{"a", "b"}});
  pdf.AddPage(table);
  pdf.AddPage(table + "Q Q nonsense 1 2 Tj\n");
  const Reading reading = ReadBytes(pdf.Finish());
  ASSERT_EQ(reading.Remarks("PAGE_DAMAGED").size(), 1u);
  EXPECT_EQ(reading.Remarks("PAGE_DAMAGED")[0].page(), 2);
}

}  // namespace
}  // namespace attain::extract
