// Blank cells of a worksheet, taken out before it is parsed.
#ifndef ATTAIN_SERVICE_EXTRACT_OFFICE_XLSX_BLANK_H_
#define ATTAIN_SERVICE_EXTRACT_OFFICE_XLSX_BLANK_H_

#include <string>

namespace attain::extract {

// A format applied to whole columns makes a million cells and rows that hold nothing. Takes out what says
// nothing but its format and names its own place, so that memory follows the cells that hold something. What
// it does not understand it leaves as it is.
void DropBlankCells(std::string* sheet);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_OFFICE_XLSX_BLANK_H_
