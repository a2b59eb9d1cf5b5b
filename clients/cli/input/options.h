// Every option of the command line. One name means one thing, so that options may stand before the command as
// well as behind it.
#ifndef ATTAIN_CLIENTS_CLI_INPUT_OPTIONS_H_
#define ATTAIN_CLIENTS_CLI_INPUT_OPTIONS_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "clients/cli/words/language.h"

namespace attain::cli {

struct Option {
  absl::string_view name;   // without the dashes
  absl::string_view value;  // what its value is called in help texts; empty: takes none
  Bilingual help;
  bool repeated = false;  // may be given several times
  bool global = false;    // fits every command
};

const std::vector<Option>& AllOptions();

// Null when there is none of that name.
const Option* FindOption(absl::string_view name);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_INPUT_OPTIONS_H_
