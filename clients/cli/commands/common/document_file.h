// A document on its way to the server: small ones go with the request, others are uploaded first.
#ifndef ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_DOCUMENT_FILE_H_
#define ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_DOCUMENT_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "clients/cli/session/context.h"

namespace attain::cli {

// Exactly one of the two is set, unless the file is empty.
struct DocumentFile {
  std::string content;
  std::string upload;  // uploads/{sha256}
  std::string name;    // of the file, without its folder; empty for standard input
};

// Reads the bytes as they are; shows a bar on a terminal while they are sent. Errors as ReadBytes
// (clients/cli/input/text_file.h) and the server's.
absl::StatusOr<DocumentFile> SendDocument(const Context& context, const std::string& path);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_DOCUMENT_FILE_H_
