// Hand-worked cases as text; the language is in tests/golden/scoring/README.md.
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/scoring/monitoring.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::scoring {
namespace {

using Tokens = std::map<std::string, std::string>;
using Setters = std::map<std::string, std::function<void(const std::string&)>>;

constexpr char kFolder[] = ATTAIN_SOURCE_DIR "/tests/golden/scoring/";

struct Line {
  int number = 0;
  Tokens given, expected;
};

std::vector<std::string> Split(absl::string_view text, char separator) {
  return absl::StrSplit(text, separator, absl::SkipEmpty());
}

Tokens ReadTokens(absl::string_view text) {
  Tokens tokens;
  for (const std::string& token : Split(text, ' ')) {
    // The first "=" ends the key; the comparator "=" is written cmp==.
    const std::pair<std::string, std::string> pair = absl::StrSplit(token, absl::MaxSplits('=', 1));
    EXPECT_TRUE(tokens.insert(pair).second) << "twice: " << token;
  }
  return tokens;
}

std::vector<Line> ReadLines(const std::string& file) {
  std::vector<Line> lines;
  std::ifstream in(file);
  EXPECT_TRUE(in.good()) << file;
  std::string text;
  for (int number = 1; std::getline(in, text); ++number) {
    if (text.empty() || text[0] == '#') continue;
    const std::vector<std::string> sides = absl::StrSplit(text, " -> ");
    if (sides.size() != 2) {
      ADD_FAILURE() << file << ":" << number << ": no expectation";
      continue;
    }
    lines.push_back({number, ReadTokens(sides[0]), ReadTokens(sides[1])});
    EXPECT_FALSE(lines.back().expected.empty()) << file << ":" << number;
  }
  return lines;
}

void Apply(const Tokens& tokens, const Setters& setters) {
  for (const auto& [key, value] : tokens) {
    const auto setter = setters.find(key);
    if (setter == setters.end()) {
      ADD_FAILURE() << "unknown token " << key;
      continue;
    }
    setter->second(value);
  }
}

template <typename T>
T Choose(const std::map<std::string, T>& choices, const std::string& word) {
  const auto found = choices.find(word);
  if (found != choices.end()) return found->second;
  ADD_FAILURE() << "unknown value " << word;
  return choices.begin()->second;
}

std::vector<Step> ReadSteps(const std::string& text) {
  std::vector<Step> steps;
  for (const std::string& item : Split(text, ',')) {
    std::pair<std::string, std::string> pair = absl::StrSplit(item, ':');
    const bool exclusive = absl::EndsWith(pair.first, "!");
    if (exclusive) pair.first.pop_back();
    steps.push_back({Dec(pair.first), !exclusive, Dec(pair.second)});
  }
  return steps;
}

std::vector<RatingBand> ReadBands(const std::string& text) {
  const std::pair<std::string, std::string> edges = absl::StrSplit(text, '/');
  const Decimal high = Dec(edges.first) * Dec("0.01"), low = Dec(edges.second) * Dec("0.01");
  return {{"achieved", "", high, Dec("1")}, {"partly", "", low, high}, {"missed", "", Dec("0"), low}};
}

struct RowCase {
  Indicator row;
  Reported reported;
};

Setters OptionSetters(RuleOptions* options) {
  const auto decimal = [](std::optional<Decimal>* field) {
    return [field](const std::string& text) { *field = Dec(text); };
  };
  Setters setters = {
      {"gate", decimal(&options->pass_gate)},
      {"per_missing", decimal(&options->deduct_per_missing)},
      {"direct_deduction", decimal(&options->direct_deduction)},
      {"limit", decimal(&options->over_deviation_limit)},
      {"slope", decimal(&options->over_deviation_slope)},
      {"floor", decimal(&options->over_deviation_floor)},
  };
  setters["equal"] = [options](const std::string& text) {
    options->equal_mode =
        Choose<EqualMode>({{"symmetric", EqualMode::kSymmetric}, {"strict", EqualMode::kStrict}}, text);
  };
  setters["reverse"] = [options](const std::string& text) {
    options->reverse_mode = Choose<ReverseMode>({{"ratio", ReverseMode::kRatio}}, text);
  };
  setters["mode"] = [options](const std::string& text) {
    options->satisfaction_mode = Choose<SatisfactionMode>(
        {{"ratio", SatisfactionMode::kRatioWithFloor}, {"absolute", SatisfactionMode::kAbsolute}}, text);
  };
  setters["rounding"] = [options](const std::string& text) {
    options->rounding =
        Choose<Rounding>({{"down", Rounding::kDown}, {"half_even", Rounding::kHalfEven}}, text);
  };
  setters["over"] = [options](const std::string& text) {
    options->over_mode = Choose<OverAchievementMode>({{"manual", OverAchievementMode::kManual},
                                                      {"tiers", OverAchievementMode::kTiers},
                                                      {"deviation", OverAchievementMode::kDeviation}},
                                                     text);
  };
  setters["decimals"] = [options](const std::string& text) {
    options->score_decimals = Choose<int>({{"0", 0}, {"1", 1}, {"2", 2}}, text);
  };
  setters["steps"] = [options](const std::string& text) { options->steps = ReadSteps(text); };
  setters["bands"] = [options](const std::string& text) { options->rating_bands = ReadBands(text); };
  setters["tiers"] = [options](const std::string& text) {
    for (const Step& step : ReadSteps(text)) options->over_tiers.push_back({step.from, step.factor});
  };
  return setters;
}

Setters RowSetters(RowCase* c) {
  Setters setters = OptionSetters(&c->row.options);
  Reported* reported = &c->reported;
  const auto yes = [](const std::string& text) { return Choose<bool>({{"yes", true}, {"no", false}}, text); };
  setters["cmp"] = [c](const std::string& text) {
    c->row.comparator = Choose<Comparator>({{">=", Comparator::kAtLeast},
                                            {">", Comparator::kGreater},
                                            {"=", Comparator::kEqual},
                                            {"<=", Comparator::kAtMost},
                                            {"<", Comparator::kLess}},
                                           text);
  };
  setters["T"] = [c](const std::string& text) { c->row.target = Dec(text); };
  setters["W"] = [c](const std::string& text) {
    if (!text.empty()) c->row.weight = Dec(text);
  };
  setters["na"] = [=](const std::string& text) { c->row.not_applicable = yes(text); };
  setters["negative"] = [=](const std::string& text) { c->row.allow_negative = yes(text); };
  const auto report = [reported](auto set) {
    return [reported, set](const std::string& text) {
      reported->reported = true;
      set(text);
    };
  };
  setters["A"] = report([reported](const std::string& text) { reported->number = Dec(text); });
  setters["met"] = report([reported, yes](const std::string& text) { reported->met = yes(text); });
  setters["level"] = report([reported](const std::string& text) { reported->level = text; });
  setters["typed"] = report([reported](const std::string& text) { reported->typed_score = Dec(text); });
  setters["typed_deduction"] =
      report([reported](const std::string& text) { reported->typed_deduction = Dec(text); });
  return setters;
}

std::string Name(ScoreStatus status) {
  static const char* const kNames[] = {"",         "scored",         "unreported", "unscored",
                                       "unmapped", "not_applicable", "unweighted"};
  return kNames[static_cast<int>(status)];
}

std::string Name(ReportProblem::Kind kind) {
  static const char* const kNames[] = {"ok",
                                       "number_expected",
                                       "level_unknown",
                                       "score_outside_band",
                                       "score_outside_weight",
                                       "score_not_allowed",
                                       "level_expected"};
  return kNames[kind];
}

std::string FlagNames(uint32_t flags) {
  std::vector<std::string> names;
  if (flags & kFlagOverAchieved) names.push_back("over");
  if (flags & kFlagReasonRequired) names.push_back("reason");
  return names.empty() ? "none" : absl::StrJoin(names, "+");
}

std::string Points(const std::optional<Decimal>& points) {
  return points.has_value() ? points->ToAtLeast(2) : "unset";
}

// What a row came to, as the words that a file may expect.
Tokens Outcome(const RowCase& c) {
  const Profile profile = National();
  Explanation explanation;
  const IndicatorScore explained = ScoreIndicator(profile, c.row, c.reported, &explanation);
  const IndicatorScore score = ScoreIndicator(profile, c.row, c.reported);
  EXPECT_EQ(Points(explained.score), Points(score.score)) << "explaining must not change the score";
  return {{"score", Points(score.score)},
          {"status", Name(score.status)},
          {"sure", score.sure.ToString()},
          {"possible", score.possible.ToString()},
          {"completion", Show(score.completion)},
          {"met", score.met ? "yes" : "no"},
          {"flags", FlagNames(score.flags)},
          {"check", Name(CheckReported(profile, c.row, c.reported).kind)}};
}

void Compare(const Tokens& expected, const Tokens& outcome) {
  for (const auto& [key, value] : expected) {
    const auto got = outcome.find(key);
    if (got == outcome.end()) {
      ADD_FAILURE() << "unknown expectation " << key;
    } else {
      EXPECT_EQ(got->second, value) << key;
    }
  }
}

void CheckRowFile(const std::string& name, RuleKind rule) {
  const std::vector<Line> lines = ReadLines(absl::StrCat(kFolder, name, ".txt"));
  EXPECT_GT(lines.size(), 5u) << "the file is all but empty";
  for (const Line& line : lines) {
    SCOPED_TRACE(absl::StrCat(name, ".txt:", line.number));
    RowCase c;
    c.row.rule = rule;
    Apply(line.given, RowSetters(&c));
    Compare(line.expected, Outcome(c));
  }
}

const std::map<std::string, RuleKind>& RowFiles() {
  static const auto* const kFiles =
      new std::map<std::string, RuleKind>{{"proportional", RuleKind::kProportional},
                                          {"direct", RuleKind::kDirect},
                                          {"rating", RuleKind::kRating},
                                          {"satisfaction", RuleKind::kSatisfaction},
                                          {"steps", RuleKind::kSteps},
                                          {"manual", RuleKind::kManual},
                                          {"over_achievement", RuleKind::kProportional}};
  return *kFiles;
}

TEST(GoldenTest, RowsScoreAsWorkedByHand) {
  for (const auto& [name, rule] : RowFiles()) CheckRowFile(name, rule);
}

TEST(GoldenTest, EveryFileIsRead) {
  std::set<std::string> found, known = {"table", "monitoring"};
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".txt") found.insert(entry.path().stem().string());
  }
  for (const auto& file : RowFiles()) known.insert(file.first);
  EXPECT_EQ(found, known);
}

