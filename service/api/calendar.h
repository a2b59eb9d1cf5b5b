// Days as the forms write them, YYYY-MM-DD. China has one time zone and no summer time: UTC+8.
#ifndef ATTAIN_SERVICE_API_CALENDAR_H_
#define ATTAIN_SERVICE_API_CALENDAR_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace attain::engine {

inline constexpr int kMonthsOfYear = 12;

// Precondition: IsDate(text).
absl::CivilDay ToDay(absl::string_view text);
std::string ToText(absl::CivilDay day);

// The day in China at that time, microseconds since the epoch.
absl::CivilDay DayInChina(int64_t time_us);

absl::CivilDay LastDayOf(int32_t year, int month);
// 365 or 366.
int DaysOfYear(int64_t year);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_CALENDAR_H_
