// OLE compound files (XLS, DOC, encrypted OOXML): only the names of their streams, to say what they are.
#ifndef ATTAIN_SERVICE_EXTRACT_OFFICE_OLE_H_
#define ATTAIN_SERVICE_EXTRACT_OFFICE_OLE_H_

#include <set>
#include <string>

#include "absl/strings/string_view.h"

namespace attain::extract {

// Names of all streams and storages, characters beyond ASCII as '?'. Total: a damaged directory gives what
// can be read of it.
std::set<std::string> OleNames(absl::string_view bytes);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_OFFICE_OLE_H_
