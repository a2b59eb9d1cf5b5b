// "Did you mean …?"
#ifndef ATTAIN_CLIENTS_CLI_INPUT_NEAREST_H_
#define ATTAIN_CLIENTS_CLI_INPUT_NEAREST_H_

#include <optional>
#include <vector>

#include "absl/strings/string_view.h"

namespace attain::cli {

// Letters to insert, delete, replace or swap with their neighbour to get from a to b.
int EditDistance(absl::string_view a, absl::string_view b);

// The one of `known` that `word` most likely meant: it begins with `word` (two letters or more), or few
// letters differ; nothing when none is near.
std::optional<absl::string_view> Nearest(absl::string_view word, const std::vector<absl::string_view>& known);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_INPUT_NEAREST_H_
