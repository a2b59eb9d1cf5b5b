#include "absl/strings/str_cat.h"
#include "clients/cli/commands/common/commands.h"
#include "clients/cli/commands/common/limit.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/pages.h"
#include "clients/cli/session/context.h"
#include "clients/cli/show/explanation_printer.h"
#include "clients/cli/show/score_printer.h"

namespace attain::cli {
namespace {

// The tables behind a unit's score, best first, at the revision of that score.
absl::Status PrintUnitTables(const Context& context, const v1::Score& unit, int64_t revision) {
  v1::ListScoresRequest request;
  request.set_parent(unit.name());
  request.set_order_by("score desc, name");
  request.set_filter(absl::StrCat("fiscal_year = ", unit.fiscal_year()));
  context.Read(&request);
  request.mutable_read()->set_read_revision(revision);
  ASSIGN_OR_RETURN(const auto response, AllPages(context.client(), &client::Client::ListScores, request,
                                                 &v1::ListScoresResponse::mutable_scores));
  if (response.scores().empty()) return absl::OkStatus();
  context.out() << '\n';
  PrintScoreList(context, response.scores());
  return absl::OkStatus();
}

absl::Status PrintScore(const Context& context, const v1::GetScoreResponse& response) {
  const v1::Score& score = response.score();
  const auto parts = ParseFullName(score.name());
  if (parts.has_value() && parts->kind == NameKind::kIndicator && score.indicators_size() == 1) {
    PrintIndicator(context, score.indicators(0));
    return absl::OkStatus();
  }
  PrintScoreHeader(context, score);
  if (parts.has_value() && parts->kind == NameKind::kUnit)
    return PrintUnitTables(context, score, response.read().revision());
  PrintIndicatorRows(context, score);
  return absl::OkStatus();
}

absl::Status Run(Context& context) {
  ASSIGN_OR_RETURN(const std::string name,
                   context.names().Resolve(context.args().At(0),
                                           {NameKind::kUnit, NameKind::kTable, NameKind::kIndicator}));
  ASSIGN_OR_RETURN(const int year, YearOption(context));
  if (context.args().Has("explain")) {
    v1::ExplainScoreRequest request;
    request.set_name(name);
    request.set_fiscal_year(year);
    context.Read(&request);
    ASSIGN_OR_RETURN(const auto response, context.client().ExplainScore(request));
    if (context.json()) return context.PrintJson(response);
    if (ParseFullName(name)->kind != NameKind::kIndicator) {
      PrintScoreHeader(context, response.score());
      context.out() << '\n';
    }
    PrintExplanation(context, response.explanation());
    return absl::OkStatus();
  }
  v1::GetScoreRequest request;
  request.set_name(name);
  request.set_fiscal_year(year);
  context.Read(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().GetScore(request));
  return context.json() ? context.PrintJson(response) : PrintScore(context, response);
}

}  // namespace

Command ScoreCommand() {
  Command command;
  command.name = "score";
  command.group = Group::kScore;
  command.usage = "UNIT|TABLE|INDICATOR";
  command.least = command.most = 1;
  command.options = {"explain", "year", "basis", "as-of"};
  command.summary = {"显示得分", "show a score"};
  command.text = {
      "显示单位、表或指标的得分、等级、自评预警，以及“最低–最高可得”：未上报的部分最少和最多还能得多少。\n"
      "--explain 逐步列出公式、代入的数字和它们的记录号，可以手工复算。",
      "Shows the score, grade and warning light of a unit, a table or an indicator, and sure–possible: the "
      "least and the most\n"
      "it can still end at. --explain lists every step with formula, figures and the revisions they came "
      "from, so that it can\n"
      "be recomputed by hand."};
  command.examples = {
      {"score p1", {"一张表", "a table"}},
      {"score p1/i2 --explain", {"一项指标的得分如何算出", "how an indicator's score came about"}},
      {"score urumqi-itc --year 2024", {"单位得分和各表排名", "a unit, with its tables ranked"}},
      {"score p3 --basis original", {"按最初批准的目标计分", "against the targets as first approved"}},
      {"score p1 --as-of 2024-06-30",
       {"只计 6 月 30 日及以前的数据", "counting only what was true by 30 June"}}};
  command.reads_past = true;
  command.run = Run;
  return command;
}

}  // namespace attain::cli
