// The languages that answers are given in.
#ifndef ATTAIN_SERVICE_API_LANGUAGE_H_
#define ATTAIN_SERVICE_API_LANGUAGE_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "service/api/caller.h"

namespace attain::engine {

// The caller, spoken to in the language that the request asks for: "zh-CN" or "en", or another tag of one of
// them (BCP 47). INVALID_FIELD ("read.language_code") for any other.
absl::StatusOr<Caller> SpokenTo(const Caller& caller, absl::string_view language_code);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_LANGUAGE_H_
