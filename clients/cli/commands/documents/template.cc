#include <array>

#include "absl/strings/str_cat.h"
#include "clients/cli/commands/common/commands.h"
#include "clients/cli/commands/documents/template_text.h"
#include "clients/cli/session/context.h"

namespace attain::cli {
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

// What a cell of the examples says in Chinese.
absl::string_view InChinese(absl::string_view column, absl::string_view cell) {
  if (cell == "project") return "项目";
  if (cell == "yes") return column == "applicability" ? "适用" : "是";
  if (cell == "no") return "否";
  if (cell == "SUM") return "累计";
  return cell == "LATEST" ? "最新" : cell;
}

absl::Status Run(Context& context) {
  context.out() << TemplateText(context.language());
  return absl::OkStatus();
}

}  // namespace

std::string TemplateText(Language language) {
  const bool chinese = language == Language::kChinese;
  std::string header, first, second;
  for (const Column& column : kColumns) {
    const char* gap = header.empty() ? "" : ",";
    absl::StrAppend(&header, gap, chinese ? column.word : column.name);
    absl::StrAppend(&first, gap, chinese ? InChinese(column.name, column.first) : column.first);
    absl::StrAppend(&second, &column == kColumns.begin() ? "" : ",",
                    chinese ? InChinese(column.name, column.second) : column.second);
  }
  return absl::StrCat(header, "\r\n", first, "\r\n", second, "\r\n");
}

Command TemplateCommand() {
  Command command;
  command.name = "template";
  command.group = Group::kDeclare;
  command.summary = {"输出目标表的 CSV 模板", "print the CSV template of target tables"};
  command.text = {
      "输出 CSV 模板：全部列名和两行示例，填好后用 attain import 导入；列可任意排序、可省略。--lang zh "
      "用中文列名。\n"
      "一行一个指标；表级的列和一、二级指标从第二行起可留空。累计方式：LATEST 最新、SUM 累计、AVERAGE "
      "平均、RATIO 比率。\n"
      "模板没有的列会跳过并说明。",
      "Prints the CSV template: all columns and two example lines, for attain import; columns may stand in "
      "any "
      "order or be left\n"
      "out. --lang zh gives Chinese header words. One line per indicator; the table's own columns and the "
      "levels may "
      "be blank\n"
      "from the second line on. accumulation: LATEST, SUM, AVERAGE or RATIO. Columns that the template does "
      "not "
      "have are told."};
  command.examples = {{"template > targets.csv", {"存成文件", "into a file"}},
                      {"template --lang zh > targets.csv", {"中文列名", "with Chinese header words"}}};
  command.run = Run;
  return command;
}

}  // namespace attain::cli
