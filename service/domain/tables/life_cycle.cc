#include "service/domain/tables/life_cycle.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "service/api/errors.h"
#include "service/api/findings.h"
#include "service/api/form_words.h"

namespace attain::engine {
namespace {

std::string StateNameOf(v1::TableState state) {
  return std::string(absl::StripPrefix(v1::TableState_Name(state), "TABLE_STATE_"));
}

// The field that a finding is about; AIP-161 writes "every row's" as "*".
std::string FieldOf(const importing::Finding& finding) {
  if (finding.place.row > 0) return absl::StrCat("table.indicators[", finding.place.row - 1, "]");
  static constexpr std::pair<absl::string_view, absl::string_view> kFields[] = {
      {"NAME_EMPTY", "table.display_name"},  {"YEAR_MISSING", "table.fiscal_year"},
      {"MONEY_NEGATIVE", "table.budget"},    {"BUDGET_SUM", "table.budget"},
      {"NO_INDICATORS", "table.indicators"}, {"WEIGHT_SUM", "table.indicators.*.weight"}};
  for (const auto& [code, field] : kFields) {
    if (finding.code == code) return std::string(field);
  }
  return "table";
}

scoring::Text ErrorsBefore(Step step, size_t count) {
  const std::string errors = absl::StrCat(count, count == 1 ? " error" : " errors");
  switch (step) {
    case Step::kSubmit:
      return {absl::StrCat("校验发现 ", count, " 个错误，改正后才能提交。第一个："),
              absl::StrCat("The validator found ", errors, "; correct them before submitting. The first: ")};
    case Step::kApprove:
      return {absl::StrCat("按评分方案的最新版本，校验发现 ", count, " 个错误，请退回改正。第一个："),
              absl::StrCat("Under the newest version of its profile the table has ", errors,
                           "; return it. The first: ")};
    case Step::kAmend:
      return {absl::StrCat("按此调整，表中会有 ", count, " 个错误，请改正这次调整。第一个："),
              absl::StrCat("The amended table would have ", errors, "; correct the amendment. The first: ")};
  }
  return {};
}

}  // namespace

absl::Status RequireState(const TableModel& model, v1::TableState needed) {
  if (model.state.state() == needed) return absl::OkStatus();
  const auto current = static_cast<v1::TableState>(model.state.state());
  const std::string is = StateNameOf(current), want = StateNameOf(needed);
  const std::string& name = model.state.name();
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_WRONG_STATE,
                {absl::StrCat("“", model.state.display_name(), "”目前是“", WordsOf(current).zh,
                              "”，此操作只能在“", WordsOf(needed).zh, "”状态下进行。"),
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

absl::Status RequireNoErrors(const std::vector<importing::Finding>& findings, Step step) {
  if (!HasErrors(findings)) return absl::OkStatus();
  std::vector<Violation> violations;
  for (const importing::Finding& finding : findings) {
    if (finding.severity == importing::Severity::kError)
      violations.push_back({FieldOf(finding), finding.message});
  }
  const scoring::Text first = violations.front().text;
  const scoring::Text all = ErrorsBefore(step, violations.size());
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_VALIDATION_FAILED,
                {absl::StrCat(all.zh, first.zh), absl::StrCat(all.en, first.en)}, {}, violations);
}

}  // namespace attain::engine
