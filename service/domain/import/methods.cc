#include "service/domain/import/methods.h"

#include "service/domain/import/import_commands.h"

namespace attain::engine {

void AddImportMethods(const PrepareContext& context, CommandMethods* commands) {
  commands->Add<v1::ImportDocumentRequest, PreparedImport, v1::ImportDocumentResponse>(
      [context](const v1::ImportDocumentRequest& request) { return PrepareImport(request, context); },
      &ImportDocument);
}

}  // namespace attain::engine
