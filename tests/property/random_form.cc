#include "tests/property/random_form.h"

#include <algorithm>
#include <cctype>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace attain::importing {
namespace {

namespace document = attain::document::v1;

class Maker {
 public:
  explicit Maker(Random& random) : random_(random) {}

  std::vector<Form> Make() {
    std::vector<Form> forms;
    const size_t tables = 1 + Below(3);
    for (size_t i = 0; i < tables; ++i) {
      if (Below(5) == 0) forms.push_back(Unrelated());
      forms.push_back(Table());
      const size_t damages = Below(5);
      for (size_t d = 0; d < damages; ++d) Damage(&forms.back().rows);
    }
    return forms;
  }

 private:
  size_t Below(size_t bound) { return bound == 0 ? 0 : random_() % bound; }
  bool Often() { return Below(3) > 0; }
  template <size_t kSize>
  std::string One(const char* const (&words)[kSize]) {
    return words[Below(kSize)];
  }

  std::string Word() {
    std::string word = "Q";
    for (size_t rest = ++words_, i = 0; i < 4; ++i, rest /= 26) word += static_cast<char>('A' + rest % 26);
    return word;
  }
  // None ends with a zero, which a decimal drops.
  std::string Digits() {
    numbers_ += numbers_ % 10 == 8 ? 2 : 1;
    return absl::StrCat(10000 + numbers_ + (numbers_ % 10 == 9 ? 2 : 1));
  }

  // A list that has nothing to do with targets.
  Form Unrelated() {
    Form form;
    form.rows.push_back({"姓名", "职务", "到岗情况"});
    for (size_t i = 0; i < 3; ++i) form.rows.push_back({Word(), Word(), Word()});
    return form;
  }

  std::string Name() {
    static constexpr const char* kBefore[] = {"培训", "巡查", "修缮", "发放", "采购", "监测", "改造"};
    static constexpr const char* kBehind[] = {"次数", "人数", "合格率", "完成率", "面积", "满意度"};
    return absl::StrCat(One(kBefore), Word(), One(kBehind));
  }

  std::string Target(bool with_unit, bool with_sign) {
    static constexpr const char* kSigns[] = {"≥", "≤", "=", "≥"};
    static constexpr const char* kUnits[] = {"次", "人", "个", "户", "平方米"};
    if (Below(6) == 0) return absl::StrCat("明显改善", Word());
    return absl::StrCat(with_sign ? One(kSigns) : "", Digits(), with_unit ? One(kUnits) : "");
  }

  void AddHeading(std::vector<FormRow>* rows) {
    static constexpr const char* kTitles[] = {"项目支出绩效目标表", "部门整体支出绩效目标表",
                                              "项目支出绩效目标申报表", "项目支出绩效自评表"};
    rows->push_back({One(kTitles)});
    if (Often()) rows->push_back({"（2025年度）"});
    rows->push_back({"项目名称", Word(), "项目负责人", Word()});
    if (Often())
      rows->push_back({"项目资金（万元）", "年度资金总额", absl::StrCat("3.", Digits()), "其中：财政拨款",
                       absl::StrCat("2.", Digits())});
    if (Often()) rows->push_back({"项目总体目标", absl::StrCat("做好", Word(), "工作")});
    if (Below(3) == 0) rows->push_back({"主管部门", Word()});
  }

  struct Columns {
    std::vector<std::string> kinds;
    bool Has(const char* kind) const { return std::find(kinds.begin(), kinds.end(), kind) != kinds.end(); }
  };

  std::string HeaderWord(const std::string& kind) {
    static constexpr const char* kNames[] = {"三级指标", "指标名称", "三级指标"};
    static constexpr const char* kTargets[] = {"指标值", "目标值", "年度指标值", "指标值（含单位）"};
    static constexpr const char* kWeights[] = {"分值", "权重", "分值权重", "分值（权重）"};
    if (kind == "name") return One(kNames);
    if (kind == "target") return One(kTargets);
    if (kind == "weight") return One(kWeights);
    if (kind == "level1") return "一级指标";
    if (kind == "level2") return "二级指标";
    if (kind == "nature") return "指标性质";
    if (kind == "unit") return "计量单位";
    if (kind == "basis") return "指标值设定依据";
    if (kind == "prior") return "上年完成值";
    if (kind == "rule") return "评分标准";
    if (kind == "evidence") return "佐证资料";
    if (kind == "remark") return "备注";
    return "填报渠道";
  }

