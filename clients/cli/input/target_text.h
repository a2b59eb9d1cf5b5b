// From "≥30 个" to a target value.
#ifndef ATTAIN_CLIENTS_CLI_INPUT_TARGET_TEXT_H_
#define ATTAIN_CLIENTS_CLI_INPUT_TARGET_TEXT_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "attain/v1/table.pb.h"

namespace attain::cli {

// A comparator (≥ >= > = ≤ <= <, half or full width), a number and a unit, in this order; comparator and unit
// may be left out: then those fields are empty. Words without any digit in front are a text target. Nothing
// when `text` is blank.
std::optional<v1::Target> ParseTarget(absl::string_view text);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_INPUT_TARGET_TEXT_H_
