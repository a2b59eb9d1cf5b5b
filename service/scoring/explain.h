// Makers of explanation steps. Each does nothing, and makes no text, when its target is null: the bare score
// pays for none of it.
#ifndef ATTAIN_SERVICE_SCORING_EXPLAIN_H_
#define ATTAIN_SERVICE_SCORING_EXPLAIN_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "service/scoring/decimal.h"
#include "service/scoring/explanation.h"
#include "service/scoring/ratio.h"

namespace attain::scoring {

// A fixed sentence in both languages; becomes a Text only when an explanation is wanted.
struct Words {
  const char* zh;
  const char* en;
  Text ToText() const { return {zh, en}; }
};

// Appends a step. The pointer holds until the next step is added to the same parent. Null in, null out.
Explanation* AddStep(Explanation* parent, ExplanationKind kind, Words title);
// The case that applied.
void Branch(Explanation* parent, Words title);

// An input of a step: a value of the profile, of the row or of an earlier step.
void AddInput(Explanation* step, const char* symbol, Words meaning, const Decimal& value,
              InputOrigin origin = InputOrigin::kComputed);
// Says that rN() in the step's formula rounds otherwise than half away from zero.
void AddRounding(Explanation* step, Rounding rounding, InputOrigin origin = InputOrigin::kProfile);

// Sets formula, worked and result. `formula` is in the language of explanation.h over the step's inputs,
// which are there already; `exact` is the value that `worked` shows: of the argument when the formula is one
// rN(…), else of the whole.
void SetFormula(Explanation* step, std::string formula, const Ratio& exact, std::string result);
// Whether `symbol` occurs in the formula.
bool Uses(absl::string_view formula, absl::string_view symbol);
// "r2(" + inner + ")".
std::string Rounded(int decimals, absl::string_view inner);

}  // namespace attain::scoring

#endif  // ATTAIN_SERVICE_SCORING_EXPLAIN_H_
