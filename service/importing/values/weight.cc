#include "service/importing/values/weight.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "service/importing/values/figures.h"
#include "service/importing/values/notes.h"
#include "service/importing/values/numerals.h"
#include "service/importing/values/text.h"

namespace attain::importing {
namespace {

// The number at the front, in figures or numerals.
std::optional<Decimal> TakeNumber(absl::string_view* text) {
  size_t end = absl::StartsWith(*text, "-") || absl::StartsWith(*text, "+") ? 1 : 0;
  while (end < text->size() &&
         (absl::ascii_isdigit((*text)[end]) || (*text)[end] == '.' || (*text)[end] == ','))
    ++end;
  if (end > 0) {
    const absl::StatusOr<Decimal> value = Decimal::Parse(text->substr(0, end));
    text->remove_prefix(end);
    return value.ok() ? std::optional<Decimal>(*value) : std::nullopt;
  }
  const Numeral numeral = TakeNumeral(*text);
  // "十分重要" is no weight: a numeral counts only before 分 at the end.
  if (!numeral.value.has_value() || text->substr(numeral.length) != "分") return std::nullopt;
  text->remove_prefix(numeral.length);
  return numeral.value;
}

// "(10%)", "[满分]": something in brackets, and nothing else.
bool IsRemark(absl::string_view text) {
  return text.size() >= 2 && text.front() == '(' && text.find(')') == text.size() - 1;
}

}  // namespace

Weight ParseWeight(absl::string_view text) {
  Weight weight;
  const std::string folded = Squeeze(Narrow(text));
  absl::string_view rest = folded;
  if (rest.empty() || rest == "-" || rest == "/" || rest == "—" || rest == "——" || rest == "--") {
    weight.blank = true;
    return weight;
  }
  if (IsRemark(rest)) rest = rest.substr(1, rest.size() - 2);  // "(10分)"
  absl::ConsumePrefix(&rest, "满分");
  if (!HasTwoNumbers(Tidy(Narrow(text)))) weight.value = TakeNumber(&rest);
  if (!absl::ConsumePrefix(&rest, "分")) weight.percent = absl::ConsumePrefix(&rest, "%");
  if (!weight.value.has_value() || (!rest.empty() && !IsRemark(rest))) {
    weight.value.reset();
    weight.percent = false;
    const bool figure = FindFigures(folded).count > 0;
    weight.findings.push_back(MakeNote(
        figure ? Severity::kError : Severity::kWarning, "WEIGHT_NOT_A_NUMBER", text, "",
        {"权重列不是数字，按没有权重处理。", "The weight is not a number; the row is taken as unweighted."},
        {"如应有权重，请补填分值。", "Fill in the points if there should be any."}));
    return weight;
  }
  const std::string understood = weight.value->ToString();
  if (weight.percent) {
    weight.findings.push_back(MakeNote(Severity::kNote, "WEIGHT_IS_PERCENT", text, understood,
                                       {"权重写成百分数，按相同的分值读入。",
                                        "The weight is a percentage; it was read as that many points."},
                                       {"请核对。", "Check it."}));
  }
  if (!rest.empty()) {
    weight.findings.push_back(MakeNote(
        Severity::kNote, "WEIGHT_REMARK", text, understood,
        {"权重后面括号中的内容没有读入。", "What stands in brackets behind the weight was not read."},
        {"请核对。", "Check it."}));
  }
  return weight;
}

bool AreShares(const std::vector<Decimal>& weights) {
  const Decimal one = Decimal::FromInt(1);
  if (weights.size() < 2) return false;
  Decimal sum;
  for (const Decimal& weight : weights) {
    if (weight > one || weight.sign() < 0) return false;
    sum = sum + weight;
  }
  return sum == one || sum == Decimal::FromInt64(9, 1);
}

}  // namespace attain::importing
