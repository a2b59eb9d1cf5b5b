#include "clients/cli/input/read_options.h"

#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/words/argument_words.h"
#include "clients/cli/words/say.h"

namespace attain::cli {
namespace {

// As the server reads days: 2024-06-30, 2024/6/30, 2024.6.30, 2024年6月30日.
bool ParseDay(absl::string_view text, absl::CivilDay* day) {
  const std::string plain =
      absl::StrReplaceAll(absl::StripSuffix(text, "日"), {{"年", "-"}, {"月", "-"}, {"/", "-"}, {".", "-"}});
  const std::vector<absl::string_view> parts = absl::StrSplit(plain, '-');
  if (parts.size() != 3 || parts[0].size() != 4) return false;
  int numbers[3] = {};
  for (size_t i = 0; i < 3; ++i) {
    const bool digits = parts[i].size() <= (i == 0 ? 4 : 2) && absl::c_all_of(parts[i], absl::ascii_isdigit);
    if (!digits || !absl::SimpleAtoi(parts[i], &numbers[i])) return false;
  }
  *day = absl::CivilDay(numbers[0], numbers[1], numbers[2]);
  return day->month() == numbers[1] && day->day() == numbers[2];  // 30 February becomes a day of March
}

absl::StatusOr<v1::ReadOptions> ParseAt(absl::string_view at, const absl::TimeZone& zone, absl::Time now,
                                        Language language) {
  v1::ReadOptions read;
  absl::Time time;
  absl::CivilDay day;
  std::string error;
  int64_t revision = 0;
  if (at.empty()) return read;
  if (absl::SimpleAtoi(at, &revision)) {
    if (revision < 1) return UsageError(Say(language, words::kBadAt, at));
    read.set_read_revision(revision);
    return read;
  }
  if (ParseDay(at, &day)) {
    if (absl::FromCivil(day, zone) <= now && now < absl::FromCivil(day + 1, zone)) return read;
    time = absl::FromCivil(day + 1, zone) - absl::Nanoseconds(1);
  } else if (!absl::ParseTime(absl::RFC3339_full, at, &time, &error)) {
    return UsageError(Say(language, words::kBadAt, at));
  }
  const int64_t seconds = absl::ToUnixSeconds(time);
  read.mutable_read_time()->set_seconds(seconds);
  read.mutable_read_time()->set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  return read;
}

absl::StatusOr<v1::AsOf> ParseAsOf(absl::string_view as_of, absl::string_view basis, Language language) {
  v1::AsOf past;
  absl::CivilDay day;
  if (!as_of.empty()) {
    if (!ParseDay(as_of, &day)) return UsageError(Say(language, words::kBadDate, "as-of", as_of));
    past.set_date(std::string(as_of));
  }
  static constexpr std::pair<absl::string_view, v1::TargetBasis> kBases[] = {
      {"original", v1::TARGET_BASIS_ORIGINAL},
      {"in-force", v1::TARGET_BASIS_IN_FORCE},
      {"latest", v1::TARGET_BASIS_LATEST}};
  for (const auto& [name, value] : kBases) {
    if (basis == name) past.set_target_basis(value);
  }
  if (!basis.empty() && past.target_basis() == v1::TARGET_BASIS_UNSPECIFIED)
    return UsageError(Say(language, words::kBadBasis, basis));
  return past;
}

}  // namespace

bool IsDate(absl::string_view text) {
  absl::CivilDay day;
  return ParseDay(text, &day);
}

absl::StatusOr<Past> ParsePast(absl::string_view at, absl::string_view as_of, absl::string_view basis,
                               const absl::TimeZone& zone, absl::Time now, Language language) {
  Past past;
  ASSIGN_OR_RETURN(past.read, ParseAt(at, zone, now, language));
  ASSIGN_OR_RETURN(past.as_of, ParseAsOf(as_of, basis, language));
  return past;
}

}  // namespace attain::cli
