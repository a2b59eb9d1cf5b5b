#include "service/importing/values/figures.h"

#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "service/importing/values/comparators.h"
#include "service/importing/values/date_words.h"
#include "service/importing/values/measures.h"
#include "service/importing/values/numerals.h"
#include "service/importing/values/text.h"
#include "service/importing/values/units.h"
#include "service/importing/values/words.h"

namespace attain::importing {
namespace {

constexpr size_t kMaxDate = 64;  // bytes a date may have

struct Lists {
  const WordList& names = WordList::Named("no_figures");
  const WordList& measures = WordList::Named("measures");
  const WordList& common = WordList::Named("measures", "common");
  const WordList& units = WordList::Named("units");
  const WordList& never = WordList::Named("target_words", "never");
  const WordList& vague = WordList::Named("target_words", "vague");
  const WordList& comparators = WordList::Named("comparators");
  const WordList& at_least = WordList::Named("target_words", "at least");
  const WordList& at_most = WordList::Named("target_words", "at most");
};
const Lists& Words() {
  static const Lists* const lists = new Lists;
  return *lists;
}

bool IsContinuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}
bool IsDigit(absl::string_view text, size_t at) {
  return at < text.size() && absl::ascii_isdigit(text[at]);
}

// Bytes of the figure in digits at `at`, grouping and point included.
size_t DigitsAt(absl::string_view text, size_t at) {
  size_t end = at;
  while (IsDigit(text, end) ||
         (end > at && end < text.size() && (text[end] == '.' || text[end] == ',') && IsDigit(text, end + 1)))
    ++end;
  return end - at;
}

// "ISO9001", "5A", "A4", "第3届": letters on either side that are no unit make a name.
bool IsName(absl::string_view text, size_t at, size_t length) {
  if (at > 0 && absl::ascii_isalpha(text[at - 1])) return true;
  if (absl::EndsWith(text.substr(0, at), "第")) return true;
  size_t end = at + length;
  while (end < text.size() && absl::ascii_isalnum(text[end])) ++end;
  const absl::string_view letters = text.substr(at + length, end - at - length);
  return !letters.empty() && !IsKnownUnit(letters);
}

// Whether the numeral at `at` is a figure.
bool IsFigure(absl::string_view text, size_t at, const Numeral& numeral) {
  if (absl::EndsWith(text.substr(0, at), "第")) return false;
  const absl::string_view word = text.substr(at, numeral.length), behind = text.substr(at + numeral.length);
  if (absl::StrContains(word, "分之")) return true;
  if (numeral.value.has_value() && numeral.value->is_zero())
    return static_cast<bool>(Words().never.AtStart(behind));
  // "一" stands in many words; before the measure words that count things it is one of them.
  if (word == "一") return static_cast<bool>(Words().common.AtStart(behind));
  return Words().measures.AtStart(behind) || Words().units.AtStart(behind);
}

// Bytes of the date at `at` when it holds a figure.
size_t DatedAt(absl::string_view text, size_t at) {
  if (at > 0 && absl::ascii_isdigit(text[at - 1])) return 0;
  const absl::string_view rest = text.substr(at, kMaxDate);
  if (!IsDigit(text, at) && TakeNumeral(rest).length == 0 && !absl::StartsWith(rest, "第")) return 0;
  return DateAtStart(rest);
}

// The measure word or unit at the beginning, then a tail such as 以上.
absl::string_view UnitAt(absl::string_view text) {
  size_t unit = 0;
  for (size_t end = 0; end <= text.size() && end <= 24; ++end) {
    if (end < text.size() && IsContinuation(text[end])) continue;
    if (IsCounted(text.substr(0, end))) unit = end;
  }
  return text.substr(0, unit);
}

}  // namespace

Figures FindFigures(absl::string_view text) {
  Figures figures;
  for (size_t at = 0; at < text.size();) {
    size_t step = 0;
    if (IsContinuation(text[at])) {
      step = 1;
    } else if ((step = Words().names.AtStart(text.substr(at)).length) > 0) {
    } else if ((step = DatedAt(text, at)) > 0) {
      ++figures.dates;
    } else if (IsDigit(text, at)) {
      step = DigitsAt(text, at);
      if (!IsName(text, at, step) && ++figures.count == 1) figures.first = at;
    } else if (const Numeral numeral = TakeNumeral(text.substr(at)); (step = numeral.length) > 0) {
      if (IsFigure(text, at, numeral) && ++figures.count == 1) figures.first = at;
    }
    at += step > 0 ? step : 1;
  }
  return figures;
}

std::string SuggestFigure(absl::string_view text, const Figures& figures) {
  if (figures.count != 1) return "";
  const size_t at = figures.first;
  absl::string_view before = text.substr(0, at), rest = text.substr(at);
  std::string number(rest.substr(0, DigitsAt(text, at)));
  std::string unit;
  if (number.empty()) {
    const Numeral numeral = TakeNumeral(rest);
    if (!numeral.value.has_value() || Words().vague.AtEnd(before)) return "";
    number = numeral.value->ToString();
    unit = numeral.unit;
    rest.remove_prefix(numeral.length);
  } else {
    rest.remove_prefix(number.size());
  }
  const absl::string_view counted = unit.empty() ? UnitAt(rest) : "";
  rest.remove_prefix(counted.size());
  if (unit.empty()) unit = std::string(counted);
  std::string sign;
  if (const WordList::Match word = Words().comparators.AtEnd(before); word) {
    sign = std::string(before.substr(before.size() - word.length));
  } else if (Words().at_least.AtStart(rest)) {
    sign = "≥";
  } else if (Words().at_most.AtStart(rest)) {
    sign = "≤";
  }
  return absl::StrCat(SignOf(ParseComparator(sign)), number, unit);
}

}  // namespace attain::importing
