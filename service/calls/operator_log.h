// The log of a process: level, rate, form and the descriptor it goes to.
#ifndef ATTAIN_SERVICE_CALLS_OPERATOR_LOG_H_
#define ATTAIN_SERVICE_CALLS_OPERATOR_LOG_H_

#include <cstdint>

#include "absl/time/time.h"
#include "service/api/clock.h"
#include "service/calls/line_writer.h"
#include "service/calls/log.h"
#include "service/calls/log_format.h"
#include "service/calls/rate_limit.h"
#include "storage/mutex.h"

namespace attain::calls {

struct OperatorLogOptions {
  Level level = Level::kInfo;  // least urgent level that is written
  LogFormat format = LogFormat::kText;
  int fd = 2;                                       // not owned. Default: stderr
  engine::Clock* clock = engine::SystemClock();     // not owned
  absl::TimeZone zone = absl::LocalTimeZone();      // of the time stamps
  LineRate rate;                                    // of each kind
  absl::Duration patience = LineWriter::kPatience;  // with a full pipe
};

// Thread-safe. Lines come whole and in the order of their time stamps. What the rate leaves out is counted:
// the next line of its kind has left_out=N; a kind that has become silent gets a line of its own before the
// next line of any kind. Lines that nobody took are counted, too, and told by lost=N when one is taken again.
class OperatorLog final : public Log {
 public:
  explicit OperatorLog(const OperatorLogOptions& options)
      : options_(options), limit_(options.rate), writer_(options.fd, options.patience) {}

  bool Writes(Level level) const override { return level <= options_.level; }
  void Write(Entry entry) override ATTAIN_EXCLUDES(mutex_);
  // Tells what was left out and not told yet. For the end of the process.
  void TellLeftOut() ATTAIN_EXCLUDES(mutex_);

 private:
  void Tell(const std::vector<RateLimit::LeftOut>& left_out, absl::Time now) ATTAIN_REQUIRES(mutex_);
  void Put(const Entry& entry, absl::Time now) ATTAIN_REQUIRES(mutex_);

  const OperatorLogOptions options_;
  storage::Mutex mutex_;  // taken last; held while a line is written
  RateLimit limit_ ATTAIN_GUARDED_BY(mutex_);
  LineWriter writer_ ATTAIN_GUARDED_BY(mutex_);
  uint64_t lost_ ATTAIN_GUARDED_BY(mutex_) = 0;  // lines that nobody took, not told
};

}  // namespace attain::calls

#endif  // ATTAIN_SERVICE_CALLS_OPERATOR_LOG_H_
