#include "service/scoring/decimal.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace attain::scoring {
namespace {

using Wide = __int128;

constexpr int kMaxScale = 76;

// Whether the sum or product fits a machine word, as nearly all do.
bool Narrow(Wide value, int64_t* out) {
  *out = static_cast<int64_t>(value);
  return *out == value;
}

// a · 10^shift when it stays small.
bool Align(int64_t a, int shift, Wide* out) {
  if (shift > 18) return false;
  *out = static_cast<Wide>(a) * SmallPowerOfTen(shift);
  return true;
}

constexpr size_t kMaxBytes = 64;
constexpr int kMaxWhole = 18, kMaxFraction = 9;
constexpr size_t kMaxStoredBytes = 80;
constexpr int kMaxStoredDigits = 76;

absl::Status NotANumber() {
  return absl::InvalidArgumentError("not a plain decimal number");
}
absl::Status TooManyDigits() {
  return absl::OutOfRangeError("too many digits: at most 18 before the point and 9 after it");
}

// Half-width forms of what input methods type in numbers; false when another character is met.
bool ToHalfWidth(absl::string_view text, std::string* out) {
  while (!text.empty()) {
    const unsigned char c = static_cast<unsigned char>(text[0]);
    if (c < 0x80) {
      out->push_back(text[0]);
      text.remove_prefix(1);
      continue;
    }
    // U+FF10 … U+FF19 are the full-width digits.
    const absl::string_view three = text.substr(0, 3);
    const unsigned char last = three.size() == 3 ? static_cast<unsigned char>(three[2]) : 0;
    if (absl::StartsWith(three, "\xef\xbc") && last >= 0x90 && last <= 0x99) {
      out->push_back(static_cast<char>('0' + (last - 0x90)));
    } else if (three == "－" || three == "−") {
      out->push_back('-');
    } else if (three == "＋") {
      out->push_back('+');
    } else if (three == "．") {
      out->push_back('.');
    } else if (three == "，") {
      out->push_back(',');
    } else {
      return false;
    }
    text.remove_prefix(3);
  }
  return true;
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

bool AllDigits(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

// The common case, a short plain ASCII number, without any allocation.
bool ParseShort(absl::string_view text, Decimal* out) {
  if (text.empty() || text.size() > 18) return false;
  int64_t value = 0;
  int scale = -1;
  bool digit_last = false;
  for (size_t i = text[0] == '-' ? 1 : 0; i < text.size(); ++i) {
    if (absl::ascii_isdigit(text[i])) {
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
  *out = Decimal::FromInt64(text[0] == '-' ? -value : value, std::max(scale, 0));
  return true;
}

// Too long to be read. Only enough of it is looked at to say which mistake it is.
absl::Status TooLong(absl::string_view text) {
  const absl::string_view head = text.substr(0, kMaxBytes);
  const bool plain = std::all_of(head.begin(), head.end(), [](char c) {
    return absl::ascii_isdigit(c) || c == '.' || c == '-' || c == '+' || c == ',';
  });
  return plain ? TooManyDigits() : NotANumber();
}

}  // namespace

const Decimal::Integer& PowerOfTen(int exponent) {
  static const std::array<Decimal::Integer, kMaxScale + 1>* const kPowers = [] {
    auto* powers = new std::array<Decimal::Integer, kMaxScale + 1>;
    (*powers)[0] = 1;
    for (size_t i = 1; i < powers->size(); ++i) (*powers)[i] = (*powers)[i - 1] * 10;
    return powers;
  }();
  return kPowers->at(static_cast<size_t>(exponent));
}

int64_t SmallPowerOfTen(int exponent) {
  static constexpr std::array<int64_t, 19> kPowers = [] {
    std::array<int64_t, 19> powers{};
    powers[0] = 1;
    for (size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
    return powers;
  }();
  return kPowers.at(static_cast<size_t>(exponent));
}

bool FitsInt64(const Decimal::Integer& value, int64_t* out) {
  const auto& backend = value.backend();
  if (backend.size() != 1 || backend.limbs()[0] > static_cast<uint64_t>(INT64_MAX)) return false;
  const int64_t magnitude = static_cast<int64_t>(backend.limbs()[0]);
  *out = backend.sign() ? -magnitude : magnitude;
  return true;
}

bool RoundsUp(Rounding rounding, std::strong_ordering half, bool odd) {
  switch (rounding) {
    case Rounding::kHalfAway:
      return std::is_gteq(half);
    case Rounding::kHalfEven:
      return std::is_gt(half) || (std::is_eq(half) && odd);
    case Rounding::kDown:
      break;
  }
  return false;
}

Decimal::Decimal(Integer coefficient, int scale) : coefficient_(std::move(coefficient)), scale_(scale) {
  Normalize();
}

Decimal Decimal::FromInt64(int64_t value, int scale) {
  while (scale > 0 && value % 10 == 0) {
    value /= 10;
    --scale;
  }
  Decimal result;
  result.coefficient_ = value;
  result.scale_ = scale;
  return result;
}

void Decimal::Normalize() {
  int64_t small;
  if (FitsInt64(coefficient_, &small)) {
    *this = FromInt64(small, scale_);
    return;
  }
  while (scale_ > 0 && coefficient_ % 10 == 0) {
    coefficient_ /= 10;
    --scale_;
  }
}

std::string Decimal::ToString() const {
  int64_t small;
  std::string digits = FitsInt64(coefficient_, &small) ? absl::StrCat(small < 0 ? -small : small)
                                                       : Integer(abs(coefficient_)).str();
  if (scale_ > 0) {
    const size_t scale = static_cast<size_t>(scale_);
    if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
    digits.insert(digits.size() - scale, 1, '.');
  }
  if (sign() < 0) digits.insert(0, 1, '-');
  return digits;
}

std::string Decimal::ToFixed(int decimals) const {
  return Round(decimals, Rounding::kHalfAway).ToAtLeast(decimals);
}

std::string Decimal::ToAtLeast(int decimals) const {
  std::string text = ToString();
  if (scale_ >= decimals) return text;
  if (scale_ == 0) text.push_back('.');
  text.append(static_cast<size_t>(decimals - scale_), '0');
  return text;
}

Decimal Decimal::Round(int decimals, Rounding rounding) const {
  if (scale_ <= decimals) return *this;
  const int shift = scale_ - decimals;
  int64_t small;
  if (shift <= 18 && FitsInt64(coefficient_, &small)) {
    const uint64_t magnitude = static_cast<uint64_t>(small < 0 ? -small : small);
    const uint64_t divisor = static_cast<uint64_t>(SmallPowerOfTen(shift));
    uint64_t quotient = magnitude / divisor;
    if (RoundsUp(rounding, magnitude % divisor * 2 <=> divisor, quotient % 2 != 0)) ++quotient;
    return FromInt64(small < 0 ? -static_cast<int64_t>(quotient) : static_cast<int64_t>(quotient), decimals);
  }
  const Integer& divisor = PowerOfTen(shift);
  Integer quotient, remainder;
  divide_qr(Integer(abs(coefficient_)), divisor, quotient, remainder);
  if (RoundsUp(rounding, Integer(remainder * 2).compare(divisor) <=> 0, quotient % 2 != 0)) quotient += 1;
  return Decimal(coefficient_ < 0 ? Integer(-quotient) : quotient, decimals);
}

Decimal Decimal::operator-() const {
  Decimal result = *this;
  result.coefficient_ = -result.coefficient_;
  return result;
}

Decimal operator+(const Decimal& a, const Decimal& b) {
  if (a.scale_ < b.scale_) return b + a;
  int64_t x, y, sum;
  Wide aligned;
  if (FitsInt64(a.coefficient_, &x) && FitsInt64(b.coefficient_, &y) &&
      Align(y, a.scale_ - b.scale_, &aligned) && Narrow(x + aligned, &sum)) {
    return Decimal::FromInt64(sum, a.scale_);
  }
  return Decimal(a.coefficient_ + b.coefficient_ * PowerOfTen(a.scale_ - b.scale_), a.scale_);
}

Decimal operator-(const Decimal& a, const Decimal& b) {
  return a + -b;
}

Decimal operator*(const Decimal& a, const Decimal& b) {
  int64_t x, y, product;
  if (FitsInt64(a.coefficient_, &x) && FitsInt64(b.coefficient_, &y) &&
      Narrow(static_cast<Wide>(x) * y, &product)) {
    return Decimal::FromInt64(product, a.scale_ + b.scale_);
  }
  return Decimal(a.coefficient_ * b.coefficient_, a.scale_ + b.scale_);
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  if (a.scale_ < b.scale_) {
    const std::strong_ordering order = b <=> a;
    return std::is_lt(order)   ? std::strong_ordering::greater
           : std::is_gt(order) ? std::strong_ordering::less
                               : order;
  }
  int64_t x, y;
  Wide aligned;
  if (FitsInt64(a.coefficient_, &x) && FitsInt64(b.coefficient_, &y) &&
      Align(y, a.scale_ - b.scale_, &aligned)) {
    return static_cast<Wide>(x) <=> aligned;
  }
  const int order =
      a.coefficient_.compare(Decimal::Integer(b.coefficient_ * PowerOfTen(a.scale_ - b.scale_)));
  return order <=> 0;
}

absl::StatusOr<Decimal> Decimal::Parse(absl::string_view text) {
  Decimal result;
  if (ParseShort(text, &result)) return result;
  if (text.size() > kMaxBytes) return TooLong(text);
  std::string plain;
  if (!ToHalfWidth(text, &plain)) return NotANumber();
  absl::string_view rest = plain;
  const bool negative = absl::StartsWith(rest, "-");
  if (negative || absl::StartsWith(rest, "+")) rest.remove_prefix(1);
  const size_t point = rest.find('.');
  std::string whole(rest.substr(0, point));
  const absl::string_view fraction =
      point == absl::string_view::npos ? absl::string_view() : rest.substr(point + 1);
  if (!DropSeparators(&whole) || whole.empty() || !AllDigits(whole) || !AllDigits(fraction) ||
      (point != absl::string_view::npos && fraction.empty())) {
    return NotANumber();
  }
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  if (whole.size() > kMaxWhole || fraction.size() > kMaxFraction) return TooManyDigits();
  Integer coefficient = 0;
  for (const char c : absl::StrCat(whole, fraction)) coefficient = coefficient * 10 + (c - '0');
  if (negative) coefficient = -coefficient;
  return Decimal(std::move(coefficient), static_cast<int>(fraction.size()));
}

absl::StatusOr<Decimal> Decimal::ParseStored(absl::string_view text) {
  Decimal result;
  if (ParseShort(text, &result)) return result;
  const auto damaged = [] { return absl::DataLossError("a stored number does not parse"); };
  if (text.size() > kMaxStoredBytes) return damaged();
  const bool negative = absl::StartsWith(text, "-");
  if (negative) text.remove_prefix(1);
  Integer coefficient = 0;
  int scale = -1, digits = 0;
  for (const char c : text) {
    if (c == '.' && scale < 0 && digits > 0) {
      scale = 0;
    } else if (absl::ascii_isdigit(c) && digits < kMaxStoredDigits) {
      coefficient = coefficient * 10 + (c - '0');
      if (scale >= 0) ++scale;
      ++digits;
    } else {
      return damaged();
    }
  }
  if (digits == 0 || scale == 0) return damaged();
  if (negative) coefficient = -coefficient;
  return Decimal(std::move(coefficient), std::max(scale, 0));
}

}  // namespace attain::scoring
