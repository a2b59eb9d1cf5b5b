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

}  // namespace

std::string WithoutBrackets(std::string word) {
  for (size_t open = word.find('('); open != std::string::npos; open = word.find('(')) {
    const size_t close = std::min(word.find(')', open), word.size());
    word.erase(open, close - open + 1);
  }
  return word;
}

absl::string_view LabelOf(absl::string_view typed) {
  if (typed.size() > kLongestLabel) return "";
  const WordList& labels = WordList::Named("labels");
  absl::string_view word = absl::StripSuffix(WithoutListNumber(typed), ":");
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
