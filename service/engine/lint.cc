#include "service/engine/lint.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "service/engine/errors.h"
#include "service/engine/text_limits.h"

namespace attain::engine {
namespace {

// In the details of an error, which travel in a trailer of a few KiB.
constexpr size_t kMaxShown = 20, kMaxRaw = 120;

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

std::string ToText(const std::optional<scoring::Decimal>& value) { return value.has_value() ? value->ToString() : ""; }

// Numbers of the modes are those of the API. A rule without options gets none.
void SetOptions(const scoring::RuleOptions& from, v1::Rule* rule) {
  v1::RuleOptions options;
  const auto number = [](const auto& mode) { return mode.has_value() ? static_cast<int>(*mode) : 0; };
  options.set_equal_mode(static_cast<v1::EqualMode>(number(from.equal_mode)));
  options.set_reverse_mode(static_cast<v1::ReverseMode>(number(from.reverse_mode)));
  options.set_satisfaction_mode(static_cast<v1::SatisfactionMode>(number(from.satisfaction_mode)));
  options.set_rounding(static_cast<v1::Rounding>(number(from.rounding)));
  options.set_over_mode(static_cast<v1::OverAchievementMode>(number(from.over_mode)));
  options.set_pass_gate(ToText(from.pass_gate));
  options.set_deduct_per_missing(ToText(from.deduct_per_missing));
  options.set_direct_deduction(ToText(from.direct_deduction));
  options.set_over_deviation_limit(ToText(from.over_deviation_limit));
  options.set_over_deviation_slope(ToText(from.over_deviation_slope));
  options.set_over_deviation_floor(ToText(from.over_deviation_floor));
  if (from.score_decimals.has_value()) options.set_score_decimals(*from.score_decimals);
  for (const scoring::Step& from_step : from.steps) {
    v1::Step* step = options.add_steps();
    step->set_from(from_step.from.ToString());
    step->set_from_inclusive(from_step.from_inclusive);
    step->set_factor(from_step.factor.ToString());
  }
  for (const scoring::OverAchievementTier& from_tier : from.over_tiers) {
    v1::OverAchievementTier* tier = options.add_over_tiers();
    tier->set_from_ratio(from_tier.from_ratio.ToString());
    tier->set_factor(from_tier.factor.ToString());
  }
  if (options.ByteSizeLong() > 0) *rule->mutable_options() = std::move(options);
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
  std::stable_sort(findings.begin(), findings.end(),
                   [](const auto& a, const auto& b) { return static_cast<int>(a.severity) < static_cast<int>(b.severity); });
  return findings;
}

bool HasErrors(const std::vector<importing::Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const importing::Finding& finding) { return finding.severity == importing::Severity::kError; });
}

v1::Finding ToPublic(const importing::Finding& from, absl::string_view locale) {
  const bool zh = locale == "zh-CN";
  v1::Finding finding;
  finding.set_severity(static_cast<v1::Severity>(from.severity));
  finding.set_code(from.code);
  finding.set_line(from.place.line);
  finding.set_table(from.place.table);
  finding.set_row(from.place.row);
  finding.set_cell(from.place.cell);
  finding.set_table_name(from.table_name);
  finding.set_indicator_name(from.indicator_name);
  finding.set_raw(from.raw);
  finding.set_understood(from.understood);
  finding.set_repair(zh ? from.repair.zh : from.repair.en);
  finding.set_message(zh ? from.message.zh : from.message.en);
  finding.set_points(ToText(from.points));
  finding.set_likely(from.likely);
  finding.set_sheet(from.place.sheet);
  finding.set_page(from.place.page);
  finding.set_address(from.place.address);
  return finding;
}

void AddFindings(const std::vector<importing::Finding>& findings, absl::string_view locale,
                 google::protobuf::RepeatedPtrField<v1::Finding>* out) {
  for (const importing::Finding& finding : findings) *out->Add() = ToPublic(finding, locale);
}

absl::Status WithFindings(const absl::Status& status, std::vector<importing::Finding> findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const auto& a, const auto& b) {
    if (a.severity != b.severity) return a.severity < b.severity;
    return b.points.has_value() ? a.points.has_value() && *b.points < *a.points : a.points.has_value();
  });
  v1::FindingList zh, en;
  for (v1::FindingList* const list : {&zh, &en}) {
    list->set_total(static_cast<int32_t>(findings.size()));
    const size_t shown = std::min(findings.size(), kMaxShown);
    for (size_t i = 0; i < shown; ++i) {
      v1::Finding* const finding = list->add_findings();
      *finding = ToPublic(findings[i], list == &zh ? "zh-CN" : "en");
      finding->set_raw(std::string(CutText(finding->raw(), kMaxRaw)));
    }
  }
  return WithFindingLists(status, zh, en);
}

v1::Table ToPublic(const ParsedTable& parsed, absl::string_view profile) {
  v1::Table table;
  table.set_kind(parsed.kind == ParsedTable::Kind::kUnit ? v1::TABLE_KIND_UNIT : v1::TABLE_KIND_PROJECT);
  table.set_display_name(parsed.name);
  table.set_fiscal_year(parsed.fiscal_year);
  table.set_leader(parsed.leader);
  table.set_goal(parsed.goal);
  table.mutable_budget()->set_total(ToText(parsed.total));
  table.mutable_budget()->set_fiscal(ToText(parsed.fiscal));
  table.mutable_budget()->set_other(ToText(parsed.other));
  table.set_profile(std::string(profile));
  table.set_source_text(parsed.raw);
  for (const ParsedIndicator& from : parsed.indicators) {
    v1::Indicator* row = table.add_indicators();
    row->set_level1(from.level1);
    row->set_level2(from.level2);
    row->set_display_name(from.name);
    row->mutable_target()->set_comparator(static_cast<v1::Comparator>(from.comparator));
    row->mutable_target()->set_value(ToText(from.target));
    row->mutable_target()->set_unit(from.unit);
    row->mutable_target()->set_text(from.target_text);
    row->set_basis(from.basis);
    row->set_prior_value(ToText(from.prior_value));
    row->set_prior_text(from.prior_text);
    row->set_weight(ToText(from.weight));
    row->mutable_rule()->set_kind(static_cast<v1::RuleKind>(from.rule));
    row->mutable_rule()->set_text(from.rule_text);
    row->set_evidence(from.evidence);
    row->set_accumulation(static_cast<v1::Accumulation>(from.accumulation));
    row->set_allow_negative(from.allow_negative);
    row->set_not_applicable(from.not_applicable);
    SetOptions(from.options, row->mutable_rule());
  }
  return table;
}

}  // namespace attain::engine
