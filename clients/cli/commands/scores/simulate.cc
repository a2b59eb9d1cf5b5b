#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/commands/common/commands.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/session/context.h"
#include "clients/cli/show/question_printer.h"
#include "clients/cli/words/question_words.h"

namespace attain::cli {
namespace {

// "i2=29" or "i7=达成年度指标@38".
absl::Status AddAssumption(Context& context, const std::string& word, v1::SimulateScoreRequest* request) {
  const size_t equals = word.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == word.size())
    return UsageError(context.Say(words::kBadAssumption, word));
  const std::string typed = word.substr(0, equals);
  const std::string whole =
      absl::StrContains(typed, '/') ? typed : absl::StrCat(ShortName(request->table()), "/", typed);
  v1::AssumedValue* value = request->add_values();
  ASSIGN_OR_RETURN(*value->mutable_indicator(), context.names().Indicator(whole));
  const size_t at = word.rfind('@');
  value->set_value(
      word.substr(equals + 1, at == std::string::npos || at < equals ? std::string::npos : at - equals - 1));
  if (at != std::string::npos && at > equals) value->set_score(word.substr(at + 1));
  return absl::OkStatus();
}

absl::Status Run(Context& context) {
  const Args& args = context.args();
  v1::SimulateScoreRequest request;
  ASSIGN_OR_RETURN(*request.mutable_table(), context.names().Table(args.At(0)));
  for (size_t i = 1; i < args.positional().size(); ++i)
    RETURN_IF_ERROR(AddAssumption(context, args.At(i), &request));
  request.set_spent(args.Get("spent"));
  request.set_adjusted_budget(args.Get("budget"));
  context.Read(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().SimulateScore(request));
  if (context.json()) return context.PrintJson(response);
  PrintSimulation(context, response);
  return absl::OkStatus();
}

}  // namespace

Command SimulateCommand() {
  Command command;
  command.name = "simulate";
  command.group = Group::kScore;
  command.usage = "TABLE [INDICATOR=VALUE]…";
  command.least = 1;
  command.most = 501;
  command.options = {"spent", "budget", "as-of"};
  command.summary = {"假如完成值是这样，得分会是多少", "what the score would be"};
  command.text = {
      "用假设的完成值、支出或预算计算一张表和它的单位的得分，不记录任何东西。\n"
      "VALUE 与上报时一样填写，替代该指标目前的数；评判等级后可用 @ 写出得分：i7=达成年度指标@38。",
      "Scores a table and its unit with assumed values, spending or budget; nothing is recorded. VALUE is "
      "written as "
      "in a\nreport and stands in place of the indicator's figure; a rating level may have its score behind "
      "an @: "
      "i7=达成年度指标@38."};
  command.examples = {{"simulate p1 i2=29 i6=95%", {"假如这两项是这样", "if these two were so"}},
                      {"simulate p1 i7=达成年度指标@38 --spent 33",
                       {"连同评判得分和支出", "with a rating's score and spending"}}};
  command.reads_past = true;
  command.run = Run;
  return command;
}

}  // namespace attain::cli
