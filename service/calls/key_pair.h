// Looks at a certificate and its key before a port does: gRPC tells what is wrong with them only to its log.
#ifndef ATTAIN_SERVICE_CALLS_KEY_PAIR_H_
#define ATTAIN_SERVICE_CALLS_KEY_PAIR_H_

#include <string>

#include "absl/status/status.h"

namespace attain::calls {

// Both are PEM texts. INVALID_ARGUMENT when one is missing or does not parse, or the key is another
// certificate's.
absl::Status CheckKeyPair(const std::string& certificate, const std::string& key);

}  // namespace attain::calls

#endif  // ATTAIN_SERVICE_CALLS_KEY_PAIR_H_
