#include "service/server/options.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace attain::server {
namespace {

constexpr char kHelp[] = R"(attaind - the server that keeps performance targets, reports and scores

Usage:
  attaind --data-dir=DIR [options]
  attaind verify|verify-backup|restore --help

Options (--name=value or --name value):
  --data-dir=DIR      directory of the data; made when it does not exist. Required.
  --head-mark=FILE    where to keep how far the data had come, beside the copy inside DIR: it tells when an
                      older copy of DIR was put in its place. Choose a place that is not restored together
                      with DIR. Default: DIR.head-mark
  --accept-loss       start although records that were acknowledged are missing (the refused start says which):
                      the history goes on behind the last one that is there, what clients hold of it before
                      is refused (EPOCH_CHANGED). Give it once, after you have looked for a backup.
  --listen=ADDRESS    HOST:PORT or unix:PATH of the gRPC port. Port 0 takes any free one and prints it.
                      Default: 127.0.0.1:50051 (this machine only)
  --http-listen=ADDRESS
                      HOST:PORT or unix:PATH of the HTTP port: /healthz (the process lives), /readyz (it takes
                      writes), and below /log the transparency log (C2SP tlog-tiles). Port 0 takes any free one
                      and a line says which. Default: none
  --tls-cert=FILE     certificate chain, PEM. With --tls-key: every connection of both ports is encrypted.
  --tls-key=FILE      its private key, PEM.
  --extract=PATH      the program that reads documents in other formats than text (workbooks, Word, PDF).
                      Default: attain-extract beside attaind, else on PATH
  --converter=PATH    LibreOffice's soffice, to read the old formats XLS and DOC. Default: they are refused
  --cache-mib=N       memory for decoded tables, filled by use. Default: 256
  --keepalive=SECONDS how often a silent connection is asked whether its client is still there; one that does
                      not answer within 10 seconds is closed, and its watches end. Default: 30
  --max-watches=N     open watches in total. Default: 10000
  --max-watches-per-caller=N
                      open watches of one actor, or of one address without actor. Default: 1000
  --watch-ring-mib=N  memory for recent changes that all watches share. Default: 64
  --watch-write-timeout=SECONDS
                      a watch whose client does not read for so long is ended; it can be resumed. Default: 60
  --watch-progress=SECONDS
                      how often a watch without changes says how far it is. Default: 5
  --backup-dir=DIR    makes backups there while the server runs; made when it does not exist. Best on another
                      disk. Default: no backups
  --backup-every=SPAN how often: 90s, 15m, 24h, 30d. Each costs what was written since, and reads all.
                      Default: 24h
  --backup-keep=SPAN  older ones are removed; the newest that is whole stays. Default: all are kept
  --backup-key-file=FILE
                      32 random bytes or 64 hex digits (openssl rand -hex 32): backups are encrypted. Who loses
                      it loses them: keep a copy elsewhere.
  --log-level=LEVEL   least urgent lines of the log on stderr: error (what failed: every INTERNAL, DATA_LOSS and
                      UNAVAILABLE answer with its cause, the first failed write), warning, info, or debug
                      (also every refused call). Default: info
  --log-format=FORMAT text (TIME LEVEL MESSAGE key=value) or json (one object a line). Default: text
  --log-name=NAME     name of the transparency log over the journal, a domain of the office. Heads carry
                      NAME/STORE/EPOCH. Default: attain
  --log-key=FILE      signs heads of the log with this key (made when there is none; the newest head is kept in
                      FILE.state). For trials: whoever has the server has the key
  --config=FILE       lines of name=value with the names above; # starts a comment.
  --version           print the version
  --help              print this text

The log is on stderr, each line with time and time zone; it holds nothing that users wrote. One line says
when the server is ready and one when it has stopped. Of each kind (method, code, reason) 5 lines are
written at once, then one in 10 seconds; left_out=N tells how many were not. SIGTERM and SIGINT
let the calls under way finish and end it with exit code 0. Everything acknowledged is on disk.
Exit codes: 0 stopped by a signal, 1 cannot start (the last line says why), 2 wrong options.

Example:
  attaind --data-dir=/var/lib/attain
)";

bool IsSwitch(absl::string_view name) {
  return name == "help" || name == "version" || name == "accept-loss";
}

