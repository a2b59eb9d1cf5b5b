// Thousands of damaged documents, the same ones in every run: cut short, cells and lines lost, doubled or moved, bytes changed.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "tests/fuzz/importing_check.h"
#include "tests/fuzz/longer.h"

namespace attain::importing {
namespace {

using Random = std::mt19937_64;

std::string ReadFile(const std::string& name) {
  std::ifstream file(absl::StrCat(ATTAIN_SOURCE_DIR "/", name));
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_FALSE(text.str().empty()) << name;
  return text.str();
}

size_t Below(Random& random, size_t bound) { return bound == 0 ? 0 : random() % bound; }

// One change of cells or lines.
void DamageLines(Random& random, std::vector<std::vector<std::string>>* lines) {
  static constexpr const char* kOdd[] = {
      "",      "\t\t\t",  "一级指标", "项目支出绩效目标表",
      "≥",     "1e400",   "-0",       "９９９９９９９９９９９９９９９９９９９９",
      "NaN",   "200余人", "<p>",      "%",
      "(",     "\"",      "年",       "18446744073709551616",
      "。",    "24场",    "10-15",    "2026-12-31",
      "正向",  "合计",    "填表人：", "产出指标(50分)",
      "万亿元"};
  auto& line = (*lines)[Below(random, lines->size())];
  switch (Below(random, 7)) {
    case 0:
      if (!line.empty()) line.erase(line.begin() + static_cast<long>(Below(random, line.size())));
      break;
    case 1:
      line.insert(line.begin() + static_cast<long>(Below(random, line.size() + 1)), kOdd[Below(random, std::size(kOdd))]);
      break;
    case 2:
      if (!line.empty()) line[Below(random, line.size())] = kOdd[Below(random, std::size(kOdd))];
      break;
    case 3:
      std::swap(line, (*lines)[Below(random, lines->size())]);
      break;
    case 4:
      lines->push_back(line);
      break;
    case 5:
      if (!line.empty()) std::swap(line[Below(random, line.size())], line[Below(random, line.size())]);
      break;
    default:
      if (!line.empty()) line[Below(random, line.size())].append(1000, 'x');
  }
}

std::string Damaged(const std::string& text, Random& random) {
  std::vector<std::vector<std::string>> lines;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    std::vector<std::string>& cells = lines.emplace_back();
    for (absl::string_view cell : absl::StrSplit(line, '\t')) cells.emplace_back(cell);
  }
  for (size_t i = 0; i <= Below(random, 12); ++i) DamageLines(random, &lines);
  std::string damaged;
  for (const auto& cells : lines) absl::StrAppend(&damaged, absl::StrJoin(cells, "\t"), "\n");
  for (size_t i = 0; i < Below(random, 4); ++i) damaged[Below(random, damaged.size())] = static_cast<char>(random());
  return damaged;
}

class Import : public ::testing::TestWithParam<const char*> {};

TEST_P(Import, SurvivesEveryCut) {
  const std::string text = ReadFile(GetParam());
  const size_t step = std::max<size_t>(1, text.size() / 700);
  for (size_t length = 0; length <= text.size(); length += step) ASSERT_EQ(CheckImport(absl::string_view(text).substr(0, length)), "") << length;
}

TEST_P(Import, SurvivesDamage) {
  const std::string text = ReadFile(GetParam());
  for (uint64_t seed = 1; seed <= attain::testing::Longer(1500); ++seed) {
    Random random(seed);
    ASSERT_EQ(CheckImport(Damaged(text, random)), "") << "seed " << seed;
  }
}

TEST_P(Import, SurvivesOneCellPerLine) {
  std::string text = ReadFile(GetParam());
  std::replace(text.begin(), text.end(), '\t', '\n');
  for (uint64_t seed = 1; seed <= attain::testing::Longer(500); ++seed) {
    Random random(seed);
    ASSERT_EQ(CheckImport(Damaged(text, random)), "") << "seed " << seed;
  }
}

// Grids of the words of target tables in any order.
TEST(Grids, AnyDocumentIsCountedWhole) {
  for (uint64_t seed = 1; seed <= attain::testing::Longer(4000); ++seed) {
    Random random(seed);
    std::vector<uint8_t> bytes(40 + Below(random, 400));
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random());
    ASSERT_EQ(CheckDocument(DocumentOf(bytes.data(), bytes.size())), "") << "seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Samples, Import,
                         ::testing::Values("samples/urumqi-2024.txt", "samples/template.csv",
                                           "tests/golden/importing/forms.input.txt"));

}  // namespace
}  // namespace attain::importing
