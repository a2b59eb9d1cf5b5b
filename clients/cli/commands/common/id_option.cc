#include "clients/cli/commands/common/id_option.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/words/argument_words.h"

namespace attain::cli {

absl::Status CheckId(const Context& context, absl::string_view option) {
  constexpr size_t kLongest = 63;
  const std::string id = context.args().Get(option);
  const bool fits = std::all_of(id.begin(), id.end(), [](char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
  });
  if (fits && !id.empty() && id[0] != '-' && id.size() <= kLongest) return absl::OkStatus();
  return UsageError(context.Say(words::kBadId, option, id));
}

}  // namespace attain::cli
