#include "service/engine/life_cycle.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "service/engine/errors.h"
#include "service/engine/lint.h"

namespace attain::engine {
namespace {

std::string StateNameOf(int32_t state) {
  return std::string(absl::StripPrefix(v1::TableState_Name(static_cast<v1::TableState>(state)), "TABLE_STATE_"));
}

}  // namespace

absl::Status RequireState(const TableModel& model, v1::TableState needed) {
  if (model.state.state() == needed) return absl::OkStatus();
  const std::string is = StateNameOf(model.state.state()), want = StateNameOf(needed);
  const std::string& name = model.state.name();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_WRONG_STATE,
                {absl::StrCat(name, " 目前处于 ", is, "，此操作只能在 ", want, " 状态下进行。"),
                 absl::StrCat(name, " is ", is, "; this works only while it is ", want, ".")},
                {{"name", name}, {"state", is}, {"needed", want}});
}

absl::Status RequireInForce(const TableModel& model) {
  return model.in_force() ? absl::OkStatus() : RequireState(model, v1::TABLE_STATE_APPROVED);
}

absl::Status CheckEtag(absl::string_view name, const std::string& etag, uint64_t revision) {
  const std::string actual = absl::StrCat(revision);
  return etag == actual ? absl::OkStatus() : StaleEtag(name, etag, actual);
}

absl::Status RequireActor(const Caller& caller) {
  if (!caller.actor.empty()) return absl::OkStatus();
  return BadField("attain-actor", v1::ERROR_REASON_ACTOR_REQUIRED,
                  {"这一步要留下姓名：请在调用的元数据 attain-actor 中写明是谁（命令行用 --actor）。",
                   "This step is signed: say who you are in the call's metadata attain-actor (--actor on the command line)."});
}

absl::Status RequireNoErrors(const std::vector<importing::Finding>& findings) {
  if (!HasErrors(findings)) return absl::OkStatus();
  std::vector<Violation> violations;
  for (const importing::Finding& finding : findings) {
    if (finding.severity == importing::Severity::kError) {
      violations.push_back({absl::StrCat("table.indicators[", finding.place.row - 1, "]"), finding.message});
    }
  }
  const scoring::Text first = violations.front().text;
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_VALIDATION_FAILED,
                {absl::StrCat("校验发现 ", violations.size(), " 个错误，改正后才能提交。第一个：", first.zh),
                 absl::StrCat("The validator found ", violations.size(), " errors; correct them before submitting. The first: ", first.en)},
                {}, violations);
}

}  // namespace attain::engine
