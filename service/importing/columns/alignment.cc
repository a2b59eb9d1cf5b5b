#include "service/importing/columns/alignment.h"

#include <algorithm>

namespace attain::importing {
namespace {

constexpr int kContradicts = -3;   // a fit from here down is a contradiction
constexpr int kPlainlyBetter = 3;  // what a move must gain
constexpr size_t kMaxCells = 64;   // more are no row of a form

// What it costs to leave a column blank.
int BlankCost(Column column) {
  switch (column) {
    case Column::kName:
    case Column::kTarget:
      return 3;
    case Column::kWeight:
      return 2;
    case Column::kLevel1:
    case Column::kLevel2:
    case Column::kNumber:
    case Column::kIgnored:
    case Column::kUnknown:
    case Column::kOtherTime:
    case Column::kGroup:
      return 0;
    default:
      return 1;
  }
}

bool MayJoin(Column column) {
  return column == Column::kName || column == Column::kTarget || column == Column::kBasis ||
         column == Column::kEvidence || column == Column::kRule || column == Column::kPrior ||
         column == Column::kGoal || column == Column::kIgnored || column == Column::kUnknown;
}

// What it costs to take a cell for the rest of the one before it: a bare figure is a cell of its own.
int JoinCost(const CellTraits& traits) {
  return traits.number ? 3 : 1;
}

// The best way to put the first i cells under the first j columns, and how many such ways there are.
struct Best {
  int score = -1'000'000;
  int ways = 0;
  char step = 0;  // 'c' cell under column, 'b' column blank, 'j' cell joined to the one before

  void Offer(int offered, int of_ways, char by) {
    if (of_ways == 0 || offered < score) return;
    if (offered > score) {
      score = offered;
      ways = 0;
      step = by;
    }
    ways = std::min(ways + of_ways, 3);
  }
};

class Aligner {
 public:
  Aligner(const Header& header, const std::vector<Cell>& cells, const std::vector<CellTraits>& traits,
          bool joins, bool loose)
      : header_(header),
        cells_(cells),
        traits_(traits),
        joins_(joins),
        loose_(loose),
        width_(header.columns().size() + 1) {}

  // False when there is no way, or more than one that is best.
  bool Run(Alignment* alignment) {
    const size_t rows = cells_.size() + 1;
    table_.assign(rows * width_, Best());
    for (size_t j = 0; j < width_; ++j) {
      Best& start = At(0, j);
      start.score = j == 0 ? 0 : At(0, j - 1).score - BlankCost(Kind(j - 1));
      start.ways = 1;
      start.step = 'b';
    }
    for (size_t i = 1; i < rows; ++i) {
      for (size_t j = 1; j < width_; ++j) Fill(i, j);
    }
    const Best& end = At(rows - 1, width_ - 1);
    if (end.ways != 1) return false;
    alignment->score = end.score;
    alignment->column.assign(cells_.size(), -1);
    Trace(&alignment->column);
    return true;
  }

 private:
  Best& At(size_t i, size_t j) { return table_[i * width_ + j]; }
  Column Kind(size_t column) const { return header_.columns()[column].kind; }

  void Fill(size_t i, size_t j) {
    Best& best = At(i, j);
    const int in_place = !loose_ && header_.Over(cells_[i - 1].column) == static_cast<int>(j) - 1 ? 1 : 0;
    const Best& before = At(i - 1, j - 1);
    best.Offer(before.score + FitOf(traits_[i - 1], Kind(j - 1)) + in_place, before.ways, 'c');
    const Best& left = At(i, j - 1);
    best.Offer(left.score - BlankCost(Kind(j - 1)), left.ways, 'b');
    if (!joins_ || i < 2 || !MayJoin(Kind(j - 1))) return;
    const Best& joined = At(i - 1, j);
    if (joined.step != 'b')
      best.Offer(joined.score - JoinCost(traits_[i - 1]) + std::min(0, FitOf(traits_[i - 1], Kind(j - 1))),
                 joined.ways, 'j');
  }

