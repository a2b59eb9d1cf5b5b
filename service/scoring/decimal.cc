#include "service/scoring/decimal.h"

#include <array>

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

}  // namespace attain::scoring
