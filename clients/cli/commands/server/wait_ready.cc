#include "absl/time/clock.h"
#include "clients/cli/commands/common/commands.h"
#include "clients/cli/session/context.h"
#include "clients/cli/words/server_words.h"

namespace attain::cli {
namespace {

constexpr absl::Duration kPause = absl::Milliseconds(100);

absl::Status Run(Context& context) {
  const client::ClientOptions& options = context.client().options();
  const absl::Time deadline = absl::Now() + options.timeout;
  while (true) {
    const absl::StatusOr<bool> serving = context.client().IsServing();
    if (serving.ok() && *serving) break;
    // A server that answers something else than health is no server of ours; waiting will not change it.
    if (!serving.ok() && !absl::IsUnavailable(serving.status()) &&
        !absl::IsDeadlineExceeded(serving.status()))
      return serving.status();
    if (absl::Now() + kPause >= deadline) return absl::UnavailableError(context.Say(words::kNotReady));
    absl::SleepFor(kPause);
  }
  if (!context.json()) context.err() << context.Say(words::kReady, options.server) << '\n';
  return absl::OkStatus();
}

}  // namespace

Command WaitReadyCommand() {
  Command command;
  command.name = "wait-ready";
  command.group = Group::kAdmin;
  command.summary = {"等待服务器就绪", "wait until the server is ready"};
  command.text = {
      "等到服务器的健康检查为 SERVING 为止，最多等 --timeout 秒（默认 30），等不到以 3 退出。用于脚本。",
      "Waits until the server's health says SERVING, at most --timeout seconds (default 30); exits with 3 "
      "when it does not.\n"
      "For scripts."};
  command.examples = {
      {"wait-ready --timeout 10 && attain import budget.txt", {"就绪后导入", "import once it is ready"}}};
  command.run = Run;
  return command;
}

}  // namespace attain::cli
