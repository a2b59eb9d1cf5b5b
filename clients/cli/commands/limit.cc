#include "clients/cli/commands/limit.h"

#include "absl/strings/numbers.h"
#include "clients/cli/usage.h"

namespace attain::cli {

absl::StatusOr<int> NumberOption(const Context& context, absl::string_view option) {
  if (!context.args().Has(option)) return 0;
  int number = 0;
  const std::string text = context.args().Get(option);
  if (!absl::SimpleAtoi(text, &number) || number < 1)
    return UsageError(context.Say(Msg::kBadNumber, option, text));
  return number;
}

absl::StatusOr<int> Limit(const Context& context) {
  return NumberOption(context, "limit");
}

void SayMoreRows(const Context& context, int shown, int64_t total) {
  if (shown < total) context.err() << context.Say(Msg::kMoreRows, total - shown) << '\n';
}

}  // namespace attain::cli
