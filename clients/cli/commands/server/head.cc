#include "clients/cli/commands/common/commands.h"
#include "clients/cli/commands/common/limit.h"
#include "clients/cli/commands/common/output_file.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/session/context.h"
#include "clients/cli/words/argument_words.h"
#include "clients/cli/words/proof_words.h"

namespace attain::cli {
namespace {

absl::Status Run(Context& context) {
  v1::GetHeadRequest request;
  ASSIGN_OR_RETURN(const int covers, NumberOption(context, "covers"));
  request.set_min_revision(covers);
  ASSIGN_OR_RETURN(const auto response, context.client().GetHead(request));
  if (context.json()) return context.PrintJson(response);
  context.err() << context.Say(words::kHeadKey, response.verifier_key()) << '\n';
  return WriteOutput(context, response.head().checkpoint());
}

}  // namespace

Command HeadCommand() {
  Command command;
  command.name = "head";
  command.group = Group::kAdmin;
  command.least = command.most = 0;
  command.options = {"covers", "output"};
  command.summary = {"已签署的日志头，请留存", "the signed head of the log: keep it"};
  command.text = {
      "显示最新的日志头（C2SP checkpoint）：日志名、记录数、根哈希和签名。打印或发给别的单位留存；\n"
      "以后任何人都可以用它证明此前的记录一条未改、未少、未增。签名公钥显示在标准错误上，应从别处取得。",
      "Shows the newest head of the log (C2SP checkpoint): name of the log, number of revisions, root and "
      "signature.\nPrint it or give it to another office: with it anybody can prove later that nothing "
      "before it was "
      "changed, removed or\nput in between. The key is shown on standard error; readers should have it from "
      "elsewhere."};
  command.examples = {{"head -o head.txt", {"写入文件", "into a file"}},
                      {"head --covers 120", {"须覆盖第 120 次记录", "one that covers revision 120"}}};
  command.run = Run;
  return command;
}

}  // namespace attain::cli
