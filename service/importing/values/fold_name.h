// Names as they are compared.
#ifndef ATTAIN_SERVICE_IMPORTING_VALUES_FOLD_NAME_H_
#define ATTAIN_SERVICE_IMPORTING_VALUES_FOLD_NAME_H_

#include <string>

#include "absl/strings/string_view.h"

namespace attain::importing {

// Without white space and in half-width forms: "甲区 城管局（本级）" and "甲区城管局(本级)" are one name.
std::string FoldName(absl::string_view name);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_VALUES_FOLD_NAME_H_
