#include "service/importing/values/measures.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "service/importing/values/units.h"
#include "service/importing/values/words.h"

namespace attain::importing {
namespace {

struct Lists {
  const WordList& measures = WordList::Named("measures");
  const WordList& sentence = WordList::Named("target_words", "sentence");
};
const Lists& Words() {
  static const Lists* const lists = new Lists;
  return *lists;
}

}  // namespace

bool IsCounted(absl::string_view unit) {
  unit = unit.substr(0, unit.find('('));
  if (unit.empty()) return false;
  if (IsKnownUnit(unit)) return true;
  const size_t slash = unit.find('/');
  if (slash != absl::string_view::npos) return IsCounted(unit.substr(0, slash)) && slash + 1 < unit.size();
  for (absl::string_view multiple : {"万", "亿", "千", "百"}) {
    if (absl::ConsumePrefix(&unit, multiple)) break;
  }
  return Words().measures.Has(unit);
}

bool IsUnit(absl::string_view unit) {
  if (unit.empty()) return true;
  if (absl::StrContains("-+~*/.,:;_", unit.substr(0, 1)) || absl::EndsWith(unit, "-") ||
      absl::EndsWith(unit, "~"))
    return false;
  for (absl::string_view begin : {"至", "到", "—", "–", "−", "～", "×", "、", "，", "；", "。", "…", "·"}) {
    if (absl::StartsWith(unit, begin)) return false;
  }
  for (absl::string_view sign : {"<", ">", "=", "≥", "≧", "≤", "≦", "═"}) {
    if (absl::StrContains(unit, sign)) return false;
  }
  if ((unit[0] == 'e' || unit[0] == 'E') && unit.size() > 1 &&
      (absl::ascii_isdigit(unit[1]) || unit[1] == '-' || unit[1] == '+')) {
    return false;
  }
  const size_t remark = std::min(unit.find('('), unit.size());
  for (size_t i = 1; i < remark; ++i) {
    const bool behind =
        absl::ascii_isalpha(unit[i - 1]) || absl::ascii_isdigit(unit[i - 1]) || unit[i - 1] == '/';
    if (absl::ascii_isdigit(unit[i]) && !behind) return false;
  }
  return true;
}

bool IsSentence(absl::string_view unit) {
  if (IsCounted(unit)) return false;
  return Words().sentence.Within(unit.substr(0, unit.find('(')));
}

}  // namespace attain::importing
