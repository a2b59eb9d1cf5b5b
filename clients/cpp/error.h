// What a refused call says: reason, facts, wrong fields and the sentence for the person, decoded from the
// call's trailer.
#ifndef ATTAIN_CLIENTS_CPP_ERROR_H_
#define ATTAIN_CLIENTS_CPP_ERROR_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "attain/v1/finding.pb.h"

namespace attain::client {

struct FieldViolation {
  std::string field;        // path in the request: "reports[3].value"
  std::string description;  // in the language of the call
};

// Thread-compatible value.
struct ErrorDetails {
  std::string reason;  // attain.v1.ErrorReason without its prefix; empty when the server did not say
  std::map<std::string, std::string> metadata;  // facts, e.g. {"name": "units/a"}
  std::vector<FieldViolation> violations;       // at most 20; metadata["violations"] has their number
  v1::FindingList findings;                     // what was noticed in the document or table that was refused
  absl::Duration retry_delay;  // least wait before the same call may succeed; zero when not said
};

// The status of a call: `code` is a canonical code (0 … 16), `message` what the transport says, `trailer` the
// bytes of grpc-status-details-bin. The status's message is the sentence in the caller's language when there
// is one. A damaged trailer is ignored.
absl::Status MakeStatus(int code, absl::string_view message, absl::string_view trailer);

// Everything the server said about `status`; empty for a status that no server made.
ErrorDetails DetailsOf(const absl::Status& status);

// True when no server took part: it could not be reached or did not answer in time.
bool IsUnreachable(const absl::Status& status);

}  // namespace attain::client

#endif  // ATTAIN_CLIENTS_CPP_ERROR_H_
