#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/commands/common/commands.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/session/context.h"
#include "clients/cli/show/question_printer.h"
#include "clients/cli/words/question_words.h"

namespace attain::cli {
namespace {

absl::Status Run(Context& context) {
  const Args& args = context.args();
  if (args.Get("grade").empty()) return UsageError(context.Say(words::kGradeMissing));
  v1::SolveForScoreRequest request;
  ASSIGN_OR_RETURN(*request.mutable_table(), context.names().Table(args.At(0)));
  const std::string grade = args.Get("grade");
  if (double points = 0; absl::SimpleAtod(grade, &points)) {
    request.set_points(grade);
  } else {
    request.set_grade(grade);
  }
  for (const std::string& typed : args.GetAll("fixed")) {
    const std::string whole =
        absl::StrContains(typed, '/') ? typed : absl::StrCat(ShortName(request.table()), "/", typed);
    ASSIGN_OR_RETURN(*request.add_fixed(), context.names().Indicator(whole));
  }
  context.Read(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().SolveForScore(request));
  if (context.json()) return context.PrintJson(response);
  v1::GetTableRequest get;
  get.set_name(request.table());
  context.Read(&get);
  get.mutable_read()->set_read_revision(response.read().revision());
  ASSIGN_OR_RETURN(const auto found, context.client().GetTable(get));
  PrintSolution(context, found.table(), response);
  return absl::OkStatus();
}

}  // namespace

Command SolveCommand() {
  Command command;
  command.name = "solve";
  command.group = Group::kScore;
  command.usage = "TABLE";
  command.least = command.most = 1;
  command.options = {"grade", "fixed", "as-of"};
  command.summary = {"怎样最省地达到一个等级", "the cheapest way to a grade"};
  command.text = {
      "求最省的完成值，使一张表达到给定的等级或总分：改动按占指标值的份额计，越少越好。\n"
      "列出已不可能得到的分数，以及按目前进度从哪一天起就来不及了。不记录任何东西。",
      "Finds the cheapest actual values with which a table reaches a grade or a total, a change costing its "
      "share of "
      "the target.\nLists the points that are out of reach, and the day from which it is too late at the "
      "pace so far. "
      "Nothing is recorded."};
  command.examples = {
      {"solve p1 --grade 优", {"怎样达到优", "how to reach 优"}},
      {"solve p1 --grade 85 --fixed i7", {"达到 85 分，第 7 项不动", "to reach 85 with row 7 as it is"}}};
  command.reads_past = true;
  command.run = Run;
  return command;
}

}  // namespace attain::cli
