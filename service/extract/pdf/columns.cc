#include "service/extract/pdf/columns.h"

#include <cmath>
#include <cstddef>

namespace attain::extract {
namespace {

constexpr double kAligned = 4;  // points
constexpr size_t kPieces = 3;   // of a line
constexpr size_t kLines = 3;    // of a table
constexpr size_t kBetween = 2;  // lines with fewer pieces

bool Aligned(const Box& a, const Box& b) {
  return std::fabs(a.x0 - b.x0) < kAligned || std::fabs(a.x1 - b.x1) < kAligned ||
         std::fabs(a.mid_x() - b.mid_x()) < kAligned;
}

// Both are sorted from left to right.
size_t AlignedPieces(const TextLine& a, const TextLine& b) {
  size_t count = 0, j = 0;
  for (const TextSegment& piece : a.segments) {
    while (j < b.segments.size() && b.segments[j].box.x1 < piece.box.x0 - kAligned) ++j;
    for (size_t k = j; k < b.segments.size() && b.segments[k].box.x0 < piece.box.x1 + kAligned; ++k) {
      if (Aligned(piece.box, b.segments[k].box)) {
        ++count;
        break;
      }
    }
  }
  return count;
}

}  // namespace

std::vector<bool> TableLines(const std::vector<TextLine>& lines) {
  std::vector<bool> part(lines.size());
  for (size_t begin = 0; begin < lines.size();) {
    size_t last = begin, full = lines[begin].segments.size() >= kPieces ? 1 : 0;
    for (size_t i = begin + 1; full > 0 && i < lines.size() && i - last <= kBetween + 1; ++i) {
      if (AlignedPieces(lines[last], lines[i]) < kPieces) continue;
      last = i;
      ++full;
    }
    if (full < kLines) {
      ++begin;
      continue;
    }
    for (size_t i = begin; i <= last; ++i) part[i] = true;
    begin = last + 1;
  }
  // Lines of two pieces right above or below belong to the table's head or foot.
  for (size_t i = 1; i < lines.size(); ++i)
    if (part[i - 1] && lines[i].segments.size() >= 2) part[i] = true;
  for (size_t i = lines.size(); i-- > 1;)
    if (part[i] && lines[i - 1].segments.size() >= 2) part[i - 1] = true;
  return part;
}

}  // namespace attain::extract
