#include "absl/time/time.h"
#include "clients/cli/commands/common/commands.h"
#include "clients/cli/commands/common/limit.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/read_options.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/session/context.h"
#include "clients/cli/show/question_printer.h"
#include "clients/cli/words/argument_words.h"
#include "clients/cli/words/question_words.h"

namespace attain::cli {
namespace {

// --from or --to as --at is read.
absl::StatusOr<v1::ReadOptions> Moment(const Context& context, absl::string_view option) {
  const std::string text = context.args().Get(option);
  const absl::StatusOr<Past> past =
      ParsePast(text, "", "", absl::LocalTimeZone(), absl::Now(), context.language());
  if (!past.ok()) return UsageError(context.Say(words::kBadMoment, option, text));
  return past->read;
}

absl::StatusOr<std::string> Day(const Context& context, absl::string_view option) {
  std::string text = context.args().Get(option);
  if (!text.empty() && !IsDate(text)) return UsageError(context.Say(words::kBadDate, option, text));
  return text;
}

absl::Status Run(Context& context) {
  const Args& args = context.args();
  if (!args.Has("from") && !args.Has("from-date")) return UsageError(context.Say(words::kFromMissing));
  v1::DiffScoresRequest request;
  ASSIGN_OR_RETURN(const v1::ReadOptions from, Moment(context, "from"));
  if (args.Has("from") &&
      from.consistency_case() == v1::ReadOptions::CONSISTENCY_NOT_SET)  // today, which is not over
    return UsageError(context.Say(words::kMomentNotOver, "from", args.Get("from")));
  ASSIGN_OR_RETURN(const v1::ReadOptions to, Moment(context, "to"));
  if (args.Has("from")) *request.mutable_from() = from;
  if (args.Has("to")) *request.mutable_to() = to;
  ASSIGN_OR_RETURN(*request.mutable_from_as_of()->mutable_date(), Day(context, "from-date"));
  ASSIGN_OR_RETURN(*request.mutable_to_as_of()->mutable_date(), Day(context, "to-date"));
  if (const std::string& day = context.past().as_of.date(); !day.empty()) {
    if (args.Has("from-date") || args.Has("to-date")) return UsageError(context.Say(words::kOneDayOrTwo));
    request.mutable_from_as_of()->set_date(day);
    request.mutable_to_as_of()->set_date(day);
  }
  ASSIGN_OR_RETURN(const int year, YearOption(context));
  request.set_fiscal_year(year);
  ASSIGN_OR_RETURN(
      *request.mutable_name(),
      context.names().Resolve(args.At(0), {NameKind::kUnit, NameKind::kTable, NameKind::kIndicator}));
  ASSIGN_OR_RETURN(const auto response, context.client().DiffScores(request));
  if (context.json()) return context.PrintJson(response);
  PrintDifference(context, request.name(), response);
  return absl::OkStatus();
}

}  // namespace

Command DiffCommand() {
  Command command;
  command.name = "diff";
  command.group = Group::kScore;
  command.usage = "UNIT|TABLE|INDICATOR";
  command.least = command.most = 1;
  command.options = {"from", "to", "from-date", "to-date", "as-of", "year"};
  command.summary = {"得分为什么变了", "why a score changed"};
  command.text = {
      "比较两次记录（或两个时间）的最终得分，按原因分开：上报、更正、目标调整、评分方案、复核、支出。\n"
      "每个原因的分数是它在所有先后顺序中作用的平均（Shapley 值），加起来正好等于相差的分数。\n"
      "--from-date 与 --to-date 在同一次记录上比较两个日期。",
      "Compares the final score at two revisions (or times) and tells the causes apart: reports, "
      "corrections, "
      "amendments,\nprofile, review, spending. The points of a cause are the mean of what it moves over all "
      "orders "
      "(its Shapley value);\nthey sum exactly to the difference. --from-date and --to-date compare two days "
      "as known "
      "at one revision."};
  command.examples = {
      {"diff p1 --from 120 --to 140", {"两次记录之间", "between two revisions"}},
      {"diff urumqi-itc --from 2024-06-30", {"单位得分从 6 月 30 日到现在", "a unit, from 30 June to now"}},
      {"diff p1 --from-date 2024-08-31 --to-date 2024-12-31",
       {"按现在所知，从 8 月底到年底", "from August to December, as known now"}}};
  command.run = Run;
  return command;
}

}  // namespace attain::cli
