#include "service/extract/pdf/recorder.h"

#include <GfxState.h>
#include <Stream.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/extract/common/result.h"

namespace attain::extract {
namespace {

constexpr double kThin = 2.5;       // a filled box up to here is a line
constexpr double kThickStroke = 8;  // a stroke from here on is a filled area
constexpr double kStraight = 1;     // how far the ends of a horizontal line may differ in height
constexpr double kSlant = 0.05;     // sine of the angle from which text counts as slanted
constexpr int kPathPoints = 5000;   // longer paths are drawings

Box Bounds(const GfxState* state, const GfxSubpath* path, bool* curved) {
  Box box{1e18, 1e18, -1e18, -1e18};
  for (int i = 0; i < path->getNumPoints(); ++i) {
    double x, y;
    state->transform(path->getX(i), path->getY(i), &x, &y);
    *curved = *curved || path->getCurve(i);
    box = {std::min(box.x0, x), std::min(box.y0, y), std::max(box.x1, x), std::max(box.y1, y)};
  }
  return box;
}

bool Curved(const GfxSubpath* path) {
  for (int i = 0; i < path->getNumPoints(); ++i)
    if (path->getCurve(i)) return true;
  return false;
}

// A box drawn as an outer and an inner one.
bool Frame(const Box& outer, const Box& inner) {
  const double sides[] = {inner.x0 - outer.x0, inner.y0 - outer.y0, outer.x1 - inner.x1, outer.y1 - inner.y1};
  double widest = 0;
  for (const double side : sides) {
    if (side < -0.01 || side > kThin) return false;
    widest = std::max(widest, side);
  }
  return widest > 0.05;
}

// The page goes on behind the bytes of a picture that stands in it.
void Skip(Stream* stream, int64_t bytes) {
  stream->reset();
  while (bytes-- > 0 && stream->getChar() != EOF) {
  }
  stream->close();
}

bool Finite(const Box& box) {
  return std::isfinite(box.x0) && std::isfinite(box.y0) && std::isfinite(box.x1) && std::isfinite(box.y1);
}

}  // namespace

void PdfRecorder::startPage(int, GfxState* state, XRef*) {
  page_ = PageGeometry();
  lines_ = 0;
  groups_.clear();
  masks_ = 0;
  actual_.clear();
  font_ = PdfFont();
  if (state == nullptr) return;
  page_.width = state->getPageWidth();
  page_.height = state->getPageHeight();
}

void PdfRecorder::updateFont(GfxState* state) {
  font_ = PdfFont(state->getFont().get());
}

void PdfRecorder::drawChar(GfxState* state, double x, double y, double dx, double dy, double origin_x,
                           double origin_y, CharCode code, int, const Unicode* unicode, int length) {
  if (InMask()) return;
  if (++glyphs_ > limits_.glyphs)
    throw Refused("DOCUMENT_TOO_COSTLY",
                  absl::StrCat("the PDF holds more than ", limits_.glyphs, " characters: split it"));
  ++page_.drawn_glyphs;
  // The blank that spacing adds behind a letter is none of the letter.
  double space_x = state->getCharSpace() * state->getHorizScaling(), space_y = 0;
  if (font_.vertical()) std::swap(space_x, space_y);
  double delta_x, delta_y;
  state->textTransformDelta(space_x, space_y, &delta_x, &delta_y);
  dx -= delta_x;
  dy -= delta_y;
  double from_x, from_y, to_x, to_y;
  state->transform(x - origin_x, y - origin_y, &from_x, &from_y);
  state->transform(x - origin_x + dx, y - origin_y + dy, &to_x, &to_y);
  const double size = state->getTransformedFontSize() * font_.scale();
  Glyph glyph;
  glyph.run = run_;
  glyph.hidden = (state->getRender() & 3) == 3;
  const double ax = to_x - from_x, ay = to_y - from_y, advance = std::hypot(ax, ay);
  const double up = 0.85 * size, down = 0.15 * size;
  if (font_.vertical() || advance < 1e-6 || std::fabs(ay) <= kSlant * advance) {
    glyph.turn = !font_.vertical() && ax < 0 ? 2 : 0;
    const double left = std::min(from_x, to_x),
                 width = font_.vertical() ? size : std::max(std::fabs(ax), 0.1);
    glyph.box = {left, from_y - up, left + width, from_y + down};
    if (glyph.turn == 2) glyph.box = {left, from_y - down, left + width, from_y + up};
  } else if (std::fabs(ax) <= kSlant * advance) {
    glyph.turn = ay < 0 ? 1 : 3;
    const double top = std::min(from_y, to_y), bottom = std::max(from_y, to_y);
    glyph.box = glyph.turn == 1 ? Box{from_x - up, top, from_x + down, bottom}
                                : Box{from_x - down, top, from_x + up, bottom};
  } else {
    glyph.slanted = true;
    glyph.box = {std::min(from_x, to_x), std::min(from_y, to_y), std::max(from_x, to_x),
                 std::max(from_y, to_y)};
  }
  glyph.text = font_.Text(code, unicode, length);
  if (glyph.text.empty() && !actual_.empty()) glyph.text = std::exchange(actual_, "\u200b");
  if (glyph.text.empty()) {
    ++page_.unreadable;
    glyph.text = kUnreadable;  // told where it stands, instead of a text that reads as if it were whole
  }
  if (glyph.text != "\u200b") AddGlyph(state, std::move(glyph));
}

void PdfRecorder::AddGlyph(GfxState* state, Glyph glyph) {
  if (!Finite(glyph.box)) return;
  const double x = glyph.box.mid_x(), y = glyph.box.mid_y();
  if (x < 0 || y < 0 || x > page_.width || y > page_.height) {
    if (!glyph.blank()) ++page_.off_page;
    return;
  }
  Box clip;
  state->getClipBBox(&clip.x0, &clip.y0, &clip.x1, &clip.y1);
  if (glyph.box.x1 < clip.x0 || glyph.box.x0 > clip.x1 || glyph.box.y1 < clip.y0 || glyph.box.y0 > clip.y1) {
    if (!glyph.blank()) ++page_.clipped;
    return;
  }
  page_.glyphs.push_back(std::move(glyph));
}

void PdfRecorder::beginActualText(GfxState*, const GooString* text) {
  actual_.clear();
  const std::string& bytes = text->toStr();
  if (bytes.size() < 2 || static_cast<unsigned char>(bytes[0]) != 0xfe ||
      static_cast<unsigned char>(bytes[1]) != 0xff) {
    for (const char c : bytes)
      if (static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7f) actual_ += c;
    return;
  }
  const auto unit = [&bytes](size_t i) {
    return static_cast<Unicode>(static_cast<unsigned char>(bytes[i])) << 8 |
           static_cast<unsigned char>(bytes[i + 1]);
  };
  for (size_t i = 2; i + 1 < bytes.size(); i += 2) {
    Unicode c = unit(i);
    if (c >= 0xd800 && c < 0xdc00 && i + 3 < bytes.size()) {
      c = 0x10000 + ((c - 0xd800) << 10) + (unit(i + 2) - 0xdc00);
      i += 2;
    }
    if (c >= 0x20) AppendUtf8(c, &actual_);
  }
}

void PdfRecorder::endActualText(GfxState*) {
  actual_.clear();
}

void PdfRecorder::AddRule(std::vector<Rule>* rules, Rule rule) {
  if (++lines_ > limits_.page_lines)
    throw Refused("DOCUMENT_TOO_COSTLY", absl::StrCat("a page holds more than ", limits_.page_lines,
                                                      " ruling lines: upload the document it was made from"));
  rules->push_back(rule);
}

void PdfRecorder::AddLine(GfxState* state, double x0, double y0, double x1, double y1) {
  Box clip;
  state->getClipBBox(&clip.x0, &clip.y0, &clip.x1, &clip.y1);
  Box box{std::max(std::min(x0, x1), clip.x0 - 1), std::max(std::min(y0, y1), clip.y0 - 1),
          std::min(std::max(x0, x1), clip.x1 + 1), std::min(std::max(y0, y1), clip.y1 + 1)};
  if (!Finite(box) || box.x1 < box.x0 || box.y1 < box.y0) return;
  const double across = std::fabs(x1 - x0), down = std::fabs(y1 - y0);
  if (down < kStraight && across > 0.3 && across >= down) {
    AddRule(&page_.horizontal, {box.mid_y(), box.x0, box.x1});
  } else if (across < kStraight && down > 0.3) {
    AddRule(&page_.vertical, {box.mid_x(), box.y0, box.y1});
  } else {
    ++page_.paths;
  }
}

void PdfRecorder::AddBox(GfxState* state, const Box& box) {
  const bool flat = box.height() < kThin, narrow = box.width() < kThin;
  if (flat && box.width() > 0.3) AddLine(state, box.x0, box.mid_y(), box.x1, box.mid_y());
  // A dot of a dotted line may belong to either.
  if (narrow && box.height() > 0.3) AddLine(state, box.mid_x(), box.y0, box.mid_x(), box.y1);
  if (!flat && !narrow) ++page_.paths;
}

void PdfRecorder::stroke(GfxState* state) {
  if (InMask() || state->getTransformedLineWidth() > kThickStroke) return;
  const GfxPath* path = state->getPath();
  for (int i = 0; i < path->getNumSubpaths(); ++i) {
    const GfxSubpath* part = path->getSubpath(i);
    const int points = part->getNumPoints();
    if (points < 2 || points > kPathPoints || Curved(part)) {
      ++page_.paths;
      continue;
    }
    double x0, y0;
    state->transform(part->getX(0), part->getY(0), &x0, &y0);
    for (int k = 1; k < points; ++k) {
      double x1, y1;
      state->transform(part->getX(k), part->getY(k), &x1, &y1);
      AddLine(state, x0, y0, x1, y1);
      x0 = x1;
      y0 = y1;
    }
  }
}

void PdfRecorder::AddFilled(GfxState* state) {
  if (InMask()) return;
  const GfxPath* path = state->getPath();
  Box before;
  bool had = false;
  for (int i = 0; i < path->getNumSubpaths(); ++i) {
    const GfxSubpath* part = path->getSubpath(i);
    bool curved = false;
    if (part->getNumPoints() < 2 || part->getNumPoints() > kPathPoints) continue;
    const Box box = Bounds(state, part, &curved);
    if (curved || !Finite(box)) {
      ++page_.paths;
      had = false;
      continue;
    }
    if (had && (Frame(before, box) || Frame(box, before))) {
      const Box mid{(before.x0 + box.x0) / 2, (before.y0 + box.y0) / 2, (before.x1 + box.x1) / 2,
                    (before.y1 + box.y1) / 2};
      for (const double y : {mid.y0, mid.y1}) AddLine(state, mid.x0, y, mid.x1, y);
      for (const double x : {mid.x0, mid.x1}) AddLine(state, x, mid.y0, x, mid.y1);
    } else {
      AddBox(state, box);
    }
    before = box;
    had = true;
  }
}

void PdfRecorder::fill(GfxState* state) {
  AddFilled(state);
}
void PdfRecorder::eoFill(GfxState* state) {
  AddFilled(state);
}

void PdfRecorder::Image(GfxState* state) {
  if (InMask()) return;
  ++page_.images;
  Box box{1e18, 1e18, -1e18, -1e18};
  for (int corner = 0; corner < 4; ++corner) {
    double x, y;
    state->transform(corner & 1, corner >> 1, &x, &y);
    box = {std::min(box.x0, x), std::min(box.y0, y), std::max(box.x1, x), std::max(box.y1, y)};
  }
  if (!Finite(box)) return;
  if (box.height() < kThin || box.width() < kThin) AddBox(state, box);
  const double across = std::min(box.x1, page_.width) - std::max(box.x0, 0.0);
  const double down = std::min(box.y1, page_.height) - std::max(box.y0, 0.0);
  if (across > 0 && down > 0) page_.image_area = std::max(page_.image_area, across * down);
}

void PdfRecorder::drawImage(GfxState* state, Object*, Stream* stream, int width, int height,
                            GfxImageColorMap* colors, bool, const int*, bool in_line) {
  if (in_line)
    Skip(stream,
         int64_t{height} * ((int64_t{width} * colors->getNumPixelComps() * colors->getBits() + 7) / 8));
  Image(state);
}
void PdfRecorder::drawImageMask(GfxState* state, Object*, Stream* stream, int width, int height, bool, bool,
                                bool in_line) {
  if (in_line) Skip(stream, int64_t{height} * ((int64_t{width} + 7) / 8));
  Image(state);
}
void PdfRecorder::drawMaskedImage(GfxState* state, Object*, Stream*, int, int, GfxImageColorMap*, bool,
                                  Stream*, int, int, bool, bool) {
  Image(state);
}
void PdfRecorder::drawSoftMaskedImage(GfxState* state, Object*, Stream*, int, int, GfxImageColorMap*, bool,
                                      Stream*, int, int, GfxImageColorMap*, bool) {
  Image(state);
}

void PdfRecorder::beginTransparencyGroup(GfxState*, const double*, GfxColorSpace*, bool, bool,
                                         bool for_mask) {
  groups_.push_back(for_mask);
  masks_ += for_mask ? 1 : 0;
}

void PdfRecorder::endTransparencyGroup(GfxState*) {
  if (groups_.empty()) return;
  masks_ -= groups_.back() ? 1 : 0;
  groups_.pop_back();
}

}  // namespace attain::extract
