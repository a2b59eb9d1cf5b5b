#include "clients/cli/commands/common/commands.h"
#include "clients/cli/commands/common/report_result.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/session/context.h"
#include "clients/cli/words/report_words.h"

namespace attain::cli {
namespace {

absl::Status Run(Context& context) {
  const Args& args = context.args();
  v1::RateIndicatorRequest request;
  ASSIGN_OR_RETURN(*request.mutable_date(), DateOption(context));
  ASSIGN_OR_RETURN(*request.mutable_indicator(), context.names().Indicator(args.At(0)));
  request.set_level(args.At(1));
  request.set_score(args.At(2));
  request.set_reason(args.Get("reason"));
  context.Mark(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().RateIndicator(request));
  if (context.json()) return context.PrintJson(response);
  PrintReportResult(context, context.validate_only() ? words::kWouldRecord : words::kRecorded,
                    response.indicator_score(), response.table_score(), response.commit());
  return SayNewerCounts(context, response.actual(), response.indicator_score());
}

}  // namespace

Command RateCommand() {
  Command command;
  command.name = "rate";
  command.group = Group::kReport;
  command.usage = "INDICATOR LEVEL [SCORE]";
  command.least = 2;
  command.most = 3;
  command.options = {"date", "reason"};
  command.summary = {"给出评判等级", "give a rating level"};
  command.text = {
      "为按评判等级赋分的指标选定等级，并可在该等级的分段内给分。不给分时得分暂缺，绝不自动编造。\n"
      "等级：达成年度指标、部分达成年度指标并具有一定效果、未达成年度指标且效果较差，或评分方案中的同义词。",
      "Picks the level of an indicator that is scored by rating and, if you like, a score inside the level's "
      "band. Without a\n"
      "score the indicator stays unscored: none is invented."};
  command.examples = {
      {"rate p1/i7 达成年度指标 38", {"等级和得分", "level and score"}},
      {"rate p1/i7 部分达成年度指标并具有一定效果", {"先定等级，以后再给分", "level first, score later"}}};
  command.run = Run;
  return command;
}

}  // namespace attain::cli
