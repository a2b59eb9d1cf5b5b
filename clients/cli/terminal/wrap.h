// Breaks long texts at the width of a terminal.
#ifndef ATTAIN_CLIENTS_CLI_TERMINAL_WRAP_H_
#define ATTAIN_CLIENTS_CLI_TERMINAL_WRAP_H_

#include <string>

#include "absl/strings/string_view.h"

namespace attain::cli {

// Columns that `text` takes when it is printed: escape sequences of colours take none.
int PrintedWidth(absl::string_view text);

// `text` in lines of at most `columns` columns, broken at spaces and between Chinese characters, but not
// before closing punctuation; a longer word is cut. Lines that come about so are indented by `indent`. Line
// ends of `text` stay. `text` itself with 0 columns: the output is no terminal.
std::string Wrapped(absl::string_view text, int columns, int indent = 0);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_TERMINAL_WRAP_H_
