#include "service/calls/operator_log.h"

#include <optional>

namespace attain::calls {

void OperatorLog::Write(Entry entry) {
  if (!Writes(entry.level)) return;
  storage::MutexLock lock(&mutex_);
  const absl::Time now = options_.clock->Now();
  if (!entry.kind.empty()) {
    const std::optional<uint64_t> left_out = limit_.Admit(entry.kind, now);
    if (!left_out.has_value()) return;
    if (*left_out > 0) entry.fields.emplace_back("left_out", *left_out);
  }
  Tell(limit_.TakeSilent(now), now);
  Put(entry, now);
}

void OperatorLog::TellLeftOut() {
  storage::MutexLock lock(&mutex_);
  Tell(limit_.TakeAll(), options_.clock->Now());
}

void OperatorLog::Tell(const std::vector<RateLimit::LeftOut>& left_out, absl::Time now) {
  for (const RateLimit::LeftOut& kind : left_out) {
    Put({Level::kNotice, "lines left out", {{"kind", kind.kind}, {"left_out", kind.count}}, ""}, now);
  }
}

void OperatorLog::Put(const Entry& entry, absl::Time now) {
  if (lost_ > 0) {
    const Entry told = {Level::kNotice, "lines lost: nobody took them", {{"lost", lost_}}, ""};
    if (writer_.Write(FormatLine(options_.format, now, options_.zone, told))) lost_ = 0;
  }
  if (!writer_.Write(FormatLine(options_.format, now, options_.zone, entry))) ++lost_;
}

}  // namespace attain::calls
