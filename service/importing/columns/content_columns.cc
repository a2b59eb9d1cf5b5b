#include "service/importing/columns/content_columns.h"

#include <algorithm>

#include "absl/strings/string_view.h"
#include "service/importing/values/words.h"

namespace attain::importing {
namespace {

constexpr size_t kMaxRows = 200;  // looked at

// What the cells under one column look like.
struct Content {
  int cells = 0, level1 = 0, level2 = 0, comparators = 0, units = 0, numbers = 0, compared = 0, rules = 0,
      values = 0;

  void Add(const CellTraits& t, absl::string_view word) {
    ++cells;
    level1 += t.level1 ? 1 : 0;
    level2 += t.level2 ? 1 : 0;
    comparators += t.comparator || t.direction ? 1 : 0;
    units += t.unit || WordList::Named("measures").Has(word) ? 1 : 0;
    numbers += t.weight ? 1 : 0;
    compared += t.compared ? 1 : 0;
    rules += t.rule ? 1 : 0;
    values += t.compared || t.measured || t.number ? 1 : 0;
  }
  // At least two of them, and seven of ten.
  bool Mostly(int of) const { return of >= 2 && of * 10 >= cells * 7; }
};

class Decider {
 public:
  Decider(Header* header, std::vector<Content> content) : header_(*header), content_(std::move(content)) {}

  std::vector<ColumnByContent> Decide() {
    Levels();
    for (size_t i = 0; i < content_.size(); ++i) {
      const Content& c = content_[i];
      // Targets are figures among ratings.
      const bool free = Kind(i) == Column::kUnknown || Kind(i) == Column::kIgnored ||
                        Kind(i) == Column::kGroup || Kind(i) == Column::kDescription;
      if (free && !header_.Has(Column::kTarget) && c.compared >= 2 && c.compared * 10 >= c.cells * 4) {
        Set(i, Column::kTarget, "指标值");
        continue;
      }
      if (Kind(i) != Column::kUnknown && Kind(i) != Column::kIgnored) continue;
      if (c.Mostly(c.comparators)) {
        Set(i, Column::kNature, "比较符");
      } else if (!header_.Has(Column::kRule) && c.Mostly(c.rules)) {
        Set(i, Column::kRule, "赋分规则");
      } else if (!header_.Has(Column::kUnit) && c.Mostly(c.units)) {
        Set(i, Column::kUnit, "计量单位");
      }
    }
    return std::move(told_);
  }

 private:
  Column Kind(size_t i) const { return header_.columns()[i].kind; }
  int At(Column kind) const { return header_.At(kind); }
  void Set(size_t i, Column kind, const char* understood) {
    header_.columns()[i].kind = kind;
    told_.push_back({header_.columns()[i].word, understood});
  }

  // 绩效指标 | 一级指标 | 指标名称 over 产出指标 | 数量指标 | …: each word stands over the next level.
  void ShiftedLevels() {
    const int group = At(Column::kGroup), level1 = At(Column::kLevel1);
    if (group < 0 || level1 != group + 1 || header_.Has(Column::kLevel2)) return;
    const Content& above = content_[static_cast<size_t>(group)];
    const Content& below = content_[static_cast<size_t>(level1)];
    // What stands below the table is in the same columns.
    const bool levels = above.level1 >= 2 && above.level1 * 10 >= above.cells * 6;
    if (!levels || !below.Mostly(below.level2) || below.level1 * 2 > below.cells) return;
    Set(static_cast<size_t>(group), Column::kLevel1, "一级指标");
    Set(static_cast<size_t>(level1), Column::kLevel2, "二级指标");
  }

  // A column of names that holds levels is one of levels; the name is then what is described.
  void Levels() {
    ShiftedLevels();
    const int name = At(Column::kName);
    if (name >= 0 && !header_.Has(Column::kLevel2)) {
      const Content& c = content_[static_cast<size_t>(name)];
      const int described = At(Column::kDescription) >= 0 ? At(Column::kDescription) : At(Column::kGroup);
      if (c.Mostly(c.level2) && described >= 0) {
        Set(static_cast<size_t>(name), Column::kLevel2, "二级指标");
        Set(static_cast<size_t>(described), Column::kName, "三级指标");
      }
    }
    if (header_.Has(Column::kLevel1)) return;
    for (size_t i = 0; i < content_.size(); ++i) {
      const bool free = Kind(i) == Column::kGroup || Kind(i) == Column::kUnknown;
      if (free && content_[i].cells > 0 && content_[i].level1 * 10 >= content_[i].cells * 7)
        return Set(i, Column::kLevel1, "一级指标");
    }
  }

  Header& header_;
  const std::vector<Content> content_;
  std::vector<ColumnByContent> told_;
};

}  // namespace

std::vector<ColumnByContent> DecideByContent(const std::vector<Row>& rows, size_t from, size_t to,
                                             const LevelNames& levels, const scoring::Profile& profile,
                                             Header* header) {
  std::vector<Content> content(header->columns().size());
  for (size_t at = from; at < std::min(to, from + kMaxRows); ++at) {
    if (rows[at].cells.size() < 2) continue;
    if (IsHeaderOf(rows[at].cells)) break;
    for (const Cell& cell : rows[at].cells) {
      const int column = header->Over(cell.column);
      if (column >= 0) content[static_cast<size_t>(column)].Add(TraitsOf(cell, levels, profile), cell.word);
    }
  }
  return Decider(header, std::move(content)).Decide();
}

}  // namespace attain::importing
