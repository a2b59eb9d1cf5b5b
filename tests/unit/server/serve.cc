// This program as attaind, when the variable says that it was started as one.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "service/server/log.h"
#include "service/server/server.h"
#include "tests/support/server_process.h"

namespace {

int Serve(const std::vector<std::string>& arguments) {
  namespace server = attain::server;
  server::BlockSignals();
  const absl::StatusOr<server::ServerOptions> options = server::ParseOptions(arguments);
  if (!options.ok()) return 2;
  server::StartLog(*options);
  const absl::Status ended = server::Run(*options);
  if (ended.ok()) return 0;
  std::fprintf(stderr, "%s\n", std::string(ended.message()).c_str());
  return absl::IsInvalidArgument(ended) ? 2 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (getenv(attain::testing::kProgramVariable) != nullptr)
    return Serve(std::vector<std::string>(argv + 1, argv + argc));
  setenv(attain::testing::kProgramVariable, std::filesystem::read_symlink("/proc/self/exe").c_str(), 1);
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
