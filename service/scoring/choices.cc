#include "service/scoring/choices.h"

#include <algorithm>
#include <utility>

#include "service/scoring/band.h"
#include "service/scoring/case.h"

namespace attain::scoring {
namespace {

using Integer = Decimal::Integer;

constexpr int kMostDecimals = 2;

// Collects what a row could be brought to.
class ChoiceMaker {
 public:
  ChoiceMaker(const Profile& profile, const Indicator& indicator, const Reported& now, bool only_grows)
      : profile_(profile),
        indicator_(indicator),
        now_(now),
        weight_(*indicator.weight),
        only_grows_(only_grows && !indicator.allow_negative) {
    const std::optional<Decimal> score = now.reported ? ScoreByRule(CaseOf(now)) : std::nullopt;
    earned_ = score.value_or(Decimal());
  }

  std::vector<Choice> Make();

 private:
  Case CaseOf(const Reported& reported) const { return {profile_, indicator_, reported, weight_, nullptr}; }
  void AddNumbers();
  void AddLevels();
  void AddYes();
  void AddTyped();

  // Numbers: grid_ is 10^−decimals_, and values are counted in it.
  Reported At(const Integer& value) const;
  Decimal ScoreAt(const Integer& value) const;
  std::vector<Integer> Corners() const;
  void Walk(const Integer& near, const Integer& far);
  void Bisect(const Integer& near, const Decimal& low, const Integer& far, const Decimal& high);
  void TakeNumber(const Integer& value, const Decimal& score);

