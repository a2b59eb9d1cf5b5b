#include "clients/cli/commands/tables/table_list.h"

#include "absl/strings/str_cat.h"
#include "clients/cli/terminal/table_printer.h"
#include "clients/cli/words/column_words.h"
#include "clients/cli/words/labels.h"
#include "clients/cli/words/table_words.h"

namespace attain::cli {

void PrintTableList(const Context& context, const google::protobuf::RepeatedPtrField<v1::Table>& tables) {
  const Language language = context.language();
  TablePrinter printer({{context.Say(words::kName)},
                        {context.Say(words::kDisplayName), Align::kLeft, true},
                        {context.Say(words::kYear)},
                        {context.Say(words::kKind), Align::kLeft, false, 3},
                        {context.Say(words::kState)},
                        {context.Say(words::kIndicators), Align::kRight, false, 2},
                        {context.Say(words::kBudget), Align::kRight, false, 1}});
  for (const v1::Table& table : tables) {
    const v1::TableBudget& budget = table.budget();
    printer.AddRow({ShortName(table.name()),
                    table.display_name(),
                    absl::StrCat(table.fiscal_year()),
                    Cell(Label(table.kind(), language)),
                    {Label(table.state(), language), ColourOf(table.state())},
                    absl::StrCat(table.indicators_size()),
                    budget.adjusted().empty() ? budget.total() : budget.adjusted()});
  }
  printer.Print(context.out(), context.style());
}

}  // namespace attain::cli
