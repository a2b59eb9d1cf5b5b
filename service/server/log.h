// The server's log. The one header that names the logging library.
#ifndef ATTAIN_SERVICE_SERVER_LOG_H_
#define ATTAIN_SERVICE_SERVER_LOG_H_

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <string>

namespace attain::server {

// To stderr, one plain line per message, written at once. `level`: debug, info, warn or error. Another means
// info.
inline void InitLog(const std::string& level) {
  const spdlog::level::level_enum wanted = spdlog::level::from_str(level);
  const bool known = level == "debug" || level == "info" || level == "warn" || level == "error";
  static const std::shared_ptr<spdlog::logger> logger = spdlog::stderr_logger_mt("attaind");
  spdlog::set_default_logger(logger);
  spdlog::set_pattern("%v");
  spdlog::set_level(known ? wanted : spdlog::level::info);
  spdlog::flush_on(spdlog::level::debug);
}

// A line that is written at every level: ready, stopped, why it ended.
inline void Announce(const std::string& line) {
  spdlog::critical("{}", line);
}

}  // namespace attain::server

#endif  // ATTAIN_SERVICE_SERVER_LOG_H_
