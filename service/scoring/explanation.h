// The typed tree that says how a score came about, so that a person can recompute it by hand.
#ifndef ATTAIN_SERVICE_SCORING_EXPLANATION_H_
#define ATTAIN_SERVICE_SCORING_EXPLANATION_H_

#include <cstdint>
#include <string>
#include <vector>

namespace attain::scoring {

// A sentence in the two languages Attain speaks.
struct Text {
  std::string zh;
  std::string en;
};

enum class InputOrigin {
  kComputed,  // by an earlier step, or of several things
  kTable,     // the table and its row: target, weight, the row's own options, the budget
  kProfile,
  kReport,  // what counts of the row's reports
};

// One value that went into a step. `revision` is the journal revision it was recorded at; 0 for values of the
// profile, of the target table's own row, or of an earlier step.
struct ExplanationInput {
  std::string symbol;  // "A", "T", "W", "b", "e", "I", "E" …, as in the formula
  Text meaning;
  std::string value;      // exact decimal, level or text
  std::string unit;       // may be empty
  uint64_t revision = 0;  // that recorded it, where the figures say so
  std::string date;       // date the value was true, or empty
  // Where it stands, for inputs without a revision.
  InputOrigin origin = InputOrigin::kComputed;
};

enum class ExplanationKind {
  kIndicator = 1,  // the whole of one indicator's score
  kBranch,         // which case of the rule applied, and why
  kFormula,        // one arithmetic step
  kRounding,
  kInterval,  // sure and possible
  kExecution,
  kTotal,
  kGrade,
  kWarning,
  kRollup,
  kTable,
  kUnit,
  kReview,
};

// `formula` and `worked` speak one small language, so that a program can check each step from its own inputs
// alone:
//   expr   = term { ("+" | "-") term }          term = factor { ("×" | "/") factor }
//   factor = number | symbol | "(" expr ")" | name "(" expr { "," expr } ")"
//   number = decimal notation                   symbol = a letter, then letters and digits: the symbol of an
//   input of this step name   = "min" | "max" | "ceil" (least whole number not below) | "rN", one digit N:
//   rounded to N decimals
// rN rounds half away from zero unless an input named "rounding" says "down" or "half_even".
// `worked` is the formula with the inputs' values in place of the symbols (a negative value in parentheses),
// " = ", and the exact value of that: whole when it has at most 12 decimals, else its first 10 and "…". When
// the formula as a whole is one rN(…), `worked` shows its argument, so that the figure before rounding can be
// seen. `result` is the value of the formula, rounding included. A step without a formula is a statement; its
// result, if any, is a word or an interval "[sure, possible]".
struct Explanation {
  ExplanationKind kind = ExplanationKind::kFormula;
  Text title;
  std::string formula;  // symbols: "r2(A / T × W)"; empty for a branch
  std::string worked;   // the same with figures: "29 / 30 × 10 = 9.6666666666…"
  std::string result;   // "9.67"; empty when there is none
  std::string source;   // where the rule comes from: "RULES 2.1", "财预〔2020〕10号"
  std::vector<ExplanationInput> inputs;
  std::vector<Explanation> steps;
};

}  // namespace attain::scoring

#endif  // ATTAIN_SERVICE_SCORING_EXPLANATION_H_
