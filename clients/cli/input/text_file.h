// Reads what people really have on disk: bytes as they are for documents, which the server reads, and UTF-8
// text for lists of reports and spending.
#ifndef ATTAIN_CLIENTS_CLI_INPUT_TEXT_FILE_H_
#define ATTAIN_CLIENTS_CLI_INPUT_TEXT_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "clients/cli/words/language.h"

namespace attain::cli {

// The bytes of a file; "-" is standard input. NOT_FOUND, PERMISSION_DENIED … with a sentence in `language`.
absl::StatusOr<std::string> ReadBytes(const std::string& path, Language language);

struct DecodedText {
  std::string text;      // UTF-8 without a byte order mark
  std::string encoding;  // what it was: "UTF-8", "UTF-16", "GB18030"
};

// UTF-8 with or without byte order mark, UTF-16 with one, else GB18030, which Chinese spreadsheets write.
// INVALID_ARGUMENT in `language` for workbooks, PDFs and anything else that is no text; `path` is for the
// message.
absl::StatusOr<DecodedText> DecodeText(std::string bytes, absl::string_view path, Language language);

// Both.
absl::StatusOr<DecodedText> ReadText(const std::string& path, Language language);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_INPUT_TEXT_FILE_H_