  void Trace(std::vector<int>* column) {
    size_t i = cells_.size(), j = width_ - 1;
    while (i > 0) {
      const char step = At(i, j).step;
      if (step == 'b') {
        --j;
        continue;
      }
      (*column)[--i] = static_cast<int>(j) - 1;
      if (step == 'c') --j;
    }
  }

  const Header& header_;
  const std::vector<Cell>& cells_;
  const std::vector<CellTraits>& traits_;
  const bool joins_, loose_;
  const size_t width_;
  std::vector<Best> table_;
};

// The score of an assignment as the aligner counts it, so that both can be compared.
void Judge(const Header& header, const std::vector<Cell>& cells, const std::vector<CellTraits>& traits,
           Alignment* alignment) {
  std::vector<bool> taken(header.columns().size(), false);
  alignment->fits = true;
  int score = 0;
  for (size_t i = 0; i < alignment->column.size(); ++i) {
    const int column = alignment->column[i];
    if (column < 0) {
      score += kWrong;
      alignment->fits = false;
      continue;
    }
    taken[static_cast<size_t>(column)] = true;
    const int fit = FitOf(traits[i], header.columns()[static_cast<size_t>(column)].kind);
    alignment->fits = alignment->fits && fit > kContradicts;
    score += fit + (header.Over(cells[i].column) == column ? 1 : 0);
  }
  for (size_t j = 0; j < taken.size(); ++j) score -= taken[j] ? 0 : BlankCost(header.columns()[j].kind);
  alignment->score = score;
}

// Words fit anywhere: cells are moved only where a figure, a comparator, a unit or a known rule shows the
// way.
bool IsAnchored(const Header& header, const std::vector<CellTraits>& traits, const Alignment& alignment) {
  for (size_t i = 0; i < traits.size(); ++i) {
    const Column kind = header.columns()[static_cast<size_t>(alignment.column[i])].kind;
    const bool telling = kind == Column::kTarget || kind == Column::kWeight || kind == Column::kNature ||
                         kind == Column::kUnit || kind == Column::kRule;
    if (telling && FitOf(traits[i], kind) >= kGood) return true;
  }
  return false;
}

}  // namespace

Alignment InPlace(const Header& header, const std::vector<Cell>& cells,
                  const std::vector<CellTraits>& traits) {
  Alignment alignment;
  for (const Cell& cell : cells) {
    int column = header.Over(cell.column);
    // A merged cell may begin before its header's cell.
    for (int at = cell.column + 1; column < 0 && at <= cell.last_column(); ++at) column = header.Over(at);
    alignment.column.push_back(column);
  }
  Judge(header, cells, traits, &alignment);
  return alignment;
}

Alignment BestOf(const Header& header, const std::vector<Cell>& cells, const std::vector<CellTraits>& traits,
                 bool joins) {
  Alignment in_place = InPlace(header, cells, traits);
  if (joins && cells.size() != header.columns().size()) {
    // Where a cell is missing, only one order may fit.
    in_place.fits = false;
    in_place.score = kWrong * static_cast<int>(cells.size() + header.columns().size());
  }
  if (in_place.fits || cells.size() > kMaxCells) return in_place;
  Alignment best;
  if (!Aligner(header, cells, traits, joins, joins).Run(&best)) return in_place;
  const int score = best.score;
  Judge(header, cells, traits, &best);
  if (!best.fits || score < in_place.score + kPlainlyBetter || !IsAnchored(header, traits, best))
    return in_place;
  best.score = score;
  best.moved = true;
  return best;
}

Alignment LooseBest(const Header& header, const std::vector<Cell>& cells,
                    const std::vector<CellTraits>& traits) {
  Alignment best;
  if (cells.size() > kMaxCells || !Aligner(header, cells, traits, false, true).Run(&best)) {
    best = InPlace(header, cells, traits);
    best.fits = false;
    return best;
  }
  Judge(header, cells, traits, &best);
  best.moved = true;
  return best;
}

}  // namespace attain::importing
