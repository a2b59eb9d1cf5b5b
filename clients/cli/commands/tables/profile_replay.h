// attain profile replay
#ifndef ATTAIN_CLIENTS_CLI_COMMANDS_TABLES_PROFILE_REPLAY_H_
#define ATTAIN_CLIENTS_CLI_COMMANDS_TABLES_PROFILE_REPLAY_H_

#include <optional>

#include "absl/status/status.h"
#include "attain/v1/profile.pb.h"
#include "clients/cli/session/context.h"

namespace attain::cli {

// All tables in force under `rules`; without, under a version of the profile that the second argument names.
absl::Status ReplayProfile(Context& context, std::optional<v1::Profile> rules);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_COMMANDS_TABLES_PROFILE_REPLAY_H_
