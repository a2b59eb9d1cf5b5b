#include "service/importing/uses/matching.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "service/importing/values/fold_name.h"
#include "service/importing/values/text.h"

namespace attain::importing {
namespace {

constexpr size_t kLongestName = 200;  // characters that are compared for nearness

// "1.培训人次", "(2)培训人次", "指标3:培训人次" → "培训人次".
std::string WithoutNumber(absl::string_view folded) {
  absl::string_view rest = folded;
  absl::ConsumePrefix(&rest, "指标");
  absl::ConsumePrefix(&rest, "(");
  size_t digits = 0;
  while (digits < rest.size() && digits < 3 && absl::ascii_isdigit(rest[digits])) ++digits;
  if (digits == 0) return std::string(folded);
  rest.remove_prefix(digits);
  for (const absl::string_view mark : {".", "、", ":", ")"}) {
    if (absl::ConsumePrefix(&rest, mark)) return rest.empty() ? std::string(folded) : std::string(rest);
  }
  return std::string(folded);
}

size_t Distance(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

std::vector<std::string> CharactersOf(absl::string_view name) {
  std::vector<std::string> all = Characters(FoldName(name));
  if (all.size() > kLongestName) all.resize(kLongestName);
  return all;
}

// Those of `among` whose level is the same; all of them when it is said for none.
std::vector<int> OfLevel(const std::vector<int>& among, const std::vector<KnownRow>& known,
                         std::string KnownRow::*level, const std::string& said) {
  if (said.empty() || among.size() < 2) return among;
  std::vector<int> same;
  for (const int at : among) {
    if (LevelName(known[static_cast<size_t>(at)].*level) == LevelName(said)) same.push_back(at);
  }
  return same.empty() ? among : same;
}

Match Only(const std::vector<int>& found) {
  if (found.size() == 1) return {MatchKind::kFound, found[0]};
  return {MatchKind::kSeveral};
}

}  // namespace

int NearestName(absl::string_view name, const std::vector<std::string>& names) {
  const std::vector<std::string> own = CharactersOf(name);
  int nearest = -1;
  size_t least = 0;
  for (size_t i = 0; i < names.size(); ++i) {
    const std::vector<std::string> other = CharactersOf(names[i]);
    const size_t distance = Distance(own, other);
    if (distance * 2 > std::max(own.size(), other.size()) || (nearest >= 0 && distance >= least)) continue;
    nearest = static_cast<int>(i);
    least = distance;
  }
  return nearest;
}

Match MatchTable(const ParsedTable& table, const std::vector<KnownTable>& known) {
  const std::string folded = FoldName(table.name);
  std::vector<int> found;
  bool other_year = false;
  std::vector<std::string> names;
  for (size_t i = 0; i < known.size(); ++i) {
    names.push_back(known[i].kind == table.kind ? known[i].display_name : "");
    if (known[i].kind != table.kind || folded.empty() || FoldName(known[i].display_name) != folded) continue;
    if (table.fiscal_year != 0 && known[i].fiscal_year != table.fiscal_year) {
      other_year = true;
      continue;
    }
    found.push_back(static_cast<int>(i));
  }
  if (!found.empty()) return Only(found);
  if (other_year) return {MatchKind::kOtherYear};
  return {MatchKind::kNoName, -1, NearestName(table.name, names)};
}

Match MatchRow(const KnownRow& row, const std::vector<KnownRow>& known) {
  const std::string folded = FoldName(row.name);
  std::vector<int> found;
  const auto collect = [&](auto fold) {
    for (size_t i = 0; i < known.size() && !folded.empty(); ++i) {
      if (fold(FoldName(known[i].name)) == fold(folded)) found.push_back(static_cast<int>(i));
    }
  };
  collect([](const std::string& name) { return name; });
  if (found.empty()) collect([](const std::string& name) { return WithoutNumber(name); });
  if (found.empty()) {
    std::vector<std::string> names;
    for (const KnownRow& each : known) names.push_back(each.name);
    return {MatchKind::kNoName, -1, NearestName(row.name, names)};
  }
  return Only(
      OfLevel(OfLevel(found, known, &KnownRow::level2, row.level2), known, &KnownRow::level1, row.level1));
}

}  // namespace attain::importing
