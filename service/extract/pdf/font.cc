#include "service/extract/pdf/font.h"

#include <GlobalParams.h>

#include <cmath>
#include <cstring>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace attain::extract {
namespace {

// Private use, the sign for "unknown", and what is no character.
bool SaysNothing(Unicode c) {
  return c == 0 || c == 0xfffd || (c >= 0xd800 && c < 0xe000) || (c >= 0xe000 && c <= 0xf8ff) || c >= 0xf0000;
}

bool White(Unicode c) {
  return c == '\t' || c == '\n' || c == '\r' || c == 0x0b || c == 0x0c || c == 0x85 || c == 0x2028;
}

// Marks that take no place: zero-width blanks, direction marks, soft hyphens.
bool Invisible(Unicode c) {
  return c == 0xad || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || c == 0x2060 ||
         c == 0xfeff;
}

// Signs of office fonts, by their number in the private area from U+F000.
struct PrivateSign {
  unsigned char number;
  Unicode sign;
};
constexpr PrivateSign kSymbol[] = {{0xa3, 0x2264}, {0xb3, 0x2265}, {0xb4, 0xd7},   {0xb1, 0xb1},
                                   {0xb9, 0x2260}, {0xb0, 0xb0},   {0xb7, 0x2022}, {0xb8, 0xf7},
                                   {0xa5, 0x221e}, {0xbb, 0x2248}};
constexpr PrivateSign kWingdings[] = {
    {0xfe, 0x2611}, {0x52, 0x2611}, {0xa8, 0x25a1}, {0x6f, 0x25a1}, {0xa3, 0x25a1}, {0x71, 0x25a1},
    {0xfc, 0x2713}, {0x50, 0x2713}, {0xfb, 0x2717}, {0xfd, 0x2612}, {0x54, 0x2612}, {0x6c, 0x25cf},
    {0x6e, 0x25a0}, {0x75, 0x25c6}, {0xa1, 0x25cb}, {0xb2, 0x25a1}, {0xd8, 0x27a2}, {0xb7, 0x2022}};

// The height of the letters of a Type 3 font is whatever its matrix makes of its box: others are one em.
double LetterScale(const GfxFont* font) {
  if (font->getType() != fontType3) return 1;
  const double* matrix = font->getFontMatrix();
  const double* box = font->getFontBBox();
  const double height = std::fabs((box[3] - box[1]) * matrix[3]);
  if (height > 0.01 && height < 100 && (height < 0.4 || height > 2.5)) return height;
  return 1;
}

}  // namespace

void AppendUtf8(Unicode c, std::string* out) {
  if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) return;
  if (c < 0x80) {
    out->push_back(static_cast<char>(c));
    return;
  }
  const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  static constexpr unsigned kFirst[] = {0, 0xc0, 0xe0, 0xf0};
  out->push_back(static_cast<char>(kFirst[more] | c >> (6 * more)));
  for (int i = more - 1; i >= 0; --i) out->push_back(static_cast<char>(0x80 | ((c >> (6 * i)) & 0x3f)));
}

PdfFont::PdfFont(const GfxFont* font) : font_(font) {
  if (font == nullptr) return;
  mapped_ = font->hasToUnicodeCMap();
  vertical_ = font->getWMode() == 1;
  scale_ = LetterScale(font);
  symbol_ = font->getName().has_value() && absl::StrContains(*font->getName(), "Symbol");
  if (font->isCIDFont() && !mapped_) {
    const GooString* collection = static_cast<const GfxCIDFont*>(font)->getCollection();
    glyph_ids_ = collection == nullptr || collection->toStr() == "Adobe-Identity";
  }
}

bool PdfFont::Named(CharCode code) const {
  const char* name =
      code < 256 ? static_cast<const Gfx8BitFont*>(font_)->getCharName(static_cast<int>(code)) : nullptr;
  // Without a name poppler took a table: the font's own encoding, which it knows.
  if (name == nullptr || globalParams->mapNameToUnicodeText(name) != 0) return true;
  const absl::string_view text(name);
  // uni4E00, u4E00 and the names that a dot or an underscore builds from known ones say what they are.
  if (text.size() >= 5 && text[0] == 'u') {
    size_t digits = text.substr(0, 3) == "uni" ? 3 : 1;
    while (digits < text.size() && absl::ascii_isxdigit(text[digits])) ++digits;
    if (digits >= 5) return true;
  }
  const size_t joint = text.find_first_of("._");
  return joint != absl::string_view::npos && joint > 0 &&
         globalParams->mapNameToUnicodeText(std::string(text.substr(0, joint)).c_str()) != 0;
}

Unicode PdfFont::Sign(Unicode c) const {
  if (c < 0xf020 || c > 0xf0ff) return c;
  if (symbol_) {
    for (const PrivateSign& sign : kSymbol)
      if (sign.number == (c & 0xff)) return sign.sign;
  } else {
    for (const PrivateSign& sign : kWingdings)
      if (sign.number == (c & 0xff)) return sign.sign;
  }
  return c;
}

std::string PdfFont::Text(CharCode code, const Unicode* unicode, int length) const {
  std::string text;
  if (length <= 0 || glyph_ids_) return text;
  if (font_ != nullptr && !mapped_ && !font_->isCIDFont() && !Named(code)) return text;
  for (int i = 0; i < length; ++i) {
    const Unicode c = Sign(unicode[i]);
    if (White(c)) {
      text += ' ';
    } else if (SaysNothing(c) || c < 0x20 || c == 0x7f) {
      return "";
    } else if (!Invisible(c)) {
      AppendUtf8(c, &text);
    } else if (length == 1) {
      return "\u200b";  // readable, and nothing to read
    }
  }
  return text;
}

}  // namespace attain::extract
