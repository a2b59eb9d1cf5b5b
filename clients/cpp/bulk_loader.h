// Loads many reports over StreamActuals: batches in flight, progress, and resumption after a lost connection
// without doubles.
//
// Example:
//   attain::client::BulkResult result = attain::client::LoadActuals(client, reports, {});
//   for (const attain::client::BulkRefusal& refusal : result.refusals)
//   Tell(reports[refusal.index].indicator(), refusal.message);
#ifndef ATTAIN_CLIENTS_CPP_BULK_LOADER_H_
#define ATTAIN_CLIENTS_CPP_BULK_LOADER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "attain/v1/reporting_service.pb.h"
#include "clients/cpp/client.h"

namespace attain::client {

struct BulkOptions {
  // Reports per message, 1 … 1,000, fewer where they are long (1 MiB); each message is one revision. Default:
  // 500.
  int batch = 500;
  // A message with a refused report is refused as a whole, which ends the load with that error: what was
  // answered before stays recorded, nothing behind it is.
  bool all_or_nothing = false;
  // Messages sent and not yet acknowledged, at least 1. The server holds 16; more does not make it faster.
  // Default: 8.
  int window = 8;
  // Message n carries the request id "{request_id}-{n}"; a second run with the same id, batch and reports
  // records nothing twice, so a program that was killed can start over. Empty: random ids, which only protect
  // against lost connections.
  std::string request_id;
  // The request id of the message whose first report has this index, in place of `request_id`; asked
  // again when it is sent again, and then to be the same. May be empty.
  std::function<std::string(size_t first, const v1::StreamActualsRequest& message)> id_of;
  // Called after each acknowledgement, on the calling thread, before `progress`; may be empty.
  std::function<void(size_t first, size_t count, const v1::StreamActualsResponse& answer)> answered;
  // Codes of findings that are accepted for all reports.
  std::vector<std::string> accept_findings;
  // How long a stream that has worked before is tried again after it broke, such as while a server restarts.
  // Until the first acknowledgement client.options().patience holds. Default: 30 seconds.
  absl::Duration resume_patience = absl::Seconds(30);
  // Called after each acknowledgement with the reports answered so far, on the calling thread; may be empty.
  std::function<void(size_t done, size_t total)> progress;
};

struct BulkRefusal {
  size_t index = 0;     // in the reports given
  std::string reason;   // attain.v1.ErrorReason without its prefix
  std::string message;  // in the client's language
};

// What looked odd about a report that was recorded.
struct BulkFinding {
  size_t index = 0;  // in the reports given
  v1::Finding finding;
};

struct BulkResult {
  // Why it stopped early; OK when every report was answered. What was acknowledged before stays recorded.
  absl::Status status;
  size_t answered = 0;  // reports: accepted or refused
  size_t accepted = 0;
  int64_t last_revision = 0;          // newest revision of an accepted batch; 0 when there is none
  std::vector<BulkRefusal> refusals;  // by index
  std::vector<BulkFinding> findings;  // by index
};

// Blocks until all are answered. A connection that breaks is made again and the unacknowledged messages are
// sent once more under their request ids, until resume_patience passes without an acknowledgement.
BulkResult LoadActuals(const Client& client, absl::Span<const v1::NamedReport> reports,
                       const BulkOptions& options);

// Reports of the message that begins with `reports`: at most `batch`, at most 1 MiB of them, at least one.
size_t MessageSize(absl::Span<const v1::NamedReport> reports, int batch);

}  // namespace attain::client

#endif  // ATTAIN_CLIENTS_CPP_BULK_LOADER_H_
