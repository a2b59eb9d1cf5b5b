// What forms call things, in the two languages that Attain speaks.
#ifndef ATTAIN_SERVICE_API_FORM_WORDS_H_
#define ATTAIN_SERVICE_API_FORM_WORDS_H_

#include "attain/v1/evaluation.pb.h"
#include "attain/v1/monitoring.pb.h"
#include "attain/v1/rule.pb.h"
#include "attain/v1/score.pb.h"
#include "attain/v1/table.pb.h"
#include "service/scoring/explanation.h"

namespace attain::engine {

// Empty words for values that a form does not name.
scoring::Text WordsOf(v1::Signal signal);
scoring::Text WordsOf(v1::Likelihood likelihood);
scoring::Text WordsOf(v1::OutlookCause cause);
scoring::Text WordsOf(v1::RuleKind rule);
scoring::Text WordsOf(v1::TableState state);
scoring::Text WordsOf(v1::EvaluationState state);
scoring::Text WordsOf(v1::SignatureKind kind);
scoring::Text WordsOf(v1::WarningLight light);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_FORM_WORDS_H_
