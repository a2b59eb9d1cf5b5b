// Writes random tables with the scores that C++ gives them, one JSON object a line, for scoring_oracle.py to
// score again.
//
// scoring_dump SEED TABLES EXPLAIN_EVERY: every EXPLAIN_EVERY-th table carries its explanations.
#include <cstdio>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "service/scoring/monitoring.h"
#include "service/scoring/score.h"
#include "tests/oracle/random_table.h"

namespace attain::scoring {
namespace {

// Builds one JSON object; values are strings, numbers, or JSON made elsewhere.
class Object {
 public:
  Object& Text(const char* key, const std::string& value) {
    return Raw(key, absl::StrCat("\"", absl::Utf8SafeCEscape(value), "\""));
  }
  Object& Int(const char* key, int64_t value) { return Raw(key, absl::StrCat(value)); }
  Object& Number(const char* key, const std::optional<Decimal>& value) {
    return value.has_value() ? Text(key, value->ToString()) : *this;
  }
  Object& Raw(const char* key, const std::string& json) {
    absl::StrAppend(&text_, text_.empty() ? "" : ",", "\"", key, "\":", json);
    return *this;
  }
  std::string Done() const { return absl::StrCat("{", text_, "}"); }

 private:
  std::string text_;
};

template <typename T, typename F>
std::string List(const std::vector<T>& items, F to_json) {
  std::string text;
  for (const T& item : items) absl::StrAppend(&text, text.empty() ? "" : ",", to_json(item));
  return absl::StrCat("[", text, "]");
}

template <typename T>
int64_t OrZero(const std::optional<T>& value) {
  return value.has_value() ? static_cast<int64_t>(*value) : 0;
}

std::string Json(const RuleOptions& options) {
  Object object;
  object.Int("equal", OrZero(options.equal_mode)).Int("reverse", OrZero(options.reverse_mode));
  object.Int("satisfaction", OrZero(options.satisfaction_mode)).Int("rounding", OrZero(options.rounding));
  object.Int("over", OrZero(options.over_mode));
  if (options.score_decimals.has_value()) object.Int("decimals", *options.score_decimals);
  object.Number("gate", options.pass_gate).Number("per_missing", options.deduct_per_missing);
  object.Number("deduction", options.direct_deduction).Number("limit", options.over_deviation_limit);
  object.Number("slope", options.over_deviation_slope).Number("floor", options.over_deviation_floor);
  object.Raw("steps", List(options.steps, [](const Step& step) {
               return Object()
                   .Number("from", step.from)
                   .Int("inclusive", step.from_inclusive)
                   .Number("factor", step.factor)
                   .Done();
             }));
  object.Raw(
      "bands", List(options.rating_bands, [](const RatingBand& band) {
        return Object().Text("level", band.level).Number("from", band.from).Number("to", band.to).Done();
      }));
  object.Raw("tiers", List(options.over_tiers, [](const OverAchievementTier& tier) {
               return Object().Number("from", tier.from_ratio).Number("factor", tier.factor).Done();
             }));
  return object.Done();
}

std::string Json(const Profile& profile) {
  Object object;
  object.Raw("options", Json(profile.defaults))
      .Number("points", profile.indicator_points)
      .Number("execution", profile.execution_points);
  object.Raw("grades", List(profile.grades, [](const GradeBand& band) {
               return Object().Text("name", band.name).Number("from", band.from).Done();
             }));
  object.Int("decimals", profile.total_decimals).Int("rescale", profile.rescale_not_applicable);
  object.Number("flag", profile.over_flag_ratio).Number("reason", profile.over_reason_ratio);
  object.Number("gap", profile.warning_gap).Number("unspent", profile.warning_unspent);
  object.Raw("monitoring",
             List(std::vector<Decimal>{profile.monitoring.red_below, profile.monitoring.yellow_below,
                                       profile.monitoring.green_below},
                  [](const Decimal& limit) { return absl::StrCat("\"", limit.ToString(), "\""); }));
  return object.Int("plain_mean", profile.rollup == RollupMode::kPlainMean).Done();
}

std::string Json(const Indicator& row) {
  Object object;
  object.Int("rule", static_cast<int>(row.rule)).Int("comparator", static_cast<int>(row.comparator));
  object.Number("target", row.target).Number("weight", row.weight).Raw("options", Json(row.options));
  return object.Int("na", row.not_applicable).Int("negative", row.allow_negative).Done();
}

std::string Json(const Reported& reported) {
  Object object;
  object.Int("reported", reported.reported).Number("number", reported.number).Text("level", reported.level);
  if (reported.met.has_value()) object.Int("met", *reported.met);
  return object.Number("typed", reported.typed_score).Number("deduction", reported.typed_deduction).Done();
}

std::string Json(const IndicatorScore& score) {
  Object object;
  object.Int("status", static_cast<int>(score.status)).Number("score", score.score);
  object.Number("sure", score.sure).Number("possible", score.possible).Number("completion", score.completion);
  return object.Int("met", score.met).Int("flags", score.flags).Done();
}

std::string Json(const TableScore& table) {
  Object object;
  object.Int("weighted", table.weighted)
      .Number("points", table.indicator_points)
      .Number("execution", table.execution);
  object.Number("rate", table.execution_rate).Number("total", table.total).Number("sure", table.sure);
  object.Number("possible", table.possible)
      .Text("grade", table.grade)
      .Int("light", static_cast<int>(table.light));
  object.Number("completion", table.completion)
      .Int("indicators", table.indicators)
      .Int("reported", table.reported);
  return object.Int("unscored", table.unscored)
      .Int("reasons", table.reasons_required)
      .Int("flags", table.flags)
      .Done();
}

std::string Json(const UnitScore& unit) {
  return Object()
      .Number("total", unit.total)
      .Number("sure", unit.sure)
      .Number("possible", unit.possible)
      .Text("grade", unit.grade)
      .Number("rate", unit.execution_rate)
      .Done();
}

std::string Json(const Explanation& step) {
  Object object;
  object.Int("kind", static_cast<int>(step.kind)).Text("formula", step.formula).Text("worked", step.worked);
  object.Text("result", step.result);
  object.Raw("inputs", List(step.inputs, [](const ExplanationInput& input) {
               return Object().Text("symbol", input.symbol).Text("value", input.value).Done();
             }));
  return object.Raw("steps", List(step.steps, [](const Explanation& inner) { return Json(inner); })).Done();
}

// The signal of a row or of the money in some month of some year; `turn` chooses them.
std::string Json(const RandomTable& table, size_t row, uint64_t turn) {
  const int month = static_cast<int>(turn % 12) + 1, days = turn % 4 == 0 ? 366 : 365;
  const int day = static_cast<int>(turn * 37 % days) + 1;
  const bool prorated = turn % 3 != 0;
  const Progress progress = ProgressOf(table.profile, table.rows[row], table.reported[row], month, prorated);
  const Progress money = ProgressOf(table.profile, table.budget, month);
  return Object()
      .Int("month", month)
      .Int("prorated", prorated)
      .Int("day", day)
      .Int("days", days)
      .Int("signal", static_cast<int>(progress.signal))
      .Number("percent", progress.percent)
      .Int("money_signal", static_cast<int>(money.signal))
      .Number("money_percent", money.percent)
      .Number("forecast", ForecastByPace(table.rows[row], table.reported[row], day, days))
      .Done();
}

std::string Line(const RandomTable& table, bool explain, uint64_t number, RollupSums* sums) {
  std::vector<IndicatorScore> scores;
  std::vector<std::string> rows;
  std::vector<Explanation> explanations;
  for (size_t i = 0; i < table.rows.size(); ++i) {
    Explanation* out = explain ? &explanations.emplace_back() : nullptr;
    scores.push_back(ScoreIndicator(table.profile, table.rows[i], table.reported[i], out));
    rows.push_back(Object()
                       .Raw("row", Json(table.rows[i]))
                       .Raw("reported", Json(table.reported[i]))
                       .Raw("score", Json(scores[i]))
                       .Raw("monitoring", Json(table, i, number + 5 * i))
                       .Done());
  }
  Explanation* out = explain ? &explanations.emplace_back() : nullptr;
  const TableScore total = ScoreTable(table.profile, scores, table.budget, out);
  // A unit of this table and the one before it.
  RollupSums own = TableSums(table.profile.rollup, total, table.budget);
  *sums += own;
  Explanation* unit_out = explain ? &explanations.emplace_back() : nullptr;
  const UnitScore unit = ScoreUnit(table.profile, *sums, unit_out);
  *sums = own;
  Object object;
  object.Raw("profile", Json(table.profile)).Raw("rows", List(rows, [](const std::string& row) {
                                                   return row;
                                                 }));
  object.Raw("budget",
             Object().Number("adjusted", table.budget.adjusted).Number("spent", table.budget.spent).Done());
  object.Raw("table", Json(total)).Raw("unit", Json(unit));
  object.Raw("explanations", List(explanations, [](const Explanation& step) { return Json(step); }));
  return object.Done();
}

int Run(uint64_t seed, int64_t tables, int64_t explain_every) {
  TableMaker maker(seed);
  RollupSums sums;
  for (int64_t i = 0; i < tables; ++i) {
    const std::string line = Line(maker.Table(), i % explain_every == 0, static_cast<uint64_t>(i), &sums);
    if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size() || std::fputc('\n', stdout) == EOF)
      return 1;
  }
  return std::fflush(stdout) == 0 ? 0 : 1;
}

}  // namespace
}  // namespace attain::scoring

int main(int argc, char** argv) {
  uint64_t seed = 0;
  int64_t tables = 0, explain_every = 0;
  if (argc != 4 || !absl::SimpleAtoi(argv[1], &seed) || !absl::SimpleAtoi(argv[2], &tables) ||
      !absl::SimpleAtoi(argv[3], &explain_every) || explain_every < 1) {
    std::fprintf(stderr, "usage: %s SEED TABLES EXPLAIN_EVERY\n", argv[0]);
    return 2;
  }
  return attain::scoring::Run(seed, tables, explain_every);
}
