#include <optional>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/commands/common/commands.h"
#include "clients/cli/commands/common/id_option.h"
#include "clients/cli/commands/common/input_file.h"
#include "clients/cli/commands/common/limit.h"
#include "clients/cli/commands/tables/profile_replay.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/pages.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/session/context.h"
#include "clients/cli/session/json.h"
#include "clients/cli/terminal/table_printer.h"
#include "clients/cli/terminal/width.h"
#include "clients/cli/words/argument_words.h"
#include "clients/cli/words/column_words.h"
#include "clients/cli/words/labels.h"
#include "clients/cli/words/profile_words.h"
#include "clients/cli/words/result_words.h"

namespace attain::cli {
namespace {

absl::Status List(Context& context) {
  v1::ListProfilesRequest request;
  context.Read(&request);
  ASSIGN_OR_RETURN(const auto response, AllPages(context.client(), &client::Client::ListProfiles, request,
                                                 &v1::ListProfilesResponse::mutable_profiles));
  if (context.json()) return context.PrintJson(response);
  TablePrinter table({{context.Say(words::kName)},
                      {context.Say(words::kVersion), Align::kRight},
                      {context.Say(words::kDisplayName), Align::kLeft, true},
                      {context.Say(words::kSource), Align::kLeft, true, 1}});
  for (const v1::Profile& profile : response.profiles()) {
    table.AddRow({ShortName(profile.name()), absl::StrCat(profile.version()), profile.display_name(),
                  profile.source()});
  }
  table.Print(context.out(), context.style());
  return absl::OkStatus();
}

absl::Status Get(Context& context) {
  v1::GetProfileRequest request;
  request.set_name(NameResolver::Profile(context.args().At(1)));
  ASSIGN_OR_RETURN(const int version, NumberOption(context, "profile-version"));
  request.set_version(version);
  context.Read(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().GetProfile(request));
  return context.json() ? context.PrintJson(response) : context.PrintJson(response.profile());
}

// A profile as `get` prints it, or the answer that `get --json` prints.
absl::StatusOr<v1::Profile> ReadProfile(const Context& context, const std::string& path) {
  ASSIGN_OR_RETURN(const std::string file, ReadInput(context, path));
  v1::Profile profile;
  v1::GetProfileResponse wrapped;
  if (FromJson(file, &wrapped).ok() && wrapped.has_profile()) return wrapped.profile();
  if (absl::Status status = FromJson(file, &profile); !status.ok()) {
    return absl::InvalidArgumentError(
        context.Say(words::kBadJsonFile, path, OneLine(absl::StripAsciiWhitespace(status.message()))));
  }
  return profile;
}

absl::Status Saved(Context& context, const v1::Profile& profile, const v1::Commit& commit) {
  context.out() << context.Say(words::kProfileSaved, ShortName(profile.name()), profile.version());
  context.out() << "  "
                << (context.validate_only() ? context.Say(words::kValidated)
                                            : context.Say(words::kRevision, commit.revision()))
                << '\n';
  return absl::OkStatus();
}

absl::Status Create(Context& context) {
  v1::CreateProfileRequest request;
  if (context.args().Has("id")) RETURN_IF_ERROR(CheckId(context, "id"));
  ASSIGN_OR_RETURN(*request.mutable_profile(), ReadProfile(context, context.args().At(1)));
  request.set_profile_id(context.args().Get("id", ShortName(request.profile().name())));
  context.Mark(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().CreateProfile(request));
  return context.json() ? context.PrintJson(response) : Saved(context, response.profile(), response.commit());
}

absl::Status Update(Context& context) {
  v1::UpdateProfileRequest request;
  request.mutable_update_mask()->add_paths("*");
  ASSIGN_OR_RETURN(*request.mutable_profile(), ReadProfile(context, context.args().At(1)));
  context.Mark(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().UpdateProfile(request));
  return context.json() ? context.PrintJson(response) : Saved(context, response.profile(), response.commit());
}

absl::Status Replay(Context& context) {
  const bool file = context.args().Has("file");
  if (file == (context.args().positional().size() > 1))
    return UsageError(context.Say(words::kFileOrArguments));
  if (!file) return ReplayProfile(context, std::nullopt);
  ASSIGN_OR_RETURN(v1::Profile rules, ReadProfile(context, context.args().Get("file")));
  return ReplayProfile(context, std::move(rules));
}

absl::Status Run(Context& context) {
  const std::string action = context.args().At(0);
  const bool more = context.args().positional().size() > 1;
  if (action == "list" && !more) return List(context);
  if (action == "get" && more) return Get(context);
  if (action == "create" && more) return Create(context);
  if (action == "update" && more) return Update(context);
  if (action == "replay") return Replay(context);
  return UsageError(context.Say(words::kUnknownAction, "profile",
                                "list | get NAME | create FILE | update FILE | replay NAME"));
}

}  // namespace

Command ProfileCommand() {
  Command command;
  command.name = "profile";
  command.group = Group::kAdmin;
  command.usage = "list | get NAME | create FILE | update FILE | replay NAME|--file F";
  command.least = 1;
  command.most = 2;
  command.options = {"id", "profile-version", "file", "unit", "year", "crossing", "limit"};
  command.summary = {"查看和维护评分方案", "look at and keep scoring profiles"};
  command.text = {
      "get 以 JSON 打印一个评分方案，可保存、修改后交给 create（新编号）或 update（新版本）。\n"
      "update 要求文件中的 etag 仍是最新的。已批准的表继续使用批准时的版本。\n"
      "replay 按另一套评分方案把全部已生效的表重新计分，不保存任何内容：哪些表得分不同，哪些升级或降级。",
      "get prints a profile as JSON; save it, change it and give it to create (under a new id) or update (a "
      "new version).\n"
      "update wants the etag in the file to be the newest. Approved tables keep the version they were "
      "approved with.\n"
      "replay scores all tables in force under other rules and stores nothing: which differ, which rise or "
      "fall a grade."};
  command.examples = {{"profile get national > p.json", {"保存评分方案", "save a profile"}},
                      {"profile create p.json --id xinjiang", {"以新编号建立", "create one under a new id"}},
                      {"profile update p.json --validate-only", {"只检查改动", "only check the change"}},
                      {"profile get national --profile-version 1", {"看某一版", "look at one version"}},
                      {"profile replay --file p.json --crossing",
                       {"改动之前先看谁会改变等级", "see who would change grade before changing it"}},
                      {"profile replay national --unit urumqi-itc --year 2024",
                       {"一个单位一年的表", "one unit's tables of a year"}}};
  command.reads_past = true;
  command.run = Run;
  return command;
}

}  // namespace attain::cli
