// The CSV template of target tables.
#ifndef ATTAIN_CLIENTS_CLI_COMMANDS_DOCUMENTS_TEMPLATE_TEXT_H_
#define ATTAIN_CLIENTS_CLI_COMMANDS_DOCUMENTS_TEMPLATE_TEXT_H_

#include <string>

#include "clients/cli/words/language.h"

namespace attain::cli {

// Header and two example lines; in Chinese with Chinese header words. service/importing reads both.
std::string TemplateText(Language language);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_COMMANDS_DOCUMENTS_TEMPLATE_TEXT_H_
