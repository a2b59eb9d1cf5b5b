#include "service/calls/rate_limit.h"

#include <algorithm>
#include <utility>

namespace attain::calls {

std::optional<uint64_t> RateLimit::Admit(const std::string& kind, absl::Time now) {
  const auto [it, is_new] = kinds_.try_emplace(kind);
  Kind& state = it->second;
  if (is_new) state = {rate_.burst, now, now, 0};
  state.counted_at = std::min(state.counted_at, now);
  absl::Duration rest;
  const int64_t more = absl::IDivDuration(now - state.counted_at, rate_.every, &rest);
  state.lines =
      static_cast<int>(std::min<int64_t>(rate_.burst, state.lines + std::min<int64_t>(more, rate_.burst)));
  state.counted_at = now - rest;
  if (state.lines == 0) {
    ++state.left_out;
    state.left_out_at = now;
    return std::nullopt;
  }
  --state.lines;
  return std::exchange(state.left_out, 0);
}

std::vector<RateLimit::LeftOut> RateLimit::TakeSilent(absl::Time now) {
  std::vector<LeftOut> taken;
  for (auto& [kind, state] : kinds_) {
    if (state.left_out > 0 && now - state.left_out_at >= rate_.every)
      taken.push_back({kind, std::exchange(state.left_out, 0)});
  }
  return taken;
}

}  // namespace attain::calls
