// Glyphs become lines and the text of cells. Pure.
#ifndef ATTAIN_SERVICE_EXTRACT_PDF_TEXT_H_
#define ATTAIN_SERVICE_EXTRACT_PDF_TEXT_H_

#include <string>
#include <vector>

#include "service/extract/pdf/geometry.h"

namespace attain::extract {

// A piece of a line with no wide gap in it.
struct TextSegment {
  Box box;
  std::string text;
};

struct TextLine {
  Box box;
  std::vector<TextSegment> segments;  // from left to right, at least one
  // All of it, the gaps as blanks, or as tabs.
  std::string Text(bool tabs = false) const;
};

// Lines from top to bottom. They are made by the tall glyphs; raised and lowered ones join the line that they
// overlap most (m², not "2 m").
std::vector<TextLine> TextLines(const std::vector<const Glyph*>& glyphs);

// The text of one cell, of letters in any direction. A line break is nothing beside a wide character and a
// blank elsewhere.
struct CellText {
  std::string text;
  bool broken_number = false;  // a line ends and the next begins with a digit: one number or two?
};
CellText FlowText(const std::vector<const Glyph*>& glyphs);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_PDF_TEXT_H_
