// What the bytes are, decided by content and never by name.
#ifndef ATTAIN_SERVICE_EXTRACT_SNIFF_H_
#define ATTAIN_SERVICE_EXTRACT_SNIFF_H_

#include <string>

#include "absl/strings/string_view.h"

namespace attain::extract {

enum class Family {
  kText,
  kPdf,
  kPackage,  // zip
  kOle,      // Excel 97, Word 97, or an encrypted package
  kHtml,
  kXmlSpreadsheet,
  kForeign,  // known, and not read: see Foreign
};

// Looks at the first bytes, through marks and UTF-16. Total.
Family SniffFamily(absl::string_view bytes);
// What a kForeign is and what to do about it, as a detail of UNKNOWN_FORMAT; empty for the others.
std::string Foreign(absl::string_view bytes);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_SNIFF_H_
