// From an entry of the log to its line.
#ifndef ATTAIN_SERVICE_CALLS_LOG_FORMAT_H_
#define ATTAIN_SERVICE_CALLS_LOG_FORMAT_H_

#include <cstddef>
#include <string>

#include "absl/time/time.h"
#include "service/calls/log.h"

namespace attain::calls {

enum class LogFormat {
  kText,  // TIME LEVEL MESSAGE key=value key="a value"
  kJson,  // {"time":…,"level":…,"message":…,"key":…}
};

// Longest line in bytes, its end included: what a pipe takes in one piece (PIPE_BUF).
inline constexpr size_t kMaxLine = 4096;

// "error", "warning", …
absl::string_view LevelName(Level level);

// One line of valid UTF-8 with its line end, at most kMaxLine bytes: long values are cut and end in "…". The
// time is RFC 3339 with microseconds and the offset of `zone`. Control characters, line ends and bytes that
// are not UTF-8 are escaped, so that nothing that is logged can start a line of its own or steer a terminal.
// Values are quoted unless they are plain words; a quoted value is a JSON string in both formats.
std::string FormatLine(LogFormat format, absl::Time time, absl::TimeZone zone, const Entry& entry);

// The text as a JSON string in its quotes, with the same escapes.
std::string QuotedJson(absl::string_view text);

}  // namespace attain::calls

#endif  // ATTAIN_SERVICE_CALLS_LOG_FORMAT_H_
