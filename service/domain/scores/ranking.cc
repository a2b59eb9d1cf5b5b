#include "service/domain/scores/ranking.h"

#include <limits>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "service/state/keys.h"

namespace attain::engine {
namespace {

constexpr int kDecimals = 2;  // the most a profile's totals have

}  // namespace

RankPlace RankPlace::Of(const std::optional<scoring::Decimal>& total) {
  if (!total.has_value()) return {kUnscored, 0};
  int64_t value = 0;
  if (total->scale() > kDecimals || !scoring::FitsInt64(total->coefficient(), &value)) return {kUnfit, 0};
  const int64_t factor = scoring::SmallPowerOfTen(kDecimals - total->scale());
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  if (value > kMost / factor || value < -(kMost / factor)) return {kUnfit, 0};
  return {kScored, value * factor};
}

std::string Ranked::ToText() const {
  std::string unit, name;
  if (!ParseTableKey(table, &unit, &name)) return "";
  return absl::StrCat(place.kind == RankPlace::kScored ? absl::StrCat(place.hundredths) : "", ":", unit, "/",
                      name);
}

std::optional<Ranked> Ranked::FromText(absl::string_view text) {
  const size_t colon = text.find(':'), slash = text.find('/');
  if (colon == absl::string_view::npos || slash == absl::string_view::npos || slash < colon)
    return std::nullopt;
  Ranked ranked;
  ranked.place.kind = colon == 0 ? RankPlace::kUnscored : RankPlace::kScored;
  if (colon > 0 && !absl::SimpleAtoi(text.substr(0, colon), &ranked.place.hundredths)) return std::nullopt;
  ranked.table = TableKey(text.substr(colon + 1, slash - colon - 1), text.substr(slash + 1));
  return ranked;
}

bool Precedes(bool descending, const RankPlace& a, const std::string& table_a, const RankPlace& b,
              const std::string& table_b) {
  if (a.kind != b.kind) return a.kind == RankPlace::kScored;
  if (a.hundredths != b.hundredths) return descending == (a.hundredths > b.hundredths);
  return table_a < table_b;
}

void Ranking::Add(const RankPlace& place, const std::string* table) {
  if (!place.ranked()) return;
  (place.kind == RankPlace::kScored ? scored_[place.hundredths] : unscored_).insert(table);
  ++size_;
}

void Ranking::Remove(const RankPlace& place, const std::string* table) {
  if (!place.ranked()) return;
  --size_;
  if (place.kind == RankPlace::kUnscored) {
    unscored_.erase(table);
    return;
  }
  const auto tied = scored_.find(place.hundredths);
  tied->second.erase(table);
  if (tied->second.empty()) scored_.erase(tied);
}

bool Ranking::WalkTied(const RankPlace& place, const Tied& tied, const Ranked* after, Visitor visit) {
  const bool inside = after != nullptr && after->place == place;
  for (auto it = inside ? tied.upper_bound(&after->table) : tied.begin(); it != tied.end(); ++it) {
    if (!visit(place, *it)) return false;
  }
  return true;
}

void Ranking::Walk(bool descending, const Ranked* after, Visitor visit) const {
  if (after == nullptr || after->place.kind == RankPlace::kScored) {
    auto from = scored_.begin(), to = scored_.end();
    if (after != nullptr && descending) to = scored_.upper_bound(after->place.hundredths);
    if (after != nullptr && !descending) from = scored_.lower_bound(after->place.hundredths);
    while (from != to) {
      const auto& [hundredths, tied] = descending ? *--to : *from++;
      if (!WalkTied({RankPlace::kScored, hundredths}, tied, after, visit)) return;
    }
  }
  WalkTied({RankPlace::kUnscored, 0}, unscored_, after, visit);
}

}  // namespace attain::engine
