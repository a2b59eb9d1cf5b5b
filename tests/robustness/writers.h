// Clients that write until their connection breaks and remember what was acknowledged.
#ifndef ATTAIN_TESTS_ROBUSTNESS_WRITERS_H_
#define ATTAIN_TESTS_ROBUSTNESS_WRITERS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/random/random.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "tests/support/api.h"

namespace attain::testing {

// A report that must be there, because its request was acknowledged.
struct Fact {
  std::string name;  // …/indicators/{i}/actuals/{revision}
  std::string value;
};

// What the server said to one request.
struct Answer {
  std::string bytes;  // of the response
  int64_t revision = 0;
  std::vector<Fact> facts;
};

// Sends one fixed request; may be repeated.
using Step = std::function<grpc::Status(const Api&, Answer*)>;

// Counts acknowledgements. Thread-safe.
class Acknowledged {
 public:
  void Add() {
    absl::MutexLock lock(&mutex_);
    ++count_;
  }
  // True when `wanted` is reached before `limit` has passed.
  bool WaitFor(int64_t wanted, absl::Duration limit) {
    absl::MutexLock lock(&mutex_);
    const auto reached = [this, wanted]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return count_ >= wanted; };
    return mutex_.AwaitWithTimeout(absl::Condition(&reached), limit);
  }

 private:
  absl::Mutex mutex_;
  int64_t count_ ABSL_GUARDED_BY(mutex_) = 0;
};

// Run on a thread of its own; the rest between runs.
class Writer {
 public:
  virtual ~Writer() = default;
  // Writes until a call fails; returns how it failed.
  virtual grpc::Status Run(const Api& api, Acknowledged* acknowledged) = 0;
  // Sends again what was not acknowledged, and what is acknowledged already, and expects the first answer
  // each time.
  virtual void Settle(const Api& api, absl::BitGen* random) = 0;

  // Everything acknowledged so far, oldest first: one revision each.
  const std::vector<Answer>& answers() const { return answers_; }

 protected:
  std::vector<Answer> answers_;
};

// Writes to tables p1 … p5 of the sample, each in its own way: single reports; reports of which every third
// is corrected; batches over six indicators; a stream with batches in flight; spending.
std::vector<std::unique_ptr<Writer>> MakeWriters();

}  // namespace attain::testing

#endif  // ATTAIN_TESTS_ROBUSTNESS_WRITERS_H_
