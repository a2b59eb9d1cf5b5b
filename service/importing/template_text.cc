// The template that `attain template` prints.
#include <array>

#include "absl/strings/str_cat.h"
#include "service/importing/template.h"

namespace attain::importing {
namespace {

struct Column {
  const char *name, *word, *first, *second;  // of the two example lines
};

constexpr std::array<Column, 22> kColumns = {{
    {"table_kind", "目标表类别", "project", ""},
    {"unit_name", "单位名称", "示例中心", ""},
    {"table_name", "目标表名称", "培训项目经费", ""},
    {"fiscal_year", "预算年度", "2026", ""},
    {"leader", "负责人", "项目办公室", ""},
    {"budget_total", "预算总额", "12", ""},
    {"budget_fiscal", "财政拨款", "10", ""},
    {"budget_other", "其他资金", "2", ""},
    {"goal", "绩效目标", "举办 6 期培训，满意度 95% 以上", ""},
    {"level1", "一级指标", "产出", "满意度"},
    {"level2", "二级指标", "数量", "服务对象满意度"},
    {"indicator", "三级指标", "举办培训期数", "学员满意度"},
    {"target", "指标值", "≥6 期", "≥95%"},
    {"basis", "设置依据", "计划标准", "历史标准"},
    {"prior_value", "上年完成值", "5 期", "94%"},
    {"weight", "分值权重", "60", "30"},
    {"rule", "赋分规则", "按照正常比例赋分", "满意度赋分"},
    {"evidence", "佐证资料", "培训通知与签到表", "满意度调查表"},
    {"accumulation", "累计方式", "SUM", "LATEST"},
    {"allow_negative", "允许负数", "no", "no"},
    {"applicability", "是否适用", "yes", "yes"},
    {"options", "规则选项", "", "satisfaction_mode=ratio_with_floor"},
}};

}  // namespace

std::string TemplateText(bool chinese) {
  std::string header, first, second;
  for (size_t i = 0; i < kColumns.size(); ++i) {
    const char* gap = i == 0 ? "" : ",";
    absl::StrAppend(&header, gap, chinese ? kColumns[i].word : kColumns[i].name);
    const auto shown = [&](const char* column, const char* cell) {
      if (!chinese) return cell;
      const absl::string_view name = column, word = cell;
      if (word == "project") return "项目";
      if (word == "yes") return name == "applicability" ? "适用" : "是";
      if (word == "no") return "否";
      if (word == "SUM") return "累计";
      return word == "LATEST" ? "最新" : cell;
    };
    absl::StrAppend(&first, gap, shown(kColumns[i].name, kColumns[i].first));
    absl::StrAppend(&second, gap, shown(kColumns[i].name, kColumns[i].second));
  }
  return absl::StrCat(header, "\r\n", first, "\r\n", second, "\r\n");
}

}  // namespace attain::importing
