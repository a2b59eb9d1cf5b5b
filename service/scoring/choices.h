// What a row could still be brought to, and at what price: the moves from which the cheapest way to a grade
// is put together.
#ifndef ATTAIN_SERVICE_SCORING_CHOICES_H_
#define ATTAIN_SERVICE_SCORING_CHOICES_H_

#include <vector>

#include "service/scoring/model.h"
#include "service/scoring/ratio.h"
#include "service/scoring/score.h"

namespace attain::scoring {

// One figure that a row could have instead of the one it has.
struct Choice {
  Reported reported;  // may be recorded: CheckReported passes
  Decimal score;      // what it earns; of a rating, the most that its level allows, which is what is typed
  Decimal least;      // ratings: the least score of that level; of others the same as `score`
  Ratio cost;
};

// The choices that earn more than the row earns now, cheapest first, each earning more than those before it:
// what earns less for the same price or more is left out. The rule itself is asked for every score.
//
// Cost: a number |new − old| / |T|, a row that is not reported counting as 0 and a target of 0 as 1; a rating
// the share of W by which the lower edge of its level rises, so another score inside the level costs nothing;
// a text target (DIRECT) 1; MANUAL the share of W by which the typed score rises. Numbers are whole where
// target and actual value are whole, else they have as many decimals as the finer of both, at most 2.
//
// `only_grows`: the figure is a sum of reports, which can only be added to; where the row allows negative
// values that means nothing. A row that is NOT_APPLICABLE, without weight or without a usable rule has no
// choices.
std::vector<Choice> ChoicesOf(const Profile& profile, const Indicator& indicator, const Reported& now,
                              bool only_grows);

}  // namespace attain::scoring

#endif  // ATTAIN_SERVICE_SCORING_CHOICES_H_
