#include "service/extract/text_reader.h"

// Plain text: importing cuts it into lines and grids, since that takes the words of the field.
#include <algorithm>

#include "absl/strings/ascii.h"
#include "service/extract/common/encoding.h"

namespace attain::extract {

void ReadText(absl::string_view bytes, document::Document* document) {
  std::optional<DecodedText> decoded = DecodeText(bytes);
  if (!decoded.has_value()) {
    throw Refused("UNKNOWN_FORMAT",
                  "neither a document that is known nor text in UTF-8, UTF-16 or GB18030: save it as DOCX, "
                  "XLSX, PDF or UTF-8 text");
  }
  if (std::all_of(decoded->text.begin(), decoded->text.end(),
                  [](char c) { return absl::ascii_isspace(c); })) {
    throw Refused("EMPTY_DOCUMENT", "the document holds no text");
  }
  document->set_text(std::move(decoded->text));
  document->set_encoding(std::move(decoded->encoding));
}

}  // namespace attain::extract
