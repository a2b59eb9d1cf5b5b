#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/extract/common/result.h"
#include "service/extract/pdf/grid.h"

namespace attain::extract {
namespace {

constexpr double kRunGap = 0.3;  // of the height: letters nearer than this are of one word

double Area(const Box& box) {
  return box.width() * box.height();
}

// Finds grids at a point, the smallest first, without asking each of them.
class GridIndex {
 public:
  GridIndex(const std::vector<PdfGrid>& grids, double height)
      : grids_(grids), band_(std::max(height, 1.0) / kBands), bands_(kBands) {
    std::vector<int> order(grids.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
    std::stable_sort(order.begin(), order.end(),
                     [&](int a, int b) { return Area(grids[a].box) < Area(grids[b].box); });
    for (const int i : order)
      for (int band = BandOf(grids[i].box.y0); band <= BandOf(grids[i].box.y1); ++band)
        bands_[band].push_back(i);
  }

  // The smallest that `wanted` says yes to, or -1.
  template <typename Wanted>
  int Find(double x, double y, Wanted wanted) const {
    for (const int i : bands_[BandOf(y)])
      if (grids_[i].Holds(x, y) && wanted(i)) return i;
    return -1;
  }

 private:
  static constexpr int kBands = 256;
  int BandOf(double y) const { return static_cast<int>(std::clamp(y / band_, 0.0, kBands - 1.0)); }

  const std::vector<PdfGrid>& grids_;
  const double band_;
  std::vector<std::vector<int>> bands_;
};

Box BoxOf(const PdfGrid& grid, const PdfCell& cell) {
  return {grid.xs[cell.column], grid.ys[cell.row], grid.xs[cell.column + cell.column_span],
          grid.ys[cell.row + cell.row_span]};
}

bool Within(const Box& inner, const Box& outer) {
  return inner.x0 > outer.x0 - kTouch && inner.y0 > outer.y0 - kTouch && inner.x1 < outer.x1 + kTouch &&
         inner.y1 < outer.y1 + kTouch;
}

void FindOuter(const GridIndex& index, const Limits& limits, std::vector<PdfGrid>* grids) {
  for (size_t i = 0; i < grids->size(); ++i) {
    PdfGrid& inner = (*grids)[i];
    inner.outer = index.Find(inner.box.mid_x(), inner.box.mid_y(), [&](int o) {
      const PdfGrid& outer = (*grids)[o];
      if (static_cast<size_t>(o) == i || Area(outer.box) <= Area(inner.box)) return false;
      const int cell = outer.CellAt(inner.box.mid_x(), inner.box.mid_y());
      return Within(inner.box, BoxOf(outer, outer.cells[cell]));
    });
    if (inner.outer >= 0)
      inner.outer_cell = (*grids)[inner.outer].CellAt(inner.box.mid_x(), inner.box.mid_y());
  }
  for (const PdfGrid& grid : *grids) {
    int depth = 0;
    for (int o = grid.outer; o >= 0; o = (*grids)[o].outer)
      if (++depth >= limits.table_depth)
        throw Refused("DOCUMENT_TOO_DEEP", absl::StrCat("tables stand in tables ", limits.table_depth,
                                                        " deep: upload the document it was made from"));
  }
}

// Letters of one word, drawn at once: they stand in one cell even where the word runs over a line.
std::vector<std::vector<const Glyph*>> Words(const PageGeometry& page) {
  std::vector<std::vector<const Glyph*>> words;
  const Glyph* before = nullptr;
  for (const Glyph& glyph : page.glyphs) {
    if (glyph.slanted) continue;
    const double height = glyph.box.height();
    const bool goes_on = before != nullptr && glyph.turn == 0 && before->turn == 0 &&
                         glyph.run == before->run && !glyph.blank() && !before->blank() &&
                         std::fabs(glyph.box.y1 - before->box.y1) < kRunGap * height &&
                         glyph.box.x0 - before->box.x1 < kRunGap * height && glyph.box.x0 >= before->box.x0;
    if (!goes_on) words.emplace_back();
    words.back().push_back(&glyph);
    before = &glyph;
  }
  return words;
}

struct Placed {
  std::vector<std::vector<std::vector<const Glyph*>>> in;  // by grid and cell
  std::vector<const Glyph*> rest;
};

Placed PlaceGlyphs(const PageGeometry& page, const GridIndex& index, std::vector<PdfGrid>* grids) {
  Placed placed;
  for (const PdfGrid& grid : *grids) placed.in.emplace_back(grid.cells.size());
  for (const std::vector<const Glyph*>& word : Words(page)) {
    std::vector<std::pair<int, int>> at;  // grid and cell of each letter
    for (const Glyph* glyph : word) {
      const double x = glyph->box.mid_x(), y = glyph->box.mid_y();
      const int grid = index.Find(x, y, [](int) { return true; });
      at.emplace_back(grid, grid < 0 ? -1 : (*grids)[grid].CellAt(x, y));
    }
    std::map<std::pair<int, int>, size_t> letters;
    for (const auto& place : at) ++letters[place];
    std::pair<int, int> most = at.front();  // the cell with most of the word, the first of them
    for (const auto& place : at)
      if (letters[place] > letters[most]) most = place;
    if (letters.size() > 1 && most.first >= 0) (*grids)[most.first].cells[most.second].over_line = true;
    std::vector<const Glyph*>& to = most.first < 0 ? placed.rest : placed.in[most.first][most.second];
    to.insert(to.end(), word.begin(), word.end());
  }
  return placed;
}

// From the top, nested grids behind their outer one, empty ones gone.
std::vector<PdfGrid> InOrder(std::vector<PdfGrid> grids) {
  std::vector<bool> kept(grids.size());
  for (size_t i = 0; i < grids.size(); ++i) {
    const bool text = std::any_of(grids[i].cells.begin(), grids[i].cells.end(),
                                  [](const PdfCell& c) { return !c.text.text.empty(); });
    for (int o = static_cast<int>(i); text && o >= 0 && !kept[o]; o = grids[o].outer) kept[o] = true;
  }
  std::vector<int> moved(grids.size(), -1);
  std::vector<PdfGrid> sorted;
  std::vector<std::vector<int>> inner(grids.size());
  for (size_t i = 0; i < grids.size(); ++i)
    if (kept[i] && grids[i].outer >= 0) inner[grids[i].outer].push_back(static_cast<int>(i));
  const auto take = [&](auto& self, int i) -> void {
    moved[i] = static_cast<int>(sorted.size());
    sorted.push_back(std::move(grids[i]));
    if (sorted.back().outer >= 0) sorted.back().outer = moved[sorted.back().outer];
    for (const int next : inner[i]) self(self, next);
  };
  for (size_t i = 0; i < grids.size(); ++i)
    if (kept[i] && grids[i].outer < 0) take(take, static_cast<int>(i));
  return sorted;
}

std::vector<PdfGrid> MakeGrids(const std::vector<RuleGroup>& groups, const Limits& limits,
                               std::vector<size_t>* made) {
  std::vector<PdfGrid> grids;
  size_t places = 0;
  for (size_t i = 0; i < groups.size(); ++i) {
    std::optional<PdfGrid> grid = MakeGrid(groups[i], limits);
    if (!grid.has_value()) continue;
    places += grid->cell_at.size();
    if (places > limits.cells)
      throw Refused("DOCUMENT_TOO_COSTLY",
                    absl::StrCat("the lines of a page make tables of more than ", limits.cells,
                                 " cells: upload the document it was made from"));
    grids.push_back(*std::move(grid));
    made->push_back(i);
  }
  return grids;
}

// Tables that stand within one cell of another come first, since their lines nearly touch the walls of that
// cell; the other lines make the rest.
std::vector<PdfGrid> Grids(const PageGeometry& page, const Limits& limits) {
  const std::vector<RuleGroup> tight =
      GroupRules(JoinRules(page.horizontal), JoinRules(page.vertical), kTouchTight);
  std::vector<size_t> made;
  std::vector<PdfGrid> tight_grids = MakeGrids(tight, limits, &made);
  FindOuter(GridIndex(tight_grids, page.height), limits, &tight_grids);
  std::vector<bool> nested(tight.size());
  std::vector<PdfGrid> inner;
  for (size_t i = 0; i < tight_grids.size(); ++i) {
    if (tight_grids[i].outer < 0) continue;
    nested[made[i]] = true;
    inner.push_back(tight_grids[i]);
  }
  std::vector<Rule> horizontal, vertical;
  for (size_t i = 0; i < tight.size(); ++i) {
    if (nested[i]) continue;
    horizontal.insert(horizontal.end(), tight[i].horizontal.begin(), tight[i].horizontal.end());
    vertical.insert(vertical.end(), tight[i].vertical.begin(), tight[i].vertical.end());
  }
  made.clear();
  std::vector<PdfGrid> grids = MakeGrids(GroupRules(horizontal, vertical, kTouch), limits, &made);
  grids.insert(grids.end(), std::make_move_iterator(inner.begin()), std::make_move_iterator(inner.end()));
  FindOuter(GridIndex(grids, page.height), limits, &grids);
  return grids;
}

}  // namespace

PageContent ReadPage(const PageGeometry& page, const Limits& limits) {
  PageContent content;
  std::vector<PdfGrid> grids = Grids(page, limits);
  const GridIndex index(grids, page.height);
  const Placed placed = PlaceGlyphs(page, index, &grids);
  for (size_t g = 0; g < grids.size(); ++g)
    for (size_t c = 0; c < grids[g].cells.size(); ++c) grids[g].cells[c].text = FlowText(placed.in[g][c]);
  content.lines = TextLines(placed.rest);
  content.grids = InOrder(std::move(grids));
  return content;
}

}  // namespace attain::extract
