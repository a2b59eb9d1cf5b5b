#include "service/scoring/decimal.h"

#include <random>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::scoring {
namespace {

std::string Parsed(absl::string_view text) {
  const absl::StatusOr<Decimal> parsed = Decimal::Parse(text);
  return parsed.ok() ? parsed->ToString() : std::string(absl::StatusCodeToString(parsed.status().code()));
}

TEST(DecimalTest, ParsesWhatPeopleType) {
  const std::pair<const char*, const char*> cases[] = {
      {"0", "0"},
      {"-0", "0"},
      {"0.0", "0"},
      {"-0.000", "0"},
      {"7", "7"},
      {"22.50", "22.5"},
      {"-0.50", "-0.5"},
      {"+3", "3"},
      {"007", "7"},
      {"1,234,567.89", "1234567.89"},
      {"-1,234", "-1234"},
      {"12,345", "12345"},
      {"４５", "45"},
      {"－０．５", "-0.5"},
      {"＋１，２３４．５", "1234.5"},
      {"−2", "-2"},
      {"1２3", "123"},
      {"999999999999999999.999999999", "999999999999999999.999999999"},
      {"-999999999999999999.999999999", "-999999999999999999.999999999"},
      {"0.000000001", "0.000000001"},
      {"000000000000000000000000000001", "1"},
      {"123456789012345678", "123456789012345678"}};
  for (const auto& [text, canonical] : cases) EXPECT_EQ(Parsed(text), canonical) << text;
}

TEST(DecimalTest, RefusesWhatIsNoPlainNumber) {
  for (const char* text :
       {"",      " ",     "-",    "+",        ".",           "5.",     ".5",       "-.5",       "1e5",
        "1e400", "1E400", "NaN",  "nan",      "inf",         "-inf",   "Infinity", "0x10",      "1 000",
        " 1",    "1 ",    "1,23", "1,2345",   ",123",        "1,,234", "1234,567", "1,234.5,6", "1.2.3",
        "--1",   "+-1",   "1-",   "12abc",    "45%",         "四十五", "１。５",   "½",         "①",
        "٣",     "1_000", "\xff", "\xef\xbc", "\xef\xbc\x9a"}) {
    EXPECT_EQ(Parsed(text), "INVALID_ARGUMENT") << text;
  }
  EXPECT_EQ(Parsed(absl::string_view("1\0"
                                     "2",
                                     3)),
            "INVALID_ARGUMENT");
}

TEST(DecimalTest, RefusesTooManyDigitsAsOutOfRange) {
  EXPECT_EQ(Parsed("1000000000000000000"), "OUT_OF_RANGE");  // 19 digits
  EXPECT_EQ(Parsed("0.0000000001"), "OUT_OF_RANGE");         // 10 decimals
  EXPECT_EQ(Parsed("1.0000000000"), "OUT_OF_RANGE");
  EXPECT_EQ(Parsed("１２３４５６７８９０１２３４５６７８９"), "OUT_OF_RANGE");
  EXPECT_EQ(Parsed(std::string(65, '1')), "OUT_OF_RANGE");
  EXPECT_EQ(Parsed(std::string(1 << 20, '9')), "OUT_OF_RANGE");
  EXPECT_EQ(Parsed(std::string(1 << 20, 'x')), "INVALID_ARGUMENT");
}

TEST(DecimalTest, SaysWhatIsWrong) {
  EXPECT_THAT(std::string(Decimal::Parse("1e400").status().message()),
              testing::HasSubstr("not a plain decimal"));
  EXPECT_THAT(std::string(Decimal::Parse("0.0000000001").status().message()), testing::HasSubstr("9 after"));
}

TEST(DecimalTest, StoredTextMayBeWiderThanTyped) {
  const std::string wide = "123456789012345678901234567890123456789.123456789012345678";
  EXPECT_EQ(Decimal::ParseStored(wide)->ToString(), wide);
  EXPECT_EQ(Decimal::ParseStored("-7.25")->ToString(), "-7.25");
  for (const char* text : {"", "-", "+1", "1,000", "1.", "1..2", "x", "１", " 1"}) {
    EXPECT_EQ(Decimal::ParseStored(text).status().code(), absl::StatusCode::kDataLoss) << text;
  }
  EXPECT_EQ(Decimal::ParseStored(std::string(77, '1')).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(Decimal::ParseStored(std::string(1000, '0')).status().code(), absl::StatusCode::kDataLoss);
}

TEST(DecimalTest, WritesFixedAndAtLeast) {
  EXPECT_EQ(Dec("7.5").ToFixed(2), "7.50");
  EXPECT_EQ(Dec("10").ToFixed(2), "10.00");
  EXPECT_EQ(Dec("10").ToFixed(0), "10");
  EXPECT_EQ(Dec("9.995").ToFixed(2), "10.00");
  EXPECT_EQ(Dec("-0.001").ToFixed(2), "0.00");
  EXPECT_EQ(Dec("-0.005").ToFixed(2), "-0.01");
  EXPECT_EQ(Dec("0.05").ToFixed(1), "0.1");
  EXPECT_EQ(Dec("7.5").ToAtLeast(2), "7.50");
  EXPECT_EQ(Dec("3.125").ToAtLeast(2), "3.125");
  EXPECT_EQ(Dec("7.5").ToAtLeast(0), "7.5");
}

TEST(DecimalTest, RoundsThreeWays) {
  const auto round = [](const char* text, int decimals, Rounding rounding) {
    return Dec(text).Round(decimals, rounding).ToString();
  };
  EXPECT_EQ(round("2.345", 2, Rounding::kHalfAway), "2.35");
  EXPECT_EQ(round("-2.345", 2, Rounding::kHalfAway), "-2.35");
  EXPECT_EQ(round("2.345", 2, Rounding::kDown), "2.34");
  EXPECT_EQ(round("-2.349", 2, Rounding::kDown), "-2.34");
  EXPECT_EQ(round("2.345", 2, Rounding::kHalfEven), "2.34");
  EXPECT_EQ(round("2.355", 2, Rounding::kHalfEven), "2.36");
  EXPECT_EQ(round("2.3450001", 2, Rounding::kHalfEven), "2.35");
  EXPECT_EQ(round("89.996", 2, Rounding::kHalfAway), "90");
  EXPECT_EQ(round("999999999999999999.999999999", 2, Rounding::kHalfAway), "1000000000000000000");
  EXPECT_EQ(round("0.5", 0, Rounding::kHalfEven), "0");
  EXPECT_EQ(round("1.5", 0, Rounding::kHalfEven), "2");
}

TEST(DecimalTest, ComparesByValue) {
  EXPECT_EQ(Dec("1.50"), Dec("1.5"));
  EXPECT_LT(Dec("-1"), Dec("0.000000001"));
  EXPECT_GT(Dec("1.000000001"), Dec("1"));
  EXPECT_LT(Dec("999999999999999999"), Dec("999999999999999999.000000001"));
  EXPECT_TRUE(Dec("0.00").is_zero());
  EXPECT_EQ(Dec("-3").sign(), -1);
  EXPECT_EQ((-Decimal()).ToString(), "0");
  EXPECT_EQ(Decimal::FromInt(INT64_MIN).ToString(), "-9223372036854775808");
  EXPECT_EQ(Decimal::FromInt(INT64_MAX).ToString(), "9223372036854775807");
}

// Random values on both sides of the machine word, so that quick and wide arithmetic meet.
Decimal AnyDecimal(std::mt19937_64& random) {
  const int digits = 1 + static_cast<int>(random() % 27), scale = static_cast<int>(random() % 10);
  std::string text;
  for (int i = 0; i < digits; ++i) text.push_back(static_cast<char>('0' + random() % (i == 0 ? 3 : 10)));
  Decimal::Integer coefficient(text.c_str() + std::min(text.find_first_not_of('0'), text.size() - 1));
  if (random() % 2 == 0) coefficient = -coefficient;
  return Decimal(coefficient, scale);
}

TEST(DecimalTest, AlgebraHoldsOnRandomValues) {
  std::mt19937_64 random(20240731);
  for (int i = 0; i < 20'000; ++i) {
    const Decimal a = AnyDecimal(random), b = AnyDecimal(random), c = AnyDecimal(random);
    ASSERT_EQ(a + b, b + a);
    ASSERT_EQ((a + b) + c, a + (b + c));
    ASSERT_EQ(a * b, b * a);
    ASSERT_EQ(a * (b + c), a * b + a * c);
    ASSERT_EQ((a + b) - b, a);
    ASSERT_EQ(a - a, Decimal());
    ASSERT_EQ(-(-a), a);
    ASSERT_EQ(a<b, (b - a).sign()> 0);
    ASSERT_EQ(*Decimal::ParseStored(a.ToString()), a);
    ASSERT_EQ((a * b).ToString(),
              Decimal(a.coefficient() * b.coefficient(), a.scale() + b.scale()).ToString());
  }
}

TEST(DecimalTest, NeverWraps) {
  const Decimal wide(PowerOfTen(70), 0);
  EXPECT_THROW(wide * wide, std::overflow_error);
  const Decimal largest = Dec("999999999999999999.999999999");
  EXPECT_EQ((largest * largest).ToString(), "999999999999999999999999998000000000.000000000000000001");
}

}  // namespace
}  // namespace attain::scoring
