// Exact fractions of decimals, rounded once at the end.
#ifndef ATTAIN_SERVICE_SCORING_RATIO_H_
#define ATTAIN_SERVICE_SCORING_RATIO_H_

#include <boost/multiprecision/cpp_int.hpp>
#include <compare>
#include <string>

#include "service/scoring/decimal.h"

namespace attain::scoring {

// Thread-compatible value type. The formulas of domain.md section 2 multiply at most five parsed values, which 1,024 bits hold.
class Ratio {
 public:
  using Integer = boost::multiprecision::int1024_t;

  Ratio() = default;
  Ratio(const Decimal& value);  // NOLINT: a decimal is a ratio
  // denominator ≠ 0.
  Ratio(const Decimal& numerator, const Decimal& denominator);

  friend Ratio operator+(const Ratio& a, const Ratio& b);
  friend Ratio operator-(const Ratio& a, const Ratio& b);
  friend Ratio operator*(const Ratio& a, const Ratio& b);
  friend Ratio operator/(const Ratio& a, const Ratio& b);  // b ≠ 0
  friend bool operator==(const Ratio& a, const Ratio& b) { return (a <=> b) == 0; }
  friend std::strong_ordering operator<=>(const Ratio& a, const Ratio& b);

  int sign() const { return numerator_.sign(); }
  Decimal Round(int decimals, Rounding rounding) const;
  // Least whole number ≥ this.
  Decimal Ceil() const;
  // The exact value when it is finite with at most 12 decimals, else its first 10 decimals and "…".
  std::string ToText() const;

 private:
  Ratio(Integer numerator, Integer denominator) : numerator_(std::move(numerator)), denominator_(std::move(denominator)) {}

  Integer numerator_ = 0;
  Integer denominator_ = 1;  // positive
};

// numerator / denominator rounded once; denominator ≠ 0.
Decimal Quotient(const Decimal& numerator, const Decimal& denominator, int decimals, Rounding rounding);

}  // namespace attain::scoring

#endif  // ATTAIN_SERVICE_SCORING_RATIO_H_
