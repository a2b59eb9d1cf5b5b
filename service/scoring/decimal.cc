#include "service/scoring/decimal.h"

#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "service/scoring/ratio.h"

namespace attain::scoring {
namespace {

constexpr size_t kMaxBytes = 120;  // 27 full-width digits, sign, point and separators
constexpr int kMaxWhole = 18, kMaxFraction = 9;
constexpr int kMaxStoredDigits = 70;

// Half-width forms of what input methods type in numbers; false when another character is met.
bool Narrow(absl::string_view text, std::string* out) {
  for (size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      out->push_back(text[i++]);
      continue;
    }
    // U+FF0B … U+FF19 hold + , - . / 0 … 9 in full width; U+2212 is the minus sign.
    const absl::string_view three = text.substr(i, 3);
    if (three.size() == 3 && three[0] == '\xef' && three[1] == '\xbc' && three[2] >= '\x8b' && three[2] <= '\x99' &&
        three[2] != '\x8f') {
      out->push_back(static_cast<char>(three[2] - '\x8b' + '+'));
    } else if (three == "−") {
      out->push_back('-');
    } else {
      return false;
    }
    i += 3;
  }
  return true;
}

absl::Status NotANumber() { return absl::InvalidArgumentError("not a plain decimal number"); }
absl::Status TooLong() {
  return absl::OutOfRangeError("too many digits: at most 18 before the point and 9 after it");
}

// "1,234,567" → "1234567"; false when the groups are not of three digits.
bool DropSeparators(std::string* whole) {
  if (!absl::StrContains(*whole, ",")) return true;
  std::string digits;
  size_t group = 0;
  bool first = true;
  for (const char c : *whole) {
    if (c == ',') {
      if (first ? (group == 0 || group > 3) : group != 3) return false;
      first = false;
      group = 0;
    } else {
      digits.push_back(c);
      ++group;
    }
  }
  if (group != 3) return false;
  *whole = std::move(digits);
  return true;
}

// The common case, a short plain ASCII number, without any allocation.
bool ParseShort(absl::string_view text, Decimal* out) {
  if (text.empty() || text.size() > 18) return false;
  size_t i = text[0] == '-' ? 1 : 0;
  int64_t value = 0;
  int scale = -1;
  bool digit_last = false;
  for (; i < text.size(); ++i) {
    if (text[i] >= '0' && text[i] <= '9') {
      value = value * 10 + (text[i] - '0');
      if (scale >= 0 && ++scale > kMaxFraction) return false;
      digit_last = true;
    } else if (text[i] == '.' && scale < 0 && digit_last) {
      scale = 0;
      digit_last = false;
    } else {
      return false;
    }
  }
  if (!digit_last) return false;
  *out = Decimal(Decimal::Integer(text[0] == '-' ? -value : value), scale < 0 ? 0 : scale);
  return true;
}

}  // namespace

const Decimal::Integer& PowerOfTen(int exponent) {
  static const std::array<Decimal::Integer, 77>* const kPowers = [] {
    auto* powers = new std::array<Decimal::Integer, 77>;
    (*powers)[0] = 1;
    for (size_t i = 1; i < powers->size(); ++i) (*powers)[i] = (*powers)[i - 1] * 10;
    return powers;
  }();
  return kPowers->at(static_cast<size_t>(exponent));
}

Decimal::Decimal(Integer coefficient, int scale) : coefficient_(std::move(coefficient)), scale_(scale) { Normalize(); }

void Decimal::Normalize() {
  while (scale_ > 0 && coefficient_ % 10 == 0) {
    coefficient_ /= 10;
    --scale_;
  }
}

