// The importer's work grows no faster than its input: counted in bytes that it allocates, for inputs of n, 2n
// and 4n. The largest inputs are megabytes, so that work which allocates nothing but grows with the square
// would not end within the test's time.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <functional>
#include <new>

#include "absl/strings/str_cat.h"
#include "service/importing/document.h"
#include "service/importing/linter.h"
#include "tests/unit/scoring/test_profiles.h"

namespace {
std::atomic<size_t> allocated{0};
}  // namespace

void* operator new(size_t size) {
  allocated += size;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, size_t) noexcept {
  std::free(memory);
}

namespace attain::importing {
namespace {

constexpr char kTitle[] = "项目支出绩效目标表\n(2024 年)\n项目名称\t甲\n";
constexpr char kHeader[] = "一级指标\t二级指标\t三级指标\t指标值\t权重\t赋分规则\n";
constexpr char kRow[] = "产出\t数量\t培训人次\t≥300 人次\t10\t按照正常比例赋分\n";
constexpr double kMost = 2.3;  // growth for twice the input

std::string Repeat(const std::string& text, size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  for (size_t i = 0; i < times; ++i) all += text;
  return all;
}

size_t WorkOn(const std::string& text) {
  const scoring::Profile profile = scoring::Xinjiang();
  ImportOptions options;
  options.profile = &profile;
  const size_t before = allocated;
  absl::StatusOr<ParsedDocument> document = ParseDocument(text, options);
  if (document.ok()) {
    int number = 0;
    for (const ParsedTable& table : document->tables) Lint(table, ++number, profile);
  }
  return allocated - before;
}

struct Shape {
  const char* name;
  size_t n;
  std::function<std::string(size_t)> make;
};

class Grows : public ::testing::TestWithParam<Shape> {};

TEST_P(Grows, NoFasterThanTheInput) {
  const Shape& shape = GetParam();
  size_t before = WorkOn(shape.make(shape.n));
  for (const size_t times : {2, 4}) {
    const size_t work = WorkOn(shape.make(shape.n * times));
    EXPECT_LE(static_cast<double>(work), kMost * static_cast<double>(before)) << shape.name << " × " << times;
    before = work;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Inputs, Grows,
    ::testing::Values(
        Shape{"rows", 20'000, [](size_t n) { return absl::StrCat(kTitle, kHeader, Repeat(kRow, n)); }},
        Shape{"tables", 2'000, [](size_t n) { return Repeat(absl::StrCat(kTitle, kHeader, kRow), n); }},
        Shape{"one_cell", 2'500'000,
              [](size_t n) {
                return absl::StrCat(kTitle, kHeader, "产出\t数量\t", std::string(n, 'x'), "\t4\n");
              }},
        Shape{"tabs", 500'000,
              [](size_t n) { return absl::StrCat(kTitle, kHeader, std::string(n, '\t'), "\n"); }},
        Shape{"blank_lines", 500'000, [](size_t n) { return absl::StrCat(kTitle, std::string(n, '\n')); }},
        Shape{"numbers_in_goal", 100'000,
              [](size_t n) {
                return absl::StrCat(kTitle, "项目总体目标\t", Repeat("举办 4 场，", n), "\n", kHeader, kRow);
              }},
        Shape{"open_tags", 500'000,
              [](size_t n) {
                return absl::StrCat(kTitle, "项目总体目标\t", Repeat("<p", n), "\n", kHeader, kRow);
              }},
        Shape{"one_cell_per_line", 20'000,
              [](size_t n) {
                return absl::StrCat("项目支出绩效目标表\n一级指标\n二级指标\n三级指标\n指标值\n权重\n",
                                    Repeat("产出\n数量\n甲\n≥4\n10\n", n));
              }},
        Shape{"header_words_on_lines", 20'000,
              [](size_t n) { return absl::StrCat(kTitle, Repeat("指标值\n", n)); }},
        Shape{"headers", 50'000, [](size_t n) { return absl::StrCat(kTitle, Repeat(kHeader, n)); }},
        Shape{"csv", 20'000,
              [](size_t n) {
                return absl::StrCat("table_name,indicator,target,weight,rule\n",
                                    Repeat("甲,乙,>=4 次,1,x\n", n));
              }}),
    [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace attain::importing
