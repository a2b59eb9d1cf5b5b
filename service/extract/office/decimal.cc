#include "service/extract/office/decimal.h"

#include <algorithm>
#include <cctype>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace attain::extract {
namespace {

constexpr int kShownDigits = 15;
constexpr int kMaxExponent = 400;

// 0.d1d2d3… × 10^point; digits without leading and trailing zeros, empty for zero.
struct Digits {
  bool negative = false;
  std::string digits;
  int point = 0;
};

// Keeps the first `keep` digits, half up.
void RoundTo(int keep, Digits* number) {
  if (keep >= static_cast<int>(number->digits.size())) return;
  const bool up = keep >= 0 && number->digits[keep] >= '5';
  number->digits.resize(std::max(keep, 0));
  if (up) {
    int i = keep - 1;
    while (i >= 0 && number->digits[i] == '9') number->digits[i--] = '0';
    if (i >= 0) {
      ++number->digits[i];
    } else {
      number->digits.insert(number->digits.begin(), '1');
      ++number->point;
    }
  }
  while (!number->digits.empty() && number->digits.back() == '0') number->digits.pop_back();
}

std::string Print(const Digits& number) {
  if (number.digits.empty()) return "0";
  const int size = static_cast<int>(number.digits.size());
  std::string out = number.negative ? "-" : "";
  if (number.point <= 0) return absl::StrCat(out, "0.", std::string(-number.point, '0'), number.digits);
  if (number.point >= size) return absl::StrCat(out, number.digits, std::string(number.point - size, '0'));
  return absl::StrCat(out, number.digits.substr(0, number.point), ".", number.digits.substr(number.point));
}

Digits FromParts(const DecimalParts& parts) {
  Digits number;
  number.negative = parts.negative;
  number.digits = absl::StrCat(parts.whole, parts.fraction);
  number.point = static_cast<int>(parts.whole.size());
  const size_t zeros = std::min(number.digits.find_first_not_of('0'), number.digits.size());
  number.digits.erase(0, zeros);
  number.point -= static_cast<int>(zeros);
  while (!number.digits.empty() && number.digits.back() == '0') number.digits.pop_back();
  return number;
}

absl::string_view TakeDigits(absl::string_view* text) {
  size_t end = 0;
  while (end < text->size() && absl::ascii_isdigit((*text)[end])) ++end;
  const absl::string_view digits = text->substr(0, end);
  text->remove_prefix(end);
  return digits;
}

}  // namespace

DecimalParts Parts(absl::string_view plain) {
  DecimalParts parts;
  if (!plain.empty() && plain[0] == '-') {
    parts.negative = true;
    plain.remove_prefix(1);
  }
  const size_t point = std::min(plain.find('.'), plain.size());
  parts.whole = plain.substr(0, point);
  if (point < plain.size()) parts.fraction = plain.substr(point + 1);
  return parts;
}

std::optional<std::string> PlainDecimal(absl::string_view stored) {
  absl::string_view rest = absl::StripAsciiWhitespace(stored);
  DecimalParts parts;
  if (!rest.empty() && (rest[0] == '-' || rest[0] == '+')) {
    parts.negative = rest[0] == '-';
    rest.remove_prefix(1);
  }
  parts.whole = TakeDigits(&rest);
  const bool pointed = !rest.empty() && rest[0] == '.';
  if (pointed) {
    rest.remove_prefix(1);
    parts.fraction = TakeDigits(&rest);
  }
  if (parts.whole.empty() && parts.fraction.empty()) return std::nullopt;
  if (parts.whole.size() + parts.fraction.size() > 2 * kMaxExponent) return std::nullopt;
  int exponent = 0;
  const bool exponential = !rest.empty() && (rest[0] == 'e' || rest[0] == 'E');
  if (exponential) {
    if (!absl::SimpleAtoi(rest.substr(1), &exponent)) return std::nullopt;
    rest = "";
  }
  if (!rest.empty() || exponent > kMaxExponent || exponent < -kMaxExponent) return std::nullopt;
  Digits number = FromParts(parts);
  number.point += exponent;
  if (pointed || exponential) RoundTo(kShownDigits, &number);
  return Print(number);
}

std::string Shift(absl::string_view plain, int places) {
  Digits number = FromParts(Parts(plain));
  number.point += places;
  return Print(number);
}

std::string Round(absl::string_view plain, int decimals) {
  Digits number = FromParts(Parts(plain));
  RoundTo(number.point + decimals, &number);
  return Print(number);
}

}  // namespace attain::extract
