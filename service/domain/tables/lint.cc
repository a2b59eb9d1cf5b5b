#include "service/domain/tables/lint.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "service/importing/linter.h"

namespace attain::engine {
namespace {

using importing::ParsedIndicator;
using importing::ParsedTable;

std::optional<scoring::Decimal> Number(const std::string& text) {
  absl::StatusOr<scoring::Decimal> parsed = scoring::Decimal::Parse(text);
  return parsed.ok() ? std::optional<scoring::Decimal>(*parsed) : std::nullopt;
}

ParsedIndicator ToParsed(const disk::IndicatorState& state) {
  ParsedIndicator row;
  row.level1 = state.level1();
  row.level2 = state.level2();
  row.name = state.display_name();
  row.comparator = static_cast<scoring::Comparator>(state.target().comparator());
  row.target = Number(state.target().value());
  row.unit = state.target().unit();
  row.target_text = state.target().text();
  row.basis = state.basis();
  row.prior_value = Number(state.prior_value());
  row.prior_text = state.prior_text();
  row.weight = Number(state.weight());
  row.rule_text = state.rule().text();
  row.rule = static_cast<scoring::RuleKind>(state.rule().kind());
  row.evidence = state.evidence();
  return row;
}

importing::Finding ErrorOfRow(const disk::TableState& state, int row, const char* code) {
  importing::Finding finding;
  finding.severity = importing::Severity::kError;
  finding.code = code;
  finding.place.row = row + 1;
  finding.table_name = state.display_name();
  finding.indicator_name = state.indicators(row).display_name();
  finding.points = Number(state.indicators(row).weight());
  return finding;
}

// A profile that does not rescale has no score for a row that is left out.
importing::Finding NotApplicable(const disk::TableState& state, int row) {
  importing::Finding finding = ErrorOfRow(state, row, "NOT_APPLICABLE_REFUSED");
  const std::string& name = finding.indicator_name;
  finding.message = {
      absl::StrCat("“", name, "”标为不适用，本表的评分方案不允许。"),
      absl::StrCat("\"", name, "\" is marked not applicable, which the table's profile does not allow.")};
  finding.repair = {"请取消不适用，或删除该指标并调整权重。",
                    "Make it applicable, or remove the row and spread its weight."};
  return finding;
}

// The settings that a row's way of treating over-achievement asks for and that neither row nor profile has.
std::string MissingOverSettings(const disk::RuleOptionsState& own, const scoring::RuleOptions& defaults) {
  if (own.over_mode() == v1::OVER_ACHIEVEMENT_MODE_TIERS) {
    return own.over_tiers().empty() && defaults.over_tiers.empty() ? "over_tiers" : "";
  }
  if (own.over_mode() != v1::OVER_ACHIEVEMENT_MODE_DEVIATION) return "";
  if (own.over_deviation_limit().empty() && !defaults.over_deviation_limit.has_value())
    return "over_deviation_limit";
  if (own.over_deviation_slope().empty() && !defaults.over_deviation_slope.has_value())
    return "over_deviation_slope";
  if (own.over_deviation_floor().empty() && !defaults.over_deviation_floor.has_value())
    return "over_deviation_floor";
  return "";
}

importing::Finding OverSettingsMissing(const disk::TableState& state, int row, const std::string& setting) {
  importing::Finding finding = ErrorOfRow(state, row, "OVER_SETTINGS_MISSING");
  const std::string& name = finding.indicator_name;
  finding.message = {absl::StrCat("“", name, "”的超额完成扣分方式缺少 ", setting, "，评分方案也没有设。"),
                     absl::StrCat("\"", name, "\" needs ", setting,
                                  " for its way of treating over-achievement, and its profile has none.")};
  finding.repair = {absl::StrCat("请补充 ", setting, "，或改用其他方式。"),
                    absl::StrCat("Set ", setting, ", or choose another way.")};
  return finding;
}

}  // namespace

std::vector<importing::Finding> LintState(const disk::TableState& state, const scoring::Profile& profile) {
  ParsedTable table;
  table.kind = state.kind() == v1::TABLE_KIND_UNIT ? ParsedTable::Kind::kUnit : ParsedTable::Kind::kProject;
  table.name = state.display_name();
  table.fiscal_year = state.fiscal_year();
  table.leader = state.leader();
  table.total = Number(state.budget().total());
  table.fiscal = Number(state.budget().fiscal());
  table.other = Number(state.budget().other());
  table.goal = state.goal();
  for (const disk::IndicatorState& row : state.indicators()) table.indicators.push_back(ToParsed(row));
  std::vector<importing::Finding> findings = importing::Lint(table, 0, profile);
  for (int i = 0; i < state.indicators_size() && !profile.rescale_not_applicable; ++i) {
    if (state.indicators(i).not_applicable()) findings.push_back(NotApplicable(state, i));
  }
  for (int i = 0; i < state.indicators_size(); ++i) {
    const std::string missing = MissingOverSettings(state.indicators(i).rule().options(), profile.defaults);
    if (!missing.empty()) findings.push_back(OverSettingsMissing(state, i, missing));
  }
  std::stable_sort(findings.begin(), findings.end(), [](const auto& a, const auto& b) {
    return static_cast<int>(a.severity) < static_cast<int>(b.severity);
  });
  return findings;
}

}  // namespace attain::engine
