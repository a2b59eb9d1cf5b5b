#include "service/api/calendar.h"

#include "absl/time/time.h"

namespace attain::engine {

absl::CivilDay ToDay(absl::string_view text) {
  absl::CivilDay day;
  absl::ParseCivilTime(text, &day);
  return day;
}

std::string ToText(absl::CivilDay day) {
  return absl::FormatCivilTime(day);
}

absl::CivilDay DayInChina(int64_t time_us) {
  constexpr int kOffsetSeconds = 8 * 3600;
  return absl::ToCivilDay(absl::FromUnixMicros(time_us), absl::FixedTimeZone(kOffsetSeconds));
}

absl::CivilDay LastDayOf(int32_t year, int month) {
  return absl::CivilDay(absl::CivilMonth(year, month) + 1) - 1;
}

int DaysOfYear(int64_t year) {
  return absl::GetYearDay(absl::CivilDay(year, kMonthsOfYear, 31));
}

}  // namespace attain::engine
