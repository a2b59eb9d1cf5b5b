// Where the program attain-extract lies.
#ifndef ATTAIN_SERVICE_DOCUMENTS_FIND_PROGRAM_H_
#define ATTAIN_SERVICE_DOCUMENTS_FIND_PROGRAM_H_

#include <string>

#include "absl/strings/string_view.h"

namespace attain::documents {

// Absolute path of the executable file `name`: beside the running program's own file, else in a folder of
// PATH; empty when there is none.
std::string FindProgram(absl::string_view name);

}  // namespace attain::documents

#endif  // ATTAIN_SERVICE_DOCUMENTS_FIND_PROGRAM_H_
