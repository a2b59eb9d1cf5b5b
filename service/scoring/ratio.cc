#include "service/scoring/ratio.h"

#include "absl/strings/str_cat.h"

namespace attain::scoring {

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
  return Ratio(a.numerator_ * b.denominator_ + b.numerator_ * a.denominator_, a.denominator_ * b.denominator_);
}

Ratio operator-(const Ratio& a, const Ratio& b) { return a + Ratio(Ratio::Integer(-b.numerator_), b.denominator_); }

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
  const int order = Ratio::Integer(a.numerator_ * b.denominator_).compare(Ratio::Integer(b.numerator_ * a.denominator_));
  return order < 0 ? std::strong_ordering::less : order > 0 ? std::strong_ordering::greater : std::strong_ordering::equal;
}

Decimal Ratio::Round(int decimals, Rounding rounding) const {
  const bool negative = numerator_ < 0;
  const Integer scaled = (negative ? Integer(-numerator_) : numerator_) * Integer(PowerOfTen(decimals));
  Integer quotient, remainder;
  boost::multiprecision::divide_qr(scaled, denominator_, quotient, remainder);
  const int half = Integer(remainder * 2).compare(denominator_);
  if (rounding == Rounding::kHalfAway ? half >= 0
      : rounding == Rounding::kHalfEven ? (half > 0 || (half == 0 && quotient % 2 != 0))
                                        : false) {
    quotient += 1;
  }
  if (negative) quotient = -quotient;
  return Decimal(Decimal::Integer(quotient), decimals);
}

Decimal Ratio::Ceil() const {
  Integer quotient, remainder;
  boost::multiprecision::divide_qr(numerator_, denominator_, quotient, remainder);
  if (remainder > 0) quotient += 1;
  return Decimal(Decimal::Integer(quotient), 0);
}

std::string Ratio::ToText() const {
  const Decimal cut = Round(12, Rounding::kDown);
  if (Ratio(cut) == *this) return cut.ToString();
  return absl::StrCat(Round(10, Rounding::kDown).ToFixed(10), "…");
}

Decimal Quotient(const Decimal& numerator, const Decimal& denominator, int decimals, Rounding rounding) {
  return Ratio(numerator, denominator).Round(decimals, rounding);
}

}  // namespace attain::scoring
