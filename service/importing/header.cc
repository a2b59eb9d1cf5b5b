#include "service/importing/header.h"

#include <utility>

#include "absl/strings/match.h"
#include "service/importing/text.h"

namespace attain::importing {

Column ColumnOf(absl::string_view cell) {
  static constexpr std::pair<absl::string_view, Column> kWords[] = {
      {"一级指标", Column::kLevel1}, {"二级指标", Column::kLevel2}, {"三级指标", Column::kName}, {"指标名称", Column::kName},
      {"绩效指标", Column::kName}, {"指标性质", Column::kNature}, {"性质", Column::kNature}, {"比较符", Column::kNature},
      {"运算符号", Column::kNature}, {"指标值", Column::kTarget}, {"年度指标值", Column::kTarget}, {"目标值", Column::kTarget},
      {"年度目标值", Column::kTarget}, {"指标目标值", Column::kTarget}, {"指标值及单位", Column::kTarget}, {"计量单位", Column::kUnit}, {"度量单位", Column::kUnit},
      {"指标单位", Column::kUnit}, {"单位", Column::kUnit}, {"指标设定依据", Column::kBasis}, {"指标值设置依据", Column::kBasis},
      {"指标值设定依据", Column::kBasis}, {"设置依据", Column::kBasis}, {"设定依据", Column::kBasis}, {"上年完成值", Column::kPrior}, {"上年实际完成值", Column::kPrior},
      {"上年度完成值", Column::kPrior}, {"上年实际值", Column::kPrior}, {"分值权重", Column::kWeight}, {"指标分值权重", Column::kWeight},
      {"分值", Column::kWeight}, {"权重", Column::kWeight}, {"指标分值", Column::kWeight}, {"指标权重", Column::kWeight}, {"权重分值", Column::kWeight}, {"指标赋分规则", Column::kRule},
      {"赋分规则", Column::kRule}, {"评分规则", Column::kRule}, {"评分标准", Column::kRule}, {"评分方法", Column::kRule}, {"佐证资料", Column::kEvidence},
      {"佐证材料", Column::kEvidence}, {"证明材料", Column::kEvidence}, {"实际完成值", Column::kIgnored}, {"实际完成情况", Column::kIgnored}, {"得分", Column::kIgnored},
      {"备注", Column::kIgnored}, {"完成率", Column::kIgnored}, {"偏差原因分析及改进措施", Column::kIgnored}, {"序号", Column::kIgnored}};
  const std::string word = Squeeze(Narrow(cell));
  for (const auto& [known, column] : kWords) {
    // "指标值(包含数字及文字描述)" and the like: remarks in brackets do not count.
    if (word == known || (absl::StartsWith(word, known) && word.size() > known.size() && word[known.size()] == '(')) return column;
  }
  return Column::kCount;
}

bool ParseHeader(const std::vector<std::string>& cells, Header* header) {
  Header parsed;
  parsed.at.fill(-1);
  parsed.columns = static_cast<int>(cells.size());
  while (parsed.columns > 0 && Squeeze(cells[static_cast<size_t>(parsed.columns) - 1]).empty()) --parsed.columns;
  for (int i = 0; i < parsed.columns; ++i) {
    const Column column = ColumnOf(cells[static_cast<size_t>(i)]);
    parsed.words.push_back(Squeeze(cells[static_cast<size_t>(i)]));
    if (column == Column::kNature) parsed.natures.push_back(i);
    // The national form has 绩效指标 as a merged cell before the three levels: only where nothing else is the
    // name's column it is that.
    if (column == Column::kName && absl::StartsWith(parsed.Word(column), "绩效指标"))
      parsed.at[static_cast<size_t>(column)] = i;
    if (column != Column::kCount && parsed.at[static_cast<size_t>(column)] < 0) parsed.at[static_cast<size_t>(column)] = i;
  }
  const bool levels = parsed.Has(Column::kLevel1) || parsed.Has(Column::kLevel2);
  if (!levels || !parsed.Has(Column::kName) || !parsed.Has(Column::kTarget)) return false;
  *header = std::move(parsed);
  return true;
}

}  // namespace attain::importing
