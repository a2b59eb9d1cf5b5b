// Numbers in Chinese numerals: "二十", "一百零五", "三点五", "百分之九十五", "三分之二". Nobody outside this
// folder includes it. Pure; safe to call from several threads.
#ifndef ATTAIN_SERVICE_IMPORTING_VALUES_NUMERALS_H_
#define ATTAIN_SERVICE_IMPORTING_VALUES_NUMERALS_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "service/scoring/decimal.h"

namespace attain::importing {

// A numeral at the beginning of a text. Its value is missing where the words say no exact number: "近千" and
// "数十" are vague, "三分之二" has no decimal of finite length.
struct Numeral {
  size_t length = 0;  // bytes; 0 = the text begins with no numeral
  std::optional<scoring::Decimal> value;
  std::string unit;  // "%" of "百分之九十五", "‰" of "千分之三"; empty otherwise
};

// A plain decimal, full-width and spaced forms and digits in groups of three too; nullopt when it is none.
std::optional<scoring::Decimal> ParseNumber(absl::string_view text);

// The longest numeral at the beginning of `text`, which has no white space and is in half width. Numerals are
// whole ("二十"), with a decimal ("三点五") or digit by digit ("二〇二五"). A multiple without a figure
// before it
// ("千册", "百") is vague; 十 alone is ten.
Numeral TakeNumeral(absl::string_view text);

// "12 000" is one number, "4 5" is two: whether white space between figures of Tidy(Narrow(text)) is no
// grouping of thousands. Without it the text would be another number.
bool HasTwoNumbers(const std::string& tidy);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_VALUES_NUMERALS_H_
