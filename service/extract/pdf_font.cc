#include "service/extract/pdf_font.h"

#include <GlobalParams.h>

#include <cmath>
#include <cstring>

#include "absl/strings/ascii.h"
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

std::string PdfFont::Text(CharCode code, const Unicode* unicode, int length) const {
  std::string text;
  if (length <= 0 || glyph_ids_) return text;
  if (font_ != nullptr && !mapped_ && !font_->isCIDFont() && !Named(code)) return text;
  for (int i = 0; i < length; ++i) {
    const Unicode c = unicode[i];
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
