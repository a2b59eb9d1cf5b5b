#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/commands/common/commands.h"
#include "clients/cli/commands/common/limit.h"
#include "clients/cli/commands/common/output_file.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/session/context.h"
#include "clients/cli/session/json.h"
#include "clients/cli/words/argument_words.h"
#include "clients/cli/words/proof_words.h"

namespace attain::cli {
namespace {

absl::Status Run(Context& context) {
  v1::GetReceiptRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), context.names().Table(context.args().At(0)));
  ASSIGN_OR_RETURN(const int known, NumberOption(context, "known-size"));
  request.set_known_size(known);
  request.set_with_texts(context.args().Has("with-texts"));
  context.Read(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().GetReceipt(request));
  const v1::Receipt& receipt = response.receipt();
  if (receipt.older_revision() > 0)
    context.err() << context.Say(words::kReceiptBegins, receipt.older_revision()) << '\n';
  ASSIGN_OR_RETURN(const std::string text, ToJson(receipt));
  return WriteOutput(context, text);
}

}  // namespace

Command ReceiptCommand() {
  Command command;
  command.name = "receipt";
  command.group = Group::kScore;
  command.usage = "TABLE";
  command.least = command.most = 1;
  command.options = {"output", "with-texts", "known-size"};
  command.summary = {"出具可离线核验的凭证", "a receipt that is checked without the server"};
  command.text = {
      "出具一张表的凭证（JSON）：从建表起的每一次记录、所签得分，以及它们都在日志中的证明。\n"
      "凭证只含名称、数字、日期和状态；加 --with-texts 则包括说明文字和人员。\n"
      "核验不需要服务器：docs/proofs.md 附有核验程序。凭证只说到它的记录号为止，之后的事它不说。",
      "Writes the receipt of a table (JSON): every revision from its creation on, the score that was signed, "
      "and "
      "the proofs\nthat they are in the log. It holds names of resources, figures, days and states; "
      "--with-texts adds "
      "notes and persons.\nIt is checked without a server: docs/proofs.md has the program. A receipt is as "
      "of its "
      "revision and says nothing of what came later."};
  command.examples = {
      {"receipt p1 -o p1.receipt.json", {"写入文件", "into a file"}},
      {"receipt p1 --at 120 --known-size 80",
       {"第 120 次记录时的凭证，并证明与先前留存的 80 次记录的日志头同一历史",
        "as of revision 120, and that it is of the same history as a head of 80 revisions that was kept"}}};
  command.reads_past = true;
  command.run = Run;
  return command;
}

}  // namespace attain::cli
