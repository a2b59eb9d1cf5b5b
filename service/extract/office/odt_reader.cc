#include "service/extract/office/odt_reader.h"

// OpenDocument texts: paragraphs become lines and tables grids.
#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/extract/common/clean.h"
#include "service/extract/common/table_grid.h"
#include "service/extract/office/odf_text.h"
#include "service/extract/office/xml.h"

namespace attain::extract {
namespace {

constexpr int kMaxPlace = 1 << 20;  // rows and columns of repeats without text

class OdtReader {
 public:
  OdtReader(document::Document* document, const Limits& limits, const OdfStyles* styles)
      : document_(document), budget_(limits), remarks_(document), text_(styles, &remarks_) {}

  void ReadBody(pugi::xml_node body) {
    for (pugi::xml_node child : body.children()) {
      if (Is(child, "p") || Is(child, "h")) {
        ReadParagraph(child);
      } else if (Is(child, "table")) {
        ReadTable(child, "", 1);
      } else if (Is(child, "tracked-changes")) {
        for (pugi::xml_node change : child.children()) {
          if (Is(change, "changed-region")) remarks_.Count("OPEN_CHANGES", document::LEVEL_WARNING);
        }
      } else if (Is(child, "section") && Attribute(child, "display") == "none") {
        remarks_.Count("HIDDEN_TEXT", document::LEVEL_WARNING);
      } else if (IsOdfDrawing(child)) {
        text_.LeaveOut(child, "");
      } else if (!Is(child, "forms") && !Is(child, "index-title-template") && !Is(child, "sequence-decls")) {
        ReadBody(child);  // lists, sections, indexes
      }
    }
  }

 private:
  struct Table {
    TableGrid grid;
    std::vector<std::pair<pugi::xml_node, std::string>> nested;
    int row = 0;
    int column = 0;
  };

  void ReadParagraph(pugi::xml_node paragraph) {
    std::string text = Clean(text_.Read(paragraph, "").text);
    if (text.empty()) return;
    budget_.TakeText(text.size());
    budget_.TakeCell();
    document_->add_blocks()->mutable_line()->set_text(std::move(text));
  }

  void ReadTable(pugi::xml_node node, const std::string& nested_in, int depth) {
    if (depth > budget_.limits().table_depth) {
      throw Refused("DOCUMENT_TOO_DEEP",
                    absl::StrCat("tables are nested deeper than ", budget_.limits().table_depth));
    }
    Table table{TableGrid(document_, &budget_, nested_in), {}};
    ReadRows(node, &table);
    table.grid.Finish(table.row);
    for (const auto& [inner, address] : table.nested) ReadTable(inner, address, depth + 1);
  }

  void ReadRows(pugi::xml_node node, Table* table) {
    for (pugi::xml_node child : node.children()) {
      if (Is(child, "table-row")) {
        const int repeat = std::clamp(IntAttribute(child, "number-rows-repeated", 1), 1, kMaxPlace);
        const bool blank = repeat > 1 && !child.select_node(".//text()");
        if (!blank) {
          for (int i = 0; i < repeat; ++i) {
            if (i > 0) budget_.TakeCell();
            ReadRow(child, table);
          }
        } else {
          table->row = std::min(table->row + repeat, kMaxPlace);
        }
      } else if (Is(child, "table-header-rows") || Is(child, "table-rows") || Is(child, "table-row-group")) {
        ReadRows(child, table);
      }
    }
  }

  void ReadRow(pugi::xml_node row, Table* table) {
    table->column = 0;
    CheckPlace(table->row);
    const bool hidden = Attribute(row, "visibility") == "collapse";
    if (hidden) remarks_.Count("HIDDEN_ROWS", document::LEVEL_WARNING, RowColumn(table->row, 0));
    for (pugi::xml_node cell : row.children()) {
      const bool covered = Is(cell, "covered-table-cell");
      if (!covered && !Is(cell, "table-cell")) continue;
      const int repeat = std::clamp(IntAttribute(cell, "number-columns-repeated", 1), 1, kMaxPlace);
      ReadCell(cell, covered, hidden, repeat, table);
      table->column = std::min(table->column + repeat, kMaxPlace);
    }
    ++table->row;
  }

  void ReadCell(pugi::xml_node node, bool covered, bool hidden, int repeat, Table* table) {
    const std::string address = RowColumn(table->row, table->column);
    const OdfText::Result text = text_.Read(node, address);
    const bool blank = Clean(text.text).empty();
    if (covered) {
      if (!blank) remarks_.Tell("MERGED_CELL_COVERED", document::LEVEL_WARNING, address, text.text);
      return;
    }
    CollectTables(node, address, table);
    if (blank && repeat > 1) return;
    CheckPlace(table->column);
    const int rows = std::clamp(IntAttribute(node, "number-rows-spanned", 1), 1, kMaxPlace);
    const int columns = std::clamp(IntAttribute(node, "number-columns-spanned", 1), 1, kMaxPlace);
    for (int i = 0; i < repeat; ++i) {
      document::Cell* cell = table->grid.Add(table->row, table->column + i, rows, columns, text.text);
      cell->set_struck(text.struck);
      cell->set_hidden(hidden);
    }
  }

  static void CheckPlace(int place) {
    if (place < kMaxPlace) return;
    throw Refused("DOCUMENT_TOO_COSTLY",
                  absl::StrCat("a table of more than ", kMaxPlace, " rows or columns"));
  }

  void CollectTables(pugi::xml_node node, const std::string& address, Table* table) {
    for (pugi::xml_node child : node.children()) {
      if (Is(child, "table")) {
        table->nested.emplace_back(child, address);
      } else if (Is(child, "section") || Is(child, "list") || Is(child, "list-item")) {
        CollectTables(child, address, table);
      }
    }
  }

  document::Document* const document_;
  Budget budget_;
  Remarks remarks_;
  OdfText text_;
};

}  // namespace

void ReadOdt(Package* package, document::Document* document) {
  constexpr absl::string_view kContent = "content.xml";
  const Xml xml(package->Read(kContent), kContent, package->limits());
  const OdfStyles styles = ReadOdfStyles(xml.root());
  const pugi::xml_node text = Child(Child(xml.root(), "body"), "text");
  if (!text) throw Refused("PACKAGE_DAMAGED", "content.xml holds no text");
  OdtReader(document, package->limits(), &styles).ReadBody(text);
}

}  // namespace attain::extract
