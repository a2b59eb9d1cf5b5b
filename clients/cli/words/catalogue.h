// What the parts of the catalogue of messages are made of.
#ifndef ATTAIN_CLIENTS_CLI_WORDS_CATALOGUE_H_
#define ATTAIN_CLIENTS_CLI_WORDS_CATALOGUE_H_

#include "clients/cli/words/language.h"
#include "clients/cli/words/message_ids.h"

namespace attain::cli {

struct MessageEntry {
  Msg message;
  Bilingual words;
};

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_WORDS_CATALOGUE_H_
