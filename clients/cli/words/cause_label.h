// What caused a change, for people.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_CAUSE_LABEL_H_
#define ATTAIN_CLIENTS_CLI_WORDS_CAUSE_LABEL_H_

#include "absl/strings/string_view.h"
#include "clients/cli/words/language.h"

namespace attain::cli {

// Of WatchEvent.cause, the method's name ("RecordActual"); a method that is not known is its own label.
absl::string_view LabelOfCause(absl::string_view method, Language language);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_WORDS_CAUSE_LABEL_H_