// An option that is a whole number.
struct NumberOption {
  absl::string_view name;
  size_t ServerOptions::*field;
  size_t least, most;
  absl::string_view what;  // "MiB"
};

constexpr NumberOption kNumbers[] = {
    {"cache-mib", &ServerOptions::cache_mib, 1, 1'000'000, "of MiB"},
    {"keepalive", &ServerOptions::keepalive, 1, 86'400, "of seconds"},
    {"max-watches", &ServerOptions::max_watches, 1, 1'000'000, "of streams"},
    {"max-watches-per-caller", &ServerOptions::max_watches_per_caller, 1, 1'000'000, "of streams"},
    {"watch-ring-mib", &ServerOptions::watch_ring_mib, 1, 1'000'000, "of MiB"},
    {"watch-write-timeout", &ServerOptions::watch_write_timeout, 1, 86'400, "of seconds"},
    {"watch-progress", &ServerOptions::watch_progress, 1, 86'400, "of seconds"},
};

absl::Status SetNumber(const NumberOption& number, const std::string& value, ServerOptions* options) {
  size_t parsed = 0;
  if (!absl::SimpleAtoi(value, &parsed) || parsed < number.least || parsed > number.most) {
    return absl::InvalidArgumentError(absl::StrCat("--", number.name, " must be a whole number ", number.what,
                                                   " from ", number.least, " to ", number.most));
  }
  options->*number.field = parsed;
  return absl::OkStatus();
}

// An option that is a text or a path.
struct TextOption {
  absl::string_view name;
  std::string ServerOptions::*field;
  absl::string_view choices;  // "text, json"; empty: any text
};

constexpr TextOption kTexts[] = {
    {"data-dir", &ServerOptions::data_dir, ""},
    {"head-mark", &ServerOptions::head_mark, ""},
    {"listen", &ServerOptions::listen, ""},
    {"http-listen", &ServerOptions::http_listen, ""},
    {"tls-cert", &ServerOptions::tls_cert, ""},
    {"tls-key", &ServerOptions::tls_key, ""},
    {"extract", &ServerOptions::extract, ""},
    {"converter", &ServerOptions::converter, ""},
    {"backup-dir", &ServerOptions::backup_dir, ""},
    {"backup-key-file", &ServerOptions::backup_key_file, ""},
    {"log-level", &ServerOptions::log_level, "error, warning, info, debug"},
    {"log-format", &ServerOptions::log_format, "text, json"},
    {"log-name", &ServerOptions::log_name, ""},
    {"log-key", &ServerOptions::log_key, ""},
};

absl::Status SetText(const TextOption& text, const std::string& value, ServerOptions* options) {
  const std::vector<std::string> choices = absl::StrSplit(text.choices, ", ", absl::SkipEmpty());
  // What earlier versions called a warning.
  const std::string& chosen = text.name == "log-level" && value == "warn" ? "warning" : value;
  if (!choices.empty() && std::find(choices.begin(), choices.end(), chosen) == choices.end())
    return absl::InvalidArgumentError(absl::StrCat("--", text.name, " is one of ", text.choices));
  options->*text.field = chosen;
  return absl::OkStatus();
}

// An option that is a time span.
struct SpanOption {
  absl::string_view name;
  absl::Duration ServerOptions::*field;
};

constexpr SpanOption kSpans[] = {{"backup-every", &ServerOptions::backup_every},
                                 {"backup-keep", &ServerOptions::backup_keep}};

constexpr int64_t kLongestSpan = int64_t{10} * 365 * 86'400;  // seconds

absl::Status SetSpan(const SpanOption& span, const std::string& value, ServerOptions* options) {
  constexpr std::pair<absl::string_view, int64_t> kUnits[] = {
      {"s", 1}, {"m", 60}, {"h", 3'600}, {"d", 86'400}};
  for (const auto& [unit, seconds] : kUnits) {
    absl::string_view number = value;
    uint32_t count = 0;
    if (!absl::ConsumeSuffix(&number, unit) || !absl::SimpleAtoi(number, &count) || count == 0 ||
        count > kLongestSpan / seconds)
      continue;
    options->*span.field = absl::Seconds(count * seconds);
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "--", span.name, " is a whole number with its unit, up to ten years: 90s, 15m, 24h or 30d"));
}

absl::Status Set(const std::string& name, const std::string& value, ServerOptions* options);

absl::Status ReadConfig(const std::string& path, ServerOptions* options) {
  std::ifstream file(path);
  std::error_code ignored;
  if (!file || std::filesystem::is_directory(path, ignored))
    return absl::InvalidArgumentError(absl::StrCat("--config: cannot read ", path));
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    const absl::string_view text = absl::StripAsciiWhitespace(line);
    if (text.empty() || text[0] == '#') continue;
    const std::pair<std::string, std::string> pair = absl::StrSplit(text, absl::MaxSplits('=', 1));
    const std::string name(absl::StripAsciiWhitespace(pair.first));
    if (name == "config" || IsSwitch(name)) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, ":", number, ": ", name, " belongs on the command line"));
    }
    if (absl::Status set = Set(name, std::string(absl::StripAsciiWhitespace(pair.second)), options);
        !set.ok()) {
      return absl::InvalidArgumentError(absl::StrCat(path, ":", number, ": ", set.message()));
    }
  }
  return absl::OkStatus();
}

