#include "service/importing/columns/labels.h"

#include <algorithm>
#include <string>

#include "absl/strings/strip.h"
#include "service/importing/values/months.h"
#include "service/importing/values/text.h"
#include "service/importing/values/words.h"

namespace attain::importing {
namespace {

// Bytes of the longest word that may be a label.
constexpr size_t kLongestLabel = 80;

std::string WithoutBrackets(std::string word) {
  for (size_t open = word.find('('); open != std::string::npos; open = word.find('(')) {
    const size_t close = std::min(word.find(')', open), word.size());
    word.erase(open, close - open + 1);
  }
  return word;
}


// "一、项目名称", "1.项目名称", "(一)项目名称" → "项目名称"
absl::string_view WithoutNumber(absl::string_view word) {
  for (const absl::string_view sign : {"、", ".", ")"}) {
    const size_t at = word.find(sign);
    if (at == absl::string_view::npos || at > 9) continue;
    const absl::string_view number = absl::StripPrefix(word.substr(0, at), "(");
    const bool digits = !number.empty() && number.find_first_not_of("0123456789") == absl::string_view::npos;
    const bool numeral = number == "一" || number == "二" || number == "三" || number == "四" ||
                         number == "五" || number == "六" || number == "七";
    if (digits || numeral) return word.substr(at + sign.size());
  }
  return word;
}

}  // namespace

absl::string_view LabelOf(absl::string_view typed) {
  if (typed.size() > kLongestLabel) return "";
  const WordList& labels = WordList::Named("labels");
  absl::string_view word = absl::StripSuffix(WithoutNumber(typed), ":");
  while (absl::ConsumePrefix(&word, "*")) {
  }
  if (const absl::string_view key = labels.KeyOf(word); !key.empty()) return key;
  const std::string bare = WithoutBrackets(std::string(word));
  absl::string_view rest = absl::StripSuffix(absl::StripSuffix(bare, ":"), "*");
  if (const absl::string_view key = labels.KeyOf(rest); !key.empty()) return key;
  for (const absl::string_view before : {"其中:", "其中", "1、", "2、"}) {
    if (absl::ConsumePrefix(&rest, before)) return labels.KeyOf(rest);
  }
  // "1-7月执行数": spent by then.
  const absl::string_view spent = WithoutMonths(rest);
  if (spent.size() == rest.size()) return "";
  const absl::string_view key = labels.KeyOf(spent);
  return key == "column_spent" || key == "column_rate" ? key : "";
}

}  // namespace attain::importing
