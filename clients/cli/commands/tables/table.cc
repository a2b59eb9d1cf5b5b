#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/commands/common/commands.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/session/context.h"
#include "clients/cli/terminal/table_printer.h"
#include "clients/cli/words/column_words.h"
#include "clients/cli/words/labels.h"
#include "clients/cli/words/table_words.h"

namespace attain::cli {
namespace {

void PrintField(const Context& context, const Bilingual& name, const std::string& value) {
  if (!value.empty())
    context.out() << context.Wrap(absl::StrCat(context.Say(name), context.Colon(), value)) << '\n';
}

void PrintHeader(const Context& context, const v1::Table& table) {
  const Language language = context.language();
  const std::string state(Label(table.state(), language));
  const auto print = [&](const std::string& line) { context.out() << context.Wrap(line) << '\n'; };
  print(absl::StrCat(context.style().Paint(Colour::kBold, table.display_name()), "   ",
                     ShortName(table.name())));
  print(context.Say(words::kTableLine, table.fiscal_year(), Label(table.kind(), language),
                    context.style().Paint(ColourOf(table.state()), state), ShortName(table.profile()),
                    table.etag()));
  const v1::TableBudget& budget = table.budget();
  if (!budget.total().empty()) {
    print(context.Say(words::kBudgetLine, budget.total(), budget.fiscal().empty() ? "-" : budget.fiscal(),
                      budget.other().empty() ? "-" : budget.other(),
                      budget.adjusted().empty() ? budget.total() : budget.adjusted()));
  }
  PrintField(context, words::kLeader, table.leader());
  PrintField(context, words::kGoal, table.goal());
  PrintField(context, words::kReturned, table.return_reason());
}

absl::Status Run(Context& context) {
  v1::GetTableRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), context.names().Table(context.args().At(0)));
  context.Read(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().GetTable(request));
  if (context.json()) return context.PrintJson(response);
  PrintHeader(context, response.table());
  TablePrinter rows({{context.Say(words::kNumber)},
                     {context.Say(words::kLevel1), Align::kLeft, false, 3},
                     {context.Say(words::kLevel2), Align::kLeft, false, 2},
                     {context.Say(words::kIndicator), Align::kLeft, true},
                     {context.Say(words::kTarget), Align::kLeft, true},
                     {context.Say(words::kWeight), Align::kRight},
                     {context.Say(words::kRule), Align::kLeft, true},
                     {context.Say(words::kPrior), Align::kRight, false, 4},
                     {context.Say(words::kBasis), Align::kLeft, true, 5},
                     {context.Say(words::kEvidence), Align::kLeft, true, 6}});
  for (const v1::Indicator& row : response.table().indicators()) {
    const std::string rule = row.rule().text().empty()
                                 ? std::string(Label(row.rule().kind(), context.language()))
                                 : row.rule().text();
    rows.AddRow({row.name().substr(row.name().rfind('/') + 1), row.level1(), row.level2(), row.display_name(),
                 TargetText(row.target()), row.weight(), rule,
                 absl::StrCat(row.prior_value(), row.prior_text()), row.basis(), row.evidence()});
  }
  context.out() << '\n';
  rows.Print(context.out(), context.style());
  return absl::OkStatus();
}

}  // namespace

Command TableCommand() {
  Command command;
  command.name = "table";
  command.group = Group::kDeclare;
  command.usage = "TABLE";
  command.least = command.most = 1;
  command.options = {"as-of", "basis"};
  command.summary = {"显示一张绩效目标表", "show one target table"};
  command.text = {"显示一张绩效目标表的目标、预算和各项指标。用 --at 可看它过去的样子。",
                  "Shows goal, budget and indicators of a target table; with --at as it once was."};
  command.examples = {
      {"table p1", {"按编号", "by its id"}},
      {"table 展会 --at 2024-06-30",
       {"名称以“展会”开头的表在 6 月 30 日的样子", "the table whose name begins with 展会, as of 30 June"}}};
  command.reads_past = true;
  command.run = Run;
  return command;
}

}  // namespace attain::cli
