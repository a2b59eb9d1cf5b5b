#include "service/model/compile.h"

#include "absl/strings/str_cat.h"
#include "attain/v1/table.pb.h"
#include "service/api/macros.h"

namespace attain::engine {
namespace {

using scoring::Decimal;

// An empty string is "not set".
absl::Status Set(absl::string_view field, const std::string& text, std::optional<Decimal>* out) {
  if (text.empty()) {
    out->reset();
    return absl::OkStatus();
  }
  absl::StatusOr<Decimal> parsed = Decimal::Parse(text);
  if (!parsed.ok()) return absl::InvalidArgumentError(absl::StrCat(field, ": ", parsed.status().message()));
  *out = *parsed;
  return absl::OkStatus();
}

absl::Status Set(absl::string_view field, const std::string& text, Decimal* out) {
  std::optional<Decimal> value;
  RETURN_IF_ERROR(Set(field, text, &value));
  if (!value.has_value()) return absl::InvalidArgumentError(absl::StrCat(field, ": required"));
  *out = *value;
  return absl::OkStatus();
}

template <typename Enum>
std::optional<Enum> ToEnum(int32_t number) {
  if (number == 0) return std::nullopt;
  return static_cast<Enum>(number);
}

absl::Status CompileLists(const disk::RuleOptionsState& state, scoring::RuleOptions* options) {
  for (const auto& from : state.steps()) {
    scoring::Step& step = options->steps.emplace_back();
    step.from_inclusive = from.from_inclusive();
    RETURN_IF_ERROR(Set("steps.from", from.from(), &step.from));
    RETURN_IF_ERROR(Set("steps.factor", from.factor(), &step.factor));
  }
  for (const auto& from : state.rating_bands()) {
    scoring::RatingBand& band = options->rating_bands.emplace_back();
    band.level = from.level();
    band.name = from.display_name();
    RETURN_IF_ERROR(Set("rating_bands.from", from.from(), &band.from));
    RETURN_IF_ERROR(Set("rating_bands.to", from.to(), &band.to));
  }
  for (const auto& from : state.over_tiers()) {
    scoring::OverAchievementTier& tier = options->over_tiers.emplace_back();
    RETURN_IF_ERROR(Set("over_tiers.from_ratio", from.from_ratio(), &tier.from_ratio));
    RETURN_IF_ERROR(Set("over_tiers.factor", from.factor(), &tier.factor));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<scoring::RuleOptions> CompileOptions(const disk::RuleOptionsState& state) {
  scoring::RuleOptions options;
  options.equal_mode = ToEnum<scoring::EqualMode>(state.equal_mode());
  options.reverse_mode = ToEnum<scoring::ReverseMode>(state.reverse_mode());
  options.satisfaction_mode = ToEnum<scoring::SatisfactionMode>(state.satisfaction_mode());
  options.rounding = ToEnum<scoring::Rounding>(state.rounding());
  options.over_mode = ToEnum<scoring::OverAchievementMode>(state.over_mode());
  if (state.has_score_decimals()) {
    if (state.score_decimals() < 0 || state.score_decimals() > 2)
      return absl::InvalidArgumentError("score_decimals must be 0, 1 or 2");
    options.score_decimals = state.score_decimals();
  }
  RETURN_IF_ERROR(Set("pass_gate", state.pass_gate(), &options.pass_gate));
  RETURN_IF_ERROR(Set("deduct_per_missing", state.deduct_per_missing(), &options.deduct_per_missing));
  RETURN_IF_ERROR(Set("direct_deduction", state.direct_deduction(), &options.direct_deduction));
  RETURN_IF_ERROR(Set("over_deviation_limit", state.over_deviation_limit(), &options.over_deviation_limit));
  RETURN_IF_ERROR(Set("over_deviation_slope", state.over_deviation_slope(), &options.over_deviation_slope));
  RETURN_IF_ERROR(Set("over_deviation_floor", state.over_deviation_floor(), &options.over_deviation_floor));
  RETURN_IF_ERROR(CompileLists(state, &options));
  return options;
}

absl::StatusOr<scoring::Indicator> CompileIndicator(const disk::IndicatorState& state) {
  scoring::Indicator row;
  row.id = state.name();
  row.name = state.display_name();
  row.rule = static_cast<scoring::RuleKind>(state.rule().kind());
  ASSIGN_OR_RETURN(row.options, CompileOptions(state.rule().options()));
  row.comparator = static_cast<scoring::Comparator>(state.target().comparator());
  RETURN_IF_ERROR(Set("target.value", state.target().value(), &row.target));
  row.unit = state.target().unit();
  RETURN_IF_ERROR(Set("weight", state.weight(), &row.weight));
  RETURN_IF_ERROR(Set("prior_value", state.prior_value(), &row.prior));
  row.not_applicable = state.not_applicable();
  row.allow_negative = state.allow_negative();
  return row;
}

namespace {

absl::Status CompileMonitoring(const disk::MonitoringState& state, scoring::Monitoring* monitoring) {
  const std::pair<const std::string&, Decimal*> limits[] = {{state.red_below(), &monitoring->red_below},
                                                            {state.yellow_below(), &monitoring->yellow_below},
                                                            {state.green_below(), &monitoring->green_below}};
  for (const auto& [text, limit] : limits) {
    if (!text.empty()) RETURN_IF_ERROR(Set("monitoring", text, limit));
  }
  monitoring->not_prorated.assign(state.not_prorated().begin(), state.not_prorated().end());
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<scoring::Profile> CompileProfile(const disk::ProfileState& state) {
  scoring::Profile profile;
  profile.id = state.name().substr(state.name().find('/') + 1);
  profile.version = state.version();
  ASSIGN_OR_RETURN(profile.defaults, CompileOptions(state.defaults()));
  RETURN_IF_ERROR(Set("indicator_points", state.indicator_points(), &profile.indicator_points));
  RETURN_IF_ERROR(Set("execution_points", state.execution_points(), &profile.execution_points));
  for (const auto& from : state.grades()) {
    scoring::GradeBand& band = profile.grades.emplace_back();
    band.name = from.display_name();
    RETURN_IF_ERROR(Set("grades.from", from.from(), &band.from));
  }
  profile.total_decimals = state.total_decimals();
  profile.rescale_not_applicable = state.rescale_not_applicable();
  RETURN_IF_ERROR(Set("over_flag_ratio", state.over_flag_ratio(), &profile.over_flag_ratio));
  RETURN_IF_ERROR(Set("over_reason_ratio", state.over_reason_ratio(), &profile.over_reason_ratio));
  RETURN_IF_ERROR(Set("warning_gap", state.warning_gap(), &profile.warning_gap));
  RETURN_IF_ERROR(Set("warning_unspent", state.warning_unspent(), &profile.warning_unspent));
  if (state.rollup() != 0) profile.rollup = static_cast<scoring::RollupMode>(state.rollup());
  for (const auto& alias : state.rule_aliases()) {
    profile.rule_aliases[scoring::WithoutSpace(alias.text())] = static_cast<scoring::RuleKind>(alias.kind());
  }
  for (const auto& alias : state.level_aliases())
    profile.level_aliases[scoring::WithoutSpace(alias.text())] = alias.level();
  profile.level1_names.assign(state.level1_names().begin(), state.level1_names().end());
  profile.level2_names.assign(state.level2_names().begin(), state.level2_names().end());
  RETURN_IF_ERROR(CompileMonitoring(state.monitoring(), &profile.monitoring));
  return profile;
}

absl::StatusOr<std::shared_ptr<const TableModel>> CompileTable(
    absl::string_view unit, absl::string_view table, disk::TableState state, uint64_t revision,
    std::shared_ptr<const scoring::Profile> profile) {
  auto model = std::make_shared<TableModel>();
  model->unit = std::string(unit);
  model->table = std::string(table);
  model->revision = revision;
  model->profile = std::move(profile);
  for (const disk::IndicatorState& indicator : state.indicators()) {
    absl::StatusOr<scoring::Indicator> row = CompileIndicator(indicator);
    if (!row.ok()) return absl::DataLossError(absl::StrCat(state.name(), ": ", row.status().message()));
    model->row_by_id[row->id] = static_cast<int>(model->rows.size());
    model->rows.push_back(*std::move(row));
  }
  model->state = std::move(state);
  return std::shared_ptr<const TableModel>(std::move(model));
}

}  // namespace attain::engine
