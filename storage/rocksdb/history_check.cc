#include "storage/rocksdb/history_check.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/entry_codec.h"
#include "storage/rocksdb/families.h"
#include "storage/rocksdb/files/record_keys.h"
#include "storage/rocksdb/files/status.h"
#include "storage/rocksdb/rocks_store.h"
#include "storage/rocksdb/schema.h"

namespace attain::storage {
namespace {

constexpr absl::string_view kWaysOut =
    "restore a backup, or start once with --accept-loss to go on without them";

std::string DefaultPlaceBeside(const std::string& directory) {
  std::string path = std::filesystem::absolute(directory).lexically_normal().string();
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return absl::StrCat(path, ".head-mark");
}

std::string Revisions(Revision first, Revision last) {
  if (last == 0) return absl::StrCat("revisions from ", first, " on");
  return first == last ? absl::StrCat("revision ", first) : absl::StrCat("revisions ", first, " … ", last);
}

// Of revisions that were acknowledged.
std::string Missing(Revision first, Revision last) {
  return absl::StrCat(Revisions(first, last), " that ", first == last ? "was" : "were", " acknowledged ",
                      first == last ? "is" : "are", " missing");
}

absl::StatusOr<History> HistoryOf(const Database& database) {
  History history;
  absl::StatusOr<std::string> id = ReadStoreId(database.db(), database.families());
  if (!id.ok()) return id.status();
  absl::StatusOr<Epochs> epochs = ReadEpochs(database.db(), database.families());
  if (!epochs.ok()) return epochs.status();
  absl::StatusOr<Head> head = ReadHead(database.db(), database.families());
  if (!head.ok()) return head.status();
  return History{*std::move(id), *std::move(epochs), *std::move(head)};
}

// The hash of an entry; empty when it is not there.
absl::StatusOr<std::string> HashAt(const Database& database, const Head& head, Revision revision) {
  if (revision == head.revision) return head.hash;
  std::string bytes;
  EntryView entry;
  const rocksdb::Status read =
      database.db()->Get(rocksdb::ReadOptions(), database.family(kJournal), JournalKey(revision), &bytes);
  if (!read.ok() && !read.IsNotFound()) return FromRocks(absl::StrCat("read revision ", revision), read);
  return std::string(read.ok() && DecodeEntry(bytes, &entry) ? entry.hash : "");
}

}  // namespace

absl::Status CompareWithMark(const Database& database, const History& history, const Mark& mark, Loss* loss) {
  if (mark.store_id != history.store_id) {
    return absl::FailedPreconditionError(absl::StrCat(
        "is of store ", mark.store_id, ", and the data directory holds store ", history.store_id,
        ": put the right directory there, or take that file away if this store is the one that you mean"));
  }
  // The history went on without what an older epoch knew: that was accepted.
  if (mark.epoch < history.epoch()) return absl::OkStatus();
  const Revision head = history.head.revision, marked = mark.head.revision;
  const std::string both = absl::StrCat("the store ends at revision ", head, " of epoch ", history.epoch(),
                                        " and was at revision ", marked, " of epoch ", mark.epoch);
  *loss = {head + 1, marked, mark.epoch, ""};
  if (head < marked) {
    return absl::DataLossError(absl::StrCat(both, ": ", Missing(head + 1, marked), "; ", kWaysOut));
  }
  if (mark.epoch > history.epoch()) {
    *loss = {0, 0, mark.epoch, ""};
    return absl::DataLossError(absl::StrCat(both, ": an older copy was put in its place; ", kWaysOut));
  }
  if (marked == 0) return absl::OkStatus();
  const absl::StatusOr<std::string> hash = HashAt(database, history.head, marked);
  if (!hash.ok()) return hash.status();
  if (*hash == mark.head.hash) return absl::OkStatus();
  *loss = {0, 0, mark.epoch, ""};
  return absl::DataLossError(
      absl::StrCat(both, ": revision ", marked,
                   " is not the entry that was acknowledged, so this is another history; ", kWaysOut));
}

HistoryCheck::HistoryCheck(const RocksStoreOptions& options, OpenReport* report)
    : options_(options),
      report_(report),
      env_(options.env != nullptr ? options.env : rocksdb::Env::Default()),
      inside_(env_, absl::StrCat(options.directory, "/", kHeadMarkName)),
      beside_(env_, options.head_mark.empty() ? DefaultPlaceBeside(options.directory) : options.head_mark) {}

void HistoryCheck::Read() {
  for (const MarkFile* file : {&inside_, &beside_}) {
    const absl::StatusOr<std::optional<Mark>> mark = file->Read();
    if (!mark.ok()) {
      Warn(absl::StrCat("a head mark cannot be read, and is made anew: ", mark.status().message()));
    } else if (mark->has_value()) {
      const bool newer = !marks_.empty() && IsNewer(**mark, marks_.front().mark);
      marks_.insert(newer ? marks_.begin() : marks_.end(), Found{**mark, file->path()});
    }
  }
}

absl::Status HistoryCheck::Compare(const Database& database, const History& history, Loss* loss) const {
  for (const Found& found : marks_) {
    const absl::Status compared = CompareWithMark(database, history, found.mark, loss);
    if (!compared.ok())
      return absl::Status(compared.code(), absl::StrCat(found.path, ": ", compared.message()));
  }
  return absl::OkStatus();
}

absl::Status HistoryCheck::RefuseDamage(const LogDamage& damage, Revision head) const {
  const Revision known = std::max(logs_.dropped_head, marked());
  return absl::DataLossError(absl::StrCat("the log of ", options_.directory, " is damaged (", damage.file,
                                          ", byte ", damage.offset, "): the store would end at revision ",
                                          head, known > 0 ? absl::StrCat(" and was at revision ", known) : "",
                                          ": ", Missing(head + 1, known), "; ", kWaysOut));
}

absl::Status HistoryCheck::CheckFiles() {
  if (env_->FileExists(absl::StrCat(options_.directory, "/CURRENT")).IsNotFound()) {
    if (marked() == 0) return absl::OkStatus();
    return absl::FailedPreconditionError(absl::StrCat(
        options_.directory, " holds no store, but was one at revision ", marked(), " (", marks_.front().path,
        "): put the directory back, or take that file away to begin a new store"));
  }
  absl::StatusOr<LogScan> logs = ScanLogs(env_, options_.directory);
  if (!logs.ok()) return logs.status();
  logs_ = *std::move(logs);
  // What the log brings back is enough, or the database itself must tell.
  if (!logs_.damage.has_value() && logs_.head >= marked()) return absl::OkStatus();
  absl::Status checked = CheckReadOnly();
  return options_.accept_loss && absl::IsDataLoss(checked) ? absl::OkStatus() : checked;
}

absl::Status HistoryCheck::CheckReadOnly() const {
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  const rocksdb::DBOptions options = DatabaseOptions(options_, std::make_shared<Failure>());
  const rocksdb::Status status =
      rocksdb::DB::OpenForReadOnly(options, options_.directory, FamilyOptions(options_), &handles, &opened);
  absl::StatusOr<History> history = absl::UnavailableError("not opened");
  if (status.ok()) {
    const Database database(std::unique_ptr<rocksdb::DB>(opened), std::move(handles));
    history = HistoryOf(database);
    // All records have gone with the log, those of the making, too.
    if (absl::IsNotFound(history.status()) && marked() > 0)
      history = History{marks_.front().mark.store_id, Epochs(), Head()};
    Loss loss;
    const absl::Status compared = history.ok() ? Compare(database, *history, &loss) : absl::OkStatus();
    if (!compared.ok() && (!absl::IsDataLoss(compared) || !logs_.damage.has_value())) return compared;
  }
  if (logs_.damage.has_value())
    return RefuseDamage(*logs_.damage, history.ok() ? history->head.revision : logs_.head);
  return absl::OkStatus();  // if it cannot be read, the real opening says what is wrong
}

std::string HistoryCheck::KnownStoreId() const {
  return options_.accept_loss && marked() > 0 ? marks_.front().mark.store_id : "";
}

absl::Status HistoryCheck::CheckOpened(const Database& database, History* history) {
  Loss loss;
  absl::Status compared = Compare(database, *history, &loss);
  if (compared.ok() && logs_.damage.has_value()) {
    loss = {history->head.revision + 1, logs_.dropped_head, history->epoch(), ""};
    compared = RefuseDamage(*logs_.damage, history->head.revision);
  }
  if (!options_.accept_loss || !absl::IsDataLoss(compared)) {
    if (compared.ok() && options_.accept_loss)
      Warn("--accept-loss: nothing is missing; start without it, so that a loss to come is not accepted too");
    return compared;
  }
  if (loss.first > 0) loss.last = std::max(loss.last, logs_.dropped_head);
  // Of another history nothing is known to be what it was.
  history->epochs.Begin(std::max(history->epoch(), loss.epoch) + 1,
                        loss.first == 0 ? 1 : history->head.revision + 1);
  absl::Status written = WriteEpochs(database.db(), database.families(), history->epochs);
  if (!written.ok()) return written;
  loss.words = absl::StrCat(
      "a loss was accepted: ",
      loss.first == 0 ? "what was acknowledged may have been another history"
                      : absl::StrCat(Revisions(loss.first, loss.last), " of epoch ", loss.epoch,
                                     loss.first == loss.last ? " is gone" : " are gone"),
      "; the history goes on behind revision ", history->head.revision, " as epoch ", history->epoch());
  report_->loss = std::move(loss);
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<MarkKeeper>> HistoryCheck::Keep(const Database& database,
                                                               const History& history) {
  const absl::StatusOr<bool> marked = ReadMarked(database.db(), database.families());
  if (!marked.ok()) return marked.status();
  if (*marked && marks_.empty()) {
    Warn(absl::StrCat("the head marks of ", options_.directory, " are gone (", inside_.path(), ", ",
                      beside_.path(),
                      "): whether this is all that was acknowledged cannot be told; new ones are made"));
  }
  const Mark mark{history.store_id, history.epoch(), history.head};
  std::vector<MarkFile> files;
  for (MarkFile* file : {&inside_, &beside_}) {
    const absl::Status made = file->Make(mark);
    if (made.ok()) {
      files.push_back(*file);
    } else if (file == &beside_) {
      Warn(absl::StrCat("no head mark can be kept beside the data directory (", made.message(),
                        "), so an older copy of it put back would not be noticed; name a place for it with "
                        "--head-mark=FILE"));
    } else {
      Warn(absl::StrCat("no head mark can be kept in the data directory: ", made.message()));
    }
  }
  if (!*marked && !files.empty()) {
    if (absl::Status noted = WriteMarked(database.db(), database.families()); !noted.ok()) return noted;
  }
  return std::make_unique<MarkKeeper>(std::move(files), mark, options_.warn);
}

}  // namespace attain::storage
