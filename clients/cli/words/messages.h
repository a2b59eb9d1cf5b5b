// Every sentence and heading that the program prints by itself, in both languages. Help pages stand with
// their commands; sentences about refused calls come from the server.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_MESSAGES_H_
#define ATTAIN_CLIENTS_CLI_WORDS_MESSAGES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/strings/substitute.h"
#include "clients/cli/words/language.h"
#include "clients/cli/words/message_ids.h"

namespace attain::cli {

// The words, with $0, $1 … for what is put in.
absl::string_view Text(Msg message, Language language);

// Where the catalogue says what belongs to `message`; for the test that holds enum and catalogue together.
bool IsInItsPlace(Msg message);

// The words with `values` put in.
template <typename... Values>
std::string Say(Language language, Msg message, const Values&... values) {
  return absl::Substitute(Text(message, language), values...);
}

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_WORDS_MESSAGES_H_
