#include "service/extract/office/xml2003_reader.h"

// XML Spreadsheet 2003, which many systems save under the name .xls: the cells of Excel in one XML file.
#include <algorithm>
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "service/extract/common/clean.h"
#include "service/extract/office/dates.h"
#include "service/extract/office/sheet_grid.h"
#include "service/extract/office/xml.h"

namespace attain::extract {
namespace {

// Formats that are named instead of spelled out.
absl::string_view NamedFormat(absl::string_view name) {
  static const auto& codes =
      *new std::map<absl::string_view, absl::string_view>{{"General Number", "General"},
                                                          {"Currency", "\"¥\"#,##0.00"},
                                                          {"Euro Currency", "\"€\"#,##0.00"},
                                                          {"Fixed", "0.00"},
                                                          {"Standard", "#,##0.00"},
                                                          {"Percent", "0.00%"},
                                                          {"Scientific", "0.00E+00"},
                                                          {"General Date", "yyyy/m/d h:mm"},
                                                          {"Long Date", "yyyy\"年\"m\"月\"d\"日\""},
                                                          {"Medium Date", "d-mmm-yy"},
                                                          {"Short Date", "yyyy/m/d"},
                                                          {"Long Time", "h:mm:ss"},
                                                          {"Medium Time", "h:mm AM/PM"},
                                                          {"Short Time", "h:mm"}};
  const auto at = codes.find(name);
  return at == codes.end() ? name : at->second;
}

struct Style {
  NumberFormat format;
  bool struck = false;
};
using StyleMap = std::map<std::string, Style, std::less<>>;

StyleMap ReadStyles(pugi::xml_node styles) {
  StyleMap read;
  for (pugi::xml_node node : styles.children()) {
    if (!Is(node, "Style")) continue;
    Style style;
    if (const auto parent = read.find(std::string(Attribute(node, "Parent"))); parent != read.end())
      style = parent->second;
    if (const absl::string_view format = Attribute(Child(node, "NumberFormat"), "Format"); !format.empty())
      style.format = NumberFormat(NamedFormat(format));
    if (const pugi::xml_node font = Child(node, "Font"))
      style.struck = IsTrue(Attribute(font, "StrikeThrough"));
    read.emplace(std::string(Attribute(node, "ID")), style);
  }
  return read;
}

// Text with markup of its own (<B>, <Font>) inside.
void AppendText(pugi::xml_node node, std::string* out) {
  for (pugi::xml_node child : node.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) *out += child.value();
    if (child.type() == pugi::node_element) AppendText(child, out);
  }
}

class Sheet {
 public:
  Sheet(const StyleMap& styles, bool since_1904, SheetGrid* grid)
      : styles_(styles), since_1904_(since_1904), grid_(grid) {}

  void Read(pugi::xml_node table) {
    int column = 0;
    int row = 0;
    for (pugi::xml_node node : table.children()) {
      const int span = Number(node, "Span", 0);
      if (Is(node, "Column")) {
        column = Number(node, "Index", column + 1);
        if (IsTrue(Attribute(node, "Hidden")) || Attribute(node, "Width") == "0")
          grid_->HideColumns(column - 1, column - 1 + span);
        column_styles_[column - 1] = {column - 1 + span, std::string(Attribute(node, "StyleID"))};
        column += span;
      } else if (Is(node, "Row")) {
        row = Number(node, "Index", row + 1);
        Check(row, kMaxRows);
        if (IsTrue(Attribute(node, "Hidden")) || Attribute(node, "Height") == "0")
          grid_->HideRows(row - 1, row - 1 + span);
        ReadRow(node, row - 1);
        row += span;
      }
    }
  }

 private:
  static int Number(pugi::xml_node node, absl::string_view name, int otherwise) {
    return std::clamp(IntAttribute(node, name, otherwise), 0, 2 * kMaxRows);
  }

  static void Check(int place, int limit) {
    if (place < 1 || place > limit) throw Refused("DOCUMENT_DAMAGED", "a cell lies outside of every sheet");
  }

