#ifdef ATTAIN_MIMALLOC
#include <mimalloc.h>
#endif

#include <sys/stat.h>

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "service/server/log.h"
#include "service/server/offline.h"
#include "service/server/options.h"
#include "service/server/server.h"
#include "service/server/verify_command.h"

namespace {

// Freed memory goes back to the system after a second instead of 25 ms: buffers come and go faster than that,
// and each return costs page faults.
void KeepFreedMemoryForASecond() {
#ifdef ATTAIN_MIMALLOC
  mi_option_set(mi_option_decommit_delay, 1000);
#endif
}

}  // namespace

int main(int argc, char** argv) {
  namespace server = attain::server;
  KeepFreedMemoryForASecond();
  // gRPC's locks are Abseil's, and Debian's build of it looks for cycles among them at every turn.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  // Whatever this process makes is for its user alone: the data, and a socket in the file system.
  umask(S_IRWXG | S_IRWXO);
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (const std::optional<int> done = server::RunOffline(arguments); done.has_value()) return *done;
  if (const std::optional<int> done = server::RunVerify(arguments); done.has_value()) return *done;
  server::BlockSignals();
  const absl::StatusOr<server::ServerOptions> options = server::ParseOptions(arguments);
  if (!options.ok()) {
    std::fprintf(stderr, "attaind: %s\n", std::string(options.status().message()).c_str());
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
  server::StartLog(*options);
  const absl::Status ended = server::Run(*options);
  if (ended.ok()) return 0;
  server::ProcessLog().Write(
      {attain::calls::Level::kError, "attaind: " + std::string(ended.message()), {}, ""});
  return absl::IsInvalidArgument(ended) ? 2 : 1;
}
