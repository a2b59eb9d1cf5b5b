#include "service/extract/office/docx_reader.h"

// Texts of Office Open XML (DOCX): paragraphs become lines and tables grids.
#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "service/extract/common/clean.h"
#include "service/extract/common/table_grid.h"
#include "service/extract/office/docx_text.h"
#include "service/extract/office/xml.h"

namespace attain::extract {
namespace {

constexpr int kMaxSpan = 16384;

// Calls `take` for every child of that name, wrappers opened. Changes that take some away are counted.
template <typename Take>
void ForEach(pugi::xml_node node, absl::string_view name, DocxText* text, const Take& take) {
  for (pugi::xml_node child : node.children()) {
    if (Is(child, name)) {
      take(child);
    } else if (IsTakenAway(child)) {
      text->CountChange("", "");
    } else if (const pugi::xml_node inside = Unwrapped(child)) {
      ForEach(inside, name, text, take);
    }
  }
}

class DocxReader {
 public:
  DocxReader(document::Document* document, const Limits& limits)
      : document_(document), budget_(limits), remarks_(document), text_(&remarks_) {}

  void ReadBody(pugi::xml_node body) {
    for (pugi::xml_node child : body.children()) {
      if (Is(child, "p")) {
        ReadParagraph(child);
      } else if (Is(child, "tbl")) {
        ReadTable(child, "", 1);
      } else if (IsTakenAway(child)) {
        text_.CountChange("", "");
      } else if (Is(child, "altChunk")) {
        remarks_.Count("EMBEDDED_DOCUMENT_LEFT_OUT", document::LEVEL_ERROR);
      } else if (const pugi::xml_node inside = Unwrapped(child)) {
        ReadBody(inside);
      }
    }
  }

 private:
  // A table being read: which cell reaches down into the next row, by its first column.
  struct Table {
    TableGrid grid;
    std::map<int, document::Cell*> above;
    std::map<int, document::Cell*> open;
    std::vector<std::pair<pugi::xml_node, std::string>> nested;  // table and the address of its cell
    int row = 0;
    int column = 0;
    bool hidden = false;
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
    Table table{TableGrid(document_, &budget_, nested_in), {}, {}, {}};
    ForEach(node, "tr", &text_, [&](pugi::xml_node row) { ReadRow(row, &table); });
    table.grid.Finish(table.row);
    for (const auto& [inner, address] : table.nested) ReadTable(inner, address, depth + 1);
  }

  void ReadRow(pugi::xml_node row, Table* table) {
    const pugi::xml_node properties = Child(row, "trPr");
    if (Child(properties, "del")) return text_.CountChange(RowColumn(table->row, 0), "a deleted row");
    if (Child(properties, "ins")) text_.CountChange(RowColumn(table->row, 0), "an inserted row");
    table->hidden = static_cast<bool>(Child(properties, "hidden"));
    if (table->hidden) remarks_.Count("HIDDEN_ROWS", document::LEVEL_WARNING, RowColumn(table->row, 0));
    table->column = std::clamp(IntAttribute(Child(properties, "gridBefore"), "val", 0), 0, kMaxSpan);
    table->open.clear();
    ForEach(row, "tc", &text_, [&](pugi::xml_node cell) { ReadCell(cell, table); });
    table->above = std::move(table->open);
    ++table->row;
  }

  void ReadCell(pugi::xml_node node, Table* table) {
    const pugi::xml_node properties = Child(node, "tcPr");
    const std::string address = RowColumn(table->row, table->column);
    if (Child(properties, "cellDel")) return text_.CountChange(address, "a deleted cell");
    if (Child(properties, "cellIns")) text_.CountChange(address, "an inserted cell");
    const int span = std::clamp(IntAttribute(Child(properties, "gridSpan"), "val", 1), 1, kMaxSpan);
    const int column = table->column;
    table->column += span;
    const pugi::xml_node merge = Child(properties, "vMerge");
    const bool goes_on = merge && Attribute(merge, "val") != "restart";
    const DocxText::Result text = text_.Read(node, address);
    const auto above = table->above.find(column);
    if (goes_on && above != table->above.end()) {
      above->second->set_row_span(above->second->row_span() + 1);
      table->open[column] = above->second;
      if (const std::string covered = Clean(text.text); !covered.empty()) {
        remarks_.Tell("MERGED_CELL_COVERED", document::LEVEL_WARNING, address, covered);
      }
      return;
    }
    document::Cell* cell = table->grid.Add(table->row, column, 1, span, text.text);
    cell->set_struck(text.struck);
    cell->set_hidden(table->hidden);
    if (merge) table->open[column] = cell;
    ForEach(node, "tbl", &text_, [&](pugi::xml_node inner) { table->nested.emplace_back(inner, address); });
  }

  document::Document* const document_;
  Budget budget_;
  Remarks remarks_;
  DocxText text_;
};

}  // namespace

void ReadDocx(Package* package, const std::string& text, document::Document* document) {
  const Xml xml(package->Read(text), text, package->limits());
  const pugi::xml_node body = Child(xml.root(), "body");
  if (!body) throw Refused("PACKAGE_DAMAGED", absl::StrCat("part ", Excerpt(text), " has no body"));
  DocxReader(document, package->limits()).ReadBody(body);
}

}  // namespace attain::extract
