#include "storage/rocksdb/database_files.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "rocksdb/env.h"
#include "rocksdb/file_checksum.h"
#include "rocksdb/sst_file_reader.h"
#include "rocksdb/table.h"
#include "storage/rocksdb/files/log_frames.h"
#include "storage/rocksdb/files/status.h"
#include "storage/rocksdb/files/table_footer.h"

namespace attain::storage {
namespace {

constexpr size_t kPiece = size_t{1} << 20;

// Nothing that is read here is deleted meanwhile. A database that is open for reading deletes nothing anyhow.
class KeepFiles {
 public:
  explicit KeepFiles(rocksdb::DB* db) : db_(db), kept_(db->DisableFileDeletions().ok()) {}
  ~KeepFiles() {
    if (kept_) db_->EnableFileDeletions(/*force=*/false).PermitUncheckedError();
  }
  KeepFiles(const KeepFiles&) = delete;
  KeepFiles& operator=(const KeepFiles&) = delete;

 private:
  rocksdb::DB* const db_;
  const bool kept_;
};

class FileCheck {
 public:
  FileCheck(const Database& database, bool closed, Inspection::FileProgress progress, FlawVisitor visitor)
      : db_(database.db()), closed_(closed), progress_(progress), visitor_(visitor) {}

  absl::Status Run();

 private:
  struct Log {
    std::string name;
    uint64_t size = 0;
    LogEnd end = LogEnd::kWhole;
  };

  // The tables and the manifest; of a database that is open its logs, too.
  absl::Status List();
  absl::Status ListLogs();
  void CheckTable(const rocksdb::LiveFileMetaData& table);
  void CheckWholeTable(const rocksdb::LiveFileMetaData& table, const std::string& path);
  void CheckBlocks(const std::string& name, const std::string& path, uint64_t size);
  void CheckLog(const Log& log);
  void CheckCurrent();
  // Gives the first `size` bytes piece by piece. False when the file cannot be read that far, which is told.
  bool Read(const std::string& name, const std::string& path, uint64_t size,
            absl::FunctionRef<void(absl::string_view)> add);
  void Tell(absl::string_view name, absl::string_view what) {
    visitor_({std::string(name), std::string(what)});
  }
  void Advance(uint64_t bytes) {
    done_ += bytes;
    stopped_ = !progress_(done_, total_) || stopped_;
  }
  std::string PathOf(const std::string& name) const { return absl::StrCat(db_->GetName(), "/", name); }

