// What the HTTP port serves of the transparency log.
#ifndef ATTAIN_SERVICE_SERVER_LOG_SOURCE_H_
#define ATTAIN_SERVICE_SERVER_LOG_SOURCE_H_

#include <memory>

#include "service/history/history_queries.h"
#include "service/http/log_routes.h"
#include "storage/store.h"

namespace attain::server {

// None of what is named is owned. Entries are leaves of 60 bytes: they say nothing of what was recorded.
std::unique_ptr<http::LogSource> MakeLogSource(const engine::HistoryParts& parts,
                                               const storage::Store* store);

}  // namespace attain::server

#endif  // ATTAIN_SERVICE_SERVER_LOG_SOURCE_H_
