#include "absl/strings/str_cat.h"
#include "service/scoring/internal.h"

namespace attain::scoring {

void Branch(Explanation* out, Text title) {
  if (out == nullptr) return;
  Explanation& step = out->steps.emplace_back();
  step.kind = ExplanationKind::kBranch;
  step.title = std::move(title);
}

Explanation* Formula(Explanation* out, Text title, std::string formula, std::string worked, std::string result) {
  if (out == nullptr) return nullptr;
  Explanation& step = out->steps.emplace_back();
  step.kind = ExplanationKind::kFormula;
  step.title = std::move(title);
  step.formula = std::move(formula);
  step.worked = std::move(worked);
  step.result = std::move(result);
  return &step;
}

void Input(Explanation* step, std::string symbol, Text meaning, std::string value, std::string unit, uint64_t revision,
           std::string date) {
  if (step == nullptr) return;
  step->inputs.push_back({std::move(symbol), std::move(meaning), std::move(value), std::move(unit), revision, std::move(date)});
}

void CommonInputs(const Case& c, Explanation* step) {
  if (step == nullptr) return;
  Input(step, "W", {"分值权重", "weight in points"}, c.weight.ToString());
  if (c.indicator.target.has_value()) {
    Input(step, "T", {"年度指标值", "target value"}, c.indicator.target->ToString(), c.indicator.unit);
  }
  if (c.reported.number.has_value()) {
    Input(step, "A", {"实际完成值", "actual value"}, c.reported.number->ToString(), c.indicator.unit, c.reported.revision,
          c.reported.date);
  }
}

std::string RoundName(int decimals) { return absl::StrCat("r", decimals); }

std::string WithoutSpace(absl::string_view text) {
  std::string result;
  for (size_t i = 0; i < text.size();) {
    const unsigned char c = static_cast<unsigned char>(text[i]);
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      ++i;
    } else if (text.substr(i, 3) == "　") {
      i += 3;
    } else if (text.substr(i, 2) == "\u00a0") {
      i += 2;
    } else {
      result.push_back(text[i++]);
    }
  }
  return result;
}

}  // namespace attain::scoring
