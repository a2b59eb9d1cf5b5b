#include "service/scoring/ratio.h"

#include <random>

#include "gtest/gtest.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::scoring {
namespace {

TEST(RatioTest, RoundsOnce) {
  EXPECT_EQ(Quotient(Dec("290"), Dec("30"), 2, Rounding::kHalfAway).ToString(), "9.67");
  EXPECT_EQ(Quotient(Dec("-290"), Dec("30"), 2, Rounding::kHalfAway).ToString(), "-9.67");
  EXPECT_EQ(Quotient(Dec("290"), Dec("-30"), 2, Rounding::kDown).ToString(), "-9.66");
  EXPECT_EQ(Quotient(Dec("1"), Dec("8"), 2, Rounding::kHalfAway).ToString(), "0.13");
  EXPECT_EQ(Quotient(Dec("1"), Dec("8"), 2, Rounding::kHalfEven).ToString(), "0.12");
  EXPECT_EQ(Quotient(Dec("3"), Dec("8"), 2, Rounding::kHalfEven).ToString(), "0.38");
  // 0.00499… must not become 0.005 first.
  EXPECT_EQ(Quotient(Dec("0.004999999"), Dec("1"), 2, Rounding::kHalfAway).ToString(), "0");
  EXPECT_EQ(Quotient(Dec("0"), Dec("-7"), 2, Rounding::kHalfAway).ToString(), "0");
}

TEST(RatioTest, ShowsExactValuesWholeAndOthersCut) {
  EXPECT_EQ(Ratio(Dec("3"), Dec("8")).ToText(), "0.375");
  EXPECT_EQ(Ratio(Dec("10")).ToText(), "10");
  EXPECT_EQ(Ratio(Dec("29"), Dec("3")).ToText(), "9.6666666666…");
  EXPECT_EQ(Ratio(Dec("300"), Dec("35.33")).ToText(), "8.4913671101…");
  EXPECT_EQ(Ratio(Dec("1"), Dec("4096")).ToText(), "0.000244140625");  // 12 decimals
  EXPECT_EQ(Ratio(Dec("1"), Dec("8192")).ToText(), "0.0001220703…");   // 13
  EXPECT_EQ(Ratio(Dec("-1"), Dec("3")).ToText(), "-0.3333333333…");
  EXPECT_EQ(Ratio(Dec("-0.000000001"), Dec("300")).ToText(), "-0.0000000000…");
}

TEST(RatioTest, CeilIsTheLeastWholeNumberNotBelow) {
  EXPECT_EQ(Ratio(Dec("2.000000001")).Ceil().ToString(), "3");
  EXPECT_EQ(Ratio(Dec("2")).Ceil().ToString(), "2");
  EXPECT_EQ(Ratio(Dec("-2.5")).Ceil().ToString(), "-2");
  EXPECT_EQ(Ratio(Dec("0")).Ceil().ToString(), "0");
}

TEST(RatioTest, ArithmeticIsThatOfFractions) {
  const Ratio third(Dec("1"), Dec("3")), sixth(Dec("0.5"), Dec("3"));
  EXPECT_EQ(third + sixth, Ratio(Dec("0.5")));
  EXPECT_EQ(third - sixth, sixth);
  EXPECT_EQ(third * sixth, Ratio(Dec("1"), Dec("18")));
  EXPECT_EQ(third / sixth, Ratio(Dec("2")));
  EXPECT_EQ(third / (sixth - third), Ratio(Dec("-2")));
  EXPECT_LT(sixth, third);
  EXPECT_LT(Ratio(Dec("1"), Dec("-3")), Ratio());
}

TEST(RatioTest, QuickAndWideQuotientsAgree) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 50'000; ++i) {
    const auto any = [&] {
      const int64_t magnitude = static_cast<int64_t>(random() >> (1 + random() % 62));
      return Decimal::FromInt64(random() % 2 ? magnitude : -magnitude, static_cast<int>(random() % 10));
    };
    const Decimal a = any(), b = any();
    if (b.is_zero()) continue;
    const int decimals = static_cast<int>(random() % 10);
    const Rounding rounding = static_cast<Rounding>(1 + random() % 3);
    ASSERT_EQ(Quotient(a, b, decimals, rounding), Ratio(a, b).Round(decimals, rounding))
        << a.ToString() << " / " << b.ToString();
  }
}

}  // namespace
}  // namespace attain::scoring
