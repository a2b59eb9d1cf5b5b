#include "service/extract/office/ods_reader.h"

// OpenDocument spreadsheets: every sheet that is shown becomes a grid. Repeats of empty cells, which fill the
// sheet to its end, cost nothing.
#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/extract/common/clean.h"
#include "service/extract/office/dates.h"
#include "service/extract/office/decimal.h"
#include "service/extract/office/odf_text.h"
#include "service/extract/office/sheet_grid.h"
#include "service/extract/office/shown.h"
#include "service/extract/office/xml.h"

namespace attain::extract {
namespace {

bool IsHidden(pugi::xml_node row_or_column) {
  const absl::string_view visibility = Attribute(row_or_column, "visibility");
  return visibility == "collapse" || visibility == "filter" || Attribute(row_or_column, "display") == "false";
}

bool IsError(pugi::xml_node cell) {  // calcext:value-type beside office:value-type
  for (pugi::xml_attribute attribute : cell.attributes()) {
    if (Local(attribute.name()) == "value-type" && absl::string_view(attribute.value()) == "error")
      return true;
  }
  return false;
}

class OdsSheet {
 public:
  OdsSheet(const OdfStyles* styles, SheetGrid* grid)
      : styles_(styles), grid_(grid), text_(styles, &grid->remarks()) {}

  void Read(pugi::xml_node table, bool hidden) {
    for (pugi::xml_node child : table.children()) {
      if (Is(child, "table-column")) {
        const int64_t repeat = Repeat(child, "number-columns-repeated");
        if (hidden || IsHidden(child)) grid_->HideColumns(Limit(column_), Limit(column_ + repeat - 1));
        column_ += repeat;
      } else if (Is(child, "table-row")) {
        ReadRow(child, hidden || IsHidden(child));
      } else if (Is(child, "table-columns") || Is(child, "table-header-columns") ||
                 Is(child, "table-column-group") || Is(child, "table-rows") ||
                 Is(child, "table-header-rows") || Is(child, "table-row-group")) {
        Read(child, hidden || IsHidden(child));
      } else if (Is(child, "shapes")) {
        for (pugi::xml_node shape : child.children()) text_.LeaveOut(shape, "");
      }
    }
  }

 private:
  // A cell that holds something, with how often it stands side by side.
  struct Filled {
    document::Cell cell;
    int64_t repeat;
    int rows;
    int columns;
    std::string stored;  // number as the file holds it; empty for others
    std::string shown;
  };

  static int64_t Repeat(pugi::xml_node node, absl::string_view name) {
    return std::max(IntAttribute(node, name, 1), 1);
  }
  static int Limit(int64_t place) { return static_cast<int>(std::min<int64_t>(place, kMaxRows)); }

  void ReadRow(pugi::xml_node row, bool hidden) {
    const int64_t repeat = Repeat(row, "number-rows-repeated");
    std::vector<Filled> filled;
    int64_t column = 0;
    for (pugi::xml_node node : row.children()) {
      if (!Is(node, "table-cell") && !Is(node, "covered-table-cell")) continue;
      const int64_t side_by_side = Repeat(node, "number-columns-repeated");
      Filled cell = ReadCell(node, Limit(column));
      cell.repeat = side_by_side;
      if (cell.rows > 1 || cell.columns > 1 || !cell.cell.text().empty() || !cell.stored.empty() ||
          cell.cell.kind() == document::CELL_KIND_FORMULA) {
        if (column + side_by_side > kMaxColumns || row_ + repeat > kMaxRows)
          throw Refused("PACKAGE_DAMAGED", "a cell lies outside of every sheet");
        filled.push_back(std::move(cell));
      }
      column += side_by_side;
    }
    if (!filled.empty()) {
      for (int64_t i = 0; i < repeat; ++i) PutRow(filled, Limit(row_ + i));
      if (hidden) grid_->HideRows(Limit(row_), Limit(row_ + repeat - 1));
    }
    row_ += repeat;
  }

