#include "service/importing/values/row_kind.h"

#include <string>

#include "absl/strings/match.h"
#include "service/importing/values/text.h"
#include "service/importing/values/words.h"

namespace attain::importing {
namespace {

struct Lists {
  const WordList& rate = WordList::Named("rates", "rate");
  const WordList& small = WordList::Named("rates", "small");
  const WordList& change = WordList::Named("rates", "change");
  const WordList& cost = WordList::Named("rates", "cost");
  const WordList& income = WordList::Named("rates", "income");
};
const Lists& Words() {
  static const Lists* const lists = new Lists;
  return *lists;
}

// Folded, without a remark in brackets at the end: "合格率(%)" → "合格率".
std::string Fold(absl::string_view name) {
  std::string folded = Squeeze(Narrow(name));
  const size_t open = folded.rfind('(');
  if (open != std::string::npos && open > 0 && folded.back() == ')') folded.resize(open);
  return folded;
}

}  // namespace

bool IsCostRow(absl::string_view level1, absl::string_view level2, absl::string_view name) {
  const std::string folded = Fold(name);
  if (Words().income.Within(folded)) return false;
  return Words().cost.Within(folded) || absl::StrContains(LevelName(level1), "成本") ||
         absl::StrContains(LevelName(level2), "成本");
}

bool IsRateName(absl::string_view name) {
  return static_cast<bool>(Words().rate.AtEnd(Fold(name)));
}

bool IsSmallRate(absl::string_view name) {
  return Words().small.Within(Fold(name));
}

bool IsChangeRate(absl::string_view name) {
  return Words().change.Within(Fold(name));
}

}  // namespace attain::importing
