#include "service/server/head_signing.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "proofs/key.h"
#include "service/history/notary.h"
#include "service/server/log.h"

namespace attain::server {
namespace {

constexpr size_t kStoreDigits = 16;

// A new key in a file that its owner alone reads. ALREADY_EXISTS when there is one.
absl::Status MakeKey(const std::string& path, const std::string& origin) {
  const absl::StatusOr<proofs::SecretKey> key =
      proofs::SecretKey::Make(origin, proofs::SignatureType::kEd25519, proofs::Ed25519PrivateKey::Generate());
  if (!key.ok()) return key.status();
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return absl::ErrnoToStatus(errno, absl::StrCat("--log-key: cannot make ", path));
  absl::Cleanup close_file = [file] { close(file); };
  std::string text = key->Text() + "\n";
  const bool wrote =
      write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && fsync(file) == 0;
  proofs::Wipe(&text);
  if (!wrote) return absl::ErrnoToStatus(errno, absl::StrCat("--log-key: cannot write ", path));
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadKey(const std::string& path) {
  struct stat facts;
  if (stat(path.c_str(), &facts) == 0 && (facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("--log-key: others may read ", path, ": chmod 600 it, or make a new key if they have"));
  }
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  if (!in) return absl::InvalidArgumentError(absl::StrCat("--log-key: cannot read ", path));
  return std::string(absl::StripAsciiWhitespace(text.str()));
}

}  // namespace

absl::StatusOr<engine::HeadOptions> HeadOptionsOf(const ServerOptions& options, const storage::Store& store) {
  engine::HeadOptions heads;
  heads.origin =
      absl::StrCat(options.log_name, "/", store.store_id().substr(0, kStoreDigits), "/", store.epoch());
  if (!proofs::IsKeyName(heads.origin)) {
    return absl::InvalidArgumentError(
        absl::StrCat("--log-name=", options.log_name,
                     ": write a domain of yours, such as log.example.org, without blanks and +"));
  }
  heads.refused = [](const absl::Status& status) {
    ProcessLog().Write({calls::Level::kError,
                        "no head of the log is signed",
                        {{"cause", std::string(status.message())}},
                        "notary"});
  };
  if (options.log_key.empty()) return heads;
  if (access(options.log_key.c_str(), F_OK) != 0) {
    if (absl::Status made = MakeKey(options.log_key, heads.origin); !made.ok()) return made;
  }
  absl::StatusOr<std::string> key = ReadKey(options.log_key);
  if (!key.ok()) return key.status();
  auto notary =
      engine::MakeLocalNotary(*key, heads.origin, options.log_key + ".state", engine::SystemClock());
  if (!notary.ok()) {
    return absl::Status(notary.status().code(),
                        absl::StrCat("--log-key=", options.log_key, ": ", notary.status().message()));
  }
  heads.notary = *std::move(notary);
  ProcessLog().Write({calls::Level::kWarning,
                      "attaind: --log-key is for trials: whoever has this server can sign another history",
                      {{"verifier_key", heads.notary->verifier_key()}},
                      ""});
  return heads;
}

}  // namespace attain::server
