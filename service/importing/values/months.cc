#include "service/importing/values/months.h"

#include <algorithm>
#include <initializer_list>

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"
#include "service/importing/values/numerals.h"

namespace attain::importing {
namespace {

bool TakeAny(absl::string_view* text, std::initializer_list<absl::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](absl::string_view word) { return absl::ConsumePrefix(text, word); });
}

// One or two figures, or a numeral.
bool TakeNumber(absl::string_view* text) {
  size_t length = 0;
  while (length < text->size() && absl::ascii_isdigit((*text)[length])) ++length;
  if (length == 0) {
    const Numeral numeral = TakeNumeral(*text);
    if (numeral.value.has_value() && numeral.unit.empty()) length = numeral.length;
  } else if (length > 2) {
    return false;
  }
  text->remove_prefix(length);
  return length > 0;
}

}  // namespace

absl::string_view WithoutMonths(absl::string_view word) {
  absl::string_view rest = word;
  TakeAny(&rest, {"截至", "截止到", "截止", "至"});
  if (TakeAny(&rest, {"上半年", "前三季度"})) return rest;
  TakeAny(&rest, {"第"});
  if (!TakeNumber(&rest)) return word;
  bool months = TakeAny(&rest, {"月份", "月"});
  if (TakeAny(&rest, {"——", "--", "-", "—", "–", "―", "~", "至", "到", "、"})) {
    if (!TakeNumber(&rest)) return word;
    months = TakeAny(&rest, {"月份", "月", "季度"});
  } else if (!months) {
    months = TakeAny(&rest, {"季度"});
  }
  if (!months) return word;
  TakeAny(&rest, {"底", "末"});
  return rest;
}

}  // namespace attain::importing
