#include "service/server/log.h"

namespace attain::server {
namespace {

calls::OperatorLog* process_log = nullptr;

calls::Level LevelOf(const std::string& name) {
  for (const calls::Level level : {calls::Level::kError, calls::Level::kWarning, calls::Level::kDebug}) {
    if (name == std::string(calls::LevelName(level))) return level;
  }
  return calls::Level::kInfo;
}

}  // namespace

void StartLog(const ServerOptions& options) {
  calls::OperatorLogOptions log;
  log.level = LevelOf(options.log_level);
  log.format = options.log_format == "json" ? calls::LogFormat::kJson : calls::LogFormat::kText;
  process_log = new calls::OperatorLog(log);
}

calls::OperatorLog& ProcessLog() {
  return *process_log;
}

void Announce(const std::string& sentence) {
  ProcessLog().Write({calls::Level::kNotice, sentence, {}, ""});
}

}  // namespace attain::server
