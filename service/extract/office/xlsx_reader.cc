#include "service/extract/office/xlsx_reader.h"

// Workbooks of Office Open XML (XLSX, XLSM): every visible sheet becomes a grid. Dimensions, spans and counts
// that a file states are not read.
#include <map>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "service/extract/common/clean.h"
#include "service/extract/office/dates.h"
#include "service/extract/office/opc.h"
#include "service/extract/office/sheet_grid.h"
#include "service/extract/office/xlsx_blank.h"
#include "service/extract/office/xlsx_parts.h"
#include "service/extract/office/xml.h"

namespace attain::extract {
namespace {

struct Place {
  int row = -1;
  int column = -1;
};

// "B7", "$B$7". Throws when it lies outside a sheet.
Place ReadPlace(absl::string_view reference) {
  int64_t row = 0;
  int64_t column = 0;
  for (char c : reference) {
    if (c == '$') continue;
    if (absl::ascii_isalpha(c) && row == 0) {
      column = column * 26 + absl::ascii_toupper(c) - 'A' + 1;
    } else if (absl::ascii_isdigit(c)) {
      row = row * 10 + (c - '0');
    } else {
      row = -1;
    }
    if (row < 0 || row > kMaxRows || column > kMaxColumns) break;
  }
  if (row < 1 || row > kMaxRows || column < 1 || column > kMaxColumns) {
    throw Refused("PACKAGE_DAMAGED", absl::StrCat("no cell of a sheet: ", Excerpt(reference)));
  }
  return {static_cast<int>(row - 1), static_cast<int>(column - 1)};
}

// Read in one pass: most of a workbook is cells.
struct CellAttributes {
  explicit CellAttributes(pugi::xml_node cell) {
    for (pugi::xml_attribute attribute : cell.attributes()) {
      const absl::string_view name = Local(attribute.name());
      if (name == "r") reference = attribute.value();
      if (name == "t") type = attribute.value();
      if (name == "s" && !absl::SimpleAtoi(attribute.value(), &style)) style = 0;
    }
  }

  absl::string_view reference;
  absl::string_view type;
  int style = 0;
};

// What all sheets share.
struct Workbook {
  std::vector<RichText> strings;
  Styles styles;
  bool since_1904 = false;
};

class SheetReader {
 public:
  SheetReader(const Workbook& workbook, SheetGrid* grid) : workbook_(workbook), grid_(grid) {}

  void Read(pugi::xml_node sheet) {
    for (pugi::xml_node columns : sheet.children()) {
      if (Is(columns, "cols")) ReadColumns(columns);
      if (Is(columns, "sheetData")) ReadRows(columns);
      if (Is(columns, "mergeCells")) ReadMerges(columns);
    }
  }

 private:
  void ReadColumns(pugi::xml_node columns) {
    for (pugi::xml_node column : columns.children()) {
      const absl::string_view width = Attribute(column, "width");
      if (!IsTrue(Attribute(column, "hidden")) && width != "0") continue;
      grid_->HideColumns(IntAttribute(column, "min", 1) - 1, IntAttribute(column, "max", 1) - 1);
    }
  }

  void ReadRows(pugi::xml_node rows) {
    int row = -1;
    for (pugi::xml_node node : rows.children()) {
      if (!Is(node, "row")) continue;
      row = IntAttribute(node, "r", row + 2) - 1;  // without a number: the next one
      if (row < 0 || row >= kMaxRows)
        throw Refused("PACKAGE_DAMAGED", absl::StrCat("no row of a sheet: ", row + 1));
      if (IsTrue(Attribute(node, "hidden")) || Attribute(node, "ht") == "0") grid_->HideRows(row, row);
      int column = -1;
      for (pugi::xml_node cell : node.children()) {
        if (!Is(cell, "c")) continue;
        const CellAttributes attributes(cell);
        const absl::string_view reference = attributes.reference;
        const Place place = reference.empty() ? Place{row, column + 1} : ReadPlace(reference);
        if (place.column >= kMaxColumns)
          throw Refused("PACKAGE_DAMAGED", absl::StrCat("row ", row + 1, " has too many cells"));
        column = place.column;
        ReadCell(cell, attributes, place);
      }
    }
  }

  void ReadCell(pugi::xml_node node, const CellAttributes& attributes, const Place& place) {
    CellPtr cell = CellAt(place.row, place.column);
    const int style = attributes.style;
    cell->set_struck(workbook_.styles.IsStruck(style));
    const absl::string_view type = attributes.type;
    const pugi::xml_node value = Child(node, "v");
    const std::string stored = OwnText(value);
    cell->set_formula(static_cast<bool>(Child(node, "f")));
    if (type == "inlineStr") return PutRich(ReadRichText(Child(node, "is")), std::move(cell));
    if (type == "s" && value) return PutShared(stored, std::move(cell));
    if (cell->formula() && stored.empty() && !(type == "str" && value)) {
      cell->set_kind(document::CELL_KIND_FORMULA);
      return grid_->Put(std::move(cell));
    }
    if (stored.empty()) return;
    if (type == "str") {
      cell->set_text(stored);
    } else if (type == "e") {
      cell->set_text(stored);
      cell->set_kind(document::CELL_KIND_ERROR);
    } else if (type == "b") {
      cell->set_text(IsTrue(stored) ? "TRUE" : "FALSE");
    } else if (type == "d") {
      cell->set_text(IsoText(stored));
      cell->set_kind(document::CELL_KIND_DATE);
      cell->set_exact(ToSerial(stored).value_or(""));
    } else {
      return grid_->PutNumber(std::move(cell), stored, workbook_.styles.FormatOf(style),
                              workbook_.since_1904);
    }
    grid_->Put(std::move(cell));
  }

