#include "tests/fuzz/number_check.h"

#include <algorithm>
#include <optional>

#include "service/extract/common/clean.h"
#include "service/extract/office/decimal.h"
#include "service/extract/office/number_format.h"

namespace attain::extract {

std::string CheckNumber(absl::string_view input) {
  const size_t end = std::min(input.find('\n'), input.size());
  const std::optional<std::string> plain = PlainDecimal(input.substr(0, end));
  if (!plain.has_value()) return "";
  const ShownNumber number =
      NumberFormat(input.substr(std::min(end + 1, input.size()))).Show(*plain, input.size() % 2 == 1);
  if (number.text.empty()) return "a number without a text";
  if (Clean(number.text) != number.text || Clean(number.shown) != number.shown)
    return "a number that is not clean";
  return "";
}

}  // namespace attain::extract
