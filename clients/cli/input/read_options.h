// --at and --as-of.
#ifndef ATTAIN_CLIENTS_CLI_INPUT_READ_OPTIONS_H_
#define ATTAIN_CLIENTS_CLI_INPUT_READ_OPTIONS_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "attain/v1/common.pb.h"
#include "clients/cli/words/language.h"

namespace attain::cli {

// `at`: a revision, an RFC 3339 time, or a day, which means its last second in `zone`. `as_of`: YYYY-MM-DD.
// Empty means not given. A usage error in `language` for anything else.
absl::StatusOr<v1::ReadOptions> ParseReadOptions(absl::string_view at, absl::string_view as_of,
                                                 absl::string_view basis, const absl::TimeZone& zone,
                                                 Language language);

// Whether `text` is a day of the calendar as YYYY-MM-DD.
bool IsDate(absl::string_view text);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_INPUT_READ_OPTIONS_H_
