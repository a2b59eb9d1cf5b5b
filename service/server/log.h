// The server's log. The one header that names the logging library.
#ifndef ATTAIN_SERVICE_SERVER_LOG_H_
#define ATTAIN_SERVICE_SERVER_LOG_H_

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace attain::server {

// To stderr, one plain line per message.
inline void InitLog() {
  spdlog::set_default_logger(spdlog::stderr_logger_mt("attaind"));
  spdlog::set_pattern("%v");
  spdlog::flush_on(spdlog::level::info);
}

}  // namespace attain::server

#endif  // ATTAIN_SERVICE_SERVER_LOG_H_
