// Scores of an indicator, a table and a unit: all that other rooms ask of this one beside profiles and
// decimals.
//
// Every function is pure and exact: decimal or rational arithmetic, one rounding where RULES.md says so. The
// same formula serves the bare score (explanation == nullptr, the hot path) and the explained one: there is
// no second copy.
#ifndef ATTAIN_SERVICE_SCORING_SCORE_H_
#define ATTAIN_SERVICE_SCORING_SCORE_H_

#include "service/scoring/check.h"
#include "service/scoring/indicator.h"
#include "service/scoring/names.h"
#include "service/scoring/table.h"
#include "service/scoring/unit.h"

#endif  // ATTAIN_SERVICE_SCORING_SCORE_H_
