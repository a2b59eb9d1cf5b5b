#include "service/extract/office/dates.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "service/extract/office/decimal.h"

namespace attain::extract {
namespace {

constexpr int kDaySeconds = 86400;
constexpr int64_t kLastSerial = 2958465;  // 9999-12-31
constexpr int64_t kEpoch = 25569;         // serial of 1970-01-01
constexpr int64_t kBetweenEpochs = 1462;  // 1904-01-01 counted since 1900
constexpr int64_t kDayThatNeverWas = 60;  // 1900-02-29

// Howard Hinnant, "chrono-compatible low-level date algorithms".
int64_t DaysSince1970(int64_t year, unsigned month, unsigned day) {
  year -= month <= 2;
  const int64_t era = (year >= 0 ? year : year - 399) / 400;
  const unsigned year_of_era = static_cast<unsigned>(year - era * 400);
  const unsigned day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + static_cast<int64_t>(day_of_era) - 719468;
}

void SetDay(int64_t days, DateTime* out) {
  const int64_t shifted = days + 719468;
  const int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const unsigned day_of_era = static_cast<unsigned>(shifted - era * 146097);
  const unsigned year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned month = (5 * day_of_year + 2) / 153;
  out->day = static_cast<int>(day_of_year - (153 * month + 2) / 5 + 1);
  out->month = static_cast<int>(month < 10 ? month + 3 : month - 9);
  out->year = static_cast<int>(static_cast<int64_t>(year_of_era) + era * 400 + (out->month <= 2));
}

int DaysOfMonth(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return kDays[month - 1] + (month == 2 && leap ? 1 : 0);
}

// Digits at a fixed place; -1 when there are none.
int Field(absl::string_view text, size_t at, size_t length) {
  if (at + length > text.size()) return -1;
  int value = 0;
  for (char c : text.substr(at, length)) {
    if (!absl::ascii_isdigit(c)) return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

// YYYY-MM-DD[THH:MM[:SS]].
struct IsoDate {
  int year, month, day, seconds;
};
std::optional<IsoDate> ReadIso(absl::string_view iso) {
  IsoDate date{Field(iso, 0, 4), Field(iso, 5, 2), Field(iso, 8, 2), 0};
  if (date.year < 1 || date.month < 1 || date.month > 12 || date.day < 1 || iso[4] != '-' || iso[7] != '-')
    return std::nullopt;
  if (date.day > DaysOfMonth(date.year, date.month)) return std::nullopt;
  const int hour = Field(iso, 11, 2);
  const int minute = Field(iso, 14, 2);
  const int second = Field(iso, 17, 2);
  if (hour >= 0 && minute >= 0) date.seconds = hour * 3600 + minute * 60 + std::max(second, 0);
  return date;
}

}  // namespace

std::optional<DateTime> FromSerial(absl::string_view plain, bool since_1904) {
  const DecimalParts parts = Parts(plain);
  int64_t serial = 0;
  if (parts.negative || !absl::SimpleAtoi(parts.whole, &serial) || serial > kLastSerial) return std::nullopt;
  double fraction = 0;
  if (!parts.fraction.empty() && !absl::SimpleAtod(absl::StrCat("0.", parts.fraction), &fraction))
    return std::nullopt;
  DateTime date;
  date.seconds = static_cast<int>(std::lround(fraction * kDaySeconds));
  if (date.seconds == kDaySeconds) {
    date.seconds = 0;
    ++serial;
  }
  date.elapsed = serial * kDaySeconds + date.seconds;
  if (since_1904) serial += kBetweenEpochs;
  if (serial > kLastSerial) return std::nullopt;
  date.weekday = static_cast<int>((serial + 6) % 7);
  if (serial == 0 || serial == kDayThatNeverWas) {  // what a spreadsheet shows for the two days that are none
    date.year = 1900;
    date.month = serial == 0 ? 1 : 2;
    date.day = serial == 0 ? 0 : 29;
    return date;
  }
  SetDay(serial - kEpoch + (serial < kDayThatNeverWas ? 1 : 0), &date);
  return date;
}

std::optional<std::string> ToSerial(absl::string_view iso) {
  const std::optional<IsoDate> date = ReadIso(iso);
  if (!date.has_value()) return std::nullopt;
  int64_t serial = DaysSince1970(date->year, date->month, date->day) + kEpoch;
  if (serial <= kDayThatNeverWas) --serial;
  if (date->seconds == 0) return absl::StrCat(serial);
  return PlainDecimal(
      absl::StrFormat("%.10f", static_cast<double>(serial) + date->seconds / double{kDaySeconds}));
}

std::string IsoText(absl::string_view iso) {
  const std::optional<IsoDate> date = ReadIso(iso);
  if (!date.has_value()) return std::string(iso);
  std::string text = absl::StrFormat("%04d-%02d-%02d", date->year, date->month, date->day);
  if (date->seconds != 0) absl::StrAppend(&text, " ", ClockText(date->seconds));
  return text;
}

std::optional<std::string> DurationText(absl::string_view duration) {
  if (duration.size() < 3 || duration.substr(0, 2) != "PT") return std::nullopt;
  int64_t seconds = 0;
  int64_t value = 0;
  bool behind_point = false;
  for (char c : duration.substr(2)) {
    if (absl::ascii_isdigit(c)) {
      if (!behind_point) value = value * 10 + (c - '0');
      if (value > 1'000'000'000) return std::nullopt;
    } else if (c == '.' || c == ',') {
      behind_point = true;
    } else if (c == 'H' || c == 'M' || c == 'S') {
      seconds += value * (c == 'H' ? 3600 : c == 'M' ? 60 : 1);
      value = 0;
    } else {
      return std::nullopt;
    }
  }
  return ClockText(seconds);
}

std::string ClockText(int64_t seconds) {
  const int64_t rest = seconds % 60;
  const std::string text = absl::StrFormat("%02d:%02d", seconds / 3600, seconds / 60 % 60);
  return rest == 0 ? text : absl::StrFormat("%s:%02d", text, rest);
}

std::string DayText(const DateTime& date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year, date.month, date.day);
}

}  // namespace attain::extract