// "?5" an unreported row, "~4:8" an open one, "-10" one that does not apply, "9.5" a score.
IndicatorScore ReadScore(const std::string& text) {
  IndicatorScore score;
  if (text[0] == '-') {
    score.status = ScoreStatus::kNotApplicable;
    score.weight = Dec(text.substr(1));
  } else if (text[0] == '?') {
    score.weight = score.possible = Dec(text.substr(1));
  } else if (text[0] == '~') {
    const std::pair<std::string, std::string> ends = absl::StrSplit(text.substr(1), ':');
    score.status = ScoreStatus::kUnscored;
    score.reported = true;
    score.sure = Dec(ends.first);
    score.weight = score.possible = Dec(ends.second);
  } else {
    score.status = ScoreStatus::kScored;
    score.reported = true;
    score.weight = score.score = score.sure = score.possible = Dec(text);
  }
  return score;
}

TEST(GoldenTest, TablesTotalAsWorkedByHand) {
  const std::vector<Line> lines = ReadLines(absl::StrCat(kFolder, "table.txt"));
  EXPECT_GT(lines.size(), 5u);
  for (const Line& line : lines) {
    SCOPED_TRACE(absl::StrCat("table.txt:", line.number));
    Profile profile = National();
    Budget budget;
    std::vector<IndicatorScore> rows;
    Apply(line.given, {{"rows",
                        [&](const std::string& text) {
                          for (const std::string& row : Split(text, ',')) rows.push_back(ReadScore(row));
                        }},
                       {"b", [&](const std::string& text) { budget.adjusted = Dec(text); }},
                       {"e", [&](const std::string& text) { budget.spent = Dec(text); }},
                       {"P", [&](const std::string& text) { profile.indicator_points = Dec(text); }},
                       {"X",
                        [&](const std::string& text) {
                          profile.execution_points.reset();
                          if (!text.empty()) profile.execution_points = Dec(text);
                        }},
                       {"decimals",
                        [&](const std::string& text) {
                          profile.total_decimals = Choose<int>({{"0", 0}}, text);
                        }},
                       {"rescale", [&](const std::string& text) {
                          profile.rescale_not_applicable = Choose<bool>({{"no", false}}, text);
                        }}});
    Explanation explanation;
    const TableScore table = ScoreTable(profile, rows, budget, &explanation);
    static const char* const kLights[] = {"", "none", "yellow", "red"};
    const auto fixed = [&](const std::optional<Decimal>& value) {
      return value.has_value() ? value->ToFixed(profile.total_decimals) : "unset";
    };
    Compare(line.expected, {{"total", fixed(table.total)},
                            {"sure", fixed(table.sure)},
                            {"possible", fixed(table.possible)},
                            {"points", table.indicator_points.ToString()},
                            {"E", Points(table.execution)},
                            {"rate", Show(table.execution_rate)},
                            {"grade", table.grade},
                            {"light", kLights[static_cast<int>(table.light)]},
                            {"reported", absl::StrCat(table.reported)},
                            {"unscored", absl::StrCat(table.unscored)}});
    EXPECT_EQ(explanation.result, fixed(table.total));
  }
}

