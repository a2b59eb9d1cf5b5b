// Tells text that needs no reader from everything else.
#ifndef ATTAIN_SERVICE_IMPORTING_PLAIN_TEXT_H_
#define ATTAIN_SERVICE_IMPORTING_PLAIN_TEXT_H_

#include "absl/strings/string_view.h"

namespace attain::importing {

// True for UTF-8 without zero bytes that is neither markup (HTML, XML, RTF, MHTML) nor begins like a file of
// another format.
bool IsPlainText(absl::string_view bytes);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_PLAIN_TEXT_H_
