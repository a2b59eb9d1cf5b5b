// Forms as files: Markdown for people and mail, CSV for spreadsheets.
#ifndef ATTAIN_CLIENTS_CLI_SHOW_FORM_PRINTER_H_
#define ATTAIN_CLIENTS_CLI_SHOW_FORM_PRINTER_H_

#include <string>

#include "attain/v1/form.pb.h"
#include "clients/cli/words/language.h"

namespace attain::cli {

// Grids as tables whose columns line up in a fixed-width font, Chinese text included.
std::string FormToMarkdown(const v1::Form& form, Language language);

// RFC 4180 with a byte order mark, without which Excel does not show Chinese. Title, then label and value a
// line, then each grid with its headings, then label and value a line; blank lines between the parts.
std::string FormToCsv(const v1::Form& form);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_SHOW_FORM_PRINTER_H_
