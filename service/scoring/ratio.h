// Exact fractions of decimals, rounded once at the end.
#ifndef ATTAIN_SERVICE_SCORING_RATIO_H_
#define ATTAIN_SERVICE_SCORING_RATIO_H_

#include <boost/multiprecision/cpp_int.hpp>
#include <compare>
#include <string>
#include <utility>

#include "service/scoring/decimal.h"

namespace attain::scoring {

// A rational number. Not reduced: the formulas of RULES 2 multiply a handful of parsed values,
// which 1,024 bits hold with room to spare; beyond them an operation throws std::overflow_error rather than
// wrap. Thread-compatible value type.
class Ratio {
 public:
  using Integer = boost::multiprecision::checked_int1024_t;

  // 0.
  Ratio() = default;
  Ratio(const Decimal& value);  // NOLINT: a decimal is a ratio
  // denominator ≠ 0.
  Ratio(const Decimal& numerator, const Decimal& denominator);

  friend Ratio operator+(const Ratio& a, const Ratio& b);
  friend Ratio operator-(const Ratio& a, const Ratio& b);
  friend Ratio operator*(const Ratio& a, const Ratio& b);
  friend Ratio operator/(const Ratio& a, const Ratio& b);  // b ≠ 0
  friend bool operator==(const Ratio& a, const Ratio& b) { return std::is_eq(a <=> b); }
  friend std::strong_ordering operator<=>(const Ratio& a, const Ratio& b);

  int sign() const { return numerator_.sign(); }
  // 0 ≤ decimals ≤ 76.
  Decimal Round(int decimals, Rounding rounding) const;
  // Least whole number ≥ this.
  Decimal Ceil() const;
  // Greatest multiple of 10^−decimals that is not above this; 0 ≤ decimals ≤ 76.
  Decimal Floor(int decimals) const;
  // For people: the exact value when it is finite with at most 12 decimals, else its first 10 decimals, cut,
  // and "…".
  std::string ToText() const;
  // The exact value: a fraction in lowest terms, "-7/12", or a whole number, "3".
  std::string ToFraction() const;
  // Denominator in lowest terms, positive.
  Integer ReducedDenominator() const;
  // Least whole number that is not below this · scale.
  Integer ScaledUp(const Integer& scale) const;

 private:
  Ratio(Integer numerator, Integer denominator)
      : numerator_(std::move(numerator)), denominator_(std::move(denominator)) {}

  Integer numerator_ = 0;
  Integer denominator_ = 1;  // positive
};

// numerator / denominator rounded once; denominator ≠ 0. The same as Ratio(numerator, denominator).Round(…),
// and quick when the figures are small.
Decimal Quotient(const Decimal& numerator, const Decimal& denominator, int decimals, Rounding rounding);

}  // namespace attain::scoring

#endif  // ATTAIN_SERVICE_SCORING_RATIO_H_
