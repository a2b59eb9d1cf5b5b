#include "service/extract/pdf/text.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace attain::extract {
namespace {

constexpr double kBlank = 0.2;      // of the height: a gap from here on is a blank
constexpr double kWideBlank = 0.6;  // the same between wide characters, which are often set apart a little
constexpr double kColumnGap = 1.5;  // of the height: a gap from here on parts columns
constexpr double kSame = 0.5;       // share of its height by which a glyph lies in a line
constexpr double kRaised = 0.3;     // the same for a smaller one
constexpr double kSmaller = 0.8;    // of the line's height: raised or lowered
constexpr double kSmallest = 0.35;  // below that it is no part of the line

struct Row {
  double low, high;
  std::vector<const Glyph*> glyphs;
};

double Overlap(const Row& row, const Box& box) {
  return std::min(row.high, box.y1) - std::max(row.low, box.y0);
}

bool Fits(const Row& row, const Box& box) {
  const double height = row.high - row.low;
  if (box.height() < kSmallest * height) return false;
  return Overlap(row, box) > (box.height() < kSmaller * height ? kRaised : kSame) * box.height();
}

// Tall glyphs come first and say where the lines are.
std::vector<Row> Rows(std::vector<const Glyph*> glyphs) {
  std::stable_sort(glyphs.begin(), glyphs.end(),
                   [](const Glyph* a, const Glyph* b) { return a->box.height() > b->box.height(); });
  std::map<double, Row> rows;  // by the middle
  const auto place = [&rows](const Glyph* glyph) {
    auto after = rows.lower_bound(glyph->box.mid_y());
    Row* best = nullptr;
    const auto look = [&](Row& row) {
      if (Fits(row, glyph->box) && (best == nullptr || Overlap(row, glyph->box) > Overlap(*best, glyph->box)))
        best = &row;
    };
    auto it = after;
    for (int i = 0; i < 3 && it != rows.end(); ++i, ++it) look(it->second);
    it = after;
    for (int i = 0; i < 3 && it != rows.begin(); ++i) look((--it)->second);
    if (best == nullptr)
      best = &rows.emplace(glyph->box.mid_y(), Row{glyph->box.y0, glyph->box.y1, {}}).first->second;
    best->glyphs.push_back(glyph);
  };
  // Blanks make no lines.
  for (const Glyph* glyph : glyphs)
    if (!glyph->blank()) place(glyph);
  for (const Glyph* glyph : glyphs)
    if (glyph->blank()) place(glyph);
  std::vector<Row> sorted;
  for (auto& [mid, row] : rows) sorted.push_back(std::move(row));
  for (Row& row : sorted)
    std::stable_sort(row.glyphs.begin(), row.glyphs.end(),
                     [](const Glyph* a, const Glyph* b) { return a->box.x0 < b->box.x0; });
  return sorted;
}

bool WideAt(absl::string_view text, bool last) {
  if (text.empty()) return false;
  size_t i = last ? text.size() - 1 : 0;
  while (last && i > 0 && (static_cast<unsigned char>(text[i]) & 0xc0) == 0x80) --i;
  return static_cast<unsigned char>(text[i]) >= 0xe2;
}

// Blanks of any width at the ends.
std::string Trimmed(absl::string_view text) {
  static constexpr absl::string_view kBlanks[] = {" ", "\u3000", "\u00a0", "\t"};
  for (bool more = true; more;) {
    more = false;
    for (const absl::string_view blank : kBlanks) {
      while (absl::StartsWith(text, blank)) text.remove_prefix(blank.size()), more = true;
      while (absl::EndsWith(text, blank)) text.remove_suffix(blank.size()), more = true;
    }
  }
  return std::string(text);
}

void Grow(Box* box, const Box& other) {
  *box = {std::min(box->x0, other.x0), std::min(box->y0, other.y0), std::max(box->x1, other.x1),
          std::max(box->y1, other.y1)};
}

TextLine LineOf(const Row& row) {
  TextLine line;
  std::string text;
  Box box;
  const Glyph* inked = nullptr;  // the last one that is no blank
  const Glyph* before = nullptr;
  const auto flush = [&] {
    std::string trimmed = Trimmed(text);
    text.clear();
    if (trimmed.empty()) return;
    if (line.segments.empty()) line.box = box;
    Grow(&line.box, box);
    line.segments.push_back({box, std::move(trimmed)});
  };
  for (const Glyph* glyph : row.glyphs) {
    if (!glyph->blank()) {
      const double height = std::min(row.high - row.low, glyph->box.height());
      if (inked != nullptr && glyph->box.x0 - inked->box.x1 > kColumnGap * height) {
        flush();
        before = nullptr;
      }
      if (text.empty() || inked == nullptr || before == nullptr) box = glyph->box;
      Grow(&box, glyph->box);
    }
    if (before != nullptr && !text.empty()) {
      const double gap = glyph->box.x0 - before->box.x1;
      const bool wide = WideAt(text, true) && WideAt(glyph->text, false);
      if (gap > (wide ? kWideBlank : kBlank) * glyph->box.height() && text.back() != ' ') text += ' ';
    }
    text += glyph->text;
    before = glyph;
    if (!glyph->blank()) inked = glyph;
  }
  flush();
  return line;
}

// As it lies when its text runs to the right.
Glyph Upright(const Glyph& glyph) {
  Glyph turned = glyph;
  const Box& b = glyph.box;
  if (glyph.turn == 1) turned.box = {-b.y1, b.x0, -b.y0, b.x1};
  if (glyph.turn == 2) turned.box = {-b.x1, -b.y1, -b.x0, -b.y0};
  if (glyph.turn == 3) turned.box = {b.y0, -b.x1, b.y1, -b.x0};
  return turned;
}

void Append(absl::string_view line, CellText* cell) {
  std::string& text = cell->text;
  if (line.empty()) return;
  if (!text.empty() && !WideAt(text, true) && !WideAt(line, false)) {
    const auto part = [](char c) { return absl::ascii_isdigit(c) || c == '.' || c == ','; };
    cell->broken_number |= part(text.back()) && part(line.front());
    text += ' ';
  }
  text.append(line.data(), line.size());
}

}  // namespace

std::string TextLine::Text(bool tabs) const {
  std::string text;
  for (const TextSegment& segment : segments) {
    if (!text.empty()) text += tabs ? '\t' : ' ';
    text += segment.text;
  }
  return text;
}

std::vector<TextLine> TextLines(const std::vector<const Glyph*>& glyphs) {
  std::vector<TextLine> lines;
  for (const Row& row : Rows(glyphs)) {
    TextLine line = LineOf(row);
    if (!line.segments.empty()) lines.push_back(std::move(line));
  }
  return lines;
}

CellText FlowText(const std::vector<const Glyph*>& glyphs) {
  CellText cell;
  for (const int turn : {0, 1, 3, 2}) {
    std::vector<Glyph> turned;
    for (const Glyph* glyph : glyphs)
      if (glyph->turn == turn) turned.push_back(Upright(*glyph));
    std::vector<const Glyph*> pointers;
    for (const Glyph& glyph : turned) pointers.push_back(&glyph);
    for (const TextLine& line : TextLines(pointers)) Append(line.Text(), &cell);
  }
  return cell;
}

}  // namespace attain::extract