  void PutShared(absl::string_view stored, CellPtr cell) {
    size_t number = 0;
    if (!absl::SimpleAtoi(stored, &number) || number >= workbook_.strings.size()) {
      // Never an empty cell, and never its neighbour's text.
      throw Refused("PACKAGE_DAMAGED",
                    absl::StrCat("cell ", A1(cell->row(), cell->column()), " names shared string ",
                                 Excerpt(stored), " of ", workbook_.strings.size()));
    }
    PutRich(workbook_.strings[number], std::move(cell));
  }

  void PutRich(const RichText& rich, CellPtr cell) {
    cell->set_text(rich.text);
    if (rich.struck) cell->set_struck(true);
    if (rich.partly_struck)
      grid_->remarks().Tell("PARTLY_STRUCK", document::LEVEL_WARNING, A1(cell->row(), cell->column()),
                            rich.text);
    grid_->Put(std::move(cell));
  }

  void ReadMerges(pugi::xml_node merges) {
    for (pugi::xml_node merge : merges.children()) {
      if (!Is(merge, "mergeCell")) continue;
      const std::vector<absl::string_view> ends = absl::StrSplit(Attribute(merge, "ref"), ':');
      const Place first = ReadPlace(ends[0]);
      const Place last = ends.size() == 2 ? ReadPlace(ends[1]) : first;
      if (last.row < first.row || last.column < first.column) {
        throw Refused("PACKAGE_DAMAGED",
                      absl::StrCat("no area of a sheet: ", Excerpt(Attribute(merge, "ref"))));
      }
      grid_->Merge(first.row, first.column, last.row - first.row + 1, last.column - first.column + 1);
    }
  }

  const Workbook& workbook_;
  SheetGrid* const grid_;
};

class XlsxReader {
 public:
  XlsxReader(Package* package, document::Document* document)
      : package_(package), document_(document), budget_(package->limits()) {}

  void Read(const std::string& part) {
    const Xml xml(package_->Read(part), part, package_->limits());
    for (const Relation& relation : Relations(package_, part)) {
      // A part that is named and missing throws: without styles a rate would lose its percent sign.
      if (relation.type == "sharedStrings") workbook_.strings = ReadSharedStrings(package_, relation.part);
      if (relation.type == "styles") workbook_.styles = ReadStyles(package_, relation.part);
      relations_.emplace(relation.id, relation);
    }
    workbook_.since_1904 = IsTrue(Attribute(Child(xml.root(), "workbookPr"), "date1904"));
    for (pugi::xml_node sheet : Child(xml.root(), "sheets").children()) {
      if (Is(sheet, "sheet")) ReadSheet(sheet);
    }
    if (document_->sheets().empty() && document_->hidden_sheets().empty())
      throw Refused("PACKAGE_DAMAGED", "the workbook names no sheet");
  }

 private:
  void ReadSheet(pugi::xml_node node) {
    budget_.TakeCell();
    const std::string name = CleanLine(std::string(Attribute(node, "name")));
    const auto relation = relations_.find(std::string(Attribute(node, "id")));
    if (relation == relations_.end())
      throw Refused("PACKAGE_DAMAGED", absl::StrCat("sheet ", Excerpt(name), " has no part"));
    const std::string state(Attribute(node, "state"));
    if (state == "hidden" || state == "veryHidden") {
      document_->add_hidden_sheets(name);
      AddRemark(document_, "HIDDEN_SHEET", document::LEVEL_WARNING, state).set_sheet(name);
      return;
    }
    document_->add_sheets(name);
    if (relation->second.type != "worksheet") return;  // charts, macros and dialogs hold no cells
    SheetGrid grid(document_, &budget_, name);
    const std::string& part = relation->second.part;
    std::string text = package_->Read(part);
    DropBlankCells(&text);
    const Xml xml(std::move(text), part, package_->limits());
    SheetReader(workbook_, &grid).Read(xml.root());
    grid.Finish();
  }

  Package* const package_;
  document::Document* const document_;
  Budget budget_;
  Workbook workbook_;
  std::map<std::string, Relation> relations_;
};

}  // namespace

void ReadXlsx(Package* package, const std::string& workbook, document::Document* document) {
  XlsxReader(package, document).Read(workbook);
}

}  // namespace attain::extract
