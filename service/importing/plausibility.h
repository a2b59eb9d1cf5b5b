// Whether a reported figure is likely to be what the person meant: slips of the keyboard, percentages stored
// as fractions, 元 for 万元, the same file twice. Pure functions: no I/O, no clock, no threads; constant
// work.
#ifndef ATTAIN_SERVICE_IMPORTING_PLAUSIBILITY_H_
#define ATTAIN_SERVICE_IMPORTING_PLAUSIBILITY_H_

#include <optional>
#include <string>
#include <vector>

#include "service/importing/document.h"

namespace attain::importing {

// One report of one row, with what it is held against.
struct ReportedValue {
  Decimal value;     // in the target's unit
  std::string text;  // as typed
  std::string name;  // of the indicator
  scoring::Comparator comparator = scoring::Comparator::kNone;
  std::optional<Decimal> target;
  std::string unit;  // of the target
  Accumulation accumulation = Accumulation::kLatest;
  std::optional<Decimal> last;    // the newest report by its day; for a sum its own value, not the sum
  bool backdated = false;         // of an earlier day than `last`
  bool again = false;             // a report of the same day with the same value counts already
  std::optional<Decimal> weight;  // points that ride on the row
};

// Money spent since the start of the year, all in 万元.
struct SpentValue {
  Decimal value;
  std::string text;               // as typed
  std::optional<Decimal> budget;  // that the execution is measured against
  std::optional<Decimal> last;    // the record that counts
  std::string last_day;           // of it, YYYY-MM-DD; empty without
  std::string day;                // of this one
  std::optional<Decimal> points;  // of the execution
};

// What looks odd, in the order of weight. Severity kError: risky, to be refused unless the caller accepts its
// code; kWarning and kNote: told. `likely` is the value that was probably meant. Codes:
//   VALUE_IS_FRACTION         risky: near T/100 of a percentage target (0.98 for ≥95 %); of ‰ near T/1000
//   VALUE_TEN_THOUSAND_TIMES  risky: about T × 10⁴ or more (元 for 万元)
//   VALUE_TEN_THOUSANDTH      risky: about T ÷ 10⁴ (万 left out)
//   VALUE_JUMP                ten times the last report or more: risky when only digits moved or when it
//   leaves the target far behind;
//                             a tenth or less: told
//   SAME_VALUE_SAME_DAY       risky where reports are added up, else told
//   VALUE_TEN_TIMES_TARGET    told
//   RATE_ABOVE_HUNDRED        told: a share above 100 %; growth rates may be
//   SPENT_ABOVE_BUDGET, SPENT_FELL, NEWER_RECORD_COUNTS   told, of spending
std::vector<Finding> JudgeReport(const ReportedValue& report);
std::vector<Finding> JudgeSpending(const SpentValue& spent);

// Makes those of `findings` warnings whose code stands in `accepted`; true when none is left that needs it.
bool Accept(const std::vector<std::string>& accepted, std::vector<Finding>* findings);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_PLAUSIBILITY_H_
