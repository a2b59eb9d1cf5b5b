// What was reported, for people.
#ifndef ATTAIN_CLIENTS_CLI_SHOW_ACTUAL_TEXT_H_
#define ATTAIN_CLIENTS_CLI_SHOW_ACTUAL_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "attain/v1/actual.pb.h"

namespace attain::cli {

// "29 个", "95%"; just the number without a unit.
std::string WithUnit(absl::string_view number, absl::string_view unit);

// The number that was understood with its unit, the words of a level or text, "3/4" for a ratio.
std::string ActualText(const v1::Actual& actual);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_SHOW_ACTUAL_TEXT_H_
