// A table of a web page: which place each cell takes, whatever its spans say.
#ifndef ATTAIN_SERVICE_EXTRACT_WEB_HTML_TABLE_H_
#define ATTAIN_SERVICE_EXTRACT_WEB_HTML_TABLE_H_

#include <libxml/tree.h>

#include <string>
#include <vector>

#include "service/extract/common/budget.h"
#include "service/extract/common/remarks.h"
#include "service/extract/common/table_grid.h"

namespace attain::extract {

// Places that spans of the rows above take in the row being filled. Cost follows the number of cells, not the
// size of spans.
class HtmlSlots {
 public:
  // Goes on to the next row.
  void NextRow();
  // Place of a cell in the current row. Spans are at least 1.
  int Take(int rows, int columns);

 private:
  struct Span {
    int begin, end;  // columns
    int64_t until;   // first row that is free again
  };
  std::vector<Span> above_;  // by column
  std::vector<Span> below_;  // begun in this row
  size_t next_ = 0;          // in above_
  int column_ = 0;
  int64_t row_ = -1;
  uint64_t work_ = 0;
};

// Not thread-safe. Everything given must outlive it. Throws Refused.
class HtmlTable {
 public:
  HtmlTable(document::Document* document, Budget* budget, Remarks* remarks, const std::string& nested_in,
            bool hidden);

  // Reads rows and cells; to be called once.
  void Read(xmlNode* table);

  struct Nested {
    xmlNode* table;
    std::string address;
  };
  const std::vector<Nested>& nested() const { return nested_; }
  // Text inside the table and outside of its cells.
  const std::string& stray() const { return stray_; }

 private:
  void ReadRows(xmlNode* node, bool footers);
  void ReadRow(xmlNode* row, bool hidden);
  void ReadCells(xmlNode* row, bool hidden);
  void ReadCell(xmlNode* cell, bool hidden);
  void ReadStored(xmlNode* node, document::Cell* cell);
  void HideColumns(xmlNode* table);

  TableGrid grid_;
  Remarks* const remarks_;
  const bool hidden_;
  HtmlSlots slots_;
  int row_ = -1;
  bool in_row_ = false;
  std::string stray_;
  std::vector<Nested> nested_;
  std::vector<int> hidden_columns_;
};

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_WEB_HTML_TABLE_H_
