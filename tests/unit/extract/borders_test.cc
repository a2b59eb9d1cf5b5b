// Both sides of the borders that readers draw.
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "service/extract/common/clean.h"
#include "service/extract/office/dates.h"
#include "service/extract/office/sheet_grid.h"
#include "tests/unit/extract/support.h"

namespace attain::extract {
namespace {

std::string CodeOf(const std::string& bytes, const Limits& limits) {
  const std::string refusal = RefusalOf(bytes, limits);
  return refusal.substr(0, refusal.find(':'));
}

TEST(Borders, ADocumentOfExactlyTheLimitIsRead) {
  Limits limits;
  limits.document = 100;
  EXPECT_EQ(CodeOf(std::string(100, 'x'), limits), "read");
  EXPECT_EQ(CodeOf(std::string(101, 'x'), limits), "DOCUMENT_TOO_LARGE");
}

TEST(Borders, ExactlyAsManyCellsAsMayBeAreRead) {
  const auto page = [](int cells) {
    std::string text = "<html><table><tr>";
    for (int i = 0; i < cells; ++i) text += "<td>1</td>";
    return text + "</tr></table></html>";
  };
  Limits limits;
  limits.cells = 10;
  int fits = 0;
  while (fits < 20 && CodeOf(page(fits + 1), limits) == "read") ++fits;
  EXPECT_EQ(fits, 10);
  EXPECT_EQ(CodeOf(page(11), limits), "DOCUMENT_TOO_COSTLY");
}

TEST(Borders, ExactlyAsMuchTextAsMayBeIsRead) {
  Limits limits;
  limits.text = 1000;
  const auto page = [](size_t size) {
    return absl::StrCat("<html><table><tr><td>", std::string(size, 'x'), "</td></tr></table></html>");
  };
  EXPECT_EQ(CodeOf(page(1000), limits), "read");
  EXPECT_EQ(CodeOf(page(1001), limits), "DOCUMENT_TOO_COSTLY");
}

TEST(Borders, ColumnsHaveTheirLetters) {
  const std::pair<int, const char*> columns[] = {{0, "A1"},   {25, "Z1"},   {26, "AA1"},   {51, "AZ1"},
                                                 {52, "BA1"}, {701, "ZZ1"}, {702, "AAA1"}, {16383, "XFD1"}};
  for (const auto& [column, name] : columns) EXPECT_EQ(A1(0, column), name);
}

TEST(Borders, ARangeHasItsFirstAndItsLast) {
  Ranges ranges;
  ranges.Add(3, 5);
  ranges.Add(9, 9);
  ranges.Add(4, 7);
  ranges.Close();
  std::string in;
  for (int i = 0; i < 12; ++i) absl::StrAppend(&in, ranges.Has(i) ? "x" : ".");
  EXPECT_EQ(in, "...xxxxx.x..");
}

TEST(Borders, CharactersOfTheLeastAndTheMostBytes) {
  const std::pair<const char*, bool> texts[] = {{"\x7f", true},
                                                {"\xc2\x80", true},
                                                {"\xc1\xbf", false},
                                                {"\xdf\xbf", true},
                                                {"\xe0\xa0\x80", true},
                                                {"\xe0\x9f\xbf", false},
                                                {"\xed\x9f\xbf", true},
                                                {"\xed\xa0\x80", false},
                                                {"\xee\x80\x80", true},
                                                {"\xf0\x90\x80\x80", true},
                                                {"\xf0\x8f\xbf\xbf", false},
                                                {"\xf4\x8f\xbf\xbf", true},
                                                {"\xf4\x90\x80\x80", false}};
  for (const auto& [text, fine] : texts) EXPECT_EQ(IsUtf8(text), fine) << ::testing::PrintToString(text);
}

TEST(Borders, DaysOfLeapYears) {
  EXPECT_TRUE(ToSerial("2024-02-29").has_value());
  EXPECT_FALSE(ToSerial("2023-02-29").has_value());
  EXPECT_TRUE(ToSerial("2000-02-29").has_value());
  EXPECT_FALSE(ToSerial("2100-02-29").has_value());
  EXPECT_FALSE(ToSerial("2024-02-30").has_value());
  EXPECT_EQ(ClockText(0), "00:00");
  EXPECT_EQ(ClockText(59), "00:00:59");
  EXPECT_EQ(ClockText(86399), "23:59:59");
}

}  // namespace
}  // namespace attain::extract
