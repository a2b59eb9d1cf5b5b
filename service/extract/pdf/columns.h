// Tables without ruling lines: lines of text whose pieces stand below each other. Nothing is read into cells
// here, since that takes the words of the field; the pieces are set apart by tabs and the place is told.
// Pure.
#ifndef ATTAIN_SERVICE_EXTRACT_PDF_COLUMNS_H_
#define ATTAIN_SERVICE_EXTRACT_PDF_COLUMNS_H_

#include <vector>

#include "service/extract/pdf/text.h"

namespace attain::extract {

// For each line, in order from the top: true when it is part of a table without ruling lines, that is, of at
// least three lines with three pieces each that begin, end or are centred below each other. Up to two lines
// with fewer pieces may stand between (cells that go on).
std::vector<bool> TableLines(const std::vector<TextLine>& lines);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_PDF_COLUMNS_H_
