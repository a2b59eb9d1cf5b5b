#include "service/importing/quantity.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "service/importing/text.h"

namespace attain::importing {
namespace {

using scoring::Comparator;

// Longest first, so that ">=" is not read as ">".
constexpr std::array<std::pair<absl::string_view, Comparator>, 35> kComparators = {{
    {"大于等于", Comparator::kAtLeast}, {"大于或等于", Comparator::kAtLeast}, {"小于等于", Comparator::kAtMost},
    {"小于或等于", Comparator::kAtMost}, {"不少于", Comparator::kAtLeast}, {"不低于", Comparator::kAtLeast},
    {"不小于", Comparator::kAtLeast}, {"至少", Comparator::kAtLeast}, {"达到", Comparator::kAtLeast},
    {"不超过", Comparator::kAtMost}, {"不高于", Comparator::kAtMost}, {"不大于", Comparator::kAtMost},
    {"不多于", Comparator::kAtMost}, {"至多", Comparator::kAtMost}, {"大于", Comparator::kGreater},
    {"高于", Comparator::kGreater}, {"超过", Comparator::kGreater}, {"多于", Comparator::kGreater}, {"小于", Comparator::kLess},
    {"低于", Comparator::kLess}, {"少于", Comparator::kLess}, {"等于", Comparator::kEqual},
    {">=", Comparator::kAtLeast}, {"=>", Comparator::kAtLeast}, {"<=", Comparator::kAtMost}, {"=<", Comparator::kAtMost},
    {"≥", Comparator::kAtLeast}, {"≧", Comparator::kAtLeast}, {"≤", Comparator::kAtMost}, {"≦", Comparator::kAtMost},
    {">", Comparator::kGreater}, {"<", Comparator::kLess}, {"==", Comparator::kEqual}, {"=", Comparator::kEqual},
    {"═", Comparator::kEqual},
}};

Comparator TakeComparator(absl::string_view* text) {
  for (absl::string_view direction : {"正向", "反向", "定量", "逆向"}) absl::ConsumePrefix(text, direction);
  for (const auto& [word, comparator] : kComparators) {
    if (absl::ConsumePrefix(text, word)) return comparator;
  }
  return Comparator::kNone;
}

std::string TakeNumber(absl::string_view* text) {
  size_t end = 0;
  if (end < text->size() && ((*text)[0] == '-' || (*text)[0] == '+')) ++end;
  while (end < text->size() && (absl::ascii_isdigit((*text)[end]) || (*text)[end] == '.' || (*text)[end] == ',')) ++end;
  while (end > 0 && ((*text)[end - 1] == '.' || (*text)[end - 1] == ',')) --end;
  std::string number(text->substr(0, end));
  return number;
}

bool IsDate(absl::string_view after_number) {
  return absl::StartsWith(after_number, "年底") || absl::StartsWith(after_number, "年末") ||
         absl::StartsWith(after_number, "月底") || absl::StartsWith(after_number, "月末") ||
         absl::StartsWith(after_number, "月前") || absl::StartsWith(after_number, "月份") ||
         (absl::StartsWith(after_number, "年") && absl::StrContains(after_number, "月")) ||
         (absl::StartsWith(after_number, "月") && absl::StrContains(after_number, "日"));
}

// "2026-12-31", "2026.12.31前", "2026/6/30"
bool IsNumericDate(absl::string_view text) {
  const auto take = [&](size_t least, size_t most) {
    size_t length = 0;
    while (length < most && length < text.size() && absl::ascii_isdigit(text[length])) ++length;
    text.remove_prefix(length);
    return length >= least;
  };
  const auto separator = [&] {
    return absl::ConsumePrefix(&text, "-") || absl::ConsumePrefix(&text, "/") ||
           absl::ConsumePrefix(&text, ".");
  };
  const bool century = absl::StartsWith(text, "20") || absl::StartsWith(text, "19");
  return century && take(4, 4) && separator() && take(1, 2) && separator() && take(1, 2) &&
         (text.empty() || !absl::ascii_isdigit(text[0]));
}

// A sign, not a word: "达到预期目标" is a rating that begins like a comparator.
bool IsSign(absl::string_view comparator) {
  for (const absl::string_view sign : {"<", ">", "=", "≥", "≧", "≤", "≦", "═"}) {
    if (absl::StartsWith(comparator, sign)) return true;
  }
  return false;
}

// What may stand behind a number: "次", "%", "m2", "人次/年"; never the rest of a range, an exponent or a
// second figure.
bool IsUnit(absl::string_view unit) {
  if (unit.empty()) return true;
  if (absl::StrContains("-+~*/.,:;_", unit.substr(0, 1)) || absl::EndsWith(unit, "-") ||
      absl::EndsWith(unit, "~"))
    return false;
  for (absl::string_view begin : {"至", "到", "—", "–", "−", "～", "×", "、", "，", "；", "。", "…"}) {
    if (absl::StartsWith(unit, begin)) return false;
  }
  for (absl::string_view sign : {"<", ">", "=", "≥", "≧", "≤", "≦", "═"}) {
    if (absl::StrContains(unit, sign)) return false;
  }
  if ((unit[0] == 'e' || unit[0] == 'E') && unit.size() > 1 &&
      (absl::ascii_isdigit(unit[1]) || unit[1] == '-' || unit[1] == '+')) {
    return false;
  }
  const size_t remark = std::min(unit.find('('), unit.size());
  for (size_t i = 1; i < remark; ++i) {
    const bool behind =
        absl::ascii_isalpha(unit[i - 1]) || absl::ascii_isdigit(unit[i - 1]) || unit[i - 1] == '/';
    if (absl::ascii_isdigit(unit[i]) && !behind) return false;
  }
  return true;
}

}  // namespace

Comparator ParseComparator(absl::string_view text) {
  const std::string narrow = Squeeze(Narrow(text));
  absl::string_view rest = narrow;
  return TakeComparator(&rest);
}

bool IsComparator(absl::string_view text) {
  return TakeComparator(&text) != Comparator::kNone && text.empty();
}

Quantity ParseQuantity(absl::string_view text) {
  Quantity quantity;
  const std::string narrow = Squeeze(Narrow(text));
  absl::string_view rest = narrow;
  const Comparator comparator = TakeComparator(&rest);
  const absl::string_view sign = absl::string_view(narrow).substr(0, narrow.size() - rest.size());
  const std::string digits = TakeNumber(&rest);
  const absl::StatusOr<scoring::Decimal> value = scoring::Decimal::Parse(digits);
  absl::string_view unit = rest.substr(digits.size());
  quantity.is_date = IsNumericDate(rest) || (!digits.empty() && IsDate(unit));
  if (!value.ok() || quantity.is_date || !IsUnit(unit)) {
    quantity.text = narrow;
    const bool number = !digits.empty() && absl::ascii_isdigit(digits.back());
    quantity.unclear = !quantity.is_date && (number || IsSign(sign));
    return quantity;
  }
  quantity.comparator = comparator;
  quantity.value = *value;
  if (absl::ConsumePrefix(&unit, "余") || absl::ConsumePrefix(&unit, "多") || absl::ConsumePrefix(&unit, "以上")) {
    quantity.approximate = true;
    if (quantity.comparator == Comparator::kNone) quantity.comparator = Comparator::kAtLeast;
  }
  for (absl::string_view tail : {"及以上", "以上", "左右", "及以内", "以内"}) {
    if (!absl::EndsWith(unit, tail)) continue;
    unit.remove_suffix(tail.size());
    if (tail == "左右") quantity.approximate = true;
    if (absl::StrContains(tail, "以内") && quantity.comparator == Comparator::kNone) quantity.comparator = Comparator::kAtMost;
    if (absl::StrContains(tail, "以上") && quantity.comparator == Comparator::kNone) quantity.comparator = Comparator::kAtLeast;
    break;
  }
  quantity.unit = std::string(unit);
  return quantity;
}

}  // namespace attain::importing
