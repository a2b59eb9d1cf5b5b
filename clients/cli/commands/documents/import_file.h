// Sends one document to be imported and prints what came of it.
#ifndef ATTAIN_CLIENTS_CLI_COMMANDS_DOCUMENTS_IMPORT_FILE_H_
#define ATTAIN_CLIENTS_CLI_COMMANDS_DOCUMENTS_IMPORT_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "attain/v1/target_service.pb.h"
#include "clients/cli/session/context.h"

namespace attain::cli {

// `request` lacks the document. `alone`: the only one of its call, which with --json is one document by
// itself. Marks the context incomplete when nothing was found in it. The findings of a refusal go to stderr.
// What was imported of a document before a part of it was refused is printed, and said on stderr to be a
// part.
absl::Status ImportFile(Context& context, v1::ImportDocumentRequest request, const std::string& path,
                        bool alone);

// Whether the file is read on the server, by its name: a workbook, a text document, a page or a PDF.
bool IsDocument(const std::string& path);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_COMMANDS_DOCUMENTS_IMPORT_FILE_H_
