#include "service/importing/goal_check.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "service/importing/cells/make_finding.h"
#include "service/importing/values/numerals.h"
#include "service/importing/values/text.h"
#include "service/importing/values/units.h"

namespace attain::importing {
namespace {

constexpr size_t kBefore = 8, kAfter = 9;  // characters looked at around a number
constexpr size_t kMaxGoal = 4000;          // characters
constexpr size_t kMaxMentions = 40;

struct Mention {
  Decimal value;
  std::string unit;               // the characters behind the number, up to three
  std::string words;              // as it stands, for the reader
  std::set<std::string> context;  // distinct characters around it
};

bool IsMeasure(absl::string_view c) {
  for (absl::string_view measure : {"个", "家", "次", "篇", "份", "条", "座", "项", "场", "人", "名", "期"}) {
    if (c == measure) return true;
  }
  return false;
}
// Chinese numerals count only before a measure word: "十二个", not "第四届". Characters of the numeral; 0
// without.
size_t NumeralAt(const std::vector<std::string>& text, size_t at, Decimal* value) {
  constexpr size_t kLongest = 12;  // characters
  std::string rest;
  for (size_t i = at; i < text.size() && i < at + kLongest; ++i) rest += text[i];
  const Numeral numeral = TakeNumeral(rest);
  const size_t length = Characters(absl::string_view(rest).substr(0, numeral.length)).size();
  if (!numeral.value.has_value() || numeral.value->is_zero() || !numeral.unit.empty()) return 0;
  if (at + length >= text.size() || !IsMeasure(text[at + length]) || (at > 0 && text[at - 1] == "第"))
    return 0;
  *value = *numeral.value;
  return length;
}
bool IsStop(absl::string_view c) {
  for (absl::string_view stop : {"，", "。", "；", "、", ",", ";", "：", ":", "（", "）", "(", ")"}) {
    if (c == stop) return true;
  }
  return false;
}
// Characters that say nothing about the thing that is counted.
bool IsCommon(absl::string_view c) {
  for (absl::string_view common :
       {"个", "数", "量", "次", "的", "年", "率", "家", "和", "完", "成", "新", "本", "计", "划"}) {
    if (c == common) return true;
  }
  return false;
}

void Gather(const std::vector<std::string>& text, size_t begin, size_t end, Mention* mention) {
  const auto add = [&](const std::string& c) {
    if (IsCjk(c) && !IsCommon(c)) mention->context.insert(c);
  };
  size_t first = begin;
  for (size_t i = begin; i > 0 && begin - i < kBefore && !IsStop(text[i - 1]); --i) {
    add(text[i - 1]);
    first = i - 1;
  }
  size_t last = end;
  for (size_t i = end; i < text.size() && i - end < kAfter && !IsStop(text[i]); ++i) {
    add(text[i]);
    last = i + 1;
  }
  for (size_t i = first; i < last; ++i) mention->words += text[i];
  for (size_t i = end; i < text.size() && i < end + 3; ++i) mention->unit += text[i];
}

// "目标2:巡查12次": the number is the goal's own.
bool NumbersAGoal(const std::vector<std::string>& text, size_t at, absl::string_view next) {
  if (at < 2 || (next != ":" && next != "." && next != "、")) return false;
  const std::string before = text[at - 2] + text[at - 1];
  return before == "目标" || before == "任务" || before == "内容" || before == "指标";
}

std::vector<Mention> FindMentions(const std::string& goal) {
  std::vector<Mention> mentions;
  std::vector<std::string> text = Characters(Squeeze(Narrow(goal)));
  if (text.size() > kMaxGoal) text.resize(kMaxGoal);
  for (size_t i = 0; i < text.size() && mentions.size() < kMaxMentions; ++i) {
    size_t end = i;
    std::string digits;
    while (end < text.size() && (absl::ascii_isdigit(text[end][0]) || (end > i && text[end] == ".")))
      digits += text[end++];
    Decimal spoken;
    if (const size_t length = end == i ? NumeralAt(text, i, &spoken) : 0; length > 0) {
      digits = spoken.ToString();
      end = i + length;
    }
    if (digits.empty()) continue;
    const absl::StatusOr<Decimal> value = Decimal::Parse(digits);
    const std::string next = end < text.size() ? text[end] : "";
    // Dates, editions and list numbers are no promises.
    const bool skip = !value.ok() || next == "年" || next == "月" || next == "日" || next == "届" ||
                      next == "号" || next == "." || next == "、" || next.empty() ||
                      NumbersAGoal(text, i, next);
    if (!skip) {
      Mention& mention = mentions.emplace_back();
      mention.value = *value;
      Gather(text, i, end, &mention);
    }
    i = end - 1 + (end == i ? 1 : 0);
  }
  return mentions;
}

size_t Overlap(const Mention& mention, const std::string& name) {
  std::set<std::string> seen;
  for (const std::string& c : Characters(name)) {
    if (mention.context.count(c) > 0) seen.insert(c);
  }
  return seen.size();
}

bool IsMoney(const std::string& unit) {
  return absl::StartsWith(unit, "元") || absl::StartsWith(unit, "万元") || absl::StartsWith(unit, "亿元");
}

// "1.2 万人次" → 12000: the value without the multiple that its unit begins with. "千" is left alone: 千米
// and 千瓦时 are units.
Decimal Counted(Decimal value, absl::string_view unit) {
  for (const auto& [multiple, times] :
       {std::pair<absl::string_view, int64_t>("万", 10'000), {"亿", 100'000'000}}) {
    if (absl::ConsumePrefix(&unit, multiple)) value = value * Decimal::FromInt(times);  // 万亿 is both
  }
  return value;
}

// "1.5公里" in the goal and 1500 米 in the row: the same in another multiple of the unit.
bool IsSame(const Mention& mention, const ParsedIndicator& row) {
  const std::vector<std::string> characters = Characters(mention.unit);
  std::string unit;
  for (const std::string& c : characters) {
    unit += c;
    if (IsKnownUnit(unit) && ConvertUnit(mention.value, unit, row.unit) == row.target) return true;
  }
  return false;
}

}  // namespace

std::vector<Finding> CheckGoal(const ParsedTable& table, int table_number) {
  std::vector<Finding> findings;
  if (table.kind == ParsedTable::Kind::kUnit) return findings;
  for (const Mention& mention : FindMentions(table.goal)) {
    const bool percent = absl::StartsWith(mention.unit, "%");
    const Decimal promised = Counted(mention.value, mention.unit);
    const auto agrees = [&](const ParsedIndicator& row) {
      return Counted(*row.target, row.unit) == promised || IsSame(mention, row);
    };
    const ParsedIndicator* best = nullptr;
    size_t best_overlap = 1;  // one shared character is chance
    int best_row = 0;
    bool carried = false;
    for (size_t i = 0; i < table.indicators.size(); ++i) {
      const ParsedIndicator& row = table.indicators[i];
      if (!row.target.has_value() || (row.unit == "%") != percent ||
          absl::StrContains(row.unit, "元") != IsMoney(mention.unit))
        continue;
      const bool equal = agrees(row);
      carried = carried || equal;
      const size_t overlap = Overlap(mention, row.name);
      if (overlap > best_overlap || (overlap == best_overlap && best != nullptr && equal && !agrees(*best))) {
        best = &row;
        best_overlap = overlap;
        best_row = static_cast<int>(i) + 1;
      }
    }
    if (best != nullptr ? agrees(*best) : carried) continue;
    Place place = table.place;
    place.line = table.first_line;
    place.address = table.goal_address;
    Finding finding =
        MakeFinding(Severity::kWarning, best != nullptr ? "GOAL_DISAGREES" : "GOAL_NUMBER_UNMATCHED", table,
                    table_number, best_row, place, "项目总体目标");
    finding.raw = mention.words;
    if (best != nullptr) {
      finding.indicator_name = best->name;
      finding.points = best->weight;
      finding.understood =
          absl::StrCat(mention.value.ToString(), " ≠ ", best->target->ToString(), " ", best->unit);
      finding.message = {absl::StrCat("总体目标写的是 ", mention.value.ToString(), "，指标 “", best->name,
                                      "” 的目标是 ", best->target->ToString(), "。"),
                         absl::StrCat("The goal says ", mention.value.ToString(), ", the row \"", best->name,
                                      "\" says ", best->target->ToString(), ".")};
    } else {
      finding.message = {absl::StrCat("总体目标中的 “", mention.words, "” 没有对应的指标。"),
                         absl::StrCat("No indicator carries \"", mention.words, "\" of the goal.")};
    }
    finding.repair = {"请使总体目标与指标一致。", "Make goal and indicators agree."};
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace attain::importing
