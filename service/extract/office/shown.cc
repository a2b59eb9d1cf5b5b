#include "service/extract/office/shown.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "service/extract/office/decimal.h"

namespace attain::extract {
namespace {

// The one number in a shown text, without group separators; nothing when there are several or an exponent.
std::optional<std::string> OneNumber(absl::string_view shown, int* decimals) {
  std::string number;
  bool ended = false;
  for (size_t i = 0; i < shown.size(); ++i) {
    const char c = shown[i];
    if (absl::ascii_isdigit(c) || (c == '.' && !number.empty())) {
      if (ended || absl::ascii_tolower(i + 1 < shown.size() ? shown[i + 1] : ' ') == 'e') return std::nullopt;
      number.push_back(c);
    } else if (c != ',' && !number.empty()) {
      ended = true;
    }
  }
  const size_t point = number.find('.');
  *decimals = point == std::string::npos ? 0 : static_cast<int>(number.size() - point - 1);
  return PlainDecimal(number);
}

}  // namespace

ShownNumber CompareShown(absl::string_view plain, bool percent, absl::string_view shown) {
  ShownNumber out;
  const std::string value = percent ? Shift(plain, 2) : std::string(plain);
  out.kind = percent ? document::CELL_KIND_PERCENT : document::CELL_KIND_NUMBER;
  out.text = percent ? absl::StrCat(value, "%") : value;
  if (shown == out.text) return out;
  out.shown = std::string(shown);
  int decimals = 0;
  const std::optional<std::string> number = OneNumber(shown, &decimals);
  const std::string absolute = Parts(value).negative ? value.substr(1) : value;
  if (!number.has_value() || *number == absolute) return out;
  (*number == Round(absolute, decimals) ? out.rounded : out.scaled) = true;
  return out;
}

}  // namespace attain::extract
