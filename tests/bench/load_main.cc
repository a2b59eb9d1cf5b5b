// One measurement, one line of JSON:
//   bench_load seed ADDRESS FIRST TABLES
//   bench_load seed-wide ADDRESS TABLES: one unit with so many
//   bench_load echo|record|score|stream|batch|wide|rank|replay ADDRESS SECONDS [TABLES [OUTSTANDING]]
//   bench_load pace ADDRESS SECONDS TABLES PER_SECOND: RecordActual one by one at that rate
//   bench_load flow ADDRESS SECONDS STREAMS BYTES: the bare server's streams
//   bench_load ticks ADDRESS SECONDS STREAMS BYTES PER_SECOND: the same at ticks of a hundredth of them
//   bench_load follow ADDRESS SECONDS STREAMS TOKEN COUNT: COUNT revisions behind TOKEN (hex), over again
//   bench_load live ADDRESS SECONDS STREAMS: watches of everything, latencies from recorded time on
//   bench_load live-tables ADDRESS SECONDS STREAMS TABLES: the same, each of one table
//   bench_load token ADDRESS 0: the present head's token, hex
//   bench_load messages ADDRESS 0: {"messages": …} that the server has sent to watches since its start
//   bench_load hold-watch|hold-flow ADDRESS STREAMS [INTERVAL_MS]: idle streams, until standard input ends
//   bench_load rocks|sync DIRECTORY SECONDS
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "echo.grpc.pb.h"
#include "tests/bench/closed_loop.h"
#include "tests/bench/engine_load.h"
#include "tests/bench/rocks_load.h"
#include "tests/bench/stream_load.h"

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

const std::vector<std::string>& Everything() {
  static const auto& names = *new std::vector<std::string>{"**"};
  return names;
}

std::string FlowRequestFor(int bytes, int64_t count) {
  FlowRequest request;
  request.set_bytes(bytes);
  request.set_count(count);
  return request.SerializeAsString();
}

std::string TicksRequestFor(int bytes, int group, int per_second) {
  FlowRequest request;
  request.set_bytes(bytes);
  request.set_group(group);
  request.set_ticks_per_second(per_second);
  return request.SerializeAsString();
}

constexpr char kWatch[] = "/attain.v1.WatchService/Watch", kFlow[] = "/attain.bench.Echo/Flow";

// The number that `words` has at `place`; none, or none that fits, is nullopt.
std::optional<int> NumberAt(const std::vector<std::string>& words, size_t place) {
  int number = 0;
  if (words.size() <= place || !absl::SimpleAtoi(words[place], &number)) return std::nullopt;
  return number;
}

// What streams of a measurement ask for and do; false when `words` are about something else.
bool FillStreams(const std::vector<std::string>& words, StreamLoad* load) {
  const std::string& what = words[0];
  const std::optional<int> fourth = NumberAt(words, 4), fifth = NumberAt(words, 5);
  load->method = kWatch;
  if (what == "live") {
    load->requests = {WatchRequestFor(Everything(), "", 0)};
    load->latencies = true;
  } else if (what == "live-tables" && fourth.has_value()) {
    load->latencies = true;
    for (int table = 0; table < *fourth; ++table) {
      load->requests.push_back(
          WatchRequestFor({absl::StrCat(TableName(table), "/**"), TableName(table)}, "", 0));
    }
  } else if (what == "flow" && fourth.has_value()) {
    load->method = kFlow;
    load->requests = {FlowRequestFor(*fourth, int64_t{1} << 60)};
  } else if (what == "ticks" && fourth.has_value() && fifth.has_value()) {
    load->method = kFlow;
    load->latencies = true;  // as much work for the client
    for (int group = 1; group <= 100; ++group) {
      load->requests.push_back(TicksRequestFor(*fourth, group, *fifth));
    }
  } else if (what == "follow" && fifth.has_value()) {
    load->requests = {WatchRequestFor(Everything(), absl::HexStringToBytes(words[4]), 0)};
    load->messages_per_stream = *fifth;
  } else {
    return false;
  }
  return true;
}

// What has to do with streams; -1 when `words` are about something else.
int RunStreamWords(const std::vector<std::string>& words) {
  const std::string& what = words[0];
  double number = 0;
  if (!absl::SimpleAtod(words[2], &number)) return 2;
  if (what == "token") {
    std::cout << absl::BytesToHexString(HeadToken(words[1], Everything())) << std::endl;
    return 0;
  }
  if (what == "messages") {
    std::cout << "{\"messages\": " << MessagesSent(words[1]) << "}" << std::endl;
    return 0;
  }
  StreamLoad load;
  load.address = words[1];
  if (what == "hold-watch" || what == "hold-flow") {
    load.streams = static_cast<int>(number);
    load.method = what == "hold-flow" ? kFlow : kWatch;
    load.requests = {what == "hold-flow" ? FlowRequestFor(100, 1)
                                         : WatchRequestFor(Everything(), "", NumberAt(words, 3).value_or(0))};
    HoldStreams(load);
    return 0;
  }
  load.time = absl::Seconds(number);
  load.streams = NumberAt(words, 3).value_or(0);
  if (!FillStreams(words, &load)) return -1;
  std::cout << RunStreams(load).ToJson() << std::endl;
  return 0;
}

int Run(const std::vector<std::string>& words) {
  if (words.size() < 3) return 2;
  if (const int done = RunStreamWords(words); done >= 0) return done;
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
  if (what == "seed-wide") {
    SeedWide(words[1], static_cast<int>(number));
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
  } else if (what == "pace") {
    figures = RunPaced(load);
  } else if (what == "score") {
    figures = RunScore(load);
  } else if (what == "wide") {
    figures = RunWide(load);
  } else if (what == "rank") {
    figures = RunRank(load);
  } else if (what == "replay") {
    figures = RunReplay(load);
  } else if (what == "stream") {
    figures = RunStream(load);
  } else if (what == "batch") {
    figures = RunBatches(load);
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
int main(int argc, char** argv) {
  std::_Exit(attain::bench::Run(std::vector<std::string>(argv + 1, argv + argc)));
}