  Form Table() {
    Form form;
    AddHeading(&form.rows);
    Columns columns;
    columns.kinds = {"level1", "level2", "name"};
    if (Below(4) == 0) columns.kinds.push_back("nature");
    columns.kinds.push_back("target");
    for (const char* kind : {"unit", "weight", "basis", "prior", "rule", "evidence", "remark", "other"}) {
      if (Below(kind == std::string("weight") ? 2 : 4) == 0) columns.kinds.push_back(kind);
    }
    // What stands behind the name may stand in any order.
    if (Below(3) == 0) std::shuffle(columns.kinds.begin() + 3, columns.kinds.end(), random_);
    FormRow header;
    for (const std::string& kind : columns.kinds) header.push_back(HeaderWord(kind));
    header_ = form.rows.size();
    form.rows.push_back(header);
    AddRows(columns, &form.rows);
    if (Below(3) == 0) form.rows.push_back({absl::StrCat("填表人：", Word())});
    return form;
  }

  void AddRows(const Columns& columns, std::vector<FormRow>* rows) {
    static constexpr const char* kLevels[][2] = {
        {"产出指标", "数量指标"},     {"产出指标", "质量指标"},     {"产出指标", "时效指标"},
        {"效益指标", "社会效益指标"}, {"效益指标", "生态效益指标"}, {"满意度指标", "服务对象满意度指标"}};
    const bool merged = Below(2) == 0;
    const size_t each = 1 + Below(2);
    std::string level1, level2;
    for (const auto& levels : kLevels) {
      for (size_t i = 0; i < each; ++i) {
        FormRow row;
        for (const std::string& kind : columns.kinds) row.push_back(Content(kind, columns));
        row[0] = merged && level1 == levels[0] ? "" : levels[0];
        row[1] = merged && level2 == levels[1] ? "" : levels[1];
        level1 = levels[0];
        level2 = levels[1];
        rows->push_back(row);
      }
    }
  }

  std::string Content(const std::string& kind, const Columns& columns) {
    static constexpr const char* kNatures[] = {"≥", "≤", "="};
    static constexpr const char* kUnits[] = {"次", "人", "个", "%"};
    if (kind == "name") return Name();
    if (kind == "target") return Target(!columns.Has("unit"), !columns.Has("nature"));
    if (kind == "nature") return One(kNatures);
    if (kind == "unit") return One(kUnits);
    if (kind == "weight") return absl::StrCat(3 + Below(9), ".", Digits());
    if (kind == "prior") return Below(2) == 0 ? absl::StrCat(Digits(), columns.Has("unit") ? "" : "次") : "";
    if (kind == "rule") return absl::StrCat("按照", Word(), "计分");
    if (kind == "remark") return Below(2) == 0 ? Word() : "";
    return absl::StrCat(Word(), "资料");
  }

  // One change. Rows may grow, shrink, move, or be others' rows.
  void Damage(std::vector<FormRow>* rows) {
    const size_t at = Below(rows->size());
    FormRow& row = (*rows)[at];
    const size_t cell = Below(row.size());
    switch (Below(16)) {
      case 0:
        row[cell].clear();
        break;
      case 1:
        if (row.size() > 1) row.erase(row.begin() + static_cast<std::ptrdiff_t>(cell));
        break;
      case 2:
        row.insert(row.begin() + static_cast<std::ptrdiff_t>(cell), "");
        break;
      case 3:
        row.insert(row.begin() + static_cast<std::ptrdiff_t>(cell), absl::StrCat("另记", Word()));
        break;
      case 4:
        if (cell + 1 < row.size()) {
          row[cell] += row[cell + 1];
          row.erase(row.begin() + static_cast<std::ptrdiff_t>(cell) + 1);
        }
        break;
      case 5:
        std::swap(row[cell], row[Below(row.size())]);
        break;
      case 6:
        rows->insert(rows->begin() + static_cast<std::ptrdiff_t>(at), {"- 7 -"});
        break;
      case 7:
        rows->insert(rows->begin() + static_cast<std::ptrdiff_t>(at),
                     {absl::StrCat("注：", Word(), "不计入。")});
        break;
      case 8:
        rows->insert(rows->begin() + static_cast<std::ptrdiff_t>(at),
                     (*rows)[std::min(header_, rows->size() - 1)]);
        break;
      case 9:
        rows->erase(rows->begin() + static_cast<std::ptrdiff_t>(at));
        break;
      case 10:
        rows->insert(rows->begin() + static_cast<std::ptrdiff_t>(at), FormRow(1));
        break;
      case 11:
        DropColumn(rows, cell);
        break;
      case 12:
        Rename(&(*rows)[std::min(header_, rows->size() - 1)]);
        break;
      case 13:
        rows->insert(rows->begin() + static_cast<std::ptrdiff_t>(at), {"合计", "", "", Digits()});
        break;
      case 14:
        std::swap(row, (*rows)[Below(rows->size())]);
        break;
      default:
        rows->insert(rows->begin() + static_cast<std::ptrdiff_t>(at), {"", "", Name(), Target(true, true)});
        break;
    }
    if (rows->empty()) rows->push_back({"项目支出绩效目标表"});
  }

