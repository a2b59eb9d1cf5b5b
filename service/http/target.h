// The target of a request, taken apart.
#ifndef ATTAIN_SERVICE_HTTP_TARGET_H_
#define ATTAIN_SERVICE_HTTP_TARGET_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace attain::http {

struct Target {
  std::string path;                   // decoded
  std::vector<std::string> segments;  // what stands between its slashes; "/" has none, "/a/" has "a" and ""
  std::string query;                  // after the '?', as it came
};

// "/path?query" or the same behind http://HOST. INVALID_ARGUMENT (INVALID_FIELD) for other forms, escapes
// that are none, "." and "..", control characters, backslashes and slashes that are escaped: what two
// programs could read in two ways. INVALID_ENCODING when the decoded path is not UTF-8.
absl::StatusOr<Target> ParseTarget(absl::string_view text);

}  // namespace attain::http

#endif  // ATTAIN_SERVICE_HTTP_TARGET_H_
