#include "clients/cli/session/context.h"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/read_options.h"
#include "clients/cli/input/text_file.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/session/json.h"
#include "clients/cli/terminal/progress.h"
#include "clients/cli/words/argument_words.h"
#include "clients/cli/words/file_words.h"
#include "clients/cli/words/refusal_words.h"
#include "clients/cli/words/say.h"
#include "clients/cpp/error.h"

namespace attain::cli {
namespace {

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string UserName() {
  std::string user = Environment("USER");
  if (!user.empty()) return user;
  const passwd* entry = getpwuid(geteuid());
  return entry == nullptr ? "" : entry->pw_name;
}

absl::StatusOr<std::string> ReadOptionFile(const Args& args, absl::string_view option, Language language) {
  if (!args.Has(option)) return std::string();
  absl::StatusOr<std::string> text = ReadBytes(args.Get(option), language);
  if (!text.ok()) return UsageError(text.status().message());
  return text;
}

absl::StatusOr<client::ClientOptions> ClientOptionsOf(const Args& args, Language language) {
  client::ClientOptions options;
  const std::string server = args.Get("server", Environment("ATTAIN_SERVER"));
  if (!server.empty()) options.server = server;
  ASSIGN_OR_RETURN(options.tls_ca, ReadOptionFile(args, "tls-ca", language));
  // An empty text would mean no encryption.
  if (args.Has("tls-ca") && !absl::StrContains(options.tls_ca, "-----BEGIN CERTIFICATE-----")) {
    return UsageError(Say(language, words::kNoCertificate, args.Get("tls-ca")));
  }
  ASSIGN_OR_RETURN(const std::string token, ReadOptionFile(args, "token-file", language));
  options.token = std::string(absl::StripAsciiWhitespace(token));
  options.actor = args.Has("actor") ? args.Get("actor") : UserName();
  options.language = language == Language::kChinese ? "zh-CN" : "en";
  options.patience = absl::Seconds(2);
  if (args.Has("timeout")) {
    double seconds = 0;
    if (!absl::SimpleAtod(args.Get("timeout"), &seconds) || !(seconds > 0) || seconds > 86400) {
      return UsageError(Say(language, words::kBadTimeout, args.Get("timeout")));
    }
    options.timeout = absl::Seconds(seconds);
  }
  return options;
}

}  // namespace

Context::Context(Args args, Language language, client::Client client, Past past)
    : args_(std::move(args)),
      language_(language),
      client_(std::move(client)),
      past_(std::move(past)),
      names_(client_, past_.read, language) {}

absl::StatusOr<Context> Context::Make(Args args, Language language, std::ostream* out, Style out_style,
                                      std::ostream* err, bool err_is_terminal) {
  const std::string lang = args.Get("lang", "en");
  if (!absl::StartsWithIgnoreCase(lang, "zh") && !absl::StartsWithIgnoreCase(lang, "en")) {
    return UsageError(cli::Say(language, words::kBadLanguage, lang));
  }
  ASSIGN_OR_RETURN(client::ClientOptions options, ClientOptionsOf(args, language));
  ASSIGN_OR_RETURN(Past past, ParsePast(args.Get("at"), args.Get("as-of"), args.Get("basis"),
                                        absl::LocalTimeZone(), absl::Now(), language));
  Context context(std::move(args), language, client::Client(std::move(options)), std::move(past));
  context.out_ = out;
  context.err_ = err;
  context.style_ = out_style;
  context.err_is_terminal_ = err_is_terminal;
  return context;
}

std::string Context::Count(int64_t number, absl::string_view one, absl::string_view many) const {
  std::string text = WithCommas(static_cast<size_t>(number));
  if (language_ == Language::kEnglish) absl::StrAppend(&text, " ", number == 1 ? one : many);
  return text;
}

absl::Status Context::PrintJson(const google::protobuf::Message& message) const {
  ASSIGN_OR_RETURN(const std::string json, ToJson(message));
  *out_ << json;
  return absl::OkStatus();
}

ExitCode PrintError(const absl::Status& status, Language language, absl::string_view server,
                    absl::string_view command, std::ostream& err) {
  if (IsUsageError(status)) {
    err << "attain: " << status.message() << '\n';
    err << Say(language, words::kSeeHelp, command.empty() ? "" : absl::StrCat(" ", command)) << '\n';
    return kWrongUsage;
  }
  if (client::IsUnreachable(status)) {
    const Bilingual& message = absl::IsDeadlineExceeded(status) ? words::kTimedOut : words::kNoServer;
    err << "attain: " << Say(language, message, server, status.message()) << '\n';
    return kNoServer;
  }
  err << "attain: " << status.message() << '\n';
  const client::ErrorDetails details = client::DetailsOf(status);
  const bool says_more = std::any_of(
      details.violations.begin(), details.violations.end(), [&](const client::FieldViolation& violation) {
        return !absl::StrContains(status.message(), absl::StripSuffix(violation.description, "…"));
      });
  if (says_more) {
    for (const client::FieldViolation& violation : details.violations) {
      err << "  " << violation.field << ": " << violation.description << '\n';
    }
  }
  size_t total = 0;
  const auto it = details.metadata.find("violations");
  if (it != details.metadata.end() && absl::SimpleAtoi(it->second, &total) &&
      total > details.violations.size()) {
    err << "  " << Say(language, words::kMoreViolations, total - details.violations.size()) << '\n';
  }
  if (const auto codes = details.metadata.find("codes");
      details.reason == "CONFIRMATION_REQUIRED" && codes != details.metadata.end())
    err << Say(language, words::kHintAccept, codes->second) << '\n';
  // The validator reads the table as it stands, not as an amendment would make it.
  if (details.reason == "VALIDATION_FAILED" && command != "amend")
    err << Say(language, words::kHintLint) << '\n';
  return kRefused;
}

}  // namespace attain::cli
