#include "storage/rocksdb/files/log_scan.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "rocksdb/file_checksum.h"
#include "storage/entry_codec.h"
#include "storage/key_codec.h"
#include "storage/rocksdb/files/slices.h"
#include "storage/rocksdb/files/status.h"

namespace attain::storage {
namespace {

// RocksDB's log format: blocks, in them records that never cross one. A record: masked CRC-32C of what
// follows the length, 4 bytes; length of the data, 2 bytes; type, 1 byte; for types that may stand in a log
// file used again the log's number, 4 bytes; data. Little-endian.
constexpr size_t kBlock = 32768, kHeader = 7, kRecyclableHeader = 11;
enum Type : uint8_t {
  kZero = 0,
  kFull = 1,
  kFirst,
  kMiddle,
  kLast,
  kRecyclableFull = 5,
  kRecyclableLast = 8
};
constexpr uint8_t kLastType = kRecyclableLast;

uint64_t LittleEndian(absl::string_view bytes) {
  uint64_t number = 0;
  for (auto it = bytes.rbegin(); it != bytes.rend(); ++it)
    number = number << 8 | static_cast<unsigned char>(*it);
  return number;
}

// RocksDB gives no other door to its CRC-32C than the one for whole files.
uint32_t Crc32c(absl::string_view bytes) {
  static const auto& factory = *new auto(rocksdb::GetFileChecksumGenCrc32cFactory());
  const std::unique_ptr<rocksdb::FileChecksumGenerator> generator = factory->CreateFileChecksumGenerator({});
  generator->Update(bytes.data(), bytes.size());
  generator->Finalize();
  const std::string checksum = generator->GetChecksum();  // 4 bytes, the highest first
  return static_cast<uint32_t>(DecodeBigEndian(std::string(4, '\0') + checksum));
}

uint32_t Masked(uint32_t crc) {
  return (crc >> 15 | crc << 17) + 0xa282ead8u;
}

struct Fragment {
  Type type = kZero;  // never one of the recyclable
  absl::string_view data;
  size_t size = 0;  // with its header
};

// The fragment at the beginning of `bytes`, if a whole one of this log stands there.
std::optional<Fragment> ReadFragment(absl::string_view bytes, uint64_t log_number) {
  if (bytes.size() < kHeader) return std::nullopt;
  uint8_t type = static_cast<uint8_t>(bytes[6]);
  if (type == kZero || type > kLastType) return std::nullopt;
  const bool recyclable = type >= kRecyclableFull;
  const size_t header = recyclable ? kRecyclableHeader : kHeader;
  const size_t length = LittleEndian(bytes.substr(4, 2));
  if (bytes.size() < header + length) return std::nullopt;
  if (recyclable && LittleEndian(bytes.substr(7, 4)) != (log_number & 0xffffffffu)) return std::nullopt;
  const absl::string_view checked = bytes.substr(6, header - 6 + length);
  if (LittleEndian(bytes.substr(0, 4)) != Masked(Crc32c(checked))) return std::nullopt;
  if (recyclable) type = static_cast<uint8_t>(type - kRecyclableFull + kFull);
  return Fragment{static_cast<Type>(type), bytes.substr(header, length), header + length};
}

// A write batch begins with its sequence number, 8 bytes, and how many it takes, 4 bytes.
struct Sequences {
  uint64_t first = 0, count = 0;
};
std::optional<Sequences> SequencesOf(absl::string_view batch) {
  if (batch.size() < 12) return std::nullopt;
  return Sequences{LittleEndian(batch.substr(0, 8)), LittleEndian(batch.substr(8, 4))};
}

// The record of the head is the last one of a group: length and bytes of key and value.
Revision HeadIn(absl::string_view batch) {
  constexpr absl::string_view kKey = "\x04head\x30";
  constexpr size_t kHead = 48;
  Head head;
  if (batch.size() < kKey.size() + kHead) return 0;
  const absl::string_view end = batch.substr(batch.size() - kKey.size() - kHead);
  return absl::StartsWith(end, kKey) && DecodeHead(end.substr(kKey.size()), &head) ? head.revision : 0;
}

// Goes over the files in the order of their numbers.
class Scanner {
 public:
  explicit Scanner(rocksdb::Env* env) : env_(env) {}

  absl::Status Scan(const std::string& path, uint64_t log_number);
  const LogScan& found() const { return found_; }

 private:
  void ScanBlock(absl::string_view block, uint64_t block_offset, uint64_t log_number);
  void Take(const Fragment& fragment, uint64_t offset);
  // A record begins here, whose first bytes are these.
  void Begin(absl::string_view data, uint64_t offset);
  void End();
  void Bad(uint64_t offset);

