#include "service/domain/import/parsed_table.h"

#include <optional>
#include <string>
#include <utility>

namespace attain::engine {
namespace {

using importing::ParsedIndicator;
using importing::ParsedTable;

std::string ToText(const std::optional<scoring::Decimal>& value) {
  return value.has_value() ? value->ToString() : "";
}

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
