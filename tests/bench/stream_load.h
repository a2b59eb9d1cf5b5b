// Many open server streams at once, read as fast as they come: of attaind's watches and of the bare server
// alike.
#ifndef ATTAIN_TESTS_BENCH_STREAM_LOAD_H_
#define ATTAIN_TESTS_BENCH_STREAM_LOAD_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace attain::bench {

struct StreamLoad {
  std::string address;
  std::string method;                 // "/attain.v1.WatchService/Watch"
  std::vector<std::string> requests;  // serialised; stream n sends number n modulo their count
  int streams = 1, channels = 4;
  absl::Duration time;
  // A stream is opened again after so many messages; 0 = never.
  int64_t messages_per_stream = 0;
  // Messages are WatchResponses whose CHANGES tell when they were recorded: gives latencies.
  bool latencies = false;
};

struct StreamFigures {
  int64_t messages = 0, bytes = 0;
  absl::Duration time;
  std::vector<absl::Duration> latencies;
  // {"per_second": …, "messages": …, "bytes": mean size, "p50_us": …, "p99_us": …}
  std::string ToJson();
};

// Opens the streams, prints "open" when each has had its first message, then reads for `time`; the first
// message of each stream is not counted.
StreamFigures RunStreams(const StreamLoad& load);

// Opens the streams, prints "open" when each has had its first message, keeps them until standard input ends.
void HoldStreams(const StreamLoad& load);

// A request for everything; with a token it goes on there.
std::string WatchRequestFor(const std::vector<std::string>& names, const std::string& token, int interval_ms);
// Messages that the server has sent to watches since its start.
int64_t MessagesSent(const std::string& address);
// The token of the present head.
std::string HeadToken(const std::string& address, const std::vector<std::string>& names);

}  // namespace attain::bench

#endif  // ATTAIN_TESTS_BENCH_STREAM_LOAD_H_
