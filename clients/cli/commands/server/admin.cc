#include "clients/cli/commands/common/commands.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/session/context.h"
#include "clients/cli/words/argument_words.h"
#include "clients/cli/words/labels.h"
#include "clients/cli/words/server_words.h"

namespace attain::cli {
namespace {

absl::Status Run(Context& context) {
  if (context.args().At(0) != "info") return UsageError(context.Say(words::kUnknownAction, "admin", "info"));
  ASSIGN_OR_RETURN(const auto info, context.client().GetServerInfo({}));
  if (context.json()) return context.PrintJson(info);
  context.out() << "attaind " << info.version() << "   " << context.client().options().server << '\n'
                << context.Say(words::kStore, info.store_id(), info.schema_version()) << '\n'
                << context.Say(words::kHead, info.revision(), TimeText(info.record_time()), info.head_hash())
                << '\n'
                << context.Say(words::kStarted, TimeText(info.start_time())) << '\n'
                << context.Say(words::kWrites,
                               context.Say(info.accepting_writes() ? words::kYes : words::kNo))
                << '\n';
  return absl::OkStatus();
}

}  // namespace

Command AdminCommand() {
  Command command;
  command.name = "admin";
  command.group = Group::kAdmin;
  command.usage = "info";
  command.least = command.most = 1;
  command.summary = {"服务器的版本和状态", "version and state of the server"};
  command.text = {
      "显示服务器版本、数据目录的标识、日志的最新记录及其 "
      "SHA-256。留存这个值，以后可以证明此前的记录未被改动。",
      "Shows the server's version, the store's identity, and the journal's newest revision with its SHA-256. "
      "Keep that value:\n"
      "it can prove later that nothing before it was changed."};
  command.examples = {{"admin info", {"服务器信息", "server information"}}};
  command.run = Run;
  return command;
}

}  // namespace attain::cli
