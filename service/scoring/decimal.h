// Exact decimal numbers as people type them: weights, targets, actual values, money, scores.
//
// Parsed values have at most 18 digits before the point and 9 after it. Results of +, − and × stay exact while they have at most 76 digits;
// the sums and products of scoring stay far below that (a million tables of 18-digit budgets need 33). Division exists
// only as Ratio and Quotient, which round once. Thread-compatible value type.
#ifndef ATTAIN_SERVICE_SCORING_DECIMAL_H_
#define ATTAIN_SERVICE_SCORING_DECIMAL_H_

#include <boost/multiprecision/cpp_int.hpp>
#include <compare>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace attain::scoring {

// How a figure is rounded; kHalfAway is away from zero on a tie.
enum class Rounding { kHalfAway = 1, kDown, kHalfEven };

class Decimal {
 public:
  using Integer = boost::multiprecision::int256_t;

  Decimal() = default;
  // coefficient · 10^−scale; scale ≥ 0.
  Decimal(Integer coefficient, int scale);
  static Decimal FromInt(int64_t value) { return Decimal(Integer(value), 0); }

  // Plain decimal notation with an optional sign; full-width digits and signs, and thousands separators in proper groups, are
  // understood. INVALID_ARGUMENT when it is no such number (exponents, NaN, blanks inside), OUT_OF_RANGE when it is one with too many
  // digits.
  static absl::StatusOr<Decimal> Parse(absl::string_view text);
  // For text that ToString wrote: sums may have more digits than people may type.
  static absl::StatusOr<Decimal> ParseStored(absl::string_view text);

  // Canonical: no needless zeros, "-0.5", "22.5", "10".
  std::string ToString() const;
  // Exactly `decimals` digits after the point; rounds half away when it has more.
  std::string ToFixed(int decimals) const;

  Decimal Round(int decimals, Rounding rounding) const;

  int sign() const { return coefficient_.sign(); }
  const Integer& coefficient() const { return coefficient_; }
  int scale() const { return scale_; }

  Decimal operator-() const { return Decimal(-coefficient_, scale_); }
  friend Decimal operator+(const Decimal& a, const Decimal& b);
  friend Decimal operator-(const Decimal& a, const Decimal& b);
  friend Decimal operator*(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);

 private:
  void Normalize();

  Integer coefficient_ = 0;  // not divisible by 10 unless scale_ is 0
  int scale_ = 0;
};

// 10^exponent, 0 ≤ exponent ≤ 76.
const Decimal::Integer& PowerOfTen(int exponent);

}  // namespace attain::scoring

#endif  // ATTAIN_SERVICE_SCORING_DECIMAL_H_
