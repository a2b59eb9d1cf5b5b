#include "service/importing/values/number_dates.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "service/importing/values/comparators.h"
#include "service/importing/values/text.h"
#include "service/importing/values/words.h"

namespace attain::importing {
namespace {

constexpr int kFirstYear = 2000, kLastYear = 2099;
constexpr int kSerialOfFirst = 36526;  // 2000-01-01

bool IsYear(int year) {
  return year >= kFirstYear && year <= kLastYear;
}

int DaysOf(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  // From 2000 to 2099 every fourth year is a leap year.
  return month == 2 && year % 4 == 0 ? 29 : kDays[month - 1];
}

std::string Write(int year, int month, int day) {
  if (!IsYear(year) || month < 1 || month > 12) return "";
  const std::string months = absl::StrCat(year, "-", absl::Dec(month, absl::kZeroPad2));
  if (day == 0) return months;
  return day <= DaysOf(year, month) ? absl::StrCat(months, "-", absl::Dec(day, absl::kZeroPad2)) : "";
}

std::string DayOfSerial(int serial) {
  int left = serial - kSerialOfFirst;
  int year = kFirstYear, month = 1;
  for (; left >= DaysOf(year, month); month == 12 ? (++year, month = 1) : ++month) {
    left -= DaysOf(year, month);
    if (!IsYear(year)) return "";
  }
  return Write(year, month, left + 1);
}

}  // namespace

bool IsTimeName(absl::string_view name) {
  const std::string word = Squeeze(Narrow(name));
  const WordList& spans = WordList::Named("date_names", "span");
  return WordList::Named("date_names", "point").Within(word) && !spans.Within(word);
}

std::string DayOfNumber(absl::string_view value) {
  const std::string folded = Squeeze(Narrow(value));
  absl::string_view rest = folded;
  (void)TakeComparator(&rest);
  std::string digits;
  for (const char c : rest) {
    if (c == ',') continue;
    if (c != '.' && !absl::ascii_isdigit(static_cast<unsigned char>(c))) return "";
    digits += c;
  }
  int whole = 0, month = 0;
  const size_t point = digits.find('.');
  if (!absl::SimpleAtoi(digits.substr(0, point), &whole)) return "";
  if (point != std::string::npos) {
    const std::string behind = digits.substr(point + 1);
    if (point == 4 && behind.size() <= 2 && absl::SimpleAtoi(behind, &month) && month > 0)
      return Write(whole, month, 0);
    if (behind.find_first_not_of('0') != std::string::npos) return "";
    digits.resize(point);
  }
  if (digits.size() == 8) {
    const int day = whole % 100;
    return day == 0 ? "" : Write(whole / 10000, whole / 100 % 100, day);
  }
  if (digits.size() == 4) return IsYear(whole) ? absl::StrCat(whole, "年") : "";
  return digits.size() == 5 && whole >= kSerialOfFirst ? DayOfSerial(whole) : "";
}

}  // namespace attain::importing
