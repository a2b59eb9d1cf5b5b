// Character encodings. A mark counts, then what the bytes themselves say; no detector library (they call two
// short Chinese lines windows-1252).
#ifndef ATTAIN_SERVICE_EXTRACT_COMMON_ENCODING_H_
#define ATTAIN_SERVICE_EXTRACT_COMMON_ENCODING_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace attain::extract {

// Opens the converters, whose tables glibc loads from files: to be called before files can no longer be
// opened. Safe to call again.
void PrepareEncodings();

struct DecodedText {
  std::string text;      // UTF-8 without a mark
  std::string encoding;  // "UTF-8", "GB18030", "UTF-16LE", "UTF-16BE"
};
// Mark, then valid UTF-8, then UTF-16 by its zero bytes or its common characters, then strict GB18030.
// Nothing when none of them fits.
std::optional<DecodedText> DecodeText(absl::string_view bytes);

// The same for a text that names its encoding, as web pages do. A name that cannot be right (UTF-8 under the
// name gb2312) gives way to what the bytes say; bytes that do not fit become U+FFFD and are counted in `bad`.
DecodedText DecodeNamed(absl::string_view name, absl::string_view bytes, int* bad);

// Brings an XML text to UTF-8 by its mark, its zero bytes or its declaration. False when that fails.
bool XmlToUtf8(std::string* text);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_COMMON_ENCODING_H_
