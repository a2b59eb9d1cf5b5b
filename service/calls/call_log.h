// What operators read about calls that did not end well. Every port tells its answers here.
#ifndef ATTAIN_SERVICE_CALLS_CALL_LOG_H_
#define ATTAIN_SERVICE_CALLS_CALL_LOG_H_

#include <cstdint>
#include <functional>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "service/calls/log.h"

namespace attain::calls {

// Thread-safe.
class CallLog {
 public:
  // `log` is not owned; null: nothing is written. `revision` tells the newest durable revision.
  CallLog(Log* log, std::function<uint64_t()> revision) : log_(log), revision_(std::move(revision)) {}

  // What a call was answered with, once per answer. `method` is a method's name in the API, never a text from
  // outside. Costs nothing when it is OK.
  //
  // INTERNAL, DATA_LOSS and UNAVAILABLE are errors and are written with the cause that clients are not shown
  // (cause.h); it may name resources, files and revisions. SHUTTING_DOWN belongs to every stop, so it is
  // info. Every other refusal is debug, with method, code and reason and none of its words: they repeat what
  // the user sent. Nobody is there to read a CANCELLED: nothing is written.
  void Answered(absl::string_view method, const absl::Status& status) const;

  // The first commit that failed, in the store's own words: no write is taken from here on.
  void CommitFailed(const absl::Status& status) const;

 private:
  Log* const log_;
  const std::function<uint64_t()> revision_;
};

}  // namespace attain::calls

#endif  // ATTAIN_SERVICE_CALLS_CALL_LOG_H_
