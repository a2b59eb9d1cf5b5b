#include "service/importing/values/numerals.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "service/importing/values/text.h"
#include "service/importing/values/words.h"

namespace attain::importing {
namespace {

using scoring::Decimal;

constexpr size_t kCharacter = 3;                    // every numeral is one character of three bytes
constexpr int64_t kMost = 100'000'000'000'000'000;  // what people write in words is far below

// Character → figure or power of ten.
using Values = std::unordered_map<std::string, int>;
const Values& ValuesOf(absl::string_view list) {
  const auto make = [](absl::string_view name) {
    auto* values = new Values;
    for (const WordList::Entry& entry : WordList::Named(name).entries()) {
      int value = 0;
      if (!absl::SimpleAtoi(entry.key, &value)) continue;
      for (const std::string& word : entry.words) values->emplace(word, value);
    }
    return values;
  };
  static const Values* const digits = make("numerals");
  static const Values* const powers = make("multiples");
  return list == "numerals" ? *digits : *powers;
}

// The figure or the power of ten that the next character is; −1 without.
int At(const Values& values, absl::string_view text) {
  // Every numeral is a character of three bytes that begins with E3 to E9.
  if (text.size() < kCharacter || static_cast<unsigned char>(text[0]) < 0xE3) return -1;
  const auto at = values.find(std::string(text.substr(0, kCharacter)));
  return at == values.end() ? -1 : at->second;
}
int DigitAt(absl::string_view text) {
  static const Values& values = ValuesOf("numerals");
  return At(values, text);
}
int PowerAt(absl::string_view text) {
  static const Values& values = ValuesOf("multiples");
  return At(values, text);
}

// One whole number, built as it is spoken: 一亿 二千 三百万 零 五. Small multiples build a section below 万;
// 万 and 亿 close it.
struct Spoken {
  int64_t total = 0, section = 0;
  int digit = -1;       // read and not yet placed
  int least = 5;        // powers within a section must fall: "二百三千" is no number
  bool zero = false;    // 零 fills a gap
  bool vague = false;   // begins with a multiple that is not 十
  int last_power = -1;  // "一百五" is 150 when spoken: not certain, so not read

