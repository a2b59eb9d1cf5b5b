#include "service/commit/transaction.h"

#include <utility>

#include "service/api/macros.h"
#include "service/model/mirror.h"
#include "service/state/entry.h"

namespace attain::engine {

Transaction::Transaction(storage::Group* group, Workspace* workspace, uint64_t revision, int64_t time_us,
                         const Caller& caller, const v1::CallRule& rule)
    : Applier(group, workspace, revision), time_us_(time_us), caller_(caller), rule_(rule) {}

ActualId Transaction::NextActualId(const std::string& indicator_name) {
  return {revision(), ++actual_numbers_[indicator_name]};
}

absl::Status Transaction::Emit(disk::Event event) {
  RETURN_IF_ERROR(Apply(event));
  *payload_.add_events() = std::move(event);
  return absl::OkStatus();
}

absl::Status Transaction::Finish(absl::string_view cause, absl::string_view request_key,
                                 std::optional<disk::RequestState> request, absl::string_view salt,
                                 std::string* payload) {
  RETURN_IF_ERROR(WriteBoards(request.has_value() ? &*request : nullptr, request_key));
  payload_.set_actor(caller_.actor);
  payload_.set_cause(std::string(cause));
  if (request.has_value()) {
    payload_.set_request_key(std::string(request_key));
    *payload_.mutable_request() = *std::move(request);
  }
  *payload = EncodeEntry(std::move(payload_), steps(), salt);
  return absl::OkStatus();
}

void Transaction::FillCommit(v1::Commit* commit) const {
  commit->set_revision(static_cast<int64_t>(revision()));
  *commit->mutable_record_time() = ToTimestamp(time_us_);
}

}  // namespace attain::engine
