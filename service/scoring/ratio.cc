#include "service/scoring/ratio.h"

#include "absl/strings/str_cat.h"

namespace attain::scoring {
namespace {

// The quotient in machine arithmetic; false when the figures are too big for it.
bool SmallQuotient(const Decimal& numerator, const Decimal& denominator, int decimals, Rounding rounding,
                   Decimal* out) {
  int64_t a, b;
  if (!FitsInt64(numerator.coefficient(), &a) || !FitsInt64(denominator.coefficient(), &b)) return false;
  const int shift = decimals + denominator.scale() - numerator.scale();
  if (shift > 18 || shift < -18) return false;
  const bool negative = (a < 0) != (b < 0);
  unsigned __int128 dividend = static_cast<uint64_t>(a < 0 ? -a : a);
  unsigned __int128 divisor = static_cast<uint64_t>(b < 0 ? -b : b);
  (shift > 0 ? dividend : divisor) *= static_cast<uint64_t>(SmallPowerOfTen(shift > 0 ? shift : -shift));
  unsigned __int128 quotient, remainder;
  if (dividend <= UINT64_MAX && divisor <= UINT64_MAX) {
    // One machine division instead of a library call.
    quotient = static_cast<uint64_t>(dividend) / static_cast<uint64_t>(divisor);
    remainder = static_cast<uint64_t>(dividend) % static_cast<uint64_t>(divisor);
  } else {
    quotient = dividend / divisor;
    remainder = dividend % divisor;
  }
  if (RoundsUp(rounding, remainder * 2 <=> divisor, quotient % 2 != 0)) ++quotient;
  if (quotient > static_cast<uint64_t>(INT64_MAX)) return false;
  const int64_t value = static_cast<int64_t>(quotient);
  *out = Decimal::FromInt64(negative ? -value : value, decimals);
  return true;
}

}  // namespace

Ratio::Ratio(const Decimal& value)
    : numerator_(value.coefficient()), denominator_(PowerOfTen(value.scale())) {}

Ratio::Ratio(const Decimal& numerator, const Decimal& denominator)
    : numerator_(numerator.coefficient()), denominator_(denominator.coefficient()) {
  // Only the difference of the scales matters.
  if (denominator.scale() > numerator.scale()) {
    numerator_ *= Integer(PowerOfTen(denominator.scale() - numerator.scale()));
  } else if (numerator.scale() > denominator.scale()) {
    denominator_ *= Integer(PowerOfTen(numerator.scale() - denominator.scale()));
  }
  if (denominator_ < 0) {
    numerator_ = -numerator_;
    denominator_ = -denominator_;
  }
}

Ratio operator+(const Ratio& a, const Ratio& b) {
  if (a.denominator_ == b.denominator_) return Ratio(a.numerator_ + b.numerator_, a.denominator_);
  return Ratio(a.numerator_ * b.denominator_ + b.numerator_ * a.denominator_,
               a.denominator_ * b.denominator_);
}

Ratio operator-(const Ratio& a, const Ratio& b) {
  return a + Ratio(Ratio::Integer(-b.numerator_), b.denominator_);
}

Ratio operator*(const Ratio& a, const Ratio& b) {
  return Ratio(a.numerator_ * b.numerator_, a.denominator_ * b.denominator_);
}

Ratio operator/(const Ratio& a, const Ratio& b) {
  Ratio result(a.numerator_ * b.denominator_, a.denominator_ * b.numerator_);
  if (result.denominator_ < 0) {
    result.numerator_ = -result.numerator_;
    result.denominator_ = -result.denominator_;
  }
  return result;
}

std::strong_ordering operator<=>(const Ratio& a, const Ratio& b) {
  return Ratio::Integer(a.numerator_ * b.denominator_)
             .compare(Ratio::Integer(b.numerator_ * a.denominator_)) <=> 0;
}

Decimal Ratio::Round(int decimals, Rounding rounding) const {
  const Integer scaled = Integer(abs(numerator_)) * Integer(PowerOfTen(decimals));
  Integer quotient, remainder;
  divide_qr(scaled, denominator_, quotient, remainder);
  if (RoundsUp(rounding, Integer(remainder * 2).compare(denominator_) <=> 0, quotient % 2 != 0))
    quotient += 1;
  if (numerator_ < 0) quotient = -quotient;
  return Decimal(Decimal::Integer(quotient), decimals);
}

Decimal Ratio::Ceil() const {
  Integer quotient, remainder;
  divide_qr(numerator_, denominator_, quotient, remainder);
  if (remainder > 0) quotient += 1;
  return Decimal(Decimal::Integer(quotient), 0);
}

Decimal Ratio::Floor(int decimals) const {
  const Decimal cut = Round(decimals, Rounding::kDown);
  return Ratio(cut) > *this ? cut - Decimal(1, decimals) : cut;
}

std::string Ratio::ToFraction() const {
  const Integer denominator = ReducedDenominator();
  const Integer numerator = numerator_ / (denominator_ / denominator);
  return denominator == 1 ? numerator.str() : absl::StrCat(numerator.str(), "/", denominator.str());
}

Ratio::Integer Ratio::ReducedDenominator() const {
  return denominator_ / gcd(Integer(abs(numerator_)), denominator_);
}

Ratio::Integer Ratio::ScaledUp(const Integer& scale) const {
  Integer quotient, remainder;
  divide_qr(Integer(numerator_ * scale), denominator_, quotient, remainder);
  return remainder > 0 ? Integer(quotient + 1) : quotient;
}

std::string Ratio::ToText() const {
  const Decimal cut = Round(12, Rounding::kDown);
  if (Ratio(cut) == *this) return cut.ToString();
  const Decimal shown = Round(10, Rounding::kDown);
  // A small negative value must not lose its sign when it is cut to zeros.
  return absl::StrCat(shown.is_zero() && sign() < 0 ? "-" : "", shown.ToAtLeast(10), "…");
}

Decimal Quotient(const Decimal& numerator, const Decimal& denominator, int decimals, Rounding rounding) {
  Decimal result;
  if (SmallQuotient(numerator, denominator, decimals, rounding, &result)) return result;
  return Ratio(numerator, denominator).Round(decimals, rounding);
}

}  // namespace attain::scoring
