// The verbs that move a table through its year.
#include <string>

#include "clients/cli/commands/common/commands.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/session/context.h"
#include "clients/cli/words/labels.h"
#include "clients/cli/words/result_words.h"
#include "clients/cli/words/table_words.h"

namespace attain::cli {
namespace {

// The etag is the one that stands now: whoever types a verb means the table as it is.
template <typename Request, typename Response>
absl::Status Move(Context& context, absl::StatusOr<Response> (client::Client::*method)(Request) const,
                  Request request) {
  v1::GetTableRequest get;
  ASSIGN_OR_RETURN(*get.mutable_name(), context.names().Table(context.args().At(0)));
  ASSIGN_OR_RETURN(const auto found, context.client().GetTable(get));
  request.set_name(found.table().name());
  request.set_etag(found.table().etag());
  context.Mark(&request);
  ASSIGN_OR_RETURN(const Response response, (context.client().*method)(request));
  if (context.json()) return context.PrintJson(response);
  const v1::Table& table = response.table();
  const std::string state(Label(table.state(), context.language()));
  context.out() << context.Say(words::kStateNow, table.display_name(), ShortName(table.name()),
                               context.style().Paint(ColourOf(table.state()), state));
  if (context.validate_only()) {
    context.out() << "  " << context.Say(words::kValidated);
  } else {
    context.out() << "  " << context.Say(words::kRevision, response.commit().revision());
  }
  context.out() << '\n';
  return absl::OkStatus();
}

absl::Status Submit(Context& context) {
  return Move(context, &client::Client::SubmitTable, v1::SubmitTableRequest());
}
absl::Status Approve(Context& context) {
  return Move(context, &client::Client::ApproveTable, v1::ApproveTableRequest());
}
absl::Status Withdraw(Context& context) {
  return Move(context, &client::Client::WithdrawTable, v1::WithdrawTableRequest());
}
absl::Status Close(Context& context) {
  return Move(context, &client::Client::CloseTable, v1::CloseTableRequest());
}

absl::Status Return(Context& context) {
  v1::ReturnTableRequest request;
  request.set_reason(context.args().Get("reason"));
  if (request.reason().empty()) return UsageError(context.Say(words::kMissingReason));
  return Move(context, &client::Client::ReturnTable, request);
}

Command Verb(absl::string_view name, absl::Status (*run)(Context&), const Bilingual& summary,
             const Bilingual& text, const Example& example) {
  Command command;
  command.name = name;
  command.group = Group::kDeclare;
  command.usage = "TABLE";
  command.least = command.most = 1;
  command.summary = summary;
  command.text = text;
  command.examples = {example};
  command.run = run;
  return command;
}

}  // namespace

Command SubmitCommand() {
  return Verb("submit", Submit, {"提交审批：草稿 → 已提交", "hand in for approval: draft → submitted"},
              {"把草稿交去审批。有错误的表会被拒绝，错误用 attain lint 查看。",
               "Hands a draft in for approval. A table with errors is refused; attain lint shows them."},
              {"submit p1", {"提交 p1", "submit p1"}});
}

Command ApproveCommand() {
  return Verb("approve", Approve, {"批准生效：已提交 → 已批准", "put in force: submitted → approved"},
              {"批准已提交的表。此后可以上报和评分，权重和目标只能通过调整改变。",
               "Approves a submitted table. From then on it takes reports and has a score; weights and "
               "targets change only by amendment."},
              {"approve p1 --actor 财政局", {"以财政局的名义批准", "approve on behalf of 财政局"}});
}

Command ReturnCommand() {
  Command command = Verb("return", Return, {"退回修改：已提交 → 草稿", "send back: submitted → draft"},
                         {"把已提交的表退回修改，必须用 --reason 说明原因。",
                          "Sends a submitted table back to be changed; --reason says why and is compulsory."},
                         {"return p1 --reason '数量指标偏低'", {"退回并说明原因", "send back and say why"}});
  command.options = {"reason"};
  return command;
}

Command WithdrawCommand() {
  return Verb("withdraw", Withdraw, {"撤回提交：已提交 → 草稿", "take back: submitted → draft"},
              {"在审批之前撤回已提交的表。", "Takes a submitted table back before it is approved."},
              {"withdraw p1", {"撤回 p1", "take p1 back"}});
}

Command CloseCommand() {
  return Verb("close", Close, {"关闭：已批准 → 已关闭", "end: approved → closed"},
              {"关闭已批准的表，此后不再接受上报；得分和历史保留。",
               "Closes an approved table: it takes no more reports; its score and history stay."},
              {"close p1 --validate-only", {"只检查能否关闭", "only check whether it can be closed"}});
}

}  // namespace attain::cli
