#include "tests/bench/closed_loop.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_format.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/time/clock.h"

namespace attain::bench {
namespace {

absl::Duration Percentile(std::vector<absl::Duration>* sorted, double part) {
  if (sorted->empty()) return absl::ZeroDuration();
  return (
      *sorted)[std::min(sorted->size() - 1, static_cast<size_t>(part * static_cast<double>(sorted->size())))];
}

struct Loop {
  const StartCall& start;
  const absl::Time end;
  const int64_t limit;
  std::atomic<int64_t> next{0};
  absl::BlockingCounter idle;
  std::vector<std::vector<absl::Duration>> latencies;

  void Step(int slot) {
    const int64_t n = next.fetch_add(1);
    const absl::Time begin = absl::Now();
    if (begin >= end || (limit > 0 && n >= limit)) {
      idle.DecrementCount();
      return;
    }
    start(slot, n, [this, slot, begin](const grpc::Status& status) {
      if (!status.ok()) Fail("call", status);
      latencies[slot].push_back(absl::Now() - begin);
      Step(slot);
    });
  }
};

}  // namespace

void Fail(const std::string& what, const grpc::Status& status) {
  std::fprintf(stderr, "%s: %d %s\n", what.c_str(), status.error_code(), status.error_message().c_str());
  std::_Exit(1);
}

std::string Figures::ToJson() {
  std::sort(latencies.begin(), latencies.end());
  return absl::StrFormat(
      "{\"per_second\": %.1f, \"calls\": %d, \"items\": %d, \"p50_us\": %.1f, \"p99_us\": %.1f}", PerSecond(),
      calls, items, absl::ToDoubleMicroseconds(Percentile(&latencies, 0.5)),
      absl::ToDoubleMicroseconds(Percentile(&latencies, 0.99)));
}

const std::vector<std::shared_ptr<grpc::Channel>>& Connect(const std::string& address, int channels) {
  auto& made = *new std::vector<std::shared_ptr<grpc::Channel>>;
  for (int i = 0; i < channels; ++i) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    made.push_back(grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
    if (!made.back()->WaitForConnected(absl::ToChronoTime(absl::Now() + absl::Seconds(10)))) {
      Fail("connect", grpc::Status(grpc::StatusCode::UNAVAILABLE, address));
    }
  }
  return made;
}

Figures RunClosedLoop(int outstanding, absl::Duration time, int64_t limit, const StartCall& start) {
  const absl::Time begin = absl::Now();
  Loop loop{start, begin + time, limit, {}, absl::BlockingCounter(outstanding), {}};
  loop.latencies.resize(outstanding);
  for (int slot = 0; slot < outstanding; ++slot) loop.Step(slot);
  loop.idle.Wait();
  Figures figures;
  figures.time = absl::Now() - begin;
  for (const std::vector<absl::Duration>& slot : loop.latencies) {
    figures.latencies.insert(figures.latencies.end(), slot.begin(), slot.end());
  }
  figures.calls = figures.items = static_cast<int64_t>(figures.latencies.size());
  return figures;
}

}  // namespace attain::bench
