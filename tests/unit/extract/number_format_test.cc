// What a stored number is and how its format shows it.
#include "service/extract/office/number_format.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/extract/office/dates.h"
#include "service/extract/office/decimal.h"
#include "service/extract/office/shown.h"

namespace attain::extract {
namespace {

struct Case {
  const char* code;
  const char* stored;
  document::CellKind kind;
  const char* text;
  const char* shown;  // empty when the same as text, or unknown
  bool rounded;
};

void Check(const Case& c) {
  const ShownNumber number = NumberFormat(c.code).Show(*PlainDecimal(c.stored), false);
  EXPECT_EQ(number.kind, c.kind) << c.code << " " << c.stored;
  EXPECT_EQ(number.text, c.text) << c.code << " " << c.stored;
  EXPECT_EQ(number.shown, c.shown) << c.code << " " << c.stored;
  EXPECT_EQ(number.rounded, c.rounded) << c.code << " " << c.stored;
}

constexpr document::CellKind kNumber = document::CELL_KIND_NUMBER;
constexpr document::CellKind kPercent = document::CELL_KIND_PERCENT;
constexpr document::CellKind kDate = document::CELL_KIND_DATE;

TEST(NumberFormat, ShowsNumbers) {
  const Case cases[] = {
      {"General", "3200", kNumber, "3200", "", false},
      {"0", "3.5", kNumber, "3.5", "4", true},
      {"0", "-0.4", kNumber, "-0.4", "0", true},
      {"0.0", "3.25", kNumber, "3.25", "3.3", true},
      {"0.00", "3.5", kNumber, "3.5", "3.50", false},
      {"0.00", "99.995", kNumber, "99.995", "100.00", true},
      {"#,##0.00", "1234.5", kNumber, "1234.5", "1,234.50", false},
      {"#,##0.00", "-1234567.891", kNumber, "-1234567.891", "-1,234,567.89", true},
      {"#,##0", "100", kNumber, "100", "", false},
      {"#.##", "0.5", kNumber, "0.5", ".5", false},
      {"00000", "42", kNumber, "42", "00042", false},
      {"#,##0.00_);[Red](#,##0.00)", "-18.6", kNumber, "-18.6", "(18.60)", false},
      {"_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "0", kNumber, "0", "-", false},
      {"[$¥-804]#,##0.00", "88", kNumber, "88", "¥88.00", false},
      {"[$-804]0.0", "2.5", kNumber, "2.5", "", false},
      {"0\"万元\"", "35", kNumber, "35", "35万元", false},
      {"0.00\\%", "85", kNumber, "85", "85.00%", false},  // a percent sign that is only drawn
      {"\"约\"0\"人\"", "120.4", kNumber, "120.4", "约120人", true},
      {"General\"年\"", "2025", kNumber, "2025", "2025年", false},
      {"@", "650100241000001", kNumber, "650100241000001", "", false},
      {"0.00E+00", "650100241000001", kNumber, "650100241000001", "6.50E+14", true},
      {"[DBNum1]General", "12", kNumber, "12", "", false},
      {"# ?/?", "0.5", kNumber, "0.5", "", false},
      {"[>=100]0;0.00", "3", kNumber, "3", "", false},
  };
  for (const Case& c : cases) Check(c);
}

TEST(NumberFormat, PercentIsMovedByTheDecimalPointOnly) {
  const Case cases[] = {
      {"0%", "0.85", kPercent, "85%", "", false},
      {"0%", "0.57999999999999996", kPercent, "58%", "", false},
      {"0%", "0.625", kPercent, "62.5%", "63%", true},
      {"0.00%", "0.95348837209302328", kPercent, "95.3488372093023%", "95.35%", true},
      {"0.0%", "0.995", kPercent, "99.5%", "", false},
      {"0.00%", "1", kPercent, "100%", "100.00%", false},
      {"[Red]0.0%;[Blue]-0.0%", "-0.032", kPercent, "-3.2%", "", false},
      {"0%", "1.0000000000000001E-2", kPercent, "1%", "", false},
  };
  for (const Case& c : cases) Check(c);
}

TEST(NumberFormat, DatesAndTimes) {
  const Case cases[] = {
      {"yyyy-mm-dd", "45991", kDate, "2025-11-30", "", false},
      {"yyyy\\年m\\月d\\日", "45991", kDate, "2025-11-30", "2025年11月30日", false},
      {"yyyy\"年\"m\"月\"d\"日\";@", "45991", kDate, "2025-11-30", "2025年11月30日", false},
      {"[$-804]aaaa", "45991", kDate, "2025-11-30", "星期日", false},
      {"m\"月\"d\"日\"", "45991", kDate, "2025-11-30", "11月30日", false},
      {"yyyy/m/d h:mm", "45991.604166666664", kDate, "2025-11-30 14:30", "2025/11/30 14:30", false},
      {"yyyy/m/d", "45991.604166666664", kDate, "2025-11-30", "2025/11/30", false},
      {"h:mm", "0.60416666666666663", kDate, "14:30", "", false},
      {"h:mm:ss", "0.604224537037037", kDate, "14:30:05", "", false},
      {"h:mm AM/PM", "0.60416666666666663", kDate, "14:30", "2:30 PM", false},
      {"上午/下午h\"时\"mm\"分\"", "0.60416666666666663", kDate, "14:30", "下午2时30分", false},
      {"[h]:mm", "1.25", kDate, "30:00", "", false},
      {"mm:ss", "0.0006944444444444445", kDate, "00:01", "01:00", false},
      {"yyyy-mm-dd", "1", kDate, "1900-01-01", "", false},
      {"yyyy-mm-dd", "59", kDate, "1900-02-28", "", false},
      {"yyyy-mm-dd", "60", kDate, "1900-02-29", "", false},  // the day that never was
      {"yyyy-mm-dd", "61", kDate, "1900-03-01", "", false},
      {"yyyy-mm-dd", "2958465", kDate, "9999-12-31", "", false},
      {"yyyy-mm-dd", "2958466", kNumber, "2958466", "", false},  // a spreadsheet shows ####
      {"yyyy-mm-dd", "-5", kNumber, "-5", "", false},
      {"yyyy-mm-dd", "45991.999999", kDate, "2025-12-01", "", false},
      {"yyyy-mm-dd hh:mm:ss", "45991.999999", kDate, "2025-12-01", "2025-12-01 00:00:00", false},
      {"yyyy-mm-dd hh:mm:ss", "45991.99998843", kDate, "2025-11-30 23:59:59", "", false},
      {"h:mm AM/PM", "0.5", kDate, "12:00", "12:00 PM", false},
      {"h:mm AM/PM", "0.5208333333333334", kDate, "12:30", "12:30 PM", false},
      {"h:mm AM/PM", "0.0208333333333333", kDate, "00:30", "12:30 AM", false},
      {"上午/下午h\"时\"mm\"分\"", "0.5", kDate, "12:00", "下午12时00分", false},
      {"h:mm", "0.0208333333333333", kDate, "00:30", "0:30", false},
  };
  for (const Case& c : cases) Check(c);
  EXPECT_EQ(NumberFormat("yyyy-mm-dd").Show("44529", true).text, "2025-11-30");
  EXPECT_EQ(NumberFormat("yyyy-mm-dd").Show("0", true).text, "1904-01-01");
}

TEST(NumberFormat, BuiltInIdsOfTheChineseEdition) {
  for (int id : {14, 15, 17, 22, 27, 28, 30, 31, 36, 50, 52, 54, 57, 58}) {
    EXPECT_EQ(NumberFormat::BuiltIn(id).Show("45991", false).kind, document::CELL_KIND_DATE) << id;
    EXPECT_EQ(NumberFormat::BuiltIn(id).Show("45991", false).text, "2025-11-30") << id;
  }
  for (int id : {18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 55, 56})
    EXPECT_EQ(NumberFormat::BuiltIn(id).Show("0.5", false).text, "12:00") << id;
  for (int id : {9, 10}) EXPECT_EQ(NumberFormat::BuiltIn(id).Show("0.85", false).text, "85%") << id;
  for (int id : {0, 1, 2, 3, 4, 37, 38, 39, 40, 41, 43, 49, 23, 100}) {
    EXPECT_EQ(NumberFormat::BuiltIn(id).Show("45991", false).kind, document::CELL_KIND_NUMBER) << id;
  }
  EXPECT_EQ(NumberFormat::BuiltIn(57).Show("45991", false).shown, "2025年11月");
}

TEST(NumberFormat, TellsOfScaledAndInvisibleValues) {
  const ShownNumber thousands = NumberFormat("#,##0,").Show("1234567", false);
  EXPECT_TRUE(thousands.scaled);
  EXPECT_EQ(thousands.shown, "1,235");
  const ShownNumber wan = NumberFormat("0!.0,\"万元\"").Show("186400", false);  // how offices show 元 as 万元
  EXPECT_TRUE(wan.scaled);
  EXPECT_EQ(wan.text, "186400");
  EXPECT_EQ(wan.shown, "18.6万元");
  EXPECT_TRUE(NumberFormat(";;;").Show("5", false).invisible);
  EXPECT_FALSE(NumberFormat("0").Show("5", false).invisible);
}

TEST(NumberFormat, SurvivesAnyCode) {
  for (const char* code : {"", ";", ";;;;;;", "\"", "[", "[]", "\\", "_", "*", "0.0.0.0", "%%%", "E+", "[h",
                           ",,,", "yyyyyyyyyyyy", "0E+0E+0", ".", "\xE5\xB9"}) {
    for (const char* number : {"0", "-1", "45991.5", "0.000000001"}) {
      EXPECT_FALSE(NumberFormat(code).Show(number, false).text.empty()) << code;
    }
  }
}

TEST(PlainDecimal, KeepsWhatIsStored) {
  const std::pair<const char*, const char*> cases[] = {{"0.57999999999999996", "0.58"},
                                                       {"1234567890123456789", "1234567890123456789"},
                                                       {"6.50100241000001E+14", "650100241000001"},
                                                       {"1.5E-3", "0.0015"},
                                                       {"-0", "0"},
                                                       {"-0.0", "0"},
                                                       {"+7", "7"},
                                                       {".5", "0.5"},
                                                       {"5.", "5"},
                                                       {"007", "7"},
                                                       {"99999999999999999.9", "100000000000000000"},
                                                       {"0.1", "0.1"},
                                                       {"1e2", "100"},
                                                       {"0.30000000000000004", "0.3"},
                                                       {" 12 ", "12"},
                                                       {"2.9999999999999996", "3"}};
  for (const auto& [stored, plain] : cases) EXPECT_EQ(PlainDecimal(stored).value_or("none"), plain) << stored;
  for (const char* none : {"", "-", ".", "abc", "1,5", "1e", "1e999", "NaN", "inf", "0x10", "12a", "--1"})
    EXPECT_FALSE(PlainDecimal(none).has_value()) << none;
}

TEST(PlainDecimal, RoundsAndShiftsInText) {
  EXPECT_EQ(Round("2.675", 2), "2.68");  // a double would give 2.67
  EXPECT_EQ(Round("-0.5", 0), "-1");
  EXPECT_EQ(Round("0.04", 1), "0");
  EXPECT_EQ(Round("999.96", 1), "1000");
  EXPECT_EQ(Shift("0.29", 2), "29");
  EXPECT_EQ(Shift("-1234.5", -3), "-1.2345");
  EXPECT_EQ(Shift("0", 5), "0");
}

TEST(Dates, IsoBothWays) {
  EXPECT_EQ(ToSerial("2025-11-30").value_or(""), "45991");
  EXPECT_EQ(ToSerial("1900-01-01").value_or(""), "1");
  EXPECT_EQ(ToSerial("1900-03-01").value_or(""), "61");
  EXPECT_EQ(ToSerial("2025-11-30T12:00:00.000").value_or(""), "45991.5");
  EXPECT_FALSE(ToSerial("2025-02-29").has_value());
  EXPECT_FALSE(ToSerial("2025/11/30").has_value());
  EXPECT_EQ(IsoText("2025-11-30T00:00:00"), "2025-11-30");
  EXPECT_EQ(DurationText("PT14H30M00S").value_or(""), "14:30");
  EXPECT_FALSE(DurationText("P1D").has_value());
}

TEST(CompareShown, TellsRoundedFromOther) {
  EXPECT_TRUE(CompareShown("0.953488", true, "95.35%").rounded);
  EXPECT_FALSE(CompareShown("0.9535", true, "95.35%").rounded);
  EXPECT_FALSE(CompareShown("1234.5", false, "¥1,234.50").rounded);
  EXPECT_TRUE(CompareShown("186400", false, "18.64万").scaled);
  EXPECT_EQ(CompareShown("0.85", true, "85%").shown, "");
}

}  // namespace
}  // namespace attain::extract
