// For formats that write both: the stored number and the text it is shown as.
#ifndef ATTAIN_SERVICE_EXTRACT_OFFICE_SHOWN_H_
#define ATTAIN_SERVICE_EXTRACT_OFFICE_SHOWN_H_

#include "absl/strings/string_view.h"
#include "service/extract/office/number_format.h"

namespace attain::extract {

// `plain` as in decimal.h; `percent` when the file says that it is a rate. Tells whether `shown` is the same
// number, a rounded one or another.
ShownNumber CompareShown(absl::string_view plain, bool percent, absl::string_view shown);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_OFFICE_SHOWN_H_