  void PutRow(const std::vector<Filled>& filled, int row) {
    for (const Filled& one : filled) {
      for (int64_t i = 0; i < one.repeat; ++i) {
        auto cell = std::make_unique<document::Cell>(one.cell);
        cell->set_row(row);
        cell->set_column(cell->column() + static_cast<int>(i));
        grid_->Merge(row, cell->column(), one.rows, one.columns);
        if (one.stored.empty()) {
          grid_->Put(std::move(cell));
        } else {
          grid_->PutShown(std::move(cell), one.stored, one.shown);
        }
      }
    }
  }

  Filled ReadCell(pugi::xml_node node, int column) {
    Filled out;
    out.rows = std::max(IntAttribute(node, "number-rows-spanned", 1), 1);
    out.columns = std::max(IntAttribute(node, "number-columns-spanned", 1), 1);
    document::Cell& cell = out.cell;
    cell.set_column(column);
    const OdfText::Result read = text_.Read(node, A1(Limit(row_), column));
    const std::string text = Clean(read.text);
    cell.set_struck(read.struck ||
                    (!text.empty() && StyleOf(*styles_, Attribute(node, "style-name")).struck));
    cell.set_formula(!Attribute(node, "formula").empty());
    const absl::string_view type = Attribute(node, "value-type");
    cell.set_text(text);
    if (IsError(node)) {
      cell.set_kind(document::CELL_KIND_ERROR);
    } else if (type == "float" || type == "currency" || type == "percentage") {
      out.stored = std::string(Attribute(node, "value"));
      out.shown = text;
      if (type == "percentage") cell.set_kind(document::CELL_KIND_PERCENT);
    } else if (type == "date") {
      const absl::string_view iso = Attribute(node, "date-value");
      SetDate(IsoText(iso), ToSerial(iso).value_or(""), text, &cell);
    } else if (type == "time") {
      SetDate(DurationText(Attribute(node, "time-value")).value_or(text), "", text, &cell);
    } else if (type == "boolean") {
      cell.set_text(Attribute(node, "boolean-value") == "true" ? "TRUE" : "FALSE");
      if (text != cell.text()) cell.set_shown(text);
    } else if (type == "string" && text.empty()) {
      cell.set_text(std::string(Attribute(node, "string-value")));
    } else if (type.empty() && text.empty() && cell.formula()) {
      cell.set_kind(document::CELL_KIND_FORMULA);
    }
    return out;
  }

  static void SetDate(const std::string& date, const std::string& serial, const std::string& shown,
                      document::Cell* cell) {
    cell->set_kind(document::CELL_KIND_DATE);
    cell->set_text(date);
    cell->set_exact(serial);
    if (shown != date) cell->set_shown(shown);
  }

  const OdfStyles* const styles_;
  SheetGrid* const grid_;
  OdfText text_;
  int64_t row_ = 0;
  int64_t column_ = 0;
};

}  // namespace

void ReadOds(Package* package, document::Document* document) {
  constexpr absl::string_view kContent = "content.xml";
  const Xml xml(package->Read(kContent), kContent, package->limits());
  const OdfStyles styles = ReadOdfStyles(xml.root());
  const pugi::xml_node sheets = Child(Child(xml.root(), "body"), "spreadsheet");
  if (!sheets) throw Refused("PACKAGE_DAMAGED", "content.xml holds no spreadsheet");
  Budget budget(package->limits());
  if (Child(sheets, "tracked-changes"))
    AddRemark(document, "OPEN_CHANGES", document::LEVEL_WARNING, "the spreadsheet records changes");
  for (pugi::xml_node table : sheets.children()) {
    if (!Is(table, "table")) continue;
    budget.TakeCell();
    const std::string name = CleanLine(Attribute(table, "name"));
    if (StyleOf(styles, Attribute(table, "style-name")).table_hidden) {
      document->add_hidden_sheets(name);
      AddRemark(document, "HIDDEN_SHEET", document::LEVEL_WARNING, "hidden").set_sheet(name);
      continue;
    }
    document->add_sheets(name);
    SheetGrid grid(document, &budget, name);
    OdsSheet(&styles, &grid).Read(table, false);
    grid.Finish();
  }
}

}  // namespace attain::extract