std::string Name(Signal signal) {
  static const char* const kNames[] = {"", "none", "red", "yellow", "green", "blue"};
  return kNames[static_cast<int>(signal)];
}

std::string Percent(const std::optional<Decimal>& percent) {
  return percent.has_value() ? percent->ToFixed(2) : "unset";
}

struct MonitoringCase {
  RowCase row;
  Budget budget;
  int month = 12, day = 1, days = 365;
  bool prorated = true;
  std::vector<Signal> signals;
};

Setters MonitoringSetters(MonitoringCase* c) {
  Setters setters = RowSetters(&c->row);
  const auto number = [](int* out) {
    return [out](const std::string& text) { EXPECT_TRUE(absl::SimpleAtoi(text, out)) << text; };
  };
  setters["m"] = number(&c->month);
  setters["day"] = number(&c->day);
  setters["days"] = number(&c->days);
  setters["prorated"] = [c](const std::string& text) { c->prorated = Choose<bool>({{"no", false}}, text); };
  setters["b"] = [c](const std::string& text) { c->budget.adjusted = Dec(text); };
  setters["e"] = [c](const std::string& text) { c->budget.spent = Dec(text); };
  setters["signals"] = [c](const std::string& text) {
    for (const std::string& word : Split(text, ',')) {
      c->signals.push_back(Choose<Signal>({{"none", Signal::kNone},
                                           {"red", Signal::kRed},
                                           {"yellow", Signal::kYellow},
                                           {"green", Signal::kGreen},
                                           {"blue", Signal::kBlue}},
                                          word));
    }
  };
  return setters;
}

TEST(GoldenTest, SignalsAndForecastsAreAsWorkedByHand) {
  const std::vector<Line> lines = ReadLines(absl::StrCat(kFolder, "monitoring.txt"));
  EXPECT_GT(lines.size(), 50u);
  const Profile profile = National();
  for (const Line& line : lines) {
    SCOPED_TRACE(absl::StrCat("monitoring.txt:", line.number));
    MonitoringCase c;
    Apply(line.given, MonitoringSetters(&c));
    const Progress row = ProgressOf(profile, c.row.row, c.row.reported, c.month, c.prorated);
    const Progress money = ProgressOf(profile, c.budget, c.month);
    Compare(line.expected, {{"signal", Name(row.signal)},
                            {"v", Percent(row.percent)},
                            {"money", Name(money.signal)},
                            {"rate", Percent(money.percent)},
                            {"forecast", Show(ForecastByPace(c.row.row, c.row.reported, c.day, c.days))},
                            {"worst", Name(Worst(c.signals))}});
  }
}

}  // namespace
}  // namespace attain::scoring
