#include "clients/cli/commands/common/limit.h"

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/words/argument_words.h"
#include "clients/cli/words/result_words.h"

namespace attain::cli {

absl::StatusOr<int> NumberOption(const Context& context, absl::string_view option, int least, int most) {
  if (!context.args().Has(option)) return 0;
  int number = 0;
  const std::string text = context.args().Get(option);
  if (absl::SimpleAtoi(text, &number) && number >= least && number <= most) return number;
  return UsageError(most == std::numeric_limits<int>::max()
                        ? context.Say(words::kBadNumber, option, least, text)
                        : context.Say(words::kBadNumberBetween, option, least, most, text));
}

absl::StatusOr<int> Limit(const Context& context) {
  return NumberOption(context, "limit");
}

absl::StatusOr<int> YearOption(const Context& context) {
  return NumberOption(context, "year", 2000, 2100);
}

absl::StatusOr<std::string> MonthOption(const Context& context, const std::string& table) {
  const std::string text = context.args().Get("month");
  if (absl::StrContains(text, '-')) return text;  // the server knows the table's year
  ASSIGN_OR_RETURN(const int month, NumberOption(context, "month", 1, 12));
  if (month == 0) return std::string();
  v1::GetTableRequest request;
  request.set_name(table);
  context.Read(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().GetTable(std::move(request)));
  return absl::StrFormat("%d-%02d", response.table().fiscal_year(), month);
}

void SayMoreRows(const Context& context, int shown, int64_t total) {
  if (shown < total)
    context.err() << context.Say(words::kMoreRows, context.Count(total - shown, "more row", "more rows"))
                  << '\n';
}

}  // namespace attain::cli
