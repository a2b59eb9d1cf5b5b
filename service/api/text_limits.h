// Limits of text that people send.
#ifndef ATTAIN_SERVICE_API_TEXT_LIMITS_H_
#define ATTAIN_SERVICE_API_TEXT_LIMITS_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "service/scoring/explanation.h"

namespace attain::engine {

// The longest prefix of at most `limit` bytes that ends on a UTF-8 border.
absl::string_view CutText(absl::string_view text, size_t limit);

// Well-formed, without overlong forms and surrogates (RFC 3629).
bool IsUtf8(absl::string_view text);

// INVALID_FIELD when `text` has more than `limit` bytes; INVALID_ENCODING when it is not UTF-8 or holds
// control characters other than tab and line ends.
absl::Status CheckLength(absl::string_view field, absl::string_view text, size_t limit);
// The same with a limit in characters (code points).
absl::Status CheckName(absl::string_view field, absl::string_view text, size_t limit);
// Nothing but white space, that of Chinese input methods included.
bool IsBlank(absl::string_view text);
// CheckLength, and INVALID_FIELD when it is blank.
absl::Status CheckRequired(absl::string_view field, absl::string_view text, size_t limit);

// Numbers and days as Chinese input methods type them, in half-width digits and signs and without white
// space.
std::string HalfWidth(absl::string_view text);

// How many digits a number may have, for NUMBER_OUT_OF_RANGE.
scoring::Text TooManyDigits();

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_TEXT_LIMITS_H_
