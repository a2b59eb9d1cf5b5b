#include "service/server/offline.h"

#include <cstdio>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "service/recovery/restore.h"
#include "storage/backup/backups.h"

namespace attain::server {
namespace {

constexpr char kHelp[] = R"(attaind verify-backup, attaind restore - backups while no server runs

Usage:
  attaind verify-backup --backup-dir=DIR [--id=N] [--backup-key-file=FILE]
  attaind restore --backup-dir=DIR --to=DIR [--id=N] [--revision=R] [--backup-key-file=FILE]

  --backup-dir=DIR        where the backups are
  --id=N                  which one. Default: verify-backup reads all; restore takes the newest that is whole,
                          or with --revision the oldest that has it
  --to=DIR                the data directory that is made; it must not exist or be empty
  --revision=R            restore the store as it was at revision R; what came after it is not there.
                          Default: all that the backup has
  --backup-key-file=FILE  the key that they were encrypted with

Both check every byte. A restore makes the whole directory or none, and changes neither the backup nor the old data.
Exit codes: 0 all is well, 1 damaged or failed (stderr says what), 2 wrong options.
)";

struct Offline {
  std::string command, backup_dir, to, key_file;
  uint32_t id = 0;
  std::optional<uint64_t> revision;
  bool help = false;
};

absl::Status Wrong(absl::string_view text) {
  return absl::InvalidArgumentError(absl::StrCat(text, "; see attaind restore --help"));
}

absl::Status Set(const std::string& name, const std::string& value, Offline* offline) {
  if (value.empty()) return Wrong(absl::StrCat("--", name, " needs a value: --", name, "=VALUE"));
  if (name == "backup-dir") {
    offline->backup_dir = value;
  } else if (name == "backup-key-file") {
    offline->key_file = value;
  } else if (name == "to") {
    offline->to = value;
  } else if (name == "id") {
    if (!absl::SimpleAtoi(value, &offline->id) || offline->id == 0) return Wrong("--id is a number from 1");
  } else {
    uint64_t revision = 0;
    if (!absl::SimpleAtoi(value, &revision) || revision == 0) return Wrong("--revision is a number from 1");
    offline->revision = revision;
  }
  return absl::OkStatus();
}

absl::StatusOr<Offline> Parse(const std::vector<std::string>& arguments) {
  Offline offline;
  offline.command = arguments[0];
  const bool restores = offline.command == "restore";
  for (size_t i = 1; i < arguments.size(); ++i) {
    absl::string_view argument = arguments[i];
    if (argument == "--help" || argument == "-h") {
      offline.help = true;
      return offline;
    }
    if (!absl::ConsumePrefix(&argument, "--"))
      return Wrong(absl::StrCat("unexpected argument ", arguments[i]));
    const std::pair<std::string, std::string> pair = absl::StrSplit(argument, absl::MaxSplits('=', 1));
    const std::string& name = pair.first;
    const bool known = name == "backup-dir" || name == "backup-key-file" || name == "id" ||
                       (restores && (name == "to" || name == "revision"));
    if (!known) return Wrong(absl::StrCat("unknown option --", name));
    std::string value = pair.second;
    if (!absl::StrContains(argument, "=") && i + 1 < arguments.size()) value = arguments[++i];
    if (absl::Status set = Set(name, value, &offline); !set.ok()) return set;
  }
  if (offline.backup_dir.empty()) return Wrong("--backup-dir=DIR is required");
  if (restores && offline.to.empty()) return Wrong("--to=DIR is required: the data directory to make");
  return offline;
}

void Say(const std::string& sentence) {
  std::printf("%s\n", sentence.c_str());
  std::fflush(stdout);
}

void Complain(absl::string_view sentence) {
  std::fprintf(stderr, "attaind: %s\n", std::string(sentence).c_str());
}

std::string Named(const storage::BackupInfo& info) {
  return absl::StrCat("backup ", info.id, ", revision ", info.head.revision, ", made ",
                      absl::FormatTime(absl::RFC3339_sec, info.made, absl::LocalTimeZone()));
}

bool VerifyOne(const storage::Backups& backups, uint32_t id) {
  const absl::StatusOr<storage::BackupInfo> info = backups.Verify(id, nullptr);
  if (info.ok()) {
    Say(absl::StrCat("whole: ", Named(*info), ", ", info->bytes, " bytes",
                     info->encrypted ? ", encrypted" : ""));
  } else {
    Complain(absl::StrCat("backup ", id, ": ", info.status().message()));
  }
  return info.ok();
}

int Verify(const storage::Backups& backups, uint32_t id) {
  if (id != 0) return VerifyOne(backups, id) ? 0 : 1;
  const absl::StatusOr<std::vector<storage::BackupInfo>> infos = backups.List();
  if (!infos.ok() || infos->empty()) {
    Complain(infos.ok() ? "there is no backup" : infos.status().message());
    return 1;
  }
  bool whole = true;
  for (const storage::BackupInfo& info : *infos) whole = VerifyOne(backups, info.id) && whole;
  return whole ? 0 : 1;
}

int Restore(const storage::Backups& backups, const Offline& offline) {
  engine::RecoveryOptions options;
  options.id = offline.id;
  options.target = offline.to;
  options.revision = offline.revision;
  const absl::StatusOr<engine::Recovered> recovered = engine::Recover(backups, options);
  if (!recovered.ok()) {
    Complain(recovered.status().message());
    return 1;
  }
  Say(absl::StrCat("restored ", offline.to, " from ", Named(recovered->backup), ": store ",
                   recovered->backup.store_id, ", revision ", recovered->head.revision, ", hash ",
                   absl::BytesToHexString(recovered->head.hash)));
  return 0;
}

}  // namespace

std::optional<int> RunOffline(const std::vector<std::string>& arguments) {
  if (arguments.empty() || (arguments[0] != "restore" && arguments[0] != "verify-backup"))
    return std::nullopt;
  const absl::StatusOr<Offline> offline = Parse(arguments);
  if (!offline.ok()) {
    Complain(offline.status().message());
    return 2;
  }
  if (offline->help) {
    std::fputs(kHelp, stdout);
    return 0;
  }
  storage::BackupsOptions options;
  options.directory = offline->backup_dir;
  if (!offline->key_file.empty()) {
    absl::StatusOr<storage::KeyFile> file = storage::ReadKeyFile(offline->key_file);
    if (!file.ok()) {
      Complain(file.status().message());
      return 2;
    }
    if (!file->warning.empty()) Complain(absl::StrCat("WARNING: ", file->warning));
    options.key = std::move(file->key);
  }
  const storage::Backups backups(std::move(options));
  return offline->command == "restore" ? Restore(backups, *offline) : Verify(backups, offline->id);
}

}  // namespace attain::server
