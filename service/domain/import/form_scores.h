// The scores that a form gives itself, beside those that the rules give.
#ifndef ATTAIN_SERVICE_DOMAIN_IMPORT_FORM_SCORES_H_
#define ATTAIN_SERVICE_DOMAIN_IMPORT_FORM_SCORES_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "attain/v1/target_service.pb.h"
#include "service/commit/transaction.h"
#include "service/domain/import/figure_recorder.h"
#include "service/importing/document.h"

namespace attain::engine {

struct FormScores {
  const importing::ParsedTable& parsed;
  FigureOrigin origin;                    // of the table
  const std::vector<std::string>& typed;  // as they stand, by row in force; empty where there is none
  const std::map<int, size_t>& rows;      // row of the form by row in force
};

// Points as a form writes them: "9.8", "10分"; nothing for "—" and words.
std::optional<scoring::Decimal> TypedPoints(const std::string& text);

// Whether the points of a document are taken as typed: where no rule computes them.
bool TakesTypedScore(const scoring::Indicator& indicator);

// Tells that the points which stand at `origin` are not ours (SCORE_DIFFERS); false when they are, but for
// rounding to the `decimals` that the document uses, or when one of them is none.
bool CompareScore(const FigureOrigin& origin, const std::string& typed, int decimals,
                  const std::optional<scoring::Decimal>& ours, std::vector<importing::Finding>* findings);

// Fills `out` and tells every row whose points differ by more than the form's own rounding (SCORE_DIFFERS),
// the total and the grade (GRADE_DIFFERS).
void CompareScores(const FormScores& form, const WorkingTable& working, v1::ImportedScore* out,
                   std::vector<importing::Finding>* findings);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_IMPORT_FORM_SCORES_H_
