// --at, --as-of and --basis.
#ifndef ATTAIN_CLIENTS_CLI_INPUT_READ_OPTIONS_H_
#define ATTAIN_CLIENTS_CLI_INPUT_READ_OPTIONS_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "attain/v1/common.pb.h"
#include "clients/cli/words/language.h"

namespace attain::cli {

// Which past is asked for: what was known, and what was true.
struct Past {
  v1::ReadOptions read;
  v1::AsOf as_of;
};

// `at`: a revision, an RFC 3339 time, or a day, which means its last moment in `zone`, and as long as that
// day lasts (`now`) what is known by now. `as_of`: YYYY-MM-DD. Empty means not given. A usage error in
// `language` for anything else.
absl::StatusOr<Past> ParsePast(absl::string_view at, absl::string_view as_of, absl::string_view basis,
                               const absl::TimeZone& zone, absl::Time now, Language language);

// Whether `text` is a day of the calendar as YYYY-MM-DD.
bool IsDate(absl::string_view text);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_INPUT_READ_OPTIONS_H_