  void ReadRow(pugi::xml_node row, int number) {
    int column = 0;
    for (pugi::xml_node node : row.children()) {
      if (!Is(node, "Cell")) continue;
      column = Number(node, "Index", column + 1);
      Check(column, kMaxColumns);
      const int across = Number(node, "MergeAcross", 0);
      const int down = Number(node, "MergeDown", 0);
      grid_->Merge(number, column - 1, down + 1, across + 1);
      ReadCell(node, StyleOf(node, row, column - 1), number, column - 1);
      column += across;
    }
  }

  const Style& StyleOf(pugi::xml_node cell, pugi::xml_node row, int column) const {
    std::string name(Attribute(cell, "StyleID"));
    if (name.empty()) name = std::string(Attribute(row, "StyleID"));
    if (name.empty()) {
      const auto after = column_styles_.upper_bound(column);
      if (after != column_styles_.begin() && std::prev(after)->second.first >= column)
        name = std::prev(after)->second.second;
    }
    auto at = styles_.find(name.empty() ? "Default" : name);
    static const Style& plain = *new Style();
    return at == styles_.end() ? plain : at->second;
  }

  void ReadCell(pugi::xml_node node, const Style& style, int row, int column) {
    CellPtr cell = CellAt(row, column);
    cell->set_struck(style.struck);
    cell->set_formula(!Attribute(node, "Formula").empty());
    const pugi::xml_node data = Child(node, "Data");
    const absl::string_view type = Attribute(data, "Type");
    std::string text;
    AppendText(data, &text);
    if (!data && cell->formula()) {
      cell->set_kind(document::CELL_KIND_FORMULA);
    } else if (type == "Number") {
      return grid_->PutNumber(std::move(cell), text, style.format, since_1904_);
    } else if (type == "DateTime") {
      return PutDate(std::move(cell), text, style.format);
    } else if (type == "Boolean") {
      text = IsTrue(text) ? "TRUE" : "FALSE";
    } else if (type == "Error") {
      cell->set_kind(document::CELL_KIND_ERROR);
    }
    cell->set_text(text);
    grid_->Put(std::move(cell));
  }

  void PutDate(CellPtr cell, absl::string_view iso, const NumberFormat& format) {
    const std::string serial = ToSerial(iso).value_or("");
    if (!serial.empty() && format.Show(serial, false).kind == document::CELL_KIND_DATE)
      return grid_->PutNumber(std::move(cell), serial, format, false);
    cell->set_kind(document::CELL_KIND_DATE);
    cell->set_text(IsoText(iso));
    cell->set_exact(serial);
    grid_->Put(std::move(cell));
  }

  const StyleMap& styles_;
  const bool since_1904_;
  SheetGrid* const grid_;
  std::map<int, std::pair<int, std::string>> column_styles_;  // first column → last one and style
};

}  // namespace

void ReadXmlSpreadsheet(absl::string_view bytes, const Limits& limits, document::Document* document) {
  const Xml xml(std::string(bytes), "the workbook", limits, "DOCUMENT_DAMAGED");
  const StyleMap styles = ReadStyles(Child(xml.root(), "Styles"));
  const bool since_1904 = static_cast<bool>(Child(Child(xml.root(), "ExcelWorkbook"), "Date1904"));
  Budget budget(limits);
  for (pugi::xml_node node : xml.root().children()) {
    if (!Is(node, "Worksheet")) continue;
    budget.TakeCell();
    const std::string name = CleanLine(Attribute(node, "Name"));
    const std::string visible = OwnText(Child(Child(node, "WorksheetOptions"), "Visible"));
    if (absl::StrContains(visible, "Hidden")) {
      document->add_hidden_sheets(name);
      AddRemark(document, "HIDDEN_SHEET", document::LEVEL_WARNING, visible).set_sheet(name);
      continue;
    }
    document->add_sheets(name);
    SheetGrid grid(document, &budget, name);
    Sheet(styles, since_1904, &grid).Read(Child(node, "Table"));
    grid.Finish();
  }
}

}  // namespace attain::extract
