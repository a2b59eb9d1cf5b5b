// `attaind verify`: everything that a stopped server's directory holds, checked.
#ifndef ATTAIN_SERVICE_SERVER_VERIFY_COMMAND_H_
#define ATTAIN_SERVICE_SERVER_VERIFY_COMMAND_H_

#include <optional>
#include <string>
#include <vector>

namespace attain::server {

// Carries it out when `arguments` (without the program's name) begin with "verify", and gives the exit code:
// 0 sound, 1 findings, 2 it cannot be read or the options are wrong. Writes findings and result on stdout,
// how far it is on stderr when that is a terminal. Changes nothing.
std::optional<int> RunVerify(const std::vector<std::string>& arguments);

}  // namespace attain::server

#endif  // ATTAIN_SERVICE_SERVER_VERIFY_COMMAND_H_
