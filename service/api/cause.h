// The cause of an error: words of the store or the system that help who runs the server and that clients are
// not shown. A port tells it to the log when it answers.
#ifndef ATTAIN_SERVICE_API_CAUSE_H_
#define ATTAIN_SERVICE_API_CAUSE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace attain::engine {

// The same error, which clients see unchanged, with what is behind it. The first cause stays: what is deeper
// says more.
absl::Status WithCause(absl::Status status, absl::string_view cause);

// "" when it has none.
std::string CauseOf(const absl::Status& status);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_CAUSE_H_
