// What this room adds to the API.
#ifndef ATTAIN_SERVICE_DOMAIN_IMPORT_METHODS_H_
#define ATTAIN_SERVICE_DOMAIN_IMPORT_METHODS_H_

#include "service/commit/command_methods.h"
#include "service/domain/import/import_prepare.h"

namespace attain::engine {

// Commands that take documents. What `context` names must outlive them.
void AddImportMethods(const PrepareContext& context, CommandMethods* commands);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_IMPORT_METHODS_H_
