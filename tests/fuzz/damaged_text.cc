#include "tests/fuzz/damaged_text.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace attain::importing {
namespace {

using Random = std::mt19937_64;

size_t Below(Random& random, size_t bound) {
  return bound == 0 ? 0 : random() % bound;
}

// One change of cells or lines.
void DamageLines(Random& random, std::vector<std::vector<std::string>>* lines) {
  static constexpr const char* kOdd[] = {"",
                                         "\t\t\t",
                                         "一级指标",
                                         "项目支出绩效目标表",
                                         "≥",
                                         "1e400",
                                         "-0",
                                         "９９９９９９９９９９９９９９９９９９９９",
                                         "NaN",
                                         "200余人",
                                         "<p>",
                                         "%",
                                         "(",
                                         "\"",
                                         "年",
                                         "18446744073709551616",
                                         "。",
                                         "24场",
                                         "10-15",
                                         "2026-12-31",
                                         "正向",
                                         "合计",
                                         "填表人：",
                                         "产出指标(50分)",
                                         "万亿元",
                                         "二级指标",
                                         "三级指标",
                                         "指标值",
                                         "计量单位",
                                         "分值",
                                         "权重",
                                         "预算执行率",
                                         "项目资金(万元)",
                                         "年初预算数",
                                         "合格率≥97%",
                                         "≤5天",
                                         "社会效益指标",
                                         "|",
                                         "  ",
                                         "项目名称",
                                         "部门整体支出绩效目标表",
                                         "1/4",
                                         "小计",
                                         "上年完成值",
                                         "\"a,b\",c"};
  auto& line = (*lines)[Below(random, lines->size())];
  switch (Below(random, 7)) {
    case 0:
      if (!line.empty()) line.erase(line.begin() + static_cast<long>(Below(random, line.size())));
      break;
    case 1:
      line.insert(line.begin() + static_cast<long>(Below(random, line.size() + 1)),
                  kOdd[Below(random, std::size(kOdd))]);
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

}  // namespace

std::string Damaged(absl::string_view text, std::mt19937_64& random) {
  std::vector<std::vector<std::string>> lines;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    std::vector<std::string>& cells = lines.emplace_back();
    for (absl::string_view cell : absl::StrSplit(line, '\t')) cells.emplace_back(cell);
  }
  for (size_t i = 0; i <= Below(random, 12); ++i) DamageLines(random, &lines);
  std::string damaged;
  for (const auto& cells : lines) absl::StrAppend(&damaged, absl::StrJoin(cells, "\t"), "\n");
  for (size_t i = 0; i < Below(random, 4); ++i)
    damaged[Below(random, damaged.size())] = static_cast<char>(random());
  return damaged;
}

}  // namespace attain::importing
