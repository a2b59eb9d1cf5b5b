#include "service/extract/pdf/geometry.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>
#include <utility>

namespace attain::extract {
namespace {

constexpr double kLarge = 2.5;        // times the middle height: large letters
constexpr size_t kLargeGlyphs = 300;  // a page of large letters has no watermark

// A point of a page that is turned clockwise by a quarter.
Box QuarterTurn(const Box& box, double height) {
  return {height - box.y1, box.x0, height - box.y0, box.x1};
}

void QuarterTurn(PageGeometry* page) {
  for (Glyph& glyph : page->glyphs) {
    glyph.box = QuarterTurn(glyph.box, page->height);
    glyph.turn = (glyph.turn + 3) % 4;
  }
  for (Rule& rule : page->horizontal) rule.at = page->height - rule.at;
  for (Rule& rule : page->vertical) rule = {rule.at, page->height - rule.high, page->height - rule.low};
  std::swap(page->horizontal, page->vertical);
  std::swap(page->width, page->height);
}

void DropInBands(std::vector<Glyph>* glyphs, double shift) {
  std::vector<size_t> order(glyphs->size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto band = [&](size_t i) { return std::floor((*glyphs)[i].box.y0 + shift); };
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    const Glyph &ga = (*glyphs)[a], &gb = (*glyphs)[b];
    return std::make_tuple(band(a), std::cref(ga.text), ga.box.x0, a) <
           std::make_tuple(band(b), std::cref(gb.text), gb.box.x0, b);
  });
  std::vector<bool> gone(glyphs->size());
  for (size_t i = 1, kept = 0; i < order.size(); ++i) {
    const Glyph &a = (*glyphs)[order[kept]], &b = (*glyphs)[order[i]];
    const double size = std::min(a.box.height(), b.box.height());
    if (band(order[kept]) == band(order[i]) && a.text == b.text && a.turn == b.turn &&
        b.box.x0 - a.box.x0 < 0.1 * size && std::fabs(b.box.y0 - a.box.y0) < 0.2 * size) {
      gone[order[i]] = true;
    } else {
      kept = i;
    }
  }
  size_t out = 0;
  for (size_t i = 0; i < glyphs->size(); ++i) {
    if (gone[i]) continue;
    if (out != i) (*glyphs)[out] = std::move((*glyphs)[i]);
    ++out;
  }
  glyphs->resize(out);
}

}  // namespace

void SetUpright(PageGeometry* page) {
  std::array<size_t, 4> count{};
  for (const Glyph& glyph : page->glyphs)
    if (!glyph.slanted && !glyph.blank()) ++count[glyph.turn];
  const int most = static_cast<int>(std::max_element(count.begin(), count.end()) - count.begin());
  for (int i = 0; i < most; ++i) QuarterTurn(page);
}

void DropDoubles(std::vector<Glyph>* glyphs) {
  DropInBands(glyphs, 0);
  DropInBands(glyphs, 0.5);
}

void MarkWatermarks(PageGeometry* page) {
  std::vector<double> heights;
  for (const Glyph& glyph : page->glyphs)
    if (!glyph.slanted && !glyph.blank()) heights.push_back(glyph.box.height());
  if (heights.size() < 8) return;
  std::nth_element(heights.begin(), heights.begin() + heights.size() / 2, heights.end());
  const double large = kLarge * heights[heights.size() / 2];
  std::vector<Glyph*> suspects;
  for (Glyph& glyph : page->glyphs)
    if (!glyph.slanted && !glyph.blank() && glyph.box.height() > large) suspects.push_back(&glyph);
  if (suspects.size() > kLargeGlyphs) return;
  for (Glyph* suspect : suspects) {
    int covered = 0;
    for (const Glyph& glyph : page->glyphs) {
      const double x = glyph.box.mid_x(), y = glyph.box.mid_y();
      if (!glyph.blank() && glyph.box.height() <= large && x > suspect->box.x0 && x < suspect->box.x1 &&
          y > suspect->box.y0 && y < suspect->box.y1)
        ++covered;
    }
    suspect->slanted = covered >= 2;
  }
}

}  // namespace attain::extract
