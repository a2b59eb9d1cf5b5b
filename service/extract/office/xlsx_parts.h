// The parts of a workbook that its sheets refer to: shared strings and styles.
#ifndef ATTAIN_SERVICE_EXTRACT_OFFICE_XLSX_PARTS_H_
#define ATTAIN_SERVICE_EXTRACT_OFFICE_XLSX_PARTS_H_

#include <string>
#include <vector>

#include "service/extract/office/number_format.h"
#include "service/extract/office/package.h"
#include "service/extract/office/xml.h"

namespace attain::extract {

// A text with runs, phonetic runs left out.
struct RichText {
  std::string text;
  bool struck = false;         // all of it is struck through
  bool partly_struck = false;  // some of it
};
RichText ReadRichText(pugi::xml_node node);

std::vector<RichText> ReadSharedStrings(Package* package, const std::string& part);

// What cells refer to by their style number.
struct CellStyle {
  int format = 0;  // index into Styles::formats
  bool struck = false;
};
struct Styles {
  std::vector<NumberFormat> formats;
  std::vector<CellStyle> cells;

  // Total: a style number beyond the list reads as General.
  const NumberFormat& FormatOf(int style) const;
  bool IsStruck(int style) const {
    return style >= 0 && style < static_cast<int>(cells.size()) && cells[style].struck;
  }
};
Styles ReadStyles(Package* package, const std::string& part);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_OFFICE_XLSX_PARTS_H_
