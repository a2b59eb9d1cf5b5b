// Days as people write them.
#ifndef ATTAIN_SERVICE_API_DATES_H_
#define ATTAIN_SERVICE_API_DATES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace attain::engine {

// True for a real calendar day written YYYY-MM-DD.
bool IsDate(absl::string_view text);

// The day as YYYY-MM-DD, from that, 2026/6/30, 2026-6-30, 2026.6.30 or 2026年6月30日, in digits of either
// width, with or without white space, and with the midnight that spreadsheets write behind it ("0:00",
// "T00:00:00"). Nothing for any other text, an impossible day and a year of two digits.
std::optional<std::string> PlainDay(absl::string_view text);

// The day that a spreadsheet keeps as this number ("45565" is 2024-09-30; counted from 1900), from 2000-01-01
// to 2099-12-31. Nothing for any other text.
std::optional<std::string> SerialDay(absl::string_view text);

// A date of the fiscal year, YYYY-MM-DD; an empty one becomes today in China, cut to the year. `now_us` is in
// microseconds since the epoch. DATE_OUT_OF_YEAR.
absl::StatusOr<std::string> ReadDate(absl::string_view field, int32_t fiscal_year, absl::string_view date,
                                     int64_t now_us);

// Whether the days that a query asks for are all YYYY-MM-DD or none.
template <typename Request>
bool DaysArePlain(const Request& request) {
  const auto plain = [](const std::string& day) { return day.empty() || IsDate(day); };
  bool all = true;
  if constexpr (requires { request.as_of().date(); }) all = all && plain(request.as_of().date());
  if constexpr (requires { request.from_as_of().date(); }) all = all && plain(request.from_as_of().date());
  if constexpr (requires { request.to_as_of().date(); }) all = all && plain(request.to_as_of().date());
  if constexpr (requires { request.due_by(); }) all = all && plain(request.due_by());
  return all;
}

// The query with its days as YYYY-MM-DD. What is no day stays as it is, for its reader to refuse.
template <typename Request>
Request WithPlainDays(Request request) {
  const auto mend = [](std::string* day) {
    if (std::optional<std::string> plain = PlainDay(*day); plain.has_value()) *day = *std::move(plain);
  };
  if constexpr (requires { request.as_of().date(); }) {
    if (request.has_as_of()) mend(request.mutable_as_of()->mutable_date());
  }
  if constexpr (requires { request.from_as_of().date(); }) {
    if (request.has_from_as_of()) mend(request.mutable_from_as_of()->mutable_date());
  }
  if constexpr (requires { request.to_as_of().date(); }) {
    if (request.has_to_as_of()) mend(request.mutable_to_as_of()->mutable_date());
  }
  if constexpr (requires { request.due_by(); }) mend(request.mutable_due_by());
  return request;
}

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_DATES_H_
