#include <sys/ioctl.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/cli/commands/common/commands.h"
#include "clients/cli/commands/common/limit.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/session/context.h"
#include "clients/cli/show/watch_screen.h"
#include "clients/cli/terminal/interrupt.h"
#include "clients/cli/words/watch_words.h"
#include "clients/cpp/error.h"
#include "clients/cpp/watch_session.h"

namespace attain::cli {
namespace {

// How often a table on the terminal moves at most.
constexpr int kTerminalIntervalMs = 250;

absl::Status AddKinds(const Context& context, v1::WatchRequest* request) {
  if (!context.args().Has("kinds")) return absl::OkStatus();
  const std::vector<std::string> words = absl::StrSplit(context.args().Get("kinds"), ',');
  for (const std::string& word : words) {
    v1::WatchKind kind = v1::WATCH_KIND_UNSPECIFIED;
    const std::string name =
        absl::StrCat("WATCH_KIND_", absl::AsciiStrToUpper(absl::StripAsciiWhitespace(word)));
    if (!v1::WatchKind_Parse(name, &kind) || kind == v1::WATCH_KIND_UNSPECIFIED) {
      return UsageError(context.Say(words::kBadKind, word));
    }
    request->add_kinds(kind);
  }
  return absl::OkStatus();
}

// A unit stands for itself and its tables, a table for itself and its rows; a pattern for what it says.
absl::Status AddNames(Context& context, v1::WatchRequest* request) {
  const bool all = context.args().Has("all");
  if (context.args().positional().empty()) {
    request->add_names(all ? "**" : "units/-");
    if (!all) request->add_names("units/-/tables/-");
  }
  for (const std::string& typed : context.args().positional()) {
    if (absl::EndsWith(typed, "**") || absl::StrContains(typed, "/-")) {
      request->add_names(typed);
      continue;
    }
    ASSIGN_OR_RETURN(
        const std::string name,
        context.names().Resolve(typed, {NameKind::kUnit, NameKind::kTable, NameKind::kIndicator}));
    const NameKind kind = ParseFullName(name)->kind;
    if (all || kind == NameKind::kTable) {
      request->add_names(absl::StrCat(name, "/**"));
    } else {
      request->add_names(name);
      if (kind == NameKind::kUnit) request->add_names(absl::StrCat(name, "/tables/-"));
    }
  }
  return absl::OkStatus();
}

absl::Status SetMode(const Context& context, bool live, v1::WatchRequest* request) {
  ASSIGN_OR_RETURN(const int interval, NumberOption(context, "interval", 50, 3600000));
  const std::string mode = context.args().Get("mode");
  const bool every = mode == "every";
  if ((!mode.empty() && !every && mode != "latest") || (every && interval > 0))
    return UsageError(context.Say(words::kBadMode));
  if (every || (mode.empty() && interval == 0 && !live)) return absl::OkStatus();
  request->set_mode(v1::WATCH_MODE_LATEST_STATE);
  request->set_interval_ms(interval == 0 && live ? kTerminalIntervalMs : interval);
  return absl::OkStatus();
}

absl::StatusOr<v1::WatchRequest> MakeRequest(Context& context, bool live) {
  v1::WatchRequest request;
  RETURN_IF_ERROR(AddNames(context, &request));
  RETURN_IF_ERROR(AddKinds(context, &request));
  request.set_filter(context.args().Get("filter"));
  RETURN_IF_ERROR(SetMode(context, live, &request));
  if (context.args().Has("resume") &&
      !absl::Base64Unescape(context.args().Get("resume"), request.mutable_resume_token())) {
    return UsageError(context.Say(words::kBadToken));
  }
  if (request.resume_token().empty() && !context.args().Has("from-now")) request.set_snapshot(true);
  return request;
}

// What is followed, as it was typed.
std::string Title(const Context& context) {
  const std::vector<std::string>& typed = context.args().positional();
  if (!typed.empty()) return absl::StrJoin(typed, context.Comma());
  return context.Say(context.args().Has("all") ? words::kWatchEverything : words::kWatchAll);
}

ScreenSize SizeOfTerminal() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return {};
  return {size.ws_col, size.ws_row};
}

absl::Status Run(Context& context) {
  const bool live = context.style().columns() > 0 && !context.json() && !context.args().Has("kinds");
  ASSIGN_OR_RETURN(const int count, NumberOption(context, "count"));
  ASSIGN_OR_RETURN(const v1::WatchRequest request, MakeRequest(context, live));
  client::WatchSession session(context.client(), request);
  const OnInterrupt on_interrupt([&session] { session.Stop(); });
  WatchScreen screen(context, {Title(context), live, request.snapshot(), SizeOfTerminal});
  screen.Begin();
  bool more = true;
  while (more) {
    absl::StatusOr<client::WatchUpdate> update = session.Next();
    if (absl::IsCancelled(update.status())) break;
    if (client::DetailsOf(update.status()).reason == "INVALID_RESUME_TOKEN")
      return absl::InvalidArgumentError(context.Say(words::kTokenRefused));
    if (!update.ok()) return update.status();
    ASSIGN_OR_RETURN(more, screen.Show(*update, count));
  }
  if (!session.token().empty()) {
    context.err() << context.Say(words::kWatchResume, absl::Base64Escape(session.token())) << '\n';
  }
  return absl::OkStatus();
}

}  // namespace

Command WatchCommand() {
  Command command;
  command.name = "watch";
  command.group = Group::kScore;
  command.usage = "[UNIT|TABLE|INDICATOR|PATTERN]…";
  command.most = 100;
  command.options = {"kinds", "filter", "mode", "interval", "resume", "from-now", "all", "count"};
  command.filter = "score < 80 OR light = RED";
  command.summary = {"实时关注得分的变化", "follow scores as they change"};
  command.text = {
      "在终端上显示一张随时更新的表：得分、变动、等级、预警、何时、何人。写一个单位就关注它和它的表，写一张表"
      "就关注它和它的指标；\n"
      "也可写 'units/x/**' 这样的名称。输出不是终端或用了 --kinds 时先列出现状（--from-now "
      "略去），再每个变化一行，--json 时每条消息一行 JSON。\n"
      "服务器重启或网络中断后自动接着看，不遗漏也不重复；结束时给出的标记可用 --resume 在以后接着看。",
      "Shows a table on the terminal that keeps up to date: score, change, grade, light, when and who. A "
      "unit stands for "
      "itself and its\n"
      "tables, a table for itself and its indicators; names like 'units/x/**' work too. When the output is "
      "no terminal, or "
      "with --kinds,\n"
      "it is a line per row that there is (not with --from-now), then a line per change, with --json a line "
      "of JSON per message. After a restart of the server or a lost connection "
      "it goes on by\n"
      "itself, nothing missed or doubled; the token printed at the end lets --resume go on later."};
  command.examples = {{"watch urumqi-itc", {"一个单位和它的各表", "a unit and its tables"}},
                      {"watch 'units/urumqi-itc/**' --filter 'score < 80'",
                       {"其下 80 分以下的一切", "everything below it under 80 points"}},
                      {"watch p1 --kinds actuals --json",
                       {"每次上报一行 JSON，供程序读取", "a line of JSON per report, for programs"}}};
  command.run = Run;
  return command;
}

}  // namespace attain::cli
