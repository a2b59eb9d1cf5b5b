#include "service/importing/columns/cell_traits.h"

#include <algorithm>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "service/importing/values/numerals.h"
#include "service/importing/values/quantity.h"
#include "service/importing/values/text.h"
#include "service/importing/values/units.h"
#include "service/importing/values/words.h"
#include "service/scoring/score.h"

namespace attain::importing {
namespace {

constexpr size_t kLongestLevel = 60;  // bytes
constexpr size_t kShortText = 8;      // characters

bool Names(const std::vector<std::string>& names, const std::string& level) {
  return std::find(names.begin(), names.end(), level) != names.end();
}

// "45", "45分", "45%", "(45)": what may stand as points.
bool IsPoints(absl::string_view word) {
  if (absl::StartsWith(word, "(") && absl::EndsWith(word, ")")) word = word.substr(1, word.size() - 2);
  if (!absl::ConsumeSuffix(&word, "分")) absl::ConsumeSuffix(&word, "%");
  const std::optional<Decimal> number = ParseNumber(word);
  return number.has_value() && number->sign() >= 0 && *number <= Decimal::FromInt(200);
}

size_t LengthOf(absl::string_view word) {
  return static_cast<size_t>(std::count_if(
      word.begin(), word.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

int FitOfLevel1(const CellTraits& t) {
  if (t.level1) return kStrong;
  if (t.number || t.compared || t.comparator || t.measured || t.rule) return kWrong;
  if (t.level2) return -4;
  return t.level_word ? kFair : t.length <= kShortText ? -1 : -3;
}

int FitOfLevel2(const CellTraits& t) {
  if (t.level2) return kStrong;
  if (t.number || t.compared || t.comparator || t.measured || t.rule) return kWrong;
  if (t.level1) return t.level_word ? -4 : kPoor;
  return t.level_word ? kFair : t.length <= kShortText ? kNeutral : kPoor;
}

int FitOfName(const CellTraits& t) {
  if (t.compared || t.comparator || t.number || t.rule || t.direction) return kWrong;
  if ((t.level1 || t.level2) && t.level_word) return -5;
  if (t.unit || t.basis || t.no_prior) return -3;
  if (t.level1 || t.level2 || t.measured) return -1;
  return kFair;
}

int FitOfTarget(const CellTraits& t) {
  if (t.compared) return kStrong;
  if (t.measured || t.date) return 3;
  if (t.number) return kGood;
  if (t.comparator || t.rule || t.unit || t.basis || t.direction || ((t.level1 || t.level2) && t.level_word))
    return kWrong;
  return kNeutral;
}

int FitOfUnit(const CellTraits& t) {
  if (t.unit) return kStrong;
  if (t.number || t.compared || t.comparator || t.rule || t.measured || t.length > kShortText || t.level_word)
    return kWrong;
  return t.no_prior ? kFair : kNeutral;
}

int FitOfNature(const CellTraits& t) {
  if (t.comparator || t.direction) return kStrong;
  return t.no_prior ? kNeutral : t.length <= 4 && !t.number && !t.measured && !t.unit ? kPoor : kWrong;
}

int FitOfNumber(const CellTraits& t) {
  return t.weight ? kStrong : t.no_prior ? kFair : kWrong;
}

int FitOfWords(const CellTraits& t) {
  if (t.rule || t.comparator) return -4;
  if (t.level_word && (t.level1 || t.level2)) return kWrong;
  return t.compared ? -3 : t.number ? kPoor : kNeutral;
}

int FitOfPrior(const CellTraits& t) {
  if (t.no_prior) return 3;
  if (t.compared || t.measured || t.number || t.date) return kGood;
  return t.rule || t.comparator || t.basis || (t.level_word && (t.level1 || t.level2)) ? -4 : kNeutral;
}

}  // namespace

int LevelNames::Of(absl::string_view word) const {
  if (word.empty() || word.size() > kLongestLevel) return 0;
  const std::string level = LevelName(word);
  const absl::string_view key = WordList::Named("levels").KeyOf(level);
  int of = key == "other1" ? 1 : key == "other2" ? 2 : 0;
  if (IsLevel1(level) || Names(profile_.level1_names, level)) of |= 1;
  if (IsLevel2(level) || Names(profile_.level2_names, level)) of |= 2;
  return of;
}

namespace {

CellTraits Traits(const Cell& cell, const LevelNames& levels, const scoring::Profile& profile) {
  CellTraits t;
  const std::string& word = cell.word;
  if (word.empty()) return t;
  t.empty = false;
  t.length = LengthOf(word);
  const WordList& words = WordList::Named("cells");
  const absl::string_view key = words.KeyOf(word);
  const int level = levels.Of(word);
  t.level1 = (level & 1) != 0;
  t.level2 = (level & 2) != 0;
  t.level_word = absl::EndsWith(
      LevelName(word).size() < word.size() ? absl::string_view("指标") : absl::string_view(word), "指标");
  t.comparator = IsComparator(word);
  t.direction = absl::StartsWith(key, "direction");
  t.basis = key == "basis";
  t.no_prior = key == "no_prior" || absl::StrContains(word, "无上年");
  t.number = ParseNumber(word).has_value();
  t.weight = IsPoints(word);
  t.unit = IsKnownUnit(word) || WordList::Named("measures").Has(word);
  t.rule = scoring::ResolveRule(profile, cell.text) != scoring::RuleKind::kUnmapped;
  if (!t.number && !t.comparator && t.length <= 40) {
    const Quantity quantity = ParseQuantity(word);
    const bool sign = quantity.comparator != scoring::Comparator::kNone ||
                      (quantity.unclear && ParseComparator(word) != scoring::Comparator::kNone);
    t.compared = sign && (quantity.value.has_value() || quantity.unclear);
    t.measured = !t.compared && quantity.value.has_value();
    t.date = quantity.is_date;
  }
  return t;
}

}  // namespace

CellTraits TraitsOf(const Cell& cell, const LevelNames& levels, const scoring::Profile& profile) {
  constexpr size_t kLongest = 60, kMost = 4096;  // bytes of a word, words
  if (cell.text.size() > kLongest) return Traits(cell, levels, profile);
  const auto at = levels.seen_.find(cell.text);
  if (at != levels.seen_.end()) return at->second;
  const CellTraits traits = Traits(cell, levels, profile);
  if (levels.seen_.size() < kMost) levels.seen_.emplace(cell.text, traits);
  return traits;
}

int FitOf(const CellTraits& t, Column column) {
  if (t.empty) return kNeutral;
  switch (column) {
    case Column::kLevel1:
      return FitOfLevel1(t);
    case Column::kLevel2:
      return FitOfLevel2(t);
    case Column::kName:
      return FitOfName(t);
    case Column::kNature:
      return FitOfNature(t);
    case Column::kTarget:
      return FitOfTarget(t);
    case Column::kUnit:
      return FitOfUnit(t);
    case Column::kWeight:
    case Column::kScore:
    case Column::kReview:
      return FitOfNumber(t);
    case Column::kRule:
      return t.rule                                             ? kStrong
             : t.number || t.compared || t.comparator || t.unit ? -5
             : t.level_word                                     ? -4
                                                                : kNeutral;
    case Column::kBasis:
      return t.basis ? 3 : FitOfWords(t);
    case Column::kPrior:
    case Column::kActual:
      return FitOfPrior(t);
    case Column::kEvidence:
    case Column::kReason:
      return FitOfWords(t);
    case Column::kNumber:
      return !t.number ? kPoor : t.length <= 3 ? kStrong : kNeutral;
    case Column::kMoney:
      return t.number || t.measured ? kStrong : kPoor;
    default:
      return kNeutral;
  }
}

}  // namespace attain::importing