  const Profile& profile_;
  const Indicator& indicator_;
  const Reported& now_;
  const Decimal& weight_;
  const bool only_grows_;
  Decimal earned_;
  int decimals_ = 0;
  Decimal start_;  // the number now
  std::vector<Choice> choices_;
};

Reported ChoiceMaker::At(const Integer& value) const {
  Reported reported;
  reported.reported = true;
  reported.number = Decimal(value, decimals_);
  reported.typed_deduction = now_.typed_deduction;
  return reported;
}

Decimal ChoiceMaker::ScoreAt(const Integer& value) const {
  const Reported reported = At(value);
  return ScoreByRule(CaseOf(reported)).value_or(Decimal());
}

void ChoiceMaker::TakeNumber(const Integer& value, const Decimal& score) {
  if (score <= earned_) return;
  Reported reported = At(value);
  const Decimal moved = *reported.number - start_;
  const Decimal& target = *indicator_.target;
  const Decimal per = target.is_zero() ? Decimal::FromInt(1) : target.sign() < 0 ? -target : target;
  choices_.push_back({std::move(reported), score, score, Ratio(moved.sign() < 0 ? -moved : moved, per)});
}

// The rule's turns and the value now, each with its neighbours on the grid, ascending: between two that
// follow each other the score only rises or only falls.
std::vector<Integer> ChoiceMaker::Corners() const {
  const Reported none;
  std::vector<Decimal> places = Turns(CaseOf(none));
  places.push_back(start_);
  std::vector<Integer> corners;
  for (const Decimal& place : places) {
    const Decimal down = Ratio(place).Floor(decimals_);
    const Integer base = down.coefficient() * PowerOfTen(decimals_ - down.scale());
    for (const int near : {-1, 0, 1}) {
      const Decimal value(Integer(base + near), decimals_);
      if (!indicator_.allow_negative && value.sign() < 0) continue;
      if (only_grows_ && now_.reported && value < start_) continue;
      corners.push_back(base + near);
    }
  }
  std::sort(corners.begin(), corners.end());
  corners.erase(std::unique(corners.begin(), corners.end()), corners.end());
  return corners;
}

// Away from the value now: for every score the nearest value that earns it.
void ChoiceMaker::Bisect(const Integer& near, const Decimal& low, const Integer& far, const Decimal& high) {
  if (high <= earned_) return;
  const Integer between = far - near;
  if (between == 1 || between == -1) return TakeNumber(far, high);
  const Integer middle = near + between / 2;
  const Decimal score = ScoreAt(middle);
  if (score > low) Bisect(near, low, middle, score);
  if (high > score) Bisect(middle, score, far, high);
}

void ChoiceMaker::Walk(const Integer& near, const Integer& far) {
  const Decimal low = ScoreAt(near), high = ScoreAt(far);
  TakeNumber(near, low);
  TakeNumber(far, high);
  if (high > low) Bisect(near, low, far, high);
}

void ChoiceMaker::AddNumbers() {
  start_ = now_.reported ? now_.number.value_or(Decimal()) : Decimal();
  decimals_ = std::min(kMostDecimals, std::max(indicator_.target->scale(), start_.scale()));
  const std::vector<Integer> corners = Corners();
  if (corners.size() == 1) TakeNumber(corners[0], ScoreAt(corners[0]));
  for (size_t i = 0; i + 1 < corners.size(); ++i) {
    const bool above = Decimal(corners[i], decimals_) >= start_;
    above ? Walk(corners[i], corners[i + 1]) : Walk(corners[i + 1], corners[i]);
  }
}

void ChoiceMaker::AddLevels() {
  const RatingBand* level = now_.reported ? FindBand(CaseOf(now_), now_.level) : nullptr;
  const Decimal edge = level == nullptr ? Decimal() : BandOf(CaseOf(now_), *level).low;
  for (const RatingBand& band : CaseOf(now_).List(&RuleOptions::rating_bands)) {
    const Band points = BandOf(CaseOf(now_), band);
    if (points.Last() <= earned_ || points.Last().scale() > kMostDecimals) continue;
    Reported reported;
    reported.reported = true;
    reported.level = band.level;
    reported.typed_score = points.Last();
    choices_.push_back({std::move(reported), points.Last(), points.low,
                        Ratio(std::max(points.low - edge, Decimal()), weight_)});
  }
}

void ChoiceMaker::AddYes() {
  Reported reported;
  reported.reported = true;
  reported.met = true;
  const Decimal score = ScoreByRule(CaseOf(reported)).value_or(Decimal());
  if (score > earned_) choices_.push_back({std::move(reported), score, score, Ratio(Decimal::FromInt(1))});
}

void ChoiceMaker::AddTyped() {
  const Decimal step(1, kMostDecimals);
  for (Decimal score = earned_ + step; score <= MostTyped(weight_); score = score + step) {
    Reported reported = now_;
    reported.reported = true;
    reported.typed_score = score;
    if (indicator_.target.has_value() && !reported.number.has_value()) reported.number = indicator_.target;
    choices_.push_back({std::move(reported), score, score, Ratio(score - earned_, weight_)});
  }
}

std::vector<Choice> ChoiceMaker::Make() {
  const bool numeric = indicator_.target.has_value();
  switch (indicator_.rule) {
    case RuleKind::kProportional:
    case RuleKind::kSatisfaction:
    case RuleKind::kSteps:
      if (numeric) AddNumbers();
      break;
    case RuleKind::kDirect:
      numeric ? AddNumbers() : AddYes();
      break;
    case RuleKind::kRating:
      AddLevels();
      break;
    case RuleKind::kManual:
      AddTyped();
      break;
    case RuleKind::kUnmapped:
      break;
  }
  std::stable_sort(choices_.begin(), choices_.end(), [](const Choice& a, const Choice& b) {
    const auto order = a.cost <=> b.cost;
    return std::is_eq(order) ? a.score > b.score : std::is_lt(order);
  });
  std::vector<Choice> best;
  for (Choice& choice : choices_) {
    if (best.empty() || choice.score > best.back().score) best.push_back(std::move(choice));
  }
  return best;
}

}  // namespace

std::vector<Choice> ChoicesOf(const Profile& profile, const Indicator& indicator, const Reported& now,
                              bool only_grows) {
  if (indicator.not_applicable || !indicator.weight.has_value() || indicator.weight->sign() <= 0) return {};
  const Reported none;
  if (!RuleFits({profile, indicator, none, *indicator.weight, nullptr})) return {};
  return ChoiceMaker(profile, indicator, now, only_grows).Make();
}

}  // namespace attain::scoring
