#include "service/importing/tables/name_target.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "service/importing/values/quantity.h"
#include "service/importing/values/text.h"
#include "service/importing/values/words.h"

namespace attain::importing {
namespace {

constexpr size_t kLongestName = 300;  // bytes

bool IsNumeral(absl::string_view c) {
  const std::string narrow = Narrow(c);
  return (narrow.size() == 1 && narrow[0] >= '0' && narrow[0] <= '9') || WordList::Named("numerals").Has(c) ||
         c == "十";
}

}  // namespace

std::string WithoutIndicatorNumber(absl::string_view name) {
  absl::string_view rest = name;
  if (!absl::ConsumePrefix(&rest, "指标")) return std::string(name);
  const std::vector<std::string> characters = Characters(rest);
  size_t at = 0, numerals = 0;
  const auto skip_blanks = [&] {
    while (at < characters.size() && Squeeze(characters[at]).empty()) ++at;
  };
  skip_blanks();
  for (; at < characters.size() && IsNumeral(characters[at]); ++at) ++numerals;
  if (numerals == 0 || numerals > 3) return std::string(name);
  skip_blanks();
  if (at == characters.size()) return "";
  const std::string sign = Narrow(characters[at]);
  if (sign != ":" && sign != "、" && sign != "." && sign != "。") return std::string(name);
  std::string behind;
  for (++at; at < characters.size(); ++at) behind += characters[at];
  return Tidy(behind);
}

bool IsBlankName(absl::string_view name) {
  const std::string word = Squeeze(Narrow(WithoutIndicatorNumber(Tidy(name))));
  if (word == "无" || word == "不涉及" || word == "不适用" || word == "/" || word == "\\") return true;
  for (const std::string& c : Characters(word)) {
    if (c != "…" && c != "." && c != "。" && c != "·" && c != "-" && c != "—" && c != "–" && c != "_" &&
        c != "―")
      return false;
  }
  return true;
}

bool CutTarget(absl::string_view name, std::string* before, std::string* target) {
  if (name.size() > kLongestName) return false;
  const WordList& comparators = WordList::Named("comparators");
  size_t at = 0;
  for (const std::string& c : Characters(name)) {
    const absl::string_view rest = name.substr(at);
    if (at > 0 && comparators.AtStart(Narrow(rest))) {
      const Quantity quantity = ParseQuantity(Narrow(rest));
      if (quantity.comparator != scoring::Comparator::kNone && quantity.value.has_value() &&
          !quantity.unclear) {
        *before = Tidy(name.substr(0, at));
        for (const absl::string_view sign : {":", "：", "，", ","})
          *before = std::string(absl::StripSuffix(*before, sign));
        *target = Tidy(rest);
        return !before->empty();
      }
    }
    at += c.size();
  }
  return false;
}

}  // namespace attain::importing