bool IsKnown(absl::string_view name) {
  const auto is_named = [&](const auto& option) { return name == option.name; };
  return IsSwitch(name) || name == "config" || std::any_of(std::begin(kTexts), std::end(kTexts), is_named) ||
         std::any_of(std::begin(kNumbers), std::end(kNumbers), is_named) ||
         std::any_of(std::begin(kSpans), std::end(kSpans), is_named);
}

absl::Status Set(const std::string& name, const std::string& value, ServerOptions* options) {
  if (!IsKnown(name)) {
    return absl::InvalidArgumentError(absl::StrCat("unknown option --", name, "; see attaind --help"));
  }
  if (name == "help") {
    options->help = true;
  } else if (name == "version") {
    options->version = true;
  } else if (name == "accept-loss") {
    options->accept_loss = true;
  } else if (value.empty()) {
    return absl::InvalidArgumentError(absl::StrCat("--", name, " needs a value: --", name, "=VALUE"));
  } else if (name == "config") {
    return ReadConfig(value, options);
  } else {
    for (const TextOption& text : kTexts) {
      if (name == text.name) return SetText(text, value, options);
    }
    for (const NumberOption& number : kNumbers) {
      if (name == number.name) return SetNumber(number, value, options);
    }
    for (const SpanOption& span : kSpans) {
      if (name == span.name) return SetSpan(span, value, options);
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ServerOptions> ParseOptions(const std::vector<std::string>& arguments) {
  ServerOptions options;
  for (size_t i = 0; i < arguments.size(); ++i) {
    absl::string_view argument = arguments[i];
    if (argument == "-h") argument = "--help";
    if (!absl::ConsumePrefix(&argument, "--")) {
      return absl::InvalidArgumentError(
          absl::StrCat("unexpected argument ", arguments[i], "; see attaind --help"));
    }
    const std::pair<std::string, std::string> pair = absl::StrSplit(argument, absl::MaxSplits('=', 1));
    std::string value = pair.second;
    const bool separate =
        !absl::StrContains(argument, "=") && !IsSwitch(pair.first) && i + 1 < arguments.size();
    if (separate) value = arguments[++i];
    if (absl::Status set = Set(pair.first, value, &options); !set.ok()) return set;
  }
  if (!options.help && !options.version && options.data_dir.empty()) {
    return absl::InvalidArgumentError("--data-dir=DIR is required: the directory that keeps the data");
  }
  if (options.tls_cert.empty() != options.tls_key.empty()) {
    return absl::InvalidArgumentError("--tls-cert and --tls-key go together");
  }
  const ServerOptions defaults;
  if (options.backup_dir.empty() &&
      (!options.backup_key_file.empty() || options.backup_every != defaults.backup_every ||
       options.backup_keep != defaults.backup_keep)) {
    return absl::InvalidArgumentError("options of backups need --backup-dir=DIR: where they go");
  }
  return options;
}

std::string HelpText() {
  return kHelp;
}

bool IsLoopback(const std::string& listen) {
  return absl::StartsWith(listen, "127.") || absl::StartsWith(listen, "localhost:") ||
         absl::StartsWith(listen, "[::1]:") || absl::StartsWith(listen, "unix:");
}

}  // namespace attain::server
