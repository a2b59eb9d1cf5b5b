#include "service/api/dates.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "service/api/errors.h"
#include "service/api/text_limits.h"

namespace attain::engine {
namespace {

constexpr size_t kMaxDay = 64;  // bytes

// Takes `least` to `most` digits off the front.
bool TakeNumber(absl::string_view* text, size_t least, size_t most, int* number) {
  size_t digits = 0;
  while (digits < text->size() && absl::ascii_isdigit((*text)[digits])) ++digits;
  if (digits < least || digits > most || !absl::SimpleAtoi(text->substr(0, digits), number)) return false;
  text->remove_prefix(digits);
  return true;
}

// "2024/6/30 0:00", "2024-06-30T00:00:00": drops midnight, which spreadsheets write behind a plain day.
absl::string_view WithoutTime(absl::string_view text) {
  const size_t colon = text.find(':');
  const size_t gap = text.find_last_of(" T", colon);
  if (colon == absl::string_view::npos || gap == absl::string_view::npos) return text;
  absl::string_view time = text.substr(gap + 1);
  int hour = 0, minute = 0, second = 0;
  if (!TakeNumber(&time, 1, 2, &hour) || !absl::ConsumePrefix(&time, ":") ||
      !TakeNumber(&time, 2, 2, &minute))
    return text;
  if (absl::ConsumePrefix(&time, ":") && !TakeNumber(&time, 2, 2, &second)) return text;
  if (absl::ConsumePrefix(&time, ".")) time.remove_prefix(std::min(time.find_first_not_of('0'), time.size()));
  if (!time.empty() || hour + minute + second > 0) return text;
  return absl::StripTrailingAsciiWhitespace(text.substr(0, gap));
}

bool IsReal(int year, int month, int day) {
  const absl::CivilDay civil(year, month, day);
  return year > 0 && civil.year() == year && civil.month() == month && civil.day() == day;
}

}  // namespace

bool IsDate(absl::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  int year = 0, month = 0, day = 0;
  for (size_t i = 0; i < 10; ++i) {
    if (i != 4 && i != 7 && !absl::ascii_isdigit(text[i])) return false;
  }
  return absl::SimpleAtoi(text.substr(0, 4), &year) && absl::SimpleAtoi(text.substr(5, 2), &month) &&
         absl::SimpleAtoi(text.substr(8, 2), &day) && IsReal(year, month, day);
}

std::optional<std::string> PlainDay(absl::string_view text) {
  if (text.empty() || text.size() > kMaxDay) return std::nullopt;
  if (IsDate(text)) return std::string(text);
  const std::string folded = HalfWidth(WithoutTime(text));
  static constexpr absl::string_view kMarks[][3] = {
      {"/", "/", ""}, {"-", "-", ""}, {".", ".", ""}, {"年", "月", "日"}};
  for (const auto& [after_year, after_month, after_day] : kMarks) {
    absl::string_view rest = folded;
    int year = 0, month = 0, day = 0;
    if (TakeNumber(&rest, 4, 4, &year) && absl::ConsumePrefix(&rest, after_year) &&
        TakeNumber(&rest, 1, 2, &month) && absl::ConsumePrefix(&rest, after_month) &&
        TakeNumber(&rest, 1, 2, &day) && rest == after_day && IsReal(year, month, day)) {
      return absl::StrFormat("%04d-%02d-%02d", year, month, day);
    }
  }
  return std::nullopt;
}

std::optional<std::string> SerialDay(absl::string_view text) {
  if (text.empty() || text.size() > kMaxDay) return std::nullopt;
  const std::string folded = HalfWidth(text);
  absl::string_view rest = folded;
  int serial = 0;
  if (!TakeNumber(&rest, 5, 5, &serial)) return std::nullopt;
  if (absl::ConsumePrefix(&rest, ".")) rest.remove_prefix(std::min(rest.find_first_not_of('0'), rest.size()));
  // Day 1 is 1900-01-01, and there is a 29 February 1900 that never was.
  const absl::CivilDay day = absl::CivilDay(1899, 12, 30) + serial;
  if (!rest.empty() || day.year() < 2000 || day.year() > 2099) return std::nullopt;
  return absl::FormatCivilTime(day);
}

absl::StatusOr<std::string> ReadDate(absl::string_view field, int32_t fiscal_year, absl::string_view date,
                                     int64_t now_us) {
  if (date.empty()) {
    // China has one time zone and no summer time: UTC+8.
    const absl::CivilDay today =
        absl::ToCivilDay(absl::FromUnixMicros(now_us), absl::FixedTimeZone(8 * 3600));
    if (today.year() < fiscal_year) return absl::StrFormat("%04d-01-01", fiscal_year);
    if (today.year() > fiscal_year) return absl::StrFormat("%04d-12-31", fiscal_year);
    return absl::FormatCivilTime(today);
  }
  std::optional<std::string> plain = PlainDay(date);
  if (!plain.has_value()) {
    return BadField(
        field, v1::ERROR_REASON_DATE_OUT_OF_YEAR,
        {"日期应写成 YYYY-MM-DD（或 2024/3/31、2024年3月31日），并且是真实的日子，例如 2024-03-31。",
         "Write the date as YYYY-MM-DD (or 2024/3/31, 2024年3月31日) and make it a real day, e.g. "
         "2024-03-31."});
  }
  if (!absl::StartsWith(*plain, absl::StrFormat("%04d-", fiscal_year))) {
    return BadField(field, v1::ERROR_REASON_DATE_OUT_OF_YEAR,
                    {absl::StrCat("日期须在该表的预算年度 ", fiscal_year, " 之内。"),
                     absl::StrCat("The date must lie in the table's fiscal year ", fiscal_year, ".")},
                    {{"fiscal_year", absl::StrCat(fiscal_year)}});
  }
  return *std::move(plain);
}

}  // namespace attain::engine
