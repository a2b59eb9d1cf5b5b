// Documents for tests: fixtures, and packages made on the spot.
#ifndef ATTAIN_TESTS_UNIT_EXTRACT_SUPPORT_H_
#define ATTAIN_TESTS_UNIT_EXTRACT_SUPPORT_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "service/extract/extract.h"

namespace attain::extract {

using Parts = std::vector<std::pair<std::string, std::string>>;

// The bytes of tests/data/documents/NAME; a failure when there are none.
std::string Fixture(absl::string_view name);
// A zip file of these parts; `password` encrypts them all.
std::string Zip(const Parts& parts, const char* password = nullptr);

// A workbook of one visible sheet; `sheet` is what stands inside <worksheet>.
struct WorkbookParts {
  std::string sheet;
  std::string shared;          // inside <sst>; no part when empty
  std::string styles;          // inside <styleSheet>; no part when empty
  std::string properties;      // attributes of <workbookPr>
  std::string more_sheets;     // further <sheet> elements
  std::string more_relations;  // and their relations
  Parts more_parts;
  std::string space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
};
std::string Workbook(const WorkbookParts& parts);
// One with formats: style 1 has the first code, and so on. Ids from 164.
std::string WorkbookWithFormats(const std::vector<std::string>& codes, const std::string& sheet,
                                const std::string& properties = "");
// A Word text; `body` is what stands inside <w:body>.
std::string Docx(const std::string& body);
std::string Ods(const std::string& tables, const std::string& styles = "");
std::string Odt(const std::string& text, const std::string& styles = "");

// Reads; a failure, and an empty document, when it is refused.
document::Document ReadOrFail(absl::string_view bytes);
// "CODE: detail", or "read" when it is not refused.
std::string RefusalOf(absl::string_view bytes, const Limits& limits = {});

// The grids in order.
std::vector<document::Grid> Grids(const document::Document& document);
// The cell at an address of a grid; an empty one when there is none.
document::Cell At(const document::Document& document, absl::string_view address, size_t grid = 0);
std::string TextAt(const document::Document& document, absl::string_view address, size_t grid = 0);
// All cells as "address=text", joined by "|".
std::string CellsOf(const document::Grid& grid);
// All lines, joined by "|".
std::string LinesOf(const document::Document& document);
// All remarks as "CODE address xcount", sorted, joined by "|".
std::string RemarksOf(const document::Document& document);
// What the contract promises of every document: cells in order and inside the grid, valid UTF-8, trimmed.
// Empty when it holds.
std::string BrokenPromise(const document::Document& document);

}  // namespace attain::extract

#endif  // ATTAIN_TESTS_UNIT_EXTRACT_SUPPORT_H_
