// The texts of profiles/*.textproto, compiled into the program.
#ifndef ATTAIN_SERVICE_DOMAIN_PROFILES_BUILT_IN_PROFILES_H_
#define ATTAIN_SERVICE_DOMAIN_PROFILES_BUILT_IN_PROFILES_H_

#include <vector>

#include "absl/strings/string_view.h"

namespace attain::engine {

// attain.v1.Profile in text format, with their names; version and times are set when a new store takes them
// in.
std::vector<absl::string_view> BuiltInProfileTexts();

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_PROFILES_BUILT_IN_PROFILES_H_
