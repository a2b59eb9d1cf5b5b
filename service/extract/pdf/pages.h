// Puts pages together: tables that go on over a page become one, repeated header rows and running headers and
// footers go, and each of these is told.
//
// Pure; compatible with threads.
#ifndef ATTAIN_SERVICE_EXTRACT_PDF_PAGES_H_
#define ATTAIN_SERVICE_EXTRACT_PDF_PAGES_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "service/extract/common/block_bytes.h"
#include "service/extract/common/limits.h"
#include "service/extract/common/result.h"
#include "service/extract/pdf/grid.h"
#include "service/extract/pdf/parts.h"

namespace attain::extract {

class PdfPages {
 public:
  explicit PdfPages(const Limits& limits) : limits_(limits) {}

  // Pages come in order; `height` in points.
  void Add(int number, double height, PageContent content);

  // Writes remarks, and the blocks as bytes, once, behind the last page. Throws Refused (DOCUMENT_TOO_COSTLY)
  // above Limits.cells.
  void Write(document::Document* document, BlockBytes* blocks);

 private:
  struct Page {
    int number;
    double height;
    PageContent content;
    std::vector<bool> running;  // by line
  };
  // A block to write: a table, or a line when table is -1.
  struct Item {
    int table;
    std::string text;
    int page;
  };

  void FindRunning();
  void AddLine(const Page& page, const TextLine& line, bool tabs);
  void AddPage(const Page& page);
  // The grid at *next and those nested in it.
  void AddGrids(const Page& page, size_t* next);
  // Joins it to the open table where it goes on; false when it is a table of its own.
  bool Joined(PdfTable* part);
  PdfTable TableOf(const PdfGrid& grid, int page);
  void Append(PdfTable* part, int repeated);
  std::string NestedIn(const PdfTable& table) const;
  // Its cells are gone then.
  void WriteTable(PdfTable* table, const std::string& nested_in, BlockBytes* blocks);
  void TellCell(const PdfTable::Placed& placed, const std::string& address);
  // The first hundred of a kind one by one, the rest as a number.
  void Tell(const char* code, document::Level level, int page, const std::string& address, int count,
            const std::string& detail);

  const Limits limits_;
  std::vector<Page> pages_;
  std::vector<PdfTable> tables_;
  std::vector<Item> items_;
  int open_ = -1;  // the table that may go on, or -1
  size_t cells_ = 0;
  int ids_ = 0;
  document::Document* document_ = nullptr;
  std::map<std::string, int> told_;
};

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_PDF_PAGES_H_
