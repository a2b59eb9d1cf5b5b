// Named makers of the engine's errors. Each carries a reason of attain.v1.ErrorReason, facts, and a sentence
// in two languages that says what to do (AIP-193).
#ifndef ATTAIN_SERVICE_API_ERRORS_H_
#define ATTAIN_SERVICE_API_ERRORS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "attain/v1/error.pb.h"
#include "attain/v1/finding.pb.h"
#include "google/rpc/status.pb.h"
#include "service/scoring/explanation.h"

namespace attain::engine {

using scoring::Text;
using Facts = std::vector<std::pair<std::string, std::string>>;

// One wrong field of a request.
struct Violation {
  std::string field;  // path: "reports[3].value"
  Text text;
};

// The general maker; the named ones below are for call sites. `code` is that of the reason's row in
// error.proto.
absl::Status Refuse(absl::StatusCode code, v1::ErrorReason reason, const Text& text, const Facts& facts = {},
                    const std::vector<Violation>& violations = {});

// INVALID_ARGUMENT about one field.
absl::Status BadField(absl::string_view field, v1::ErrorReason reason, const Text& text,
                      const Facts& facts = {});
// INVALID_ARGUMENT about several fields; the first names the reason.
absl::Status BadFields(v1::ErrorReason reason, const std::vector<Violation>& violations);
// RESOURCE_NOT_FOUND. `type` is unit, table, indicator, actual, amendment, profile or upload.
absl::Status NotFound(absl::string_view type, absl::string_view name);
// The same with a sentence and facts of its own.
absl::Status NotFound(absl::string_view type, absl::string_view name, const Text& text,
                      const Facts& facts = {}, const std::vector<Violation>& violations = {});
absl::Status AlreadyExists(absl::string_view name);
absl::Status StaleEtag(absl::string_view name, absl::string_view expected, absl::string_view actual);
absl::Status ShuttingDown();
absl::Status Overloaded();
absl::Status TooManyWatches(absl::string_view limit);
absl::Status StoreUnavailable();
// Wraps an error of the store (DATA_LOSS, UNAVAILABLE, OUT_OF_RANGE …) that has no details yet.
absl::Status FromStore(const absl::Status& status);

// The same error with another path in front of its fields ("reports[3]."), for batches.
absl::Status Prefixed(const absl::Status& status, absl::string_view prefix);
// The same error with `to` in place of `from` at the beginning of its fields ("report." → "values[2].").
absl::Status Repathed(const absl::Status& status, absl::string_view from, absl::string_view to);

// The same error, telling the client to wait before it tries again.
absl::Status WithRetryDelay(absl::Status status, absl::Duration delay);

// The same error with what was noticed, in both languages; findings.h makes them.
absl::Status WithFindingLists(absl::Status status, const v1::FindingList& zh, const v1::FindingList& en);

// Reason of an error made here; UNSPECIFIED for others.
v1::ErrorReason ReasonOf(const absl::Status& status);
// The sentence in `locale` ("zh-CN" or "en").
std::string MessageOf(const absl::Status& status, absl::string_view locale);
// The error as clients get it: ErrorInfo, BadRequest (at most 20), LocalizedMessage, FindingList (at most
// 20); text cut on UTF-8 borders so that the whole stays under 6 KiB. A status without details becomes
// INTERNAL without leaking its text.
google::rpc::Status ToRpcStatus(const absl::Status& status, absl::string_view locale);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_ERRORS_H_
