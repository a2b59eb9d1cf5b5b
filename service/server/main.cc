#include <cstdio>
#include <string>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "service/server/log.h"
#include "service/server/options.h"
#include "service/server/server.h"

int main(int argc, char** argv) {
  namespace server = attain::server;
  // gRPC's locks are Abseil's, and Debian's build of it looks for cycles among them at every turn.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  server::BlockSignals();
  server::InitLog("info");
  const absl::StatusOr<server::ServerOptions> options =
      server::ParseOptions(std::vector<std::string>(argv + 1, argv + argc));
  if (!options.ok()) {
    server::Announce("attaind: " + std::string(options.status().message()));
    return 2;
  }
  if (options->help) {
    std::fputs(server::HelpText().c_str(), stdout);
    return 0;
  }
  if (options->version) {
    std::printf("attaind %s\n", server::kVersion);
    return 0;
  }
  server::InitLog(options->log_level);
  const absl::Status ended = server::Run(*options);
  if (ended.ok()) return 0;
  server::Announce("attaind: " + std::string(ended.message()));
  return absl::IsInvalidArgument(ended) ? 2 : 1;
}
