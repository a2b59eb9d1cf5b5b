// A sentence with its values put in.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_SAY_H_
#define ATTAIN_CLIENTS_CLI_WORDS_SAY_H_

#include <string>

#include "absl/strings/substitute.h"
#include "clients/cli/words/language.h"

namespace attain::cli {

// `words` with `values` for $0, $1 …; a "$1" inside a value stays as it is.
template <typename... Values>
std::string Say(Language language, const Bilingual& words, const Values&... values) {
  return absl::Substitute(words.In(language), values...);
}

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_WORDS_SAY_H_
