// A table that was read from a document, as the API has it.
#ifndef ATTAIN_SERVICE_DOMAIN_IMPORT_PARSED_TABLE_H_
#define ATTAIN_SERVICE_DOMAIN_IMPORT_PARSED_TABLE_H_

#include "absl/strings/string_view.h"
#include "attain/v1/table.pb.h"
#include "service/importing/document.h"

namespace attain::engine {

// Without names. `profile` is the name of the profile that it is to be scored by.
v1::Table ToPublic(const importing::ParsedTable& parsed, absl::string_view profile);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_IMPORT_PARSED_TABLE_H_
