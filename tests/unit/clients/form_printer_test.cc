#include "clients/cli/show/form_printer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/csv/csv.h"

namespace attain::cli {
namespace {

using testing::ElementsAre;

v1::Form Sample() {
  v1::Form form;
  form.set_title("项目支出绩效自评表");
  v1::FormField* head = form.add_head();
  head->set_label("项目名称");
  head->set_value("展会经费, 2024");
  v1::FormGrid* grid = form.add_grids();
  grid->set_title("绩效指标");
  for (const char* column : {"三级指标", "指标值", "得分"}) grid->add_columns(column);
  for (const auto& cells : {std::vector<const char*>{"参展次数", "=4 次", "7.50"}, {"a|b\nc", "", ""}}) {
    v1::FormRow* row = grid->add_rows();
    for (const char* cell : cells) row->add_cells()->set_text(cell);
  }
  v1::FormField* foot = form.add_foot();
  foot->set_label("等级");
  foot->set_value("优");
  return form;
}

TEST(FormPrinter, MarkdownTablesLineUpWithChineseText) {
  EXPECT_EQ(FormToMarkdown(Sample(), Language::kChinese),
            "# 项目支出绩效自评表\n"
            "\n"
            "- 项目名称：展会经费, 2024\n"
            "\n"
            "## 绩效指标\n"
            "\n"
            "| 三级指标 | 指标值 | 得分 |\n"
            "| -------- | ------ | ---- |\n"
            "| 参展次数 | =4 次  | 7.50 |\n"
            "| a\\|b c   |        |      |\n"
            "\n"
            "- 等级：优\n");
}

TEST(FormPrinter, CsvIsWhatExcelReadsAndNoFormula) {
  const std::string csv = FormToCsv(Sample());
  EXPECT_EQ(csv,
            "\xEF\xBB\xBF"
            "项目支出绩效自评表\r\n"
            "项目名称,\"展会经费, 2024\"\r\n"
            "\r\n"
            "绩效指标\r\n"
            "三级指标,指标值,得分\r\n"
            "参展次数, =4 次,7.50\r\n"
            "\"a|b\nc\",,\r\n"
            "\r\n"
            "等级,优\r\n");
  const csv::Records read = csv::Parse(csv.substr(3));
  ASSERT_GT(read.records.size(), 5u);
  EXPECT_THAT(read.records[5].cells, ElementsAre("a|b\nc", "", ""));
}

}  // namespace
}  // namespace attain::cli
