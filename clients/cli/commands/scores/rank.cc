#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/commands/common/commands.h"
#include "clients/cli/commands/common/limit.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/pages.h"
#include "clients/cli/session/context.h"
#include "clients/cli/show/score_printer.h"
#include "clients/cli/words/result_words.h"

namespace attain::cli {
namespace {

absl::Status Run(Context& context) {
  const Args& args = context.args();
  v1::ListScoresRequest request;
  request.set_parent("units/-");
  if (!args.positional().empty()) {
    ASSIGN_OR_RETURN(*request.mutable_parent(), context.names().Unit(args.At(0)));
  }
  ASSIGN_OR_RETURN(const int year, YearOption(context));
  const std::string of_year = year > 0 ? absl::StrCat("fiscal_year = ", year) : "",
                    filter = args.Get("filter");
  request.set_filter(of_year.empty() || filter.empty() ? absl::StrCat(of_year, filter)
                                                       : absl::StrCat(of_year, " AND (", filter, ")"));
  request.set_order_by(args.Get("order", "score desc"));
  context.Read(&request);
  ASSIGN_OR_RETURN(const int limit, Limit(context));
  ASSIGN_OR_RETURN(const auto response, AllPages(context.client(), &client::Client::ListScores, request,
                                                 &v1::ListScoresResponse::mutable_scores, limit));
  if (context.json()) return context.PrintJson(response);
  if (response.scores().empty()) {
    context.err() << context.Say(words::kNothingHere) << '\n';
    return absl::OkStatus();
  }
  PrintScoreList(context, response.scores());
  if (!response.has_total_size() && !response.next_page_token().empty()) {
    context.err() << context.Say(words::kMoreRowsUncounted)
                  << '\n';  // a ranking with a filter is not counted
  } else {
    SayMoreRows(context, response.scores_size(), response.total_size());
  }
  return absl::OkStatus();
}

}  // namespace

Command RankCommand() {
  Command command;
  command.name = "rank";
  command.group = Group::kScore;
  command.usage = "[UNIT]";
  command.most = 1;
  command.options = {"year", "filter", "order", "limit", "basis", "as-of"};
  command.filter = "score < 80 OR light = RED";
  command.summary = {"按得分排名", "rank tables by score"};
  command.text = {"列出一个单位或全部单位的表及其得分，默认高分在前；默认包括各年度，--year 只列一年。",
                  "Lists the tables of one unit or of all with their scores, best first unless --order says "
                  "otherwise; of\n"
                  "all years unless --year names one."};
  command.examples = {
      {"rank --year 2024 --limit 20", {"全部单位 2024 年的前 20 名", "the best 20 of all units in 2024"}},
      {"rank --filter 'score < 80 OR light = RED' --order score",
       {"低于 80 分或亮红灯的，低分在前", "below 80 or red, worst first"}},
      {"rank urumqi-itc --basis original",
       {"按最初批准的目标排名", "against the targets as first approved"}}};
  command.reads_past = true;
  command.run = Run;
  return command;
}

}  // namespace attain::cli
