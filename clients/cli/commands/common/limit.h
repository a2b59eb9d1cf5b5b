// Options that are numbers.
#ifndef ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_LIMIT_H_
#define ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_LIMIT_H_

#include <cstdint>
#include <limits>

#include "absl/status/statusor.h"
#include "clients/cli/session/context.h"

namespace attain::cli {

// Rows to show, --limit; 0 when not limited. A usage error unless it is a whole number above 0.
absl::StatusOr<int> Limit(const Context& context);

// A whole number of another option, from `least` to `most`; 0 when it was not given. A usage error says what
// is allowed.
absl::StatusOr<int> NumberOption(const Context& context, absl::string_view option, int least = 1,
                                 int most = std::numeric_limits<int>::max());
// --year.
absl::StatusOr<int> YearOption(const Context& context);
// --month as YYYY-MM; "7" is that month of the table's fiscal year, which the server is asked for. Empty when
// it was not given.
absl::StatusOr<std::string> MonthOption(const Context& context, const std::string& table);

// Tells on stderr how many rows were left out, if any.
void SayMoreRows(const Context& context, int shown, int64_t total);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_LIMIT_H_
