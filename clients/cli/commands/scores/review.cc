#include "clients/cli/commands/common/commands.h"
#include "clients/cli/commands/common/report_result.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/session/context.h"
#include "clients/cli/words/evaluation_words.h"
#include "clients/cli/words/report_words.h"

namespace attain::cli {
namespace {

absl::Status Run(Context& context) {
  v1::ReviewIndicatorRequest request;
  ASSIGN_OR_RETURN(*request.mutable_indicator(), context.names().Indicator(context.args().At(0)));
  request.set_score(context.args().At(1));
  request.set_reason(context.args().Get("reason"));
  context.Mark(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().ReviewIndicator(request));
  if (context.json()) return context.PrintJson(response);
  PrintReportResult(context, context.validate_only() ? words::kWouldRecord : words::kReviewed,
                    response.indicator_score(), response.table_score(), response.commit());
  return absl::OkStatus();
}

}  // namespace

Command ReviewCommand() {
  Command command;
  command.name = "review";
  command.group = Group::kScore;
  command.usage = "INDICATOR SCORE";
  command.least = command.most = 2;
  command.options = {"reason"};
  command.summary = {"复核评分，与自评得分并存", "give a review score beside the self score"};
  command.text = {
      "评审人对已提交的自评逐项给出复核得分（0 至分值）。与自评得分不同时必须用 --reason "
      "说明。两个分数都保留，最终得分用复核得分。",
      "An evaluator's score of one indicator, 0 to its weight, while the self-evaluation is handed in. "
      "--reason is compulsory when it\n"
      "differs from the self score. Both are kept; the final score counts with the review's."};
  command.examples = {{"review p1/i3 5.5 --reason 佐证材料不足 --actor 评审组",
                       {"扣 2 分并说明原因", "take 2 points off and say why"}}};
  command.run = Run;
  return command;
}

}  // namespace attain::cli
