// Text as a person sees it: what every string passes before it leaves this room.
#ifndef ATTAIN_SERVICE_EXTRACT_COMMON_CLEAN_H_
#define ATTAIN_SERVICE_EXTRACT_COMMON_CLEAN_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace attain::extract {

// Valid UTF-8, trimmed (ideographic and no-break space included), line breaks as \n, tabs and no-break spaces
// as blanks; without control, zero-width, direction and soft-hyphen characters. A byte that is not UTF-8
// becomes U+FFFD.
std::string Clean(absl::string_view text);
// The same on one line.
std::string CleanLine(absl::string_view text);
// The first characters of CleanLine, for a remark.
std::string Excerpt(absl::string_view text);

// True when all of it is UTF-8 (no surrogates, nothing overlong).
bool IsUtf8(absl::string_view text);
// Reads one character and moves on; U+FFFD, and one byte on, when there is none.
char32_t NextCharacter(absl::string_view text, size_t* at);
void AppendCharacter(char32_t character, std::string* out);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_COMMON_CLEAN_H_