  void DropColumn(std::vector<FormRow>* rows, size_t column) {
    for (size_t i = std::min(header_, rows->size() - 1); i < rows->size(); ++i) {
      FormRow& row = (*rows)[i];
      if (column < row.size() && row.size() > 1) row.erase(row.begin() + static_cast<std::ptrdiff_t>(column));
    }
  }

  void Rename(FormRow* header) {
    static constexpr const char* kWords[] = {"指标内容", "绩效指标", "口径",   "指标",     "序号",
                                             "目标",     "三级",     "上年值", "完成情况", "单位"};
    (*header)[Below(header->size())] = One(kWords);
  }

  Random& random_;
  size_t words_ = 0, numbers_ = 0, header_ = 0;
};

std::string Line(const FormRow& row, Writing writing) {
  switch (writing) {
    case Writing::kBars:
      return absl::StrJoin(row, " | ");
    case Writing::kCsv:
      return absl::StrJoin(row, ",");
    case Writing::kBlanks:
      return absl::StrJoin(row, "  ");
    default:
      return absl::StrJoin(row, "\t");
  }
}

}  // namespace

std::vector<Form> RandomForms(Random& random) {
  return Maker(random).Make();
}

document::Document Write(const std::vector<Form>& forms, Writing writing, std::vector<int>* line_of) {
  document::Document out;
  std::string text;
  int line = 1, sheet = 0;
  for (const Form& form : forms) {
    document::Grid* grid = nullptr;
    if (writing == Writing::kGrid) {
      grid = out.add_blocks()->mutable_grid();
      grid->set_sheet(absl::StrCat("表", ++sheet));
    }
    for (size_t r = 0; r < form.rows.size(); ++r) {
      if (line_of != nullptr) line_of->push_back(writing == Writing::kGrid ? static_cast<int>(r) + 1 : line);
      for (size_t c = 0; grid != nullptr && c < form.rows[r].size(); ++c) {
        if (form.rows[r][c].empty()) continue;
        document::Cell* cell = grid->add_cells();
        cell->set_row(static_cast<int>(r));
        cell->set_column(static_cast<int>(c));
        cell->set_text(form.rows[r][c]);
        cell->set_kind(document::CELL_KIND_TEXT);
      }
      std::string row = Line(form.rows[r], writing);
      if (writing == Writing::kCellPerLine) row = absl::StrReplaceAll(row, {{"\t", "\n"}});
      line += 1 + static_cast<int>(std::count(row.begin(), row.end(), '\n'));
      absl::StrAppend(&text, row, "\n");
    }
    if (grid != nullptr) continue;
    text += "\n";
    ++line;
  }
  out.set_media(writing == Writing::kGrid ? document::MEDIA_XLSX : document::MEDIA_TEXT);
  if (writing != Writing::kGrid) out.set_text(text);
  return out;
}

std::vector<std::string> TokensIn(const std::string& text) {
  std::vector<std::string> tokens;
  for (size_t at = 0; at < text.size();) {
    const auto run = [&](auto is) {
      size_t end = at;
      while (end < text.size() && is(text[end])) ++end;
      return end;
    };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    size_t end = run(digit);
    if (end - at >= 5) tokens.push_back(text.substr(at, end - at));
    if (end == at) {
      end = run(letter);
      for (size_t each = at; end - each >= 5 && text[each] == 'Q'; each += 5)
        tokens.push_back(text.substr(each, 5));
    }
    at = std::max(end, at + 1);
  }
  return tokens;
}

}  // namespace attain::importing
