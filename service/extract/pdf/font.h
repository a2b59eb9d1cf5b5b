// What the glyphs of a PDF font say, and whether that can be believed.
//
// Not thread-safe (poppler keeps globals).
#ifndef ATTAIN_SERVICE_EXTRACT_PDF_FONT_H_
#define ATTAIN_SERVICE_EXTRACT_PDF_FONT_H_

#include <GfxFont.h>
#include <poppler-config.h>

#include <string>

namespace attain::extract {

// The font in force. Poppler gives a Unicode value for more glyphs than it knows: for a font without a
// character map it hands out the number of the glyph, or the number in a glyph's made-up name. Those count as
// unreadable here.
class PdfFont {
 public:
  PdfFont() = default;
  explicit PdfFont(const GfxFont* font);

  // UTF-8 of a glyph; empty when nobody can tell what it says. Control characters that mean white space
  // become a blank.
  std::string Text(CharCode code, const Unicode* unicode, int length) const;
  // Lines run downwards.
  bool vertical() const { return vertical_; }
  // Height of the letters for a font size of 1.
  double scale() const { return scale_; }

 private:
  bool Named(CharCode code) const;
  Unicode Sign(Unicode c) const;

  const GfxFont* font_ = nullptr;
  bool mapped_ = true;      // has a character map
  bool glyph_ids_ = false;  // codes are numbers of glyphs
  bool vertical_ = false;
  bool symbol_ = false;  // the font Symbol
  double scale_ = 1;
};

// Appends a code point; nothing for one that is none.
void AppendUtf8(Unicode c, std::string* out);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_PDF_FONT_H_