absl::StatusOr<Decimal> Decimal::Parse(absl::string_view text) {
  Decimal result;
  if (ParseShort(text, &result)) return result;
  if (text.size() > kMaxBytes) {
    for (const char c : text.substr(0, 4096)) {
      if (!absl::ascii_isdigit(c) && c != '.' && c != '-' && c != '+' && c != ',') return NotANumber();
    }
    return TooLong();
  }
  std::string narrow;
  if (!Narrow(text, &narrow)) return NotANumber();
  absl::string_view rest = narrow;
  const bool negative = absl::StartsWith(rest, "-");
  if (negative || absl::StartsWith(rest, "+")) rest.remove_prefix(1);
  const size_t point = rest.find('.');
  std::string whole(rest.substr(0, point));
  const absl::string_view fraction = point == absl::string_view::npos ? absl::string_view() : rest.substr(point + 1);
  if (whole.empty() || !DropSeparators(&whole) || (point != absl::string_view::npos && fraction.empty())) return NotANumber();
  for (const char c : absl::StrCat(whole, fraction)) {
    if (!absl::ascii_isdigit(c)) return NotANumber();
  }
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  if (whole.size() > kMaxWhole || fraction.size() > kMaxFraction) return TooLong();
  Integer coefficient = 0;
  for (const char c : absl::StrCat(whole, fraction)) coefficient = coefficient * 10 + (c - '0');
  if (negative) coefficient = -coefficient;
  return Decimal(std::move(coefficient), static_cast<int>(fraction.size()));
}

absl::StatusOr<Decimal> Decimal::ParseStored(absl::string_view text) {
  const bool negative = absl::StartsWith(text, "-");
  if (negative) text.remove_prefix(1);
  Integer coefficient = 0;
  int scale = -1, digits = 0;
  for (const char c : text) {
    if (c == '.' && scale < 0) {
      scale = 0;
    } else if (absl::ascii_isdigit(c)) {
      coefficient = coefficient * 10 + (c - '0');
      if (scale >= 0) ++scale;
      ++digits;
    } else {
      return absl::DataLossError("a stored number does not parse");
    }
  }
  if (digits == 0 || digits > kMaxStoredDigits) return absl::DataLossError("a stored number does not parse");
  if (negative) coefficient = -coefficient;
  return Decimal(std::move(coefficient), std::max(scale, 0));
}

std::string Decimal::ToString() const {
  if (coefficient_ >= INT64_MIN / 2 && coefficient_ <= INT64_MAX / 2 && scale_ == 0) {
    return absl::StrCat(static_cast<int64_t>(coefficient_));
  }
  std::string digits = coefficient_ < 0 ? Integer(-coefficient_).str() : coefficient_.str();
  if (scale_ > 0) {
    if (digits.size() <= static_cast<size_t>(scale_)) digits.insert(0, static_cast<size_t>(scale_) + 1 - digits.size(), '0');
    digits.insert(digits.size() - static_cast<size_t>(scale_), 1, '.');
  }
  return coefficient_ < 0 ? absl::StrCat("-", digits) : digits;
}

std::string Decimal::ToFixed(int decimals) const {
  std::string text = Round(decimals, Rounding::kHalfAway).ToString();
  if (decimals == 0) return text;
  const size_t point = text.find('.');
  const size_t have = point == std::string::npos ? 0 : text.size() - point - 1;
  if (point == std::string::npos) text.push_back('.');
  text.append(static_cast<size_t>(decimals) - have, '0');
  return text;
}

Decimal Decimal::Round(int decimals, Rounding rounding) const {
  if (scale_ <= decimals) return *this;
  return Ratio(*this).Round(decimals, rounding);
}

Decimal operator+(const Decimal& a, const Decimal& b) {
  if (a.scale_ == b.scale_) return Decimal(a.coefficient_ + b.coefficient_, a.scale_);
  if (a.scale_ < b.scale_) return b + a;
  return Decimal(a.coefficient_ + b.coefficient_ * PowerOfTen(a.scale_ - b.scale_), a.scale_);
}

Decimal operator-(const Decimal& a, const Decimal& b) { return a + -b; }

Decimal operator*(const Decimal& a, const Decimal& b) {
  return Decimal(a.coefficient_ * b.coefficient_, a.scale_ + b.scale_);
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  int order = 0;
  if (a.scale_ == b.scale_) {
    order = a.coefficient_.compare(b.coefficient_);
  } else if (a.scale_ > b.scale_) {
    order = a.coefficient_.compare(Decimal::Integer(b.coefficient_ * PowerOfTen(a.scale_ - b.scale_)));
  } else {
    order = Decimal::Integer(a.coefficient_ * PowerOfTen(b.scale_ - a.scale_)).compare(b.coefficient_);
  }
  return order < 0 ? std::strong_ordering::less : order > 0 ? std::strong_ordering::greater : std::strong_ordering::equal;
}

}  // namespace attain::scoring
