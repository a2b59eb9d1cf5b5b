#include "service/scoring/explain.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace attain::scoring {
namespace {

// Takes the identifier at the front of `rest`; empty when there is none.
absl::string_view TakeIdentifier(absl::string_view* rest) {
  size_t length = 0;
  while (length < rest->size() &&
         (length == 0 ? absl::ascii_isalpha((*rest)[0]) : absl::ascii_isalnum((*rest)[length])))
    ++length;
  const absl::string_view identifier = rest->substr(0, length);
  rest->remove_prefix(length);
  return identifier;
}

// The formula with the inputs' figures in place of their symbols. Functions keep their names.
std::string WithFigures(absl::string_view formula, const std::vector<ExplanationInput>& inputs) {
  std::string worked;
  while (!formula.empty()) {
    const absl::string_view identifier = TakeIdentifier(&formula);
    if (identifier.empty()) {
      worked.push_back(formula[0]);
      formula.remove_prefix(1);
      continue;
    }
    absl::string_view text = identifier;
    for (const ExplanationInput& input : inputs) {
      if (!absl::StartsWith(formula, "(") && input.symbol == identifier) text = input.value;
    }
    const bool negative = absl::StartsWith(text, "-");
    absl::StrAppend(&worked, negative ? "(" : "", text, negative ? ")" : "");
  }
  return worked;
}

// "r2(x)" → "x", when the whole formula is one rounding; else the formula.
absl::string_view Argument(absl::string_view formula) {
  absl::string_view rest = formula;
  const absl::string_view name = TakeIdentifier(&rest);
  if (name.size() != 2 || name[0] != 'r' || !absl::ascii_isdigit(name[1]) || !absl::StartsWith(rest, "("))
    return formula;
  int depth = 0;
  for (size_t i = 0; i < rest.size(); ++i) {
    depth += rest[i] == '(' ? 1 : rest[i] == ')' ? -1 : 0;
    if (depth == 0) return i + 1 == rest.size() ? rest.substr(1, i - 1) : formula;
  }
  return formula;
}

}  // namespace

Explanation* AddStep(Explanation* parent, ExplanationKind kind, Words title) {
  if (parent == nullptr) return nullptr;
  Explanation& step = parent->steps.emplace_back();
  step.kind = kind;
  step.title = title.ToText();
  return &step;
}

void Branch(Explanation* parent, Words title) {
  AddStep(parent, ExplanationKind::kBranch, title);
}

void AddInput(Explanation* step, const char* symbol, Words meaning, const Decimal& value,
              InputOrigin origin) {
  if (step != nullptr)
    step->inputs.push_back({symbol, meaning.ToText(), value.ToString(), "", 0, "", origin});
}

void AddRounding(Explanation* step, Rounding rounding, InputOrigin origin) {
  if (step == nullptr || rounding == Rounding::kHalfAway) return;
  step->inputs.push_back({"rounding",
                          {"舍入方式", "rounding"},
                          rounding == Rounding::kDown ? "down" : "half_even",
                          "",
                          0,
                          "",
                          origin});
}

void SetFormula(Explanation* step, std::string formula, const Ratio& exact, std::string result) {
  if (step == nullptr) return;
  step->worked = absl::StrCat(WithFigures(Argument(formula), step->inputs), " = ", exact.ToText());
  step->formula = std::move(formula);
  step->result = std::move(result);
}

bool Uses(absl::string_view formula, absl::string_view symbol) {
  while (!formula.empty()) {
    const absl::string_view identifier = TakeIdentifier(&formula);
    if (identifier.empty()) {
      formula.remove_prefix(1);
    } else if (identifier == symbol && !absl::StartsWith(formula, "(")) {
      return true;
    }
  }
  return false;
}

std::string Rounded(int decimals, absl::string_view inner) {
  return absl::StrCat("r", decimals, "(", inner, ")");
}

}  // namespace attain::scoring
