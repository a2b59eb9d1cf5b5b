#include "service/importing/values/units.h"

#include <string>
#include <unordered_map>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "service/importing/values/text.h"
#include "service/importing/values/words.h"

namespace attain::importing {
namespace {

using scoring::Decimal;

constexpr int kMaxMultiples = 4;  // "千万亿"; more in a row is no unit
constexpr int kMaxPower = 40;     // far beyond every multiple; keeps results within what Decimal holds

struct Unit {
  std::string dimension;  // "money", or the word itself where no list knows it
  int power = 0;
  bool known = false;
};

struct Table {
  std::unordered_map<std::string, Unit> units;     // by word
  std::unordered_map<std::string, int> multiples;  // by word

  static const Table& Get() {
    static const Table* const table = new Table;
    return *table;
  }

 private:
  Table() {
    for (const WordList::Entry& entry : WordList::Named("units").entries()) {
      const std::pair<std::string, std::string> key = absl::StrSplit(entry.key, absl::MaxSplits(' ', 1));
      Unit unit{key.first, 0, true};
      if (!absl::SimpleAtoi(key.second, &unit.power)) continue;  // the test of words refuses such a line
      for (const std::string& word : entry.words) units.emplace(word, unit);
    }
    for (const WordList::Entry& entry : WordList::Named("multiples").entries()) {
      int power = 0;
      if (!absl::SimpleAtoi(entry.key, &power)) continue;
      for (const std::string& word : entry.words) multiples.emplace(word, power);
    }
  }
};

// Takes one multiple (a character) off the front; 0 without.
int TakeMultiple(absl::string_view* unit) {
  constexpr size_t kCharacter = 3;  // each is one character of three bytes
  const auto& multiples = Table::Get().multiples;
  const auto at = multiples.find(std::string(unit->substr(0, kCharacter)));
  if (at == multiples.end()) return 0;
  unit->remove_prefix(kCharacter);
  return at->second;
}

// A unit without a slash. The lists first, so that 千米 and 百分点 are themselves.
Unit ResolvePlain(absl::string_view word) {
  const auto& units = Table::Get().units;
  absl::string_view rest = word;
  int power = 0;
  for (int taken = 0; taken <= kMaxMultiples; ++taken) {
    const auto at = units.find(std::string(rest));
    if (at != units.end()) return {at->second.dimension, at->second.power + power, true};
    const int multiple = TakeMultiple(&rest);
    if (multiple == 0) break;
    power += multiple;
  }
  return {absl::StrCat("=", rest), power, false};
}

Unit Resolve(absl::string_view word) {
  const auto& units = Table::Get().units;
  const size_t slash = word.find('/');
  if (slash == absl::string_view::npos || units.count(std::string(word)) > 0) return ResolvePlain(word);
  const Unit above = ResolvePlain(word.substr(0, slash)), below = ResolvePlain(word.substr(slash + 1));
  // The power of what is below takes part: 元/千克 and 元/吨 differ by 10^3.
  return {absl::StrCat(above.dimension, "/", below.dimension), above.power - below.power,
          above.known && below.known};
}

// "万" → "万人次" for a target in 人次 and in 万人次; the unit itself where it is no multiple alone.
std::string WithStem(absl::string_view unit, absl::string_view to) {
  absl::string_view rest = unit;
  while (TakeMultiple(&rest) > 0) {
  }
  if (!rest.empty() || unit.empty() || IsShareUnit(to)) return std::string(unit);
  absl::string_view stem = to;
  const auto& units = Table::Get().units;
  while (units.count(std::string(stem)) == 0) {
    if (TakeMultiple(&stem) == 0) break;
  }
  return stem.empty() ? std::string(unit) : absl::StrCat(unit, stem);
}

std::string Fold(absl::string_view unit) {
  return Squeeze(Narrow(unit));
}

}  // namespace

std::string FoldUnit(absl::string_view unit) {
  return Squeeze(Narrow(unit));
}

bool SameUnit(absl::string_view a, absl::string_view b) {
  const std::string one = Fold(a), other = Fold(b);
  if (one == other) return true;
  if (one.empty() || other.empty()) return false;
  const Unit first = Resolve(one), second = Resolve(other);
  return first.dimension == second.dimension && first.power == second.power;
}

std::optional<Decimal> ConvertUnit(const Decimal& value, absl::string_view from, absl::string_view to) {
  const std::string target = Fold(to);
  const std::string given = WithStem(Fold(from), target);
  if (given == target) return value;
  if (given.empty() || target.empty()) return std::nullopt;
  const Unit first = Resolve(given), second = Resolve(target);
  if (first.dimension != second.dimension) return std::nullopt;
  return TimesPowerOfTen(value, first.power - second.power);
}

bool IsKnownUnit(absl::string_view unit) {
  return Resolve(Fold(unit)).known;
}

bool IsMoneyUnit(absl::string_view unit) {
  return Resolve(Fold(unit)).dimension == "money";
}

bool IsShareUnit(absl::string_view unit) {
  return Resolve(Fold(unit)).dimension == "share";
}

std::optional<Decimal> TimesPowerOfTen(const Decimal& value, int power) {
  if (power > kMaxPower || power < -kMaxPower) return std::nullopt;
  if (value.scale() > kMaxPower / 4 || value.ToString().size() > 40) return std::nullopt;
  const Decimal result = power >= 0 ? value * Decimal(scoring::PowerOfTen(power), 0)
                                    : value * Decimal(Decimal::Integer(1), -power);
  const absl::StatusOr<Decimal> typed = Decimal::Parse(result.ToString());
  return typed.ok() ? std::optional<Decimal>(*typed) : std::nullopt;
}

}  // namespace attain::importing
