#include <iterator>

#include "absl/strings/str_cat.h"
#include "tests/fuzz/importing_check.h"

namespace attain::importing {
namespace {

namespace document = attain::document::v1;

constexpr const char* kWords[] = {"项目支出绩效目标表",
                                  "部门整体支出绩效目标表",
                                  "项目支出绩效目标表（续）",
                                  "（2025年度）",
                                  "2025年",
                                  "单位：元",
                                  "单位：万元",
                                  "项目名称",
                                  "单位名称",
                                  "项目负责人",
                                  "主管部门",
                                  "项目资金(万元)",
                                  "年度资金总额",
                                  "其中：财政拨款",
                                  "其他资金",
                                  "中期资金总额",
                                  "年初预算数",
                                  "全年预算数",
                                  "全年执行数",
                                  "执行率",
                                  "年度目标",
                                  "中期目标",
                                  "实际完成情况",
                                  "项目总体目标",
                                  "一级指标",
                                  "二级指标",
                                  "三级指标",
                                  "四级指标",
                                  "绩效指标",
                                  "指标内容",
                                  "指标性质",
                                  "指标值",
                                  "中期指标值",
                                  "年度指标值",
                                  "计量单位",
                                  "分值",
                                  "权重",
                                  "评分标准",
                                  "佐证资料",
                                  "上年完成值",
                                  "实际完成值",
                                  "得分",
                                  "偏差原因",
                                  "序号",
                                  "备注",
                                  "预算数",
                                  "产出指标",
                                  "产出指标(50分)",
                                  "效益指标",
                                  "满意度指标",
                                  "成本指标",
                                  "数量指标",
                                  "质量指标",
                                  "时效指标",
                                  "社会效益指标",
                                  "服务对象满意度指标",
                                  "产出",
                                  "数量",
                                  "满意度",
                                  "效",
                                  "益指标",
                                  "指标",
                                  "长期绩效指标",
                                  "年度绩效指标",
                                  "培训人数",
                                  "合格率",
                                  "指标1：培训人数",
                                  "指标2：……",
                                  "培训人数≥100人次",
                                  "办结天数（≤）",
                                  "群众满意度",
                                  "≥",
                                  "≤",
                                  "=",
                                  "大于等于",
                                  "正向",
                                  "定性",
                                  "次",
                                  "人次",
                                  "%",
                                  "万元",
                                  "天",
                                  "≥100人次",
                                  "≤5天",
                                  "=100%",
                                  "100",
                                  "97%",
                                  "明显改善",
                                  "11月底前",
                                  "200余人",
                                  "10-15",
                                  "1e400",
                                  "-0",
                                  "186,400.00",
                                  "38万元",
                                  "45",
                                  "45分",
                                  "0.45",
                                  "110",
                                  "按照正常比例赋分",
                                  "直接赋分",
                                  "满意度赋分",
                                  "年度计划",
                                  "台账",
                                  "无",
                                  "—",
                                  "/",
                                  "合计",
                                  "小计",
                                  "总分",
                                  "填表人：某",
                                  "注：说明",
                                  "- 7 -",
                                  "第 3 页 共 20 页",
                                  "#VALUE!",
                                  "这是一行说明文字。"};

// Reads the bytes one by one; zeros when they are used up.
class Bytes {
 public:
  Bytes(const uint8_t* data, size_t size) : data_(data), size_(size) {}
  bool done() const { return at_ >= size_; }
  uint8_t Next() { return done() ? 0 : data_[at_++]; }

 private:
  const uint8_t* data_;
  size_t size_, at_ = 0;
};

std::string TextOf(Bytes* bytes) {
  const uint8_t kind = bytes->Next();
  if (kind < 230) return kWords[kind % std::size(kWords)];
  if (kind < 240)
    return absl::StrCat(kWords[bytes->Next() % std::size(kWords)], "\n",
                        kWords[bytes->Next() % std::size(kWords)]);
  std::string text;
  for (int i = kind - 240; i >= 0; --i) text += static_cast<char>(32 + bytes->Next() % 95);
  return text;
}

// Adds cells row by row; every cell lies within the grid and none lies twice.
void AddGrid(Bytes* bytes, document::Document* out) {
  document::Grid* grid = out->add_blocks()->mutable_grid();
  if (bytes->Next() % 2 == 0) grid->set_sheet("表1");
  const int columns = 1 + bytes->Next() % 14;
  int row = 0, column = 0;
  while (!bytes->done()) {
    const uint8_t step = bytes->Next();
    if (step == 255) break;
    if (step > 247) {
      grid->add_page_breaks(row);
      continue;
    }
    if (step > 225 || column >= columns) {
      row += step % 16 == 0 ? 3 : 1;
      column = 0;
      continue;
    }
    if (step > 200) {
      ++column;
      continue;
    }
    document::Cell* cell = grid->add_cells();
    cell->set_row(row);
    cell->set_column(column);
    cell->set_text(TextOf(bytes));
    if (step > 190) cell->set_column_span(1 + bytes->Next() % (columns - column));
    if (step > 180 && step <= 190) cell->set_row_span(1 + bytes->Next() % 4);
    if (step > 170 && step <= 180) cell->set_kind(static_cast<document::CellKind>(1 + bytes->Next() % 6));
    column += cell->column_span() > 1 ? cell->column_span() : 1;
  }
  grid->set_rows(row + 4);
  grid->set_columns(columns);
}

}  // namespace

document::Document DocumentOf(const uint8_t* data, size_t size) {
  Bytes bytes(data, size);
  document::Document out;
  out.set_media(bytes.Next() % 2 == 0 ? document::MEDIA_XLSX : document::MEDIA_PDF);
  while (!bytes.done()) {
    if (bytes.Next() % 3 == 0) {
      out.add_blocks()->mutable_line()->set_text(TextOf(&bytes));
    } else {
      AddGrid(&bytes, &out);
    }
  }
  return out;
}

}  // namespace attain::importing
