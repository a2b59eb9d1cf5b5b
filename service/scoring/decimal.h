// Exact decimal numbers as people type them: weights, targets, actual values, money, scores.
//
// Bounds: what Parse accepts has at most 18 digits before the point and 9 after it. Results of +, − and × are
// exact up to 76 digits; the widest figure that scoring makes of such values, the budget-weighted total of a
// million tables, needs fewer than 60. A result beyond the bound throws std::overflow_error (a defect, not an
// input error): it never wraps. Division exists only as Quotient and Ratio (ratio.h), which round once.
//
// Thread-compatible value type.
#ifndef ATTAIN_SERVICE_SCORING_DECIMAL_H_
#define ATTAIN_SERVICE_SCORING_DECIMAL_H_

#include <boost/multiprecision/cpp_int.hpp>
#include <compare>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace attain::scoring {

// How a figure is rounded; kHalfAway is away from zero on a tie, kDown cuts towards zero.
enum class Rounding { kHalfAway = 1, kDown, kHalfEven };

class Decimal {
 public:
  using Integer = boost::multiprecision::checked_int256_t;

  // 0.
  Decimal() = default;
  // coefficient · 10^−scale; 0 ≤ scale ≤ 76.
  Decimal(Integer coefficient, int scale);
  static Decimal FromInt(int64_t value) { return FromInt64(value, 0); }
  // value · 10^−scale; 0 ≤ scale ≤ 76.
  static Decimal FromInt64(int64_t value, int scale);

  // Plain decimal notation with an optional sign. Full-width digits, signs, points and commas (０-９ ＋ － ．
  // ，), the minus sign U+2212 and thousands commas in proper groups are understood; surrounding white space
  // is not: callers strip. INVALID_ARGUMENT when it is no such number (exponents, NaN, blanks, bad UTF-8,
  // "5.", ".5") or is longer than 64 bytes and not plainly a number; OUT_OF_RANGE when it is a number with
  // too many digits. Work is bounded whatever the length of `text`.
  static absl::StatusOr<Decimal> Parse(absl::string_view text);
  // For text that ToString wrote: sums may have more digits than people may type. DATA_LOSS when it does not
  // parse.
  static absl::StatusOr<Decimal> ParseStored(absl::string_view text);

  // Canonical: no needless zeros, "-0.5", "22.5", "10". Equal values give equal text.
  std::string ToString() const;
  // Exactly `decimals` digits after the point; rounds half away when it has more.
  std::string ToFixed(int decimals) const;
  // At least `decimals` digits after the point, and all that it has: 7.5 → "7.50", 3.125 → "3.125". For
  // points that people typed or that are a whole weight, which no rule has rounded.
  std::string ToAtLeast(int decimals) const;

  // decimals ≥ 0.
  Decimal Round(int decimals, Rounding rounding) const;

  // −1, 0 or 1.
  int sign() const { return coefficient_.sign(); }
  bool is_zero() const { return coefficient_.is_zero(); }
  // The value is coefficient · 10^−scale; the coefficient is not divisible by 10 unless the scale is 0.
  const Integer& coefficient() const { return coefficient_; }
  int scale() const { return scale_; }

  Decimal operator-() const;
  friend Decimal operator+(const Decimal& a, const Decimal& b);
  friend Decimal operator-(const Decimal& a, const Decimal& b);
  friend Decimal operator*(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) {
    return a.scale_ == b.scale_ && a.coefficient_ == b.coefficient_;  // both are canonical
  }
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);

 private:
  void Normalize();

  Integer coefficient_ = 0;
  int scale_ = 0;
};

// 10^exponent, 0 ≤ exponent ≤ 76.
const Decimal::Integer& PowerOfTen(int exponent);
// The same in a machine word, 0 ≤ exponent ≤ 18.
int64_t SmallPowerOfTen(int exponent);
// Whether the integer fits a machine word with its sign; *out is its value then. Most figures do, and are
// worked out without wide integers.
bool FitsInt64(const Decimal::Integer& value, int64_t* out);

// Whether a magnitude that is cut is one up when rounded: `half` is the order of twice the remainder against
// the divisor, `odd` whether what is left is odd.
bool RoundsUp(Rounding rounding, std::strong_ordering half, bool odd);

}  // namespace attain::scoring

#endif  // ATTAIN_SERVICE_SCORING_DECIMAL_H_
