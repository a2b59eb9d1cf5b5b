#include "service/access/duties.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "service/api/errors.h"

namespace attain::engine {

absl::Status RequireActor(const Caller& caller) {
  if (!caller.actor.empty()) return absl::OkStatus();
  return BadField("attain-actor", v1::ERROR_REASON_ACTOR_REQUIRED,
                  {"这一步要留下姓名：请在调用的元数据 attain-actor 中写明是谁（命令行用 --actor）。",
                   "This step is signed: say who you are in the call's metadata attain-actor (--actor on the "
                   "command line)."});
}

absl::Status RequireNotProposer(const Caller& caller, absl::string_view proposer) {
  if (caller.actor != proposer) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_SAME_PERSON,
                {absl::StrCat("调整由 ", proposer, " 提出，须由另一个人批准。"),
                 absl::StrCat("Proposed by ", proposer, "; somebody else approves it.")},
                {{"proposer", std::string(proposer)}});
}

absl::Status RequireSubmitter(const Caller& caller, absl::string_view submitter) {
  if (caller.actor == submitter) return absl::OkStatus();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_NOT_THE_SUBMITTER,
                {absl::StrCat("只有提交人（", submitter, "）可以撤回；审批人请用退回。"),
                 absl::StrCat("Only who submitted it (", submitter,
                              ") may withdraw it; an approver returns it instead.")},
                {{"submitter", std::string(submitter)}});
}

}  // namespace attain::engine
