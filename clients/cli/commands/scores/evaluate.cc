// The evaluation of a table: state, signatures, what is missing, what drifted; hand in, confirm, return.
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/commands/common/commands.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/session/context.h"
#include "clients/cli/show/score_printer.h"
#include "clients/cli/terminal/table_printer.h"
#include "clients/cli/words/column_words.h"
#include "clients/cli/words/evaluation_words.h"
#include "clients/cli/words/labels.h"
#include "clients/cli/words/result_words.h"
#include "clients/cli/words/table_words.h"

namespace attain::cli {
namespace {

absl::StatusOr<v1::GetEvaluationResponse> Get(const Context& context, const std::string& table) {
  v1::GetEvaluationRequest request;
  request.set_name(absl::StrCat(table, "/evaluation"));
  context.Read(&request);
  return context.client().GetEvaluation(request);
}

void PrintState(const Context& context, const v1::Evaluation& evaluation) {
  const std::string state(Label(evaluation.state(), context.language()));
  std::string line =
      context.Say(words::kEvaluation, context.style().Paint(ColourOf(evaluation.state()), state));
  if (!evaluation.submitter().empty())
    absl::StrAppend(&line, "  ",
                    context.Say(words::kHandedInBy, evaluation.submitter(), evaluation.submit_revision()));
  if (!evaluation.confirmer().empty())
    absl::StrAppend(&line, "  ",
                    context.Say(words::kConfirmedBy, evaluation.confirmer(), evaluation.confirm_revision()));
  context.out() << context.Wrap(line) << '\n';
  for (const auto& [label, text] : {std::make_pair(words::kResult, &evaluation.result()),
                                    std::make_pair(words::kOpinion, &evaluation.opinion()),
                                    std::make_pair(words::kReturnReason, &evaluation.return_reason())}) {
    if (!text->empty())
      context.out() << context.Wrap(absl::StrCat(context.Say(label), context.Colon(), *text)) << '\n';
  }
}

void PrintMissing(const Context& context, const v1::GetEvaluationResponse& response) {
  if (response.missing().empty()) return;
  context.out() << '\n'
                << context.Wrap(context.Say(words::kMissingForEvaluation,
                                            context.Count(response.missing_size(), "thing is", "things are")))
                << '\n';
  TablePrinter table({{""},
                      {context.Say(words::kName)},
                      {context.Say(words::kDisplayName), Align::kLeft, true, 0, 8},
                      {"", Align::kLeft, true, 0, 48}});
  for (const v1::Missing& missing : response.missing()) {
    table.AddRow(
        {"  ", ShortName(missing.name()), missing.display_name(), {missing.action(), Colour::kYellow}});
  }
  table.Print(context.out(), context.style());
}

void PrintDrift(const Context& context, const v1::Drift& drift) {
  if (drift.cells().empty()) {
    context.out() << context.Say(words::kNoDrift, drift.since_revision()) << '\n';
    return;
  }
  context.out() << '\n'
                << context.Wrap(context.Say(words::kDrift, drift.since_revision(),
                                            context.Count(drift.cells_size(), "cell", "cells"),
                                            drift.score_before(), drift.score_after(), drift.points()))
                << '\n';
  TablePrinter table({{""},
                      {context.Say(words::kNumber)},
                      {context.Say(words::kDisplayName), Align::kLeft, true, 0, 8},
                      {""},
                      {context.Say(words::kBefore), Align::kLeft, true, 0, 20},
                      {context.Say(words::kAfter), Align::kLeft, true, 0, 20},
                      {context.Say(words::kPoints), Align::kLeft, false, 1},
                      {context.Say(words::kWho), Align::kLeft, true, 2, 8},
                      {"@", Align::kLeft, false, 3}});
  for (const v1::DriftCell& cell : drift.cells()) {
    table.AddRow({"  ", cell.name().substr(cell.name().rfind('/') + 1), cell.display_name(),
                  LabelOfCell(cell.cell(), context.language()), cell.before(), cell.after(),
                  absl::StrCat(cell.points_before(), " → ", cell.points_after()), cell.actor(),
                  cell.revision() > 0 ? absl::StrCat(cell.revision()) : ""});
  }
  table.Print(context.out(), context.style());
}

void PrintSignatures(const Context& context, const v1::Evaluation& evaluation) {
  if (evaluation.signatures().empty()) return;
  context.out() << '\n' << context.Say(words::kSignatures) << '\n';
  TablePrinter table({{""},
                      {""},
                      {context.Say(words::kWho), Align::kLeft, true},
                      {context.Say(words::kWhen), Align::kLeft, false, 1},
                      {"@", Align::kRight},
                      {"", Align::kLeft, false, 2}});
  for (const v1::Signature& signature : evaluation.signatures()) {
    table.AddRow({"  ",
                  Label(signature.kind(), context.language()),
                  signature.actor(),
                  TimeText(signature.record_time()),
                  absl::StrCat(signature.revision()),
                  {signature.hash().substr(0, 16), Colour::kDim}});
  }
  table.Print(context.out(), context.style());
}

template <typename Response>
absl::Status Finish(const Context& context, const Response& response) {
  if (context.json()) return context.PrintJson(response);
  PrintState(context, response.evaluation());
  if constexpr (requires { response.score(); }) PrintScoreHeader(context, response.score());
  context.out() << (context.validate_only() ? context.Say(words::kValidated)
                                            : context.Say(words::kRevision, response.commit().revision()))
                << '\n';
  return absl::OkStatus();
}

absl::Status Step(Context& context, const std::string& table, const std::string& etag) {
  const Args& args = context.args();
  const auto fill = [&](auto* request) {
    request->set_name(absl::StrCat(table, "/evaluation"));
    request->set_etag(etag);
    context.Mark(request);
  };
  if (args.Has("submit")) {
    v1::SubmitEvaluationRequest request;
    fill(&request);
    request.set_result(args.Get("result"));
    ASSIGN_OR_RETURN(const auto response, context.client().SubmitEvaluation(request));
    return Finish(context, response);
  }
  if (args.Has("confirm")) {
    v1::ConfirmEvaluationRequest request;
    fill(&request);
    request.set_opinion(args.Get("opinion"));
    ASSIGN_OR_RETURN(const auto response, context.client().ConfirmEvaluation(request));
    return Finish(context, response);
  }
  v1::ReturnEvaluationRequest request;
  fill(&request);
  request.set_reason(args.Get("reason"));
  if (request.reason().empty()) return UsageError(context.Say(words::kMissingReason));
  ASSIGN_OR_RETURN(const auto response, context.client().ReturnEvaluation(request));
  return Finish(context, response);
}

absl::Status Run(Context& context) {
  const Args& args = context.args();
  const int steps =
      (args.Has("submit") ? 1 : 0) + (args.Has("confirm") ? 1 : 0) + (args.Has("return") ? 1 : 0);
  if (steps > 1) return UsageError(context.Say(words::kOneStep));
  ASSIGN_OR_RETURN(const std::string table, context.names().Table(args.At(0)));
  ASSIGN_OR_RETURN(const auto response, Get(context, table));
  if (steps == 1) return Step(context, table, response.evaluation().etag());
  if (context.json()) return context.PrintJson(response);
  PrintScoreHeader(context, response.score());
  PrintIndicatorRows(context, response.score());
  context.out() << '\n';
  PrintState(context, response.evaluation());
  PrintMissing(context, response);
  if (response.has_drift()) PrintDrift(context, response.drift());
  PrintSignatures(context, response.evaluation());
  return absl::OkStatus();
}

}  // namespace

Command EvaluateCommand() {
  Command command;
  command.name = "evaluate";
  command.group = Group::kScore;
  command.usage = "TABLE";
  command.least = command.most = 1;
  command.options = {"submit", "confirm", "return", "result", "opinion", "reason", "as-of"};
  command.summary = {"自评、复核与确认：状态、缺项、签署、签署后的变化",
                     "self-evaluation, confirmation, what is missing, what changed since"};
  command.text = {
      "不带选项时显示评价的状态、还缺什么、谁在哪个记录号签署，以及签署之后有哪些变化（变动的单元格和分数）。"
      "\n"
      "--submit 提交自评（有缺项时拒绝并全部列出）；评审人用 attain review 逐项复核，然后 --confirm 确认或 "
      "--return 退回。\n"
      "签署固定了记录号：attain evaluate TABLE --at 记录号 永远显示当时的内容。",
      "Without options shows where the evaluation is, what is missing, who signed at which revision, and "
      "what changed since (cells and\n"
      "points). --submit hands the self-evaluation in (refused with a list while something is missing); "
      "evaluators go through it with\n"
      "attain review, then --confirm or --return it. A signature pins a revision: attain evaluate TABLE --at "
      "REVISION shows it for ever."};
  command.examples = {{"evaluate p1", {"看缺什么、变了什么", "what is missing, what changed"}},
                      {"evaluate p1 --submit --result 全部完成", {"提交自评", "hand in the self-evaluation"}},
                      {"evaluate p1 --confirm --actor 评审组", {"确认", "confirm"}},
                      {"evaluate p1 --return --reason 佐证不足", {"退回", "send back"}}};
  command.reads_past = true;
  command.run = Run;
  return command;
}

}  // namespace attain::cli
