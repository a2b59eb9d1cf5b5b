#include "storage/backup/manifest.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace attain::storage {
namespace {

constexpr absl::string_view kFirstLine = "attain-backup 1", kNothing = "-";
constexpr absl::string_view kSeal = "seal ", kCheck = "check ";
constexpr size_t kHexHash = 2 * kHashBytes;

std::string Digest(absl::string_view text) {
  Sha256 sha;
  sha.Add(text);
  return absl::BytesToHexString(View(sha.Finish()));
}

std::string SealOf(absl::string_view text, const BackupKey& key) {
  return absl::BytesToHexString(View(Hmac(key.seal_key(), text)));
}

bool IsHex(absl::string_view text, size_t digits) {
  return text.size() == digits && std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isdigit(c) || (c >= 'a' && c <= 'f');
         });
}

// It becomes a path: nothing that leads out of a directory.
bool IsFileName(absl::string_view name) {
  return !name.empty() && name[0] != '.' && std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_isalnum(c) || c == '-' || c == '_' || c == '.';
  });
}

// Takes the lines one by one; once one does not fit, all that follow do not.
class Lines {
 public:
  explicit Lines(absl::string_view text) : rest_(text) {}

  absl::string_view Value(absl::string_view name) {
    if (!absl::ConsumePrefix(&rest_, name) || !absl::ConsumePrefix(&rest_, " ")) good_ = false;
    const size_t end = rest_.find('\n');
    if (!good_ || end == absl::string_view::npos) {
      good_ = false;
      return "";
    }
    const absl::string_view value = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return value;
  }
  template <typename Number>
  void Take(absl::string_view name, Number* number) {
    good_ = absl::SimpleAtoi(Value(name), number) && good_;
  }
  std::string Hex(absl::string_view name, size_t digits) {
    const absl::string_view value = Value(name);
    good_ = good_ && IsHex(value, digits);
    return std::string(value);
  }
  absl::Time Time(absl::string_view name) {
    int64_t micros = 0;
    Take(name, &micros);
    return absl::FromUnixMicros(micros);
  }
  bool Has(absl::string_view name) const { return good_ && absl::StartsWith(rest_, name); }
  void Fail() { good_ = false; }
  bool AtEnd() const { return good_ && rest_.empty(); }

 private:
  absl::string_view rest_;
  bool good_ = true;
};

void TakeFile(Lines* lines, Manifest* manifest) {
  const std::vector<absl::string_view> words = absl::StrSplit(lines->Value("file"), ' ');
  BackupFile file;
  if (words.size() != 3 || !IsFileName(words[0]) || !absl::SimpleAtoi(words[1], &file.bytes) ||
      !IsHex(words[2], kHexHash)) {
    return lines->Fail();
  }
  file.name = std::string(words[0]);
  file.stored = std::string(words[2]);
  manifest->files.push_back(std::move(file));
}

// Where the line that begins with `word` begins; it must be the last one.
std::optional<size_t> LastLine(absl::string_view text, absl::string_view word) {
  if (!absl::ConsumeSuffix(&text, "\n")) return std::nullopt;
  const size_t before = text.rfind('\n');
  if (before == absl::string_view::npos || !absl::StartsWith(text.substr(before + 1), word))
    return std::nullopt;
  return before + 1;
}

}  // namespace

std::string EncodeManifest(const Manifest& manifest, const BackupKey* key) {
  const bool empty = manifest.head.revision == 0;
  std::string text = absl::StrCat(
      kFirstLine, "\nid ", manifest.id, "\nstore ", manifest.store_id, "\nepoch ", manifest.epoch,
      "\nrevision ", manifest.head.revision, "\nhash ", absl::BytesToHexString(manifest.head.hash),
      "\nrecorded ", empty ? std::string(kNothing) : absl::StrCat(absl::ToUnixMicros(manifest.head.time)));
  absl::StrAppend(&text, "\nmade ", absl::ToUnixMicros(manifest.made), "\nschema ", manifest.schema_version,
                  "\nkey ", manifest.key_id.empty() ? std::string(kNothing) : manifest.key_id, "\n");
  for (const BackupFile& file : manifest.files)
    absl::StrAppend(&text, "file ", file.name, " ", file.bytes, " ", file.stored, "\n");
  absl::StrAppend(&text, kSeal, key == nullptr ? std::string(kNothing) : SealOf(text, *key), "\n");
  absl::StrAppend(&text, kCheck, Digest(text), "\n");
  return text;
}

absl::StatusOr<Manifest> DecodeManifest(absl::string_view text) {
  const absl::Status damaged = absl::DataLossError("the list of the backup is damaged or cut off");
  const std::optional<size_t> check = LastLine(text, kCheck);
  if (!check.has_value() || text.substr(*check) != absl::StrCat(kCheck, Digest(text.substr(0, *check)), "\n"))
    return damaged;
  text = text.substr(0, *check);
  const std::optional<size_t> seal = LastLine(text, kSeal);
  if (!seal.has_value() || !absl::ConsumePrefix(&text, absl::StrCat(kFirstLine, "\n"))) return damaged;
  Lines lines(text.substr(0, *seal - kFirstLine.size() - 1));
  Manifest manifest;
  lines.Take("id", &manifest.id);
  manifest.store_id = lines.Hex("store", 32);
  lines.Take("epoch", &manifest.epoch);
  lines.Take("revision", &manifest.head.revision);
  manifest.head.hash = absl::HexStringToBytes(lines.Hex("hash", kHexHash));
  if (manifest.head.revision == 0) {
    if (lines.Value("recorded") != kNothing) lines.Fail();
  } else {
    manifest.head.time = lines.Time("recorded");
  }
  manifest.made = lines.Time("made");
  lines.Take("schema", &manifest.schema_version);
  manifest.key_id = std::string(lines.Value("key"));
  if (manifest.key_id == kNothing) manifest.key_id.clear();
  while (lines.Has("file ")) TakeFile(&lines, &manifest);
  if (!lines.AtEnd()) return damaged;
  return manifest;
}

absl::Status CheckSeal(absl::string_view text, const Manifest& manifest, const BackupKey* key) {
  if (manifest.key_id.empty()) {
    if (key == nullptr) return absl::OkStatus();
    return absl::FailedPreconditionError(
        absl::StrCat("backup ", manifest.id, " is not encrypted; leave the key file out"));
  }
  if (key == nullptr) {
    return absl::FailedPreconditionError(
        absl::StrCat("backup ", manifest.id, " is encrypted; give the file of the key ", manifest.key_id));
  }
  if (manifest.key_id != key->id()) {
    return absl::FailedPreconditionError(absl::StrCat("backup ", manifest.id, " was made with the key ",
                                                      manifest.key_id, "; the file holds the key ",
                                                      key->id()));
  }
  const std::optional<size_t> check = LastLine(text, kCheck);
  const std::optional<size_t> seal =
      check.has_value() ? LastLine(text.substr(0, *check), kSeal) : std::nullopt;
  if (!seal.has_value() ||
      text.substr(*seal, *check - *seal) != absl::StrCat(kSeal, SealOf(text.substr(0, *seal), *key), "\n")) {
    return absl::DataLossError(absl::StrCat("the list of backup ", manifest.id,
                                            " was changed by somebody who does not have its key"));
  }
  return absl::OkStatus();
}

}  // namespace attain::storage
