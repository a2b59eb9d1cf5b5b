// Amendments of a table in force: list, propose, approve, reject; a draft is changed directly.
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/commands/common/commands.h"
#include "clients/cli/commands/common/limit.h"
#include "clients/cli/commands/common/report_result.h"
#include "clients/cli/commands/tables/amend_rows.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/pages.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/session/context.h"
#include "clients/cli/show/finding_printer.h"
#include "clients/cli/terminal/table_printer.h"
#include "clients/cli/words/amendment_words.h"
#include "clients/cli/words/column_words.h"
#include "clients/cli/words/labels.h"
#include "clients/cli/words/result_words.h"

namespace attain::cli {
namespace {

std::string RowText(const v1::Indicator& row) {
  return row.weight().empty() ? TargetText(row.target())
                              : absl::StrCat(TargetText(row.target()), " (", row.weight(), ")");
}

std::string RuleText(const v1::Rule& rule, const Context& context) {
  return rule.text().empty() ? std::string(Label(rule.kind(), context.language())) : rule.text();
}

// What the row was or is to be; its rule only where that changes.
std::string SideText(const Context& context, const v1::RowChange& change, const v1::Indicator& row) {
  const std::string before = RuleText(change.before().rule(), context),
                    after = RuleText(change.indicator().rule(), context);
  if (change.kind() != v1::ROW_CHANGE_KIND_CHANGED || before == after) return RowText(row);
  return absl::StrCat(RowText(row), " ", RuleText(row.rule(), context));
}

void PrintRows(const Context& context, const v1::Amendment& amendment) {
  TablePrinter table({{""}, {""}, {context.Say(words::kIndicator), Align::kLeft, true}, {""}, {""}, {""}});
  for (const v1::RowChange& change : amendment.rows()) {
    const bool added = change.kind() == v1::ROW_CHANGE_KIND_ADDED,
               removed = change.kind() == v1::ROW_CHANGE_KIND_REMOVED;
    table.AddRow({"  ", Label(change.kind(), context.language()), change.indicator().display_name(),
                  added ? "" : SideText(context, change, change.before()), "→",
                  removed ? "" : SideText(context, change, change.indicator())});
  }
  if (!table.empty()) table.Print(context.out(), context.style());
}

void Print(const Context& context, const v1::Amendment& amendment) {
  const std::string state(Label(amendment.state(), context.language()));
  const auto print = [&](const std::string& line) { context.out() << context.Wrap(line, 2) << '\n'; };
  print(absl::StrCat(
      context.Say(words::kAmendment, amendment.number(),
                  context.style().Paint(ColourOf(amendment.state()), state), amendment.proposer()),
      "  ", context.Say(words::kAmendReason), context.Colon(), amendment.reason()));
  std::string decision;
  if (!amendment.effective_date().empty())
    absl::StrAppend(&decision, "  ", context.Say(words::kEffectiveFrom, amendment.effective_date()));
  if (!amendment.decider().empty()) {
    absl::StrAppend(&decision, "  ", context.Say(words::kDecidedBy, amendment.decider()));
    if (!amendment.reject_reason().empty())
      absl::StrAppend(&decision, context.Colon(), amendment.reject_reason());
  }
  if (!decision.empty()) print(decision);
  if (amendment.adopt_newest_profile()) print(absl::StrCat("  ", context.Say(words::kAdoptsProfile)));
  PrintRows(context, amendment);
}

absl::StatusOr<v1::ListAmendmentsResponse> List(const Context& context, const std::string& table) {
  v1::ListAmendmentsRequest request;
  request.set_parent(table);
  context.Read(&request);
  return AllPages(context.client(), &client::Client::ListAmendments, request,
                  &v1::ListAmendmentsResponse::mutable_amendments);
}

template <typename Response>
absl::Status Finish(const Context& context, const Response& response) {
  if (context.json()) return context.PrintJson(response);
  Print(context, response.amendment());
  context.out() << "  "
                << (context.validate_only() ? context.Say(words::kValidated)
                                            : context.Say(words::kRevision, response.commit().revision()))
                << '\n';
  return absl::OkStatus();
}

// A draft has nothing to be amended: its rows are changed in place.
absl::Status ChangeDraft(Context& context, v1::Table table) {
  for (const char* option : {"reason", "date", "newest-profile"}) {
    if (context.args().Has(option)) return UsageError(context.Say(words::kNotForDrafts, option));
  }
  v1::Amendment changes;
  RETURN_IF_ERROR(ReadRowChanges(context, table, &changes));
  ApplyRowChanges(changes, &table);
  table.clear_source_text();
  v1::UpdateTableRequest request;
  request.mutable_update_mask()->add_paths("*");
  *request.mutable_table() = std::move(table);
  context.Mark(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().UpdateTable(request));
  if (context.json()) return context.PrintJson(response);
  const v1::Table& now = response.table();
  const std::string state(Label(now.state(), context.language()));
  context.out() << context.Say(words::kStateNow, now.display_name(), ShortName(now.name()),
                               context.style().Paint(ColourOf(now.state()), state))
                << "  "
                << (context.validate_only() ? context.Say(words::kValidated)
                                            : context.Say(words::kRevision, response.commit().revision()))
                << '\n';
  PrintRows(context, changes);
  context.out() << '\n';
  PrintFindings(context, response.findings());
  context.err() << context.Say(words::kSubmitNext, ShortName(now.name())) << '\n';
  return absl::OkStatus();
}

absl::Status Propose(Context& context, const std::string& name) {
  v1::GetTableRequest get;
  get.set_name(name);
  ASSIGN_OR_RETURN(auto found, context.client().GetTable(get));
  if (found.table().state() == v1::TABLE_STATE_DRAFT)
    return ChangeDraft(context, std::move(*found.mutable_table()));
  v1::ProposeAmendmentRequest request;
  request.set_parent(name);
  request.set_etag(found.table().etag());
  v1::Amendment* amendment = request.mutable_amendment();
  amendment->set_reason(context.args().Get("reason"));
  if (amendment->reason().empty()) return UsageError(context.Say(words::kMissingAmendReason));
  ASSIGN_OR_RETURN(*amendment->mutable_effective_date(), DateOption(context));
  amendment->set_adopt_newest_profile(context.args().Has("newest-profile"));
  RETURN_IF_ERROR(ReadRowChanges(context, found.table(), amendment));
  context.Mark(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().ProposeAmendment(request));
  return Finish(context, response);
}

// The amendment of this number as it stands.
absl::StatusOr<v1::Amendment> Numbered(const Context& context, const std::string& table,
                                       const std::string& number) {
  ASSIGN_OR_RETURN(const auto all, List(context, table));
  for (const v1::Amendment& amendment : all.amendments()) {
    if (absl::StrCat(amendment.number()) == number) return amendment;
  }
  return absl::NotFoundError(context.Say(words::kNoAmendment, number, all.amendments_size()));
}

absl::Status Decide(const Context& context, const std::string& table) {
  const bool approve = context.args().Has("accept");
  ASSIGN_OR_RETURN(const v1::Amendment amendment,
                   Numbered(context, table, context.args().Get(approve ? "accept" : "reject")));
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
  if (request.reason().empty()) return UsageError(context.Say(words::kMissingRejectReason));
  context.Mark(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().RejectAmendment(request));
  return Finish(context, response);
}

absl::Status Run(Context& context) {
  const Args& args = context.args();
  const bool propose = args.Has("set") || args.Has("add") || args.Has("remove") || args.Has("newest-profile");
  const int steps = (propose ? 1 : 0) + (args.Has("accept") ? 1 : 0) + (args.Has("reject") ? 1 : 0);
  if (steps > 1) return UsageError(context.Say(words::kOneAmendStep));
  ASSIGN_OR_RETURN(const std::string table, context.names().Table(args.At(0)));
  if (propose) return Propose(context, table);
  if (steps == 1) return Decide(context, table);
  ASSIGN_OR_RETURN(const auto all, List(context, table));
  if (context.json()) return context.PrintJson(all);
  if (all.amendments().empty()) context.out() << context.Say(words::kNoAmendments) << '\n';
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
  command.summary = {"调整已批准的表，或修改草稿", "amend a table in force, or change a draft"};
  command.text = {
      "不带选项时列出该表的各次调整。--set、--add、--remove 提出一次调整（必须用 --reason "
      "说明原因），由另一个人用 --accept N 批准，\n"
      "或用 --reject N 驳回（也必须用 --reason 说明原因）。最初批准的目标永远保留：attain score 的 --basis "
      "original 按它计分。\n"
      "草稿（包括被退回的表）由 --set、--add、--remove 直接修改，不需要 --reason 和 --date；改好后用 attain "
      "submit 提交。\n"
      "--set 的写法：指标.字段=值，字段为 target、weight、name、level2、evidence、basis、rule；rule "
      "写文件中的赋分规则，如 按照正常比例赋分。\n"
      "--add 的写法：一级/二级/名称/指标值/分值；数值目标按正常比例赋分，文字目标按评判等级赋分。--date "
      "是生效日。",
      "Without options lists the table's amendments. --set, --add and --remove propose one (--reason is "
      "compulsory); somebody else puts it\n"
      "in force with --accept N or refuses it with --reject N (--reason is compulsory, too). The targets as "
      "first approved stay for ever:\n"
      "attain score --basis original scores against them.\n"
      "A draft, also one that was sent back, is changed by --set, --add and --remove directly, without "
      "--reason and --date; attain submit\n"
      "then hands it in.\n"
      "--set INDICATOR.FIELD=VALUE, fields: target, weight, name, level2, evidence, basis and rule, in the "
      "words of the document such as\n"
      "按照正常比例赋分.\n"
      "--add LEVEL1/LEVEL2/NAME/TARGET/WEIGHT: a number is scored in proportion, words by a rating. --date "
      "is the day from which it holds."};
  command.examples = {{"amend p3 --set i2.target=24 --reason 参会企业减少 --date 2024-09-01",
                       {"把指标值降到 24", "lower a target to 24"}},
                      {"amend p3 --set i2.rule=直接赋分 --set i2.weight=12",
                       {"修改草稿的赋分规则和分值", "change rule and weight of a draft's row"}},
                      {"amend p3 --accept 1 --actor 财政局", {"批准第 1 次调整", "approve amendment 1"}},
                      {"amend p3", {"列出各次调整", "list the amendments"}}};
  command.reads_past = true;
  command.run = Run;
  return command;
}

}  // namespace attain::cli
