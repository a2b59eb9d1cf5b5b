// The log of this process, on stderr.
#ifndef ATTAIN_SERVICE_SERVER_LOG_H_
#define ATTAIN_SERVICE_SERVER_LOG_H_

#include <string>

#include "service/calls/operator_log.h"
#include "service/server/options.h"

namespace attain::server {

// Once, before ProcessLog.
void StartLog(const ServerOptions& options);

// Lives until the process ends: gRPC writes to it from threads of its own.
calls::OperatorLog& ProcessLog();

// A sentence that is written at every level: ready, stopped.
void Announce(const std::string& sentence);

}  // namespace attain::server

#endif  // ATTAIN_SERVICE_SERVER_LOG_H_