  bool Multiply(int power) {
    if (power >= 4) return Close(power);
    if (power >= least) return false;
    if (digit < 0) {
      if (section > 0 || total > 0 || power != 1) vague = true;
      digit = 1;
    }
    section += digit * static_cast<int64_t>(scoring::SmallPowerOfTen(power));
    digit = -1;
    zero = false;
    least = last_power = power;
    return true;
  }
  bool Close(int power) {
    const int64_t whole = section + std::max(digit, 0);
    if (whole == 0 && digit < 0 && total == 0) vague = true;
    const int64_t base = power == 8 && total > 0 ? total + whole : whole;
    if (base > kMost / scoring::SmallPowerOfTen(power)) return false;
    total = power == 8 ? base * scoring::SmallPowerOfTen(8) : total + base * scoring::SmallPowerOfTen(power);
    section = 0;
    digit = -1;
    zero = false;
    least = 5;
    last_power = power;
    return true;
  }
  // The digit at the end counts as ones only behind 十 or 零, or alone.
  bool Finish() {
    if (digit > 0 && last_power > 1 && !zero) return false;
    section += std::max(digit, 0);
    total += section;
    return true;
  }
};

// "二〇二五": two or more figures in a row without a multiple.
Numeral DigitByDigit(absl::string_view text) {
  std::string digits;
  size_t at = 0;
  for (int digit = DigitAt(text); digit >= 0; digit = DigitAt(text.substr(at))) {
    absl::StrAppend(&digits, digit);
    at += kCharacter;
  }
  Numeral result;
  if (digits.size() < 2 || PowerAt(text.substr(at)) >= 0) return result;
  result.length = at;
  // "三四次" is three or four; "二〇" and longer rows are figures.
  if (digits.size() > 2 || absl::StrContains(digits, "0")) {
    const absl::StatusOr<Decimal> value = Decimal::Parse(digits);
    if (value.ok()) result.value = *value;
  }
  return result;
}

Numeral Whole(absl::string_view text) {
  Numeral result = DigitByDigit(text);
  if (result.length > 0) return result;
  Spoken spoken;
  bool exact = true;
  size_t at = 0;
  for (; at < text.size(); at += kCharacter) {
    const absl::string_view rest = text.substr(at);
    const int digit = DigitAt(rest), power = PowerAt(rest);
    if (digit == 0 && at > 0) {
      spoken.zero = true;
    } else if (digit >= 0) {
      exact = exact && spoken.digit < 0;
      spoken.digit = digit;
    } else if (power >= 0) {
      exact = spoken.Multiply(power) && exact;
    } else {
      break;
    }
  }
  result.length = at;
  if (at > 0 && spoken.Finish() && exact && !spoken.vague) result.value = Decimal::FromInt(spoken.total);
  return result;
}

// "三点五": the figures behind the point.
void TakeFraction(absl::string_view text, Numeral* numeral) {
  constexpr absl::string_view kPoint = "点";
  if (!absl::StartsWith(text.substr(numeral->length), kPoint)) return;
  absl::string_view rest = text.substr(numeral->length + kPoint.size());
  std::string digits;
  for (int digit = DigitAt(rest); digit >= 0 && digits.size() < 10; digit = DigitAt(rest)) {
    absl::StrAppend(&digits, digit);
    rest.remove_prefix(kCharacter);
  }
  if (digits.empty()) return;
  numeral->length = text.size() - rest.size();
  if (!numeral->value.has_value()) return;
  const absl::StatusOr<Decimal> value = Decimal::Parse(absl::StrCat(numeral->value->ToString(), ".", digits));
  numeral->value = value.ok() ? std::optional<Decimal>(*value) : std::nullopt;
}

}  // namespace

bool HasTwoNumbers(const std::string& tidy) {
  for (size_t blank = tidy.find(' '); blank != std::string::npos; blank = tidy.find(' ', blank + 1)) {
    if (blank == 0 || !absl::ascii_isdigit(tidy[blank - 1]) || !absl::ascii_isdigit(tidy[blank + 1]))
      continue;
    size_t first = blank, last = blank + 1;
    while (first > 0 &&
           (absl::ascii_isdigit(tidy[first - 1]) || tidy[first - 1] == ' ' || tidy[first - 1] == '.'))
      --first;
    while (last < tidy.size() && absl::ascii_isdigit(tidy[last])) ++last;
    const size_t lead = tidy.find(' ', first) - first;
    const bool pointed = tidy.substr(first, blank - first).find('.') != std::string::npos;
    if (last - blank != 4 || pointed || lead > 3 || lead == 0) return true;
  }
  return false;
}

Numeral TakeNumeral(absl::string_view text) {
  if (DigitAt(text) < 0 && PowerAt(text) < 0) return {};
  absl::string_view rest = text;
  std::string unit;
  if (absl::ConsumePrefix(&rest, "百分之")) unit = "%";
  if (unit.empty() && absl::ConsumePrefix(&rest, "千分之")) unit = "‰";
  if (unit.empty() && absl::ConsumePrefix(&rest, "万分之")) unit = "‱";
  Numeral result = Whole(rest);
  // 百分之百 is a hundred percent.
  if (!unit.empty() && absl::StartsWith(rest, "百") && result.length == kCharacter)
    result.value = Decimal::FromInt(100);
  if (result.length == 0) return {};
  TakeFraction(rest, &result);
  constexpr absl::string_view kOf = "分之";
  if (unit.empty() && absl::StartsWith(rest.substr(result.length), kOf)) {
    const Numeral above = Whole(rest.substr(result.length + kOf.size()));
    if (above.length > 0) return {result.length + kOf.size() + above.length, std::nullopt, ""};
  }
  result.length += text.size() - rest.size();
  result.unit = unit;
  return result;
}

std::optional<scoring::Decimal> ParseNumber(absl::string_view text) {
  const absl::StatusOr<Decimal> parsed = Decimal::Parse(Squeeze(Narrow(text)));
  return parsed.ok() ? std::optional<Decimal>(*parsed) : std::nullopt;
}

}  // namespace attain::importing