  rocksdb::DB* const db_;
  const bool closed_;
  const Inspection::FileProgress progress_;
  const FlawVisitor visitor_;
  std::vector<rocksdb::LiveFileMetaData> tables_;
  std::vector<Log> logs_;
  std::string manifest_;
  uint64_t done_ = 0, total_ = 0;
  bool stopped_ = false;
};

absl::Status FileCheck::Run() {
  const KeepFiles keep(db_);
  if (absl::Status listed = List(); !listed.ok()) return listed;
  for (const rocksdb::LiveFileMetaData& table : tables_) {
    if (!stopped_) CheckTable(table);
  }
  for (const Log& log : logs_) {
    if (!stopped_) CheckLog(log);
  }
  if (!stopped_) CheckCurrent();
  return absl::OkStatus();
}

absl::Status FileCheck::List() {
  std::vector<std::string> names;
  uint64_t manifest_size = 0;
  const rocksdb::Status listed = db_->GetLiveFiles(names, &manifest_size, /*flush_memtable=*/false);
  if (!listed.ok()) return FromRocks("list the files of the store", listed);
  db_->GetLiveFilesMetaData(&tables_);
  for (const std::string& path : names) {
    const std::string name = path.substr(path.find_last_of('/') + 1);
    if (absl::StartsWith(name, "MANIFEST-")) manifest_ = name;
  }
  // Of a database that is open, bytes may be added while this goes on.
  if (closed_ && !db_->GetEnv()->GetFileSize(PathOf(manifest_), &manifest_size).ok()) manifest_size = 0;
  logs_.push_back({manifest_, manifest_size, LogEnd::kWhole});
  absl::Status logs = closed_ ? absl::OkStatus() : ListLogs();
  for (const rocksdb::LiveFileMetaData& table : tables_) total_ += table.size;
  for (const Log& log : logs_) total_ += log.size;
  return logs;
}

absl::Status FileCheck::ListLogs() {
  std::vector<std::string> children;
  if (const rocksdb::Status status = db_->GetEnv()->GetChildren(db_->GetName(), &children); !status.ok()) {
    return FromRocks("list the files of the store", status);
  }
  std::sort(children.begin(), children.end());
  for (const std::string& name : children) {
    uint64_t size = 0;
    // One that is gone by now was not needed any more.
    if (absl::EndsWith(name, ".log") && db_->GetEnv()->GetFileSize(PathOf(name), &size).ok()) {
      logs_.push_back({name, size, LogEnd::kMayBeTorn});
    }
  }
  return absl::OkStatus();
}

bool FileCheck::Read(const std::string& name, const std::string& path, uint64_t size,
                     absl::FunctionRef<void(absl::string_view)> add) {
  std::unique_ptr<rocksdb::SequentialFile> file;
  rocksdb::Status status = db_->GetEnv()->NewSequentialFile(path, &file, rocksdb::EnvOptions());
  std::string scratch(kPiece, '\0');
  uint64_t done = 0;
  while (status.ok() && done < size && !stopped_) {
    rocksdb::Slice piece;
    status = file->Read(std::min<uint64_t>(kPiece, size - done), &piece, scratch.data());
    if (status.ok() && piece.empty()) {
      Tell(name, absl::StrCat("is cut off: has ", done, " bytes of ", size));
      return false;
    }
    add(ToView(piece));
    done += piece.size();
    Advance(piece.size());
  }
  if (!status.ok()) Tell(name, absl::StrCat("cannot be read: ", status.ToString()));
  return status.ok() && !stopped_;
}

void FileCheck::CheckTable(const rocksdb::LiveFileMetaData& table) {
  const std::string path = absl::StrCat(table.directory, "/", table.relative_filename);
  uint64_t size = 0;
  const rocksdb::Status status = db_->GetEnv()->GetFileSize(path, &size);
  if (!status.ok()) return Tell(table.relative_filename, absl::StrCat("is missing: ", status.ToString()));
  if (size != table.size) {
    return Tell(table.relative_filename, absl::StrCat("has ", size, " bytes; ", table.size, " were written"));
  }
  if (table.file_checksum_func_name == rocksdb::kStandardDbFileChecksumFuncName) {
    CheckWholeTable(table, path);
  } else {
    CheckBlocks(table.relative_filename, path, size);
  }
}

void FileCheck::CheckWholeTable(const rocksdb::LiveFileMetaData& table, const std::string& path) {
  Crc32c crc;
  const bool read =
      Read(table.relative_filename, path, table.size, [&](absl::string_view piece) { crc.Add(piece); });
  if (!read || crc.Finish() == table.file_checksum) return;
  Tell(table.relative_filename,
       absl::StrCat("was changed after it was written: its bytes do not fit its checksum (records of ",
                    table.column_family_name, ")"));
}

void FileCheck::CheckBlocks(const std::string& name, const std::string& path, uint64_t size) {
  rocksdb::BlockBasedTableOptions table;
  table.no_block_cache = true;  // or blocks that are cached would not be read
  rocksdb::Options options;
  options.env = db_->GetEnv();
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  rocksdb::SstFileReader reader(options);
  rocksdb::Status status = reader.Open(path);
  if (status.ok()) status = reader.VerifyChecksum(rocksdb::ReadOptions());
  if (!status.ok()) Tell(name, absl::StrCat("is damaged: ", status.ToString()));
  std::string end;
  const uint64_t done = done_;
  const bool read = Read(name, path, size, [&](absl::string_view piece) {
    end.append(piece.data(), piece.size());
    if (end.size() > kFooterBytes) end.erase(0, end.size() - kFooterBytes);
  });
  if (read && status.ok() && !IsFooter(end)) Tell(name, "is damaged: its last bytes do not have their form");
  if (!read && !stopped_) Advance(size - (done_ - done));
}

void FileCheck::CheckLog(const Log& log) {
  std::string bytes;
  bytes.reserve(log.size);
  const bool read = Read(log.name, PathOf(log.name), log.size,
                         [&](absl::string_view piece) { bytes.append(piece.data(), piece.size()); });
  if (!read) return;
  const std::optional<std::string> wrong = CheckFrames(bytes, log.end);
  if (wrong.has_value()) Tell(log.name, absl::StrCat("is damaged: ", *wrong));
}

void FileCheck::CheckCurrent() {
  std::string text;
  const rocksdb::Status status = rocksdb::ReadFileToString(db_->GetEnv(), PathOf("CURRENT"), &text);
  if (!status.ok()) return Tell("CURRENT", absl::StrCat("cannot be read: ", status.ToString()));
  if (text != manifest_ + "\n") Tell("CURRENT", absl::StrCat("does not name ", manifest_));
}

}  // namespace

absl::Status CheckDatabaseFiles(const Database& database, bool closed, Inspection::FileProgress progress,
                                FlawVisitor visitor) {
  return FileCheck(database, closed, progress, visitor).Run();
}

}  // namespace attain::storage
