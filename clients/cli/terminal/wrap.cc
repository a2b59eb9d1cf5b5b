#include "clients/cli/terminal/wrap.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/terminal/width.h"

namespace attain::cli {
namespace {

constexpr int kLeastRoom = 20;  // beside an indent

// A character with the escape sequences that belong to it.
struct Glyph {
  std::string bytes;
  char32_t character = 0;
  int width = 0;
};

bool IsSpace(const Glyph& glyph) {
  return glyph.character == ' ';
}

bool IsClosing(char32_t c) {
  constexpr char32_t kClosing[] = U"，。、；：）”》！？…,.;:)!?]%";
  for (const char32_t closing : kClosing) {
    if (closing != 0 && c == closing) return true;
  }
  return false;
}

bool IsOpening(char32_t c) {
  return c == U'（' || c == U'“' || c == U'《' || c == U'(' || c == U'[';
}

// The escape sequence at the beginning of `text`, taken off; empty when there is none.
std::string TakeEscape(absl::string_view* text) {
  if (!absl::StartsWith(*text, "\033[")) return "";
  const size_t end = text->find('m');
  if (end == absl::string_view::npos) return "";
  std::string escape(text->substr(0, end + 1));
  text->remove_prefix(end + 1);
  return escape;
}

std::vector<Glyph> GlyphsOf(absl::string_view text) {
  std::vector<Glyph> glyphs;
  std::string before;  // a colour that begins goes with what follows it
  while (!text.empty()) {
    const std::string escape = TakeEscape(&text);
    if (!escape.empty()) {
      if (escape == "\033[0m" && !glyphs.empty()) {
        glyphs.back().bytes += escape;
      } else {
        before += escape;
      }
      continue;
    }
    const absl::string_view rest = text;
    Glyph glyph;
    glyph.character = TakeCharacter(&text);
    glyph.width = CharacterWidth(glyph.character);
    glyph.bytes = absl::StrCat(before, rest.substr(0, rest.size() - text.size()));
    before.clear();
    glyphs.push_back(std::move(glyph));
  }
  if (!glyphs.empty()) glyphs.back().bytes += before;
  return glyphs;
}

bool MayBreakBefore(const std::vector<Glyph>& glyphs, size_t i) {
  const Glyph &before = glyphs[i - 1], &after = glyphs[i];
  if (IsSpace(before) || IsSpace(after)) return true;
  if (before.width != 2 && after.width != 2) return false;
  return !IsClosing(after.character) && !IsOpening(before.character);
}

// Where the line that begins at `start` ends.
size_t EndOfLine(const std::vector<Glyph>& glyphs, size_t start, int room) {
  size_t end = start, possible = start;
  int used = 0;
  while (end < glyphs.size() && used + glyphs[end].width <= room) {
    used += glyphs[end++].width;
    if (end < glyphs.size() && MayBreakBefore(glyphs, end)) possible = end;
  }
  if (end == glyphs.size()) return end;
  return possible > start ? possible : std::max(end, start + 1);
}

void AppendWrapped(absl::string_view line, int columns, int indent, std::string* out) {
  const std::vector<Glyph> glyphs = GlyphsOf(line);
  size_t start = 0;
  for (int room = columns; start < glyphs.size(); room = columns - indent) {
    if (start > 0) absl::StrAppend(out, "\n", std::string(static_cast<size_t>(indent), ' '));
    const size_t end = EndOfLine(glyphs, start, room);
    size_t last = end;
    while (end < glyphs.size() && last > start && glyphs[last - 1].bytes == " ") --last;
    for (size_t i = start; i < last; ++i) *out += glyphs[i].bytes;
    start = end;
    while (start < glyphs.size() && glyphs[start].bytes == " ") ++start;
  }
}

}  // namespace

int PrintedWidth(absl::string_view text) {
  int width = 0;
  for (const Glyph& glyph : GlyphsOf(text)) width += glyph.width;
  return width;
}

std::string Wrapped(absl::string_view text, int columns, int indent) {
  if (columns <= 0) return std::string(text);
  if (indent + kLeastRoom > columns) indent = 0;
  std::string out;
  bool first = true;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (!first) out += '\n';
    first = false;
    AppendWrapped(line, columns, indent, &out);
  }
  return out;
}

}  // namespace attain::cli
