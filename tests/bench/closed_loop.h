// A fixed number of calls under way at any time: when one is answered, the next one starts.
#ifndef ATTAIN_TESTS_BENCH_CLOSED_LOOP_H_
#define ATTAIN_TESTS_BENCH_CLOSED_LOOP_H_

#include <grpcpp/grpcpp.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace attain::bench {

// Exits the process with the message of the first failed call: a figure of failing calls is no figure.
[[noreturn]] void Fail(const std::string& what, const grpc::Status& status);

struct Figures {
  int64_t calls = 0;
  int64_t items = 0;  // what the calls carried: reports of a batch, records of a write
  absl::Duration time;
  std::vector<absl::Duration> latencies;

  double PerSecond() const { return static_cast<double>(items) / absl::ToDoubleSeconds(time); }
  // {"per_second": …, "p50_us": …, "p99_us": …} on one line.
  std::string ToJson();
};

// Connections of their own, so that they do not share one. They live as long as the process: gRPC may be busy
// with the last call of a measurement after its callback has run.
const std::vector<std::shared_ptr<grpc::Channel>>& Connect(const std::string& address, int channels);

// One stub of `Service` for each channel; they live as long.
template <typename Service>
const std::vector<std::unique_ptr<typename Service::Stub>>& Stubs(
    const std::vector<std::shared_ptr<grpc::Channel>>& channels) {
  auto* const stubs = new std::vector<std::unique_ptr<typename Service::Stub>>;
  for (const std::shared_ptr<grpc::Channel>& channel : channels) stubs->push_back(Service::NewStub(channel));
  return *stubs;
}

// Starts call number `n` in place `slot`; must call `done` once, with the call's status, on any thread.
using StartCall = std::function<void(int slot, int64_t n, std::function<void(const grpc::Status&)> done)>;

// Runs `outstanding` calls at a time until `time` is over or, when `limit` is above 0, that many have
// started.
Figures RunClosedLoop(int outstanding, absl::Duration time, int64_t limit, const StartCall& start);

}  // namespace attain::bench

#endif  // ATTAIN_TESTS_BENCH_CLOSED_LOOP_H_