  rocksdb::Env* const env_;
  LogScan found_;
  std::string path_;
  std::optional<LogDamage> bad_;   // the first bad place of this file
  std::optional<LogDamage> torn_;  // one of a file before, behind which no record has begun yet
  std::optional<uint64_t> next_sequence_;
  bool in_record_ = false;
  uint64_t record_offset_ = 0;
  std::string record_;
};

absl::Status Scanner::Scan(const std::string& path, uint64_t log_number) {
  std::unique_ptr<rocksdb::SequentialFile> file;
  rocksdb::Status status = env_->NewSequentialFile(path, &file, rocksdb::EnvOptions());
  path_ = path;
  if (!torn_.has_value()) torn_ = std::move(bad_);
  bad_.reset();
  std::string buffer(kBlock, '\0');
  for (uint64_t offset = 0; status.ok(); offset += kBlock) {
    rocksdb::Slice block;
    status = file->Read(kBlock, &block, buffer.data());
    if (status.ok()) ScanBlock(ToView(block), offset, log_number);
    if (!status.ok() || block.size() < kBlock) break;
  }
  if (in_record_) Bad(record_offset_);  // its end is missing
  return FromRocks(absl::StrCat("read ", path), status);
}

void Scanner::ScanBlock(absl::string_view block, uint64_t block_offset, uint64_t log_number) {
  for (size_t at = 0; at + kHeader <= block.size();) {
    // Too little room for a header of the longer kind.
    if (kBlock - at < kRecyclableHeader && block.find_first_not_of('\0', at) == absl::string_view::npos)
      return;
    const std::optional<Fragment> fragment = ReadFragment(block.substr(at), log_number);
    if (fragment.has_value()) {
      Take(*fragment, block_offset + at);
      at += fragment->size;
    } else {
      // From here on any place may be the beginning of the next one: the length that led there is not to be
      // trusted.
      Bad(block_offset + at);
      ++at;
    }
  }
}

void Scanner::Take(const Fragment& fragment, uint64_t offset) {
  switch (fragment.type) {
    case kFull:
    case kFirst:
      Begin(fragment.data, offset);
      if (fragment.type == kFull) End();
      break;
    case kMiddle:
    case kLast:
      if (!in_record_) return Bad(offset);
      absl::StrAppend(&record_, fragment.data);
      if (fragment.type == kLast) End();
      break;
    default:
      break;
  }
}

void Scanner::Begin(absl::string_view data, uint64_t offset) {
  if (in_record_) Bad(record_offset_);
  const std::optional<Sequences> sequences = SequencesOf(data);
  const bool numbered = sequences.has_value() && next_sequence_.has_value();
  if (bad_.has_value()) {
    // Bytes of an older file that the disk shows where nothing was written yet.
    if (numbered && sequences->first < *next_sequence_) return;
    if (!found_.damage.has_value()) found_.damage = bad_;
  }
  // Behind a torn log the next file goes on with the number that the torn record had. A later number stands
  // there only when that record was whole once.
  if (torn_.has_value() && numbered && sequences->first > *next_sequence_ && !found_.damage.has_value())
    found_.damage = torn_;
  torn_.reset();
  in_record_ = true;
  record_offset_ = offset;
  record_.assign(data.data(), data.size());
}

void Scanner::End() {
  if (!in_record_) return;
  in_record_ = false;
  Revision& head = found_.damage.has_value() ? found_.dropped_head : found_.head;
  head = std::max(head, HeadIn(record_));
  if (const std::optional<Sequences> sequences = SequencesOf(record_); sequences.has_value())
    next_sequence_ = sequences->first + sequences->count;
}

void Scanner::Bad(uint64_t offset) {
  if (in_record_) offset = record_offset_;
  in_record_ = false;
  if (!bad_.has_value()) bad_ = LogDamage{path_, offset};
}

}  // namespace

absl::StatusOr<LogScan> ScanLogs(rocksdb::Env* env, const std::string& directory) {
  std::vector<std::string> names;
  const rocksdb::Status listed = env->GetChildren(directory, &names);
  if (listed.IsNotFound()) return LogScan();
  if (!listed.ok()) return FromRocks(absl::StrCat("list ", directory), listed);
  std::map<uint64_t, std::string> logs;
  for (const std::string& name : names) {
    uint64_t number = 0;
    absl::string_view digits = name;
    if (absl::ConsumeSuffix(&digits, ".log") && absl::SimpleAtoi(digits, &number)) logs[number] = name;
  }
  Scanner scanner(env);
  for (const auto& [number, name] : logs) {
    if (absl::Status read = scanner.Scan(absl::StrCat(directory, "/", name), number); !read.ok()) return read;
  }
  return scanner.found();
}

}  // namespace attain::storage
