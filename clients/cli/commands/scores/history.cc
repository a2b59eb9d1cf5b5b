#include "absl/strings/str_cat.h"
#include "clients/cli/commands/common/commands.h"
#include "clients/cli/commands/common/limit.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/pages.h"
#include "clients/cli/session/context.h"
#include "clients/cli/terminal/table_printer.h"
#include "clients/cli/words/column_words.h"
#include "clients/cli/words/labels.h"
#include "clients/cli/words/result_words.h"
#include "clients/cli/words/score_words.h"

namespace attain::cli {
namespace {

void Print(const Context& context, const v1::ListScoreHistoryResponse& response) {
  TablePrinter table({{context.Say(words::kRevisionColumn), Align::kRight},
                      {context.Say(words::kTime)},
                      {context.Say(words::kPoints), Align::kRight},
                      {context.Say(words::kGrade)},
                      {context.Say(words::kSureToPossible), Align::kRight, false, 1},
                      {context.Say(words::kIndicatorPoints), Align::kRight, false, 4},
                      {context.Say(words::kExecution), Align::kRight, false, 5},
                      {context.Say(words::kReportedShort), Align::kRight, false, 3},
                      {context.Say(words::kLightShort), Align::kLeft, false, 2}});
  for (const v1::Score& score : response.scores()) {
    table.AddRow({absl::StrCat(score.revision()),
                  TimeText(score.record_time()),
                  score.score(),
                  {score.grade(), ColourOfGrade(score.grade())},
                  RangeText(score.sure(), score.possible()),
                  score.indicator_points(),
                  score.execution_points(),
                  absl::StrCat(score.reported_count(), "/", score.indicator_count()),
                  {Label(score.light(), context.language()), ColourOf(score.light())}});
  }
  table.Print(context.out(), context.style());
}

absl::Status Run(Context& context) {
  v1::ListScoreHistoryRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(),
                   context.names().Resolve(context.args().At(0), {NameKind::kUnit, NameKind::kTable}));
  ASSIGN_OR_RETURN(const int year, YearOption(context));
  request.set_fiscal_year(year);
  context.Read(&request);
  ASSIGN_OR_RETURN(const int limit, Limit(context));
  ASSIGN_OR_RETURN(const auto response, AllPages(context.client(), &client::Client::ListScoreHistory, request,
                                                 &v1::ListScoreHistoryResponse::mutable_scores, limit));
  if (context.json()) return context.PrintJson(response);
  if (response.scores().empty()) {
    context.err() << context.Say(words::kNothingHere) << '\n';
    return absl::OkStatus();
  }
  Print(context, response);
  return absl::OkStatus();
}

}  // namespace

Command HistoryCommand() {
  Command command;
  command.name = "history";
  command.group = Group::kScore;
  command.usage = "UNIT|TABLE";
  command.least = command.most = 1;
  command.options = {"year", "limit", "basis", "as-of"};
  command.summary = {"显示得分的变化", "show how a score moved"};
  command.text = {"列出每次改变得分的记录，最近的在前。任何一行的记录号都可以交给 --at 回看当时的内容。",
                  "Lists every revision that moved the score, newest first. Give a revision to --at to see "
                  "everything as it was then."};
  command.examples = {
      {"history p1 --limit 10", {"最近 10 次变化", "the last 10 changes"}},
      {"history p3 --basis original", {"按最初批准的目标", "against the targets as first approved"}}};
  command.reads_past = true;
  command.run = Run;
  return command;
}

}  // namespace attain::cli
