// Amendments of a table in force: list, propose, approve, reject.
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/commands/amend_rows.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/limit.h"
#include "clients/cli/commands/report_result.h"
#include "clients/cli/context.h"
#include "clients/cli/labels.h"
#include "clients/cli/macros.h"
#include "clients/cli/pages.h"
#include "clients/cli/table_printer.h"
#include "clients/cli/usage.h"

namespace attain::cli {
namespace {

std::string RowText(const v1::Indicator& row) {
  return row.weight().empty() ? TargetText(row.target()) : absl::StrCat(TargetText(row.target()), " (", row.weight(), ")");
}

void PrintRows(const Context& context, const v1::Amendment& amendment) {
  TablePrinter table({{""}, {""}, {context.Say(Msg::kIndicator), Align::kLeft, true}, {""}, {""}, {""}});
  for (const v1::RowChange& change : amendment.rows()) {
    const bool added = change.kind() == v1::ROW_CHANGE_KIND_ADDED, removed = change.kind() == v1::ROW_CHANGE_KIND_REMOVED;
    table.AddRow({"  ", Label(change.kind(), context.language()), change.indicator().display_name(), added ? "" : RowText(change.before()),
                  "→", removed ? "" : RowText(change.indicator())});
  }
  if (!table.empty()) table.Print(context.out(), context.style());
}

void Print(const Context& context, const v1::Amendment& amendment) {
  const std::string state(Label(amendment.state(), context.language()));
  context.out() << context.Say(Msg::kAmendment, amendment.number(), context.style().Paint(ColourOf(amendment.state()), state),
                               amendment.proposer())
                << "  " << context.Say(Msg::kAmendReason) << ": " << amendment.reason() << '\n';
  if (!amendment.effective_date().empty()) context.out() << "  " << context.Say(Msg::kEffectiveFrom, amendment.effective_date());
  if (!amendment.decider().empty()) {
    context.out() << "  " << context.Say(Msg::kDecidedBy, amendment.decider());
    if (!amendment.reject_reason().empty()) context.out() << ": " << amendment.reject_reason();
  }
  if (!amendment.effective_date().empty() || !amendment.decider().empty()) context.out() << '\n';
  if (amendment.adopt_newest_profile()) context.out() << "  " << context.Say(Msg::kAdoptsProfile) << '\n';
  PrintRows(context, amendment);
}

absl::StatusOr<v1::ListAmendmentsResponse> List(const Context& context, const std::string& table) {
  v1::ListAmendmentsRequest request;
  request.set_parent(table);
  context.Read(&request);
  return AllPages(context.client(), &client::Client::ListAmendments, request, &v1::ListAmendmentsResponse::mutable_amendments);
}

template <typename Response>
absl::Status Finish(const Context& context, const Response& response) {
  if (context.json()) return context.PrintJson(response);
  Print(context, response.amendment());
  context.out() << "  "
                << (context.validate_only() ? context.Say(Msg::kValidated) : context.Say(Msg::kRevision, response.commit().revision()))
                << '\n';
  return absl::OkStatus();
}

absl::Status Propose(Context& context, const std::string& name) {
  v1::GetTableRequest get;
  get.set_name(name);
  ASSIGN_OR_RETURN(const auto found, context.client().GetTable(get));
  v1::ProposeAmendmentRequest request;
  request.set_parent(name);
  request.set_etag(found.table().etag());
  v1::Amendment* amendment = request.mutable_amendment();
  amendment->set_reason(context.args().Get("reason"));
  if (amendment->reason().empty()) return UsageError(context.Say(Msg::kMissingAmendReason));
  ASSIGN_OR_RETURN(*amendment->mutable_effective_date(), DateOption(context));
  amendment->set_adopt_newest_profile(context.args().Has("newest-profile"));
  RETURN_IF_ERROR(ReadRowChanges(context, found.table(), amendment));
  context.Mark(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().ProposeAmendment(request));
  return Finish(context, response);
}

// The amendment of this number as it stands.
absl::StatusOr<v1::Amendment> Numbered(const Context& context, const std::string& table, const std::string& number) {
  ASSIGN_OR_RETURN(const auto all, List(context, table));
  for (const v1::Amendment& amendment : all.amendments()) {
    if (absl::StrCat(amendment.number()) == number) return amendment;
  }
  return UsageError(context.Say(Msg::kNoAmendment, number, all.amendments_size()));
}

absl::Status Decide(const Context& context, const std::string& table) {
  const bool approve = context.args().Has("accept");
  ASSIGN_OR_RETURN(const v1::Amendment amendment, Numbered(context, table, context.args().Get(approve ? "accept" : "reject")));
  if (approve) {
    v1::ApproveAmendmentRequest request;
    request.set_name(amendment.name());
    request.set_etag(amendment.etag());
    context.Mark(&request);
    ASSIGN_OR_RETURN(const auto response, context.client().ApproveAmendment(request));
    return Finish(context, response);
  }
  v1::RejectAmendmentRequest request;
  request.set_name(amendment.name());
  request.set_etag(amendment.etag());
  request.set_reason(context.args().Get("reason"));
  if (request.reason().empty()) return UsageError(context.Say(Msg::kMissingReason));
  context.Mark(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().RejectAmendment(request));
  return Finish(context, response);
}

absl::Status Run(Context& context) {
  ASSIGN_OR_RETURN(const std::string table, context.names().Table(context.args().At(0)));
  const Args& args = context.args();
  if (args.Has("accept") || args.Has("reject")) return Decide(context, table);
  if (args.Has("set") || args.Has("add") || args.Has("remove") || args.Has("newest-profile")) return Propose(context, table);
  ASSIGN_OR_RETURN(const auto all, List(context, table));
  if (context.json()) return context.PrintJson(all);
  if (all.amendments().empty()) context.out() << context.Say(Msg::kNoAmendments) << '\n';
  for (const v1::Amendment& amendment : all.amendments()) Print(context, amendment);
  return absl::OkStatus();
}

}  // namespace

Command AmendCommand() {
  Command command;
  command.name = "amend";
  command.group = Group::kDeclare;
  command.usage = "TABLE";
  command.least = command.most = 1;
  command.options = {"set", "add", "remove", "newest-profile", "reason", "date", "accept", "reject"};
  command.summary = {"调整已批准的表：提出、批准、驳回、列出", "amend a table in force: propose, approve, reject, list"};
  command.text = {
      "不带选项时列出该表的各次调整。--set、--add、--remove 提出一次调整（必须用 --reason 说明原因），由另一个人用 --accept N 批准，\n"
      "或用 --reject N 驳回。最初批准的目标永远保留：attain score 的 --basis original 按它计分。\n"
      "--set 的写法：指标.字段=值，字段为 target、weight、name、level2、evidence、basis。\n"
      "--add 的写法：一级/二级/名称/指标值/分值。--date 是生效日。",
      "Without options lists the table's amendments. --set, --add and --remove propose one (--reason is compulsory); somebody else puts it\n"
      "in force with --accept N or refuses it with --reject N. The targets as first approved stay for ever: attain score --basis original\n"
      "scores against them. --set INDICATOR.FIELD=VALUE, fields: target, weight, name, level2, evidence, basis.\n"
      "--add LEVEL1/LEVEL2/NAME/TARGET/WEIGHT. --date is the day from which it holds."};
  command.examples = {
      {"amend p3 --set i2.target=24 --reason 参会企业减少 --date 2024-09-01", {"把指标值降到 24", "lower a target to 24"}},
      {"amend p3 --accept 1 --actor 财政局", {"批准第 1 次调整", "approve amendment 1"}},
      {"amend p3", {"列出各次调整", "list the amendments"}}};
  command.reads_past = true;
  command.run = Run;
  return command;
}

}  // namespace attain::cli
