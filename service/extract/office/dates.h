// Dates of spreadsheets: days since an epoch, with the leap day of 1900 that never was.
#ifndef ATTAIN_SERVICE_EXTRACT_OFFICE_DATES_H_
#define ATTAIN_SERVICE_EXTRACT_OFFICE_DATES_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace attain::extract {

// A serial number taken apart. Seconds are rounded to whole ones.
struct DateTime {
  int year = 0;  // 1900 and later
  int month = 0;
  int day = 0;          // 0 for serial 0, as a spreadsheet shows it
  int seconds = 0;      // of the day
  int64_t elapsed = 0;  // seconds since serial 0, for formats such as [h]:mm
  int weekday = 0;      // 0 is Sunday
};

// `plain` is a plain decimal (decimal.h). Nothing for negative ones and beyond the year 9999, which a
// spreadsheet shows as ####.
std::optional<DateTime> FromSerial(absl::string_view plain, bool since_1904);

// "2025-11-30", "2025-11-30T14:30:00" → the serial number since 1900 as a plain decimal. Nothing when it is
// no such date.
std::optional<std::string> ToSerial(absl::string_view iso);
// "2025-11-30T14:30:00.000" → "2025-11-30 14:30"; midnight and what is no such time are left out.
std::string IsoText(absl::string_view iso);
// "PT14H30M00S" → "14:30", seconds only when there are some. Nothing when it is no duration.
std::optional<std::string> DurationText(absl::string_view duration);

// "14:30", or "14:30:05" when there are seconds.
std::string ClockText(int64_t seconds);
// "2025-11-30".
std::string DayText(const DateTime& date);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_OFFICE_DATES_H_
