// One measurement, one line of JSON:
//   bench_load seed ADDRESS FIRST TABLES
//   bench_load echo|record|score|stream ADDRESS SECONDS [TABLES [OUTSTANDING]]
//   bench_load rocks|sync DIRECTORY SECONDS
#include <cstdlib>
#include <iostream>
#include <string>

#include "absl/strings/numbers.h"
#include "echo.grpc.pb.h"
#include "tests/bench/closed_loop.h"
#include "tests/bench/engine_load.h"
#include "tests/bench/rocks_load.h"

namespace attain::bench {
namespace {

constexpr int kEchoBytes = 155;

Figures RunEcho(const Load& load) {
  const auto& stubs = Stubs<Echo>(Connect(load.address, load.channels));
  struct Call {
    grpc::ClientContext context;
    EchoMessage request, response;
  };
  return RunClosedLoop(load.outstanding, load.time, 0,
                       [&](int slot, int64_t, std::function<void(const grpc::Status&)> done) {
                         auto call = std::make_shared<Call>();
                         call->request.set_payload(std::string(kEchoBytes, 'e'));
                         stubs[slot % stubs.size()]->async()->Say(
                             &call->context, &call->request, &call->response,
                             [call, done = std::move(done)](const grpc::Status& status) { done(status); });
                       });
}

int Run(const std::vector<std::string>& words) {
  if (words.size() < 3) return 2;
  const std::string& what = words[0];
  double number = 0;
  int tables = 100, outstanding = 64;
  if (!absl::SimpleAtod(words[2], &number)) return 2;
  if (words.size() > 3 && !absl::SimpleAtoi(words[3], &tables)) return 2;
  if (words.size() > 4 && !absl::SimpleAtoi(words[4], &outstanding)) return 2;
  if (what == "seed") {
    Seed(words[1], static_cast<int>(number), tables);
    return 0;
  }
  Load load;
  load.address = words[1];
  load.tables = tables;
  load.outstanding = outstanding;
  load.time = absl::Seconds(number);
  Figures figures;
  if (what == "echo") {
    figures = RunEcho(load);
  } else if (what == "record") {
    figures = RunRecord(load);
  } else if (what == "score") {
    figures = RunScore(load);
  } else if (what == "stream") {
    figures = RunStream(load);
  } else if (what == "rocks") {
    figures = RunRocks(words[1], load.time);
  } else if (what == "sync") {
    figures = RunSync(words[1], load.time);
  } else {
    return 2;
  }
  std::cout << figures.ToJson() << std::endl;
  return 0;
}

}  // namespace
}  // namespace attain::bench

// Leaves without tearing anything down: the last callbacks of gRPC may still be on their way out.
int main(int argc, char** argv) { std::_Exit(attain::bench::Run(std::vector<std::string>(argv + 1, argv + argc))); }
