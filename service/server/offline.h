// What attaind does with backups while no server runs: `attaind verify-backup` and `attaind restore`.
//
// They are commands of attaind and no program of their own: they read and write what only this version of the
// server can be sure to understand (schema, rules, RocksDB), they are wanted where it is installed, and the
// command line `attain` talks to servers alone and links no store.
#ifndef ATTAIN_SERVICE_SERVER_OFFLINE_H_
#define ATTAIN_SERVICE_SERVER_OFFLINE_H_

#include <optional>
#include <string>
#include <vector>

namespace attain::server {

// Carries out the command that `arguments` (without the program's name) begin with and gives the exit code: 0
// done, 1 failed, 2 wrong options. Nothing when they begin with no command. Writes what was done on stdout,
// what went wrong on stderr.
std::optional<int> RunOffline(const std::vector<std::string>& arguments);

}  // namespace attain::server

#endif  // ATTAIN_SERVICE_SERVER_OFFLINE_H_
