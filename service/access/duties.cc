#include "service/access/duties.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "service/api/errors.h"

namespace attain::engine {
namespace {

absl::Status SamePerson(absl::string_view proposer) {
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_SAME_PERSON,
                {absl::StrCat("调整由 ", proposer, " 提出，须由另一个人批准。"),
                 absl::StrCat("Proposed by ", proposer, "; somebody else approves it.")},
                {{"proposer", std::string(proposer)}});
}

absl::Status NotTheSubmitter(absl::string_view submitter) {
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_NOT_THE_SUBMITTER,
                {absl::StrCat("只有提交人（", submitter, "）可以撤回；审批人请用退回。"),
                 absl::StrCat("Only who submitted it (", submitter,
                              ") may withdraw it; an approver returns it instead.")},
                {{"submitter", std::string(submitter)}});
}

bool IsNamed(const v1::CallRule& rule, const Caller& caller) {
  return !rule.signed_() || !caller.actor.empty();
}

// The first duty that the caller would break; UNSPECIFIED when there is none.
v1::Duty Broken(const v1::CallRule& rule, const Caller& caller, const DutyFacts& facts) {
  for (const int duty : rule.duties()) {
    if (duty == v1::DUTY_NOT_PROPOSER && caller.actor == facts.proposer) return v1::DUTY_NOT_PROPOSER;
    if (duty == v1::DUTY_SUBMITTER_ONLY && caller.actor != facts.submitter) return v1::DUTY_SUBMITTER_ONLY;
  }
  return v1::DUTY_UNSPECIFIED;
}

}  // namespace

absl::Status MayCall(const v1::CallRule& rule, const Caller& caller) {
  if (IsNamed(rule, caller)) return absl::OkStatus();
  return BadField("attain-actor", v1::ERROR_REASON_ACTOR_REQUIRED,
                  {"这一步要留下姓名：请在调用的元数据 attain-actor 中写明是谁（命令行用 --actor）。",
                   "This step is signed: say who you are in the call's metadata attain-actor (--actor on the "
                   "command line)."});
}

absl::Status KeepsDuties(const v1::CallRule& rule, const Caller& caller, const DutyFacts& facts) {
  switch (Broken(rule, caller, facts)) {
    case v1::DUTY_NOT_PROPOSER:
      return SamePerson(facts.proposer);
    case v1::DUTY_SUBMITTER_ONLY:
      return NotTheSubmitter(facts.submitter);
    default:
      return absl::OkStatus();
  }
}

bool IsFor(const v1::CallRule& rule, const Caller& caller, const DutyFacts& facts) {
  return IsNamed(rule, caller) && Broken(rule, caller, facts) == v1::DUTY_UNSPECIFIED;
}

}  // namespace attain::engine
