// Wires store, engine and gRPC together and runs until a signal.
#ifndef ATTAIN_SERVICE_SERVER_SERVER_H_
#define ATTAIN_SERVICE_SERVER_SERVER_H_

#include "absl/status/status.h"
#include "service/server/options.h"

namespace attain::server {

// Blocks SIGINT and SIGTERM for this thread and those it makes. Call before any other thread exists.
void BlockSignals();

// Returns OK after SIGINT or SIGTERM and a clean end. INVALID_ARGUMENT: an option names something that cannot
// be used (an address, a certificate). Other errors: the data directory or the port cannot be had. The
// message is one sentence for people.
absl::Status Run(const ServerOptions& options);

}  // namespace attain::server

#endif  // ATTAIN_SERVICE_SERVER_SERVER_H_
