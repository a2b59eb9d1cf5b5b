#include "service/importing/values/comparators.h"

#include <string>

#include "service/importing/values/text.h"
#include "service/importing/values/words.h"

namespace attain::importing {
namespace {

using scoring::Comparator;

struct Lists {
  const WordList& comparators = WordList::Named("comparators");
  const WordList& nature = WordList::Named("target_words", "nature");
  const WordList& directions = WordList::Named("directions");
};
const Lists& Words() {
  static const Lists* const lists = new Lists;
  return *lists;
}

bool IsUpper(Comparator comparator) {
  return comparator == Comparator::kAtMost || comparator == Comparator::kLess;
}
bool IsLower(Comparator comparator) {
  return comparator == Comparator::kAtLeast || comparator == Comparator::kGreater;
}

}  // namespace

Comparator TakeComparator(absl::string_view* text) {
  while (const WordList::Match nature = Words().nature.AtStart(*text)) text->remove_prefix(nature.length);
  const WordList::Match match = Words().comparators.AtStart(*text);
  text->remove_prefix(match.length);
  if (match.key == "AT_LEAST") return Comparator::kAtLeast;
  if (match.key == "GREATER") return Comparator::kGreater;
  if (match.key == "EQUAL") return Comparator::kEqual;
  if (match.key == "AT_MOST") return Comparator::kAtMost;
  if (match.key == "LESS") return Comparator::kLess;
  return Comparator::kNone;
}

Comparator ParseComparator(absl::string_view text) {
  const std::string narrow = Squeeze(Narrow(text));
  absl::string_view rest = narrow;
  return TakeComparator(&rest);
}

bool IsComparator(absl::string_view text) {
  return TakeComparator(&text) != Comparator::kNone && text.empty();
}

absl::string_view SignOf(Comparator comparator) {
  switch (comparator) {
    case Comparator::kAtLeast:
      return "≥";
    case Comparator::kGreater:
      return ">";
    case Comparator::kEqual:
      return "=";
    case Comparator::kAtMost:
      return "≤";
    case Comparator::kLess:
      return "<";
    case Comparator::kNone:
      break;
  }
  return "";
}

bool Opposed(Comparator a, Comparator b) {
  return (IsUpper(a) && IsLower(b)) || (IsLower(a) && IsUpper(b));
}

Comparator DirectionOf(absl::string_view nature) {
  const std::string folded = Squeeze(Narrow(nature));
  const WordList::Match match = Words().directions.AtStart(folded);
  if (match.key == "MORE") return Comparator::kAtLeast;
  if (match.key == "FEWER") return Comparator::kAtMost;
  return Comparator::kNone;
}

bool Contradicts(absl::string_view nature, Comparator comparator) {
  return Opposed(DirectionOf(nature), comparator);
}

}  // namespace attain::importing
