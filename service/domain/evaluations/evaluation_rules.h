// What an evaluation asks of a table, and what is seen of it afterwards (RULES 4). Pure functions
// over values.
#ifndef ATTAIN_SERVICE_DOMAIN_EVALUATIONS_EVALUATION_RULES_H_
#define ATTAIN_SERVICE_DOMAIN_EVALUATIONS_EVALUATION_RULES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "attain/v1/evaluation.pb.h"
#include "service/model/table_model.h"
#include "service/scoring/explanation.h"

namespace attain::engine {

// One thing that keeps a self-evaluation from being handed in.
struct MissingItem {
  v1::MissingKind kind = v1::MISSING_KIND_UNSPECIFIED;
  int row = -1;          // -1: of the table as a whole
  scoring::Text action;  // what to do
};

// Everything that is missing, in table order, money last (RULES 2.3, 2.4, 2.5).
std::vector<MissingItem> MissingOf(const TableModel& model, const Board& board);
// In the caller's language.
v1::Missing ToPublic(const MissingItem& item, const TableModel& model, absl::string_view locale);

// Changes with everything that a signature covers: targets, figures, reviews, the evaluation itself.
uint64_t EvaluationEtag(const TableModel& model, const Board& board, uint64_t evaluation_revision);

// The revision whose figures were signed last and still stand; 0 when nothing was handed in.
uint64_t SignedRevision(const disk::EvaluationState& evaluation);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_EVALUATIONS_EVALUATION_RULES_H_
