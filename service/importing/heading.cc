#include "service/importing/heading.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "service/importing/text.h"

namespace attain::importing {
namespace {

class Heading {
 public:
  explicit Heading(ParsedTable* table) : table_(table) {}

  void Read(const Line& line) {
    if (table_->fiscal_year == 0 && line.cells.size() <= 1) table_->fiscal_year = YearIn(line.text);
    for (size_t i = 0; i < line.cells.size(); ++i) {
      const std::string label = Squeeze(Narrow(line.cells[i]));
      if (label.empty()) continue;
      const std::string value = ValueAfter(line.cells, i);
      Take(label, value);
    }
  }

 private:
  // The next cell that is not blank, unless it is a label itself.
  static std::string ValueAfter(const std::vector<std::string>& cells, size_t at) {
    for (size_t i = at + 1; i < cells.size(); ++i) {
      const std::string squeezed = Squeeze(cells[i]);
      if (squeezed.empty()) continue;
      return IsLabel(squeezed) ? "" : cells[i];
    }
    return "";
  }
  static bool IsLabel(absl::string_view text) {
    static constexpr absl::string_view kLabels[] = {"项目负责人", "联系电话", "单位联系人", "其他资金", "项目名称", "预算单位", "财政资金", "资金来源"};
    for (absl::string_view label : kLabels) {
      if (absl::StartsWith(text, label)) return true;
    }
    return absl::StartsWith(text, "其中");
  }
  void Take(const std::string& label, const std::string& value) {
    const auto is = [&](absl::string_view word) { return absl::StartsWith(label, word); };
    if (is("预算单位") || is("单位名称") || is("项目实施单位") || is("实施单位")) table_->unit_name = Tidy(value);
    if (is("项目名称")) table_->name = Tidy(value);
    if (is("项目负责人")) table_->leader = Tidy(value);
    if (is("项目总体目标") || is("年度绩效目标") || is("年度总体目标") || is("总体目标")) table_->goal = Tidy(WithoutTags(value));
    if (is("年度预算总额") || is("年度资金总额") || is("资金总额:")) table_->total = ParseNumber(value);
    if (is("其中:财政拨款") || is("财政拨款") || is("其中:当年财政拨款")) table_->fiscal = ParseNumber(value);
    if (is("其他资金") && ParseNumber(value).has_value()) table_->other = ParseNumber(value);
    // The unit's table lists its sources one by one; the total is their sum.
    if ((is("上级安排") || is("本级安排")) && ParseNumber(value).has_value()) Add(&table_->fiscal, *ParseNumber(value));
    if (label == "其他" && ParseNumber(value).has_value()) Add(&table_->other, *ParseNumber(value));
  }
  static void Add(std::optional<Decimal>* sum, const Decimal& value) { *sum = sum->value_or(Decimal()) + value; }
  ParsedTable* table_;
};

}  // namespace

int YearIn(absl::string_view text) {
  const std::string squeezed = Squeeze(Narrow(text));
  for (size_t at = squeezed.find("年"); at != std::string::npos; at = squeezed.find("年", at + 1)) {
    int year = 0;
    if (at >= 4 && absl::SimpleAtoi(squeezed.substr(at - 4, 4), &year) && year >= 2000 && year <= 2100)
      return year;
  }
  return 0;
}

void ReadHeading(const Line& line, ParsedTable* table) { Heading(table).Read(line); }

std::optional<Decimal> ParseNumber(absl::string_view text) {
  const absl::StatusOr<Decimal> parsed = Decimal::Parse(Squeeze(Narrow(text)));
  return parsed.ok() ? std::optional<Decimal>(*parsed) : std::nullopt;
}

}  // namespace attain::importing
