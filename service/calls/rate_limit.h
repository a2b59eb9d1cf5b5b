// How many lines of one kind are written, and how many were left out.
#ifndef ATTAIN_SERVICE_CALLS_RATE_LIMIT_H_
#define ATTAIN_SERVICE_CALLS_RATE_LIMIT_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace attain::calls {

// The first `burst` lines of a kind are written, then one in each `every`; a kind that was silent has its
// burst again after burst × every. Defaults: 5 lines, 10 seconds.
struct LineRate {
  int burst = 5;
  absl::Duration every = absl::Seconds(10);
};

// Thread-compatible. Keeps some hundred bytes per kind.
class RateLimit {
 public:
  struct LeftOut {
    std::string kind;
    uint64_t count = 0;
  };

  explicit RateLimit(const LineRate& rate) : rate_(rate) {}

  // Unset: leave this line out. Else write it; the number is how many of its kind were left out before it and
  // not told yet. A clock that goes back costs nobody his lines.
  std::optional<uint64_t> Admit(const std::string& kind, absl::Time now);

  // What was left out of kinds that have been silent for `every` since, to be told once. Sorted by kind.
  std::vector<LeftOut> TakeSilent(absl::Time now);
  // What was left out and not told, of all kinds.
  std::vector<LeftOut> TakeAll() { return TakeSilent(absl::InfiniteFuture()); }

 private:
  struct Kind {
    int lines = 0;           // that may be written now
    absl::Time counted_at;   // up to when `every` was counted into lines
    absl::Time left_out_at;  // last
    uint64_t left_out = 0;   // and not told
  };

  const LineRate rate_;
  std::map<std::string, Kind> kinds_;
};

}  // namespace attain::calls

#endif  // ATTAIN_SERVICE_CALLS_RATE_LIMIT_H_
