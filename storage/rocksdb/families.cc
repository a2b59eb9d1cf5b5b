#include "storage/rocksdb/families.h"

#include <utility>

#include "rocksdb/cache.h"
#include "rocksdb/env.h"
#include "rocksdb/file_checksum.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/listener.h"
#include "rocksdb/slice_transform.h"
#include "rocksdb/table.h"
#include "storage/key_codec.h"

namespace attain::storage {
namespace {

// The prefix of a versioned key is the key itself, so all versions of one key share a bloom filter entry.
class KeyWithoutRevision : public rocksdb::SliceTransform {
 public:
  const char* Name() const override { return "attain.KeyWithoutRevision"; }
  rocksdb::Slice Transform(const rocksdb::Slice& key) const override {
    return {key.data(), key.size() - kRevisionSuffixBytes};
  }
  bool InDomain(const rocksdb::Slice& key) const override { return key.size() >= kRevisionSuffixBytes; }
};

// Neighbours in a write buffer: what is inserted under one key up to its last text comes in the order of its
// numbers and revisions. The buffer remembers where it inserted last for each and starts the next search
// there. A number with the bytes of a text's end makes a neighbourhood too many, no more.
class KeyUpToLastText : public rocksdb::SliceTransform {
 public:
  const char* Name() const override { return "attain.KeyUpToLastText"; }
  rocksdb::Slice Transform(const rocksdb::Slice& key) const override { return {key.data(), End(key)}; }
  bool InDomain(const rocksdb::Slice& key) const override { return End(key) > 0; }

 private:
  // 0 when there is no text.
  static size_t End(const rocksdb::Slice& key) {
    if (key.size() <= kRevisionSuffixBytes) return 0;
    const size_t last = ToView(key).substr(0, key.size() - kRevisionSuffixBytes).rfind(kTextEnd);
    return last == absl::string_view::npos ? 0 : last + kTextEnd.size();
  }
};

// A failed flush or compaction: what is acknowledged is safe in the log, but nothing more may be taken.
class ErrorListener : public rocksdb::EventListener {
 public:
  explicit ErrorListener(std::shared_ptr<Failure> failure) : failure_(std::move(failure)) {}
  void OnBackgroundError(rocksdb::BackgroundErrorReason, rocksdb::Status* status) override {
    failure_->Set(status->ToString());
  }

 private:
  const std::shared_ptr<Failure> failure_;
};

// RocksDB's own log would lie on the data's disk, and the first line that finds the disk full makes the next
// one abort the process (an assertion of its file writer, on in Debian's build). Errors reach us as statuses
// and through the listener, so the log is not written at all.
class NoLog : public rocksdb::Logger {
 public:
  NoLog() : rocksdb::Logger(rocksdb::InfoLogLevel::FATAL_LEVEL) {}
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

// Request ids are looked up by whole key and mostly missed, versioned keys are sought by prefix; the journal
// is read by revisions that exist and needs no filter.
std::shared_ptr<rocksdb::TableFactory> Table(int family, const std::shared_ptr<rocksdb::Cache>& cache,
                                             const std::shared_ptr<const rocksdb::FilterPolicy>& filter) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.format_version = 5;
  // Filters and indexes of all files together would grow with history; in the cache they stay within its
  // size.
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  table.partition_filters = true;
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  if (family == kState || family == kOnce) table.filter_policy = filter;
  return std::shared_ptr<rocksdb::TableFactory>(rocksdb::NewBlockBasedTableFactory(table));
}

}  // namespace

rocksdb::DBOptions DatabaseOptions(const RocksStoreOptions& options, std::shared_ptr<Failure> failure) {
  rocksdb::DBOptions db;
  db.create_if_missing = options.create_if_missing;
  db.create_missing_column_families = true;
  if (options.env != nullptr) db.env = options.env;
  // All write buffers together; the families share it.
  db.db_write_buffer_size = 2 * options.write_buffer_bytes;
  // The start must not grow with history: a bounded log to replay, and no walk over all files.
  db.max_total_wal_size = 2 * options.write_buffer_bytes;
  // A log file that was closed and is needed still: when it is gone or has become shorter, the database is
  // not opened. Without it request ids or values of that time would be missing and nothing else.
  db.track_and_verify_wals_in_manifest = true;
  db.skip_stats_update_on_db_open = true;
  db.skip_checking_sst_file_sizes_on_db_open = true;
  db.max_open_files = 512;
  db.max_file_opening_threads = 1;
  db.max_background_jobs = 2;
  // Over all bytes of a table file, kept in the manifest: the checksums of its blocks leave some of them out.
  db.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
  db.info_log = std::make_shared<NoLog>();
  db.stats_dump_period_sec = 0;
  db.stats_persist_period_sec = 0;
  // The first failed write stops the store for good (architecture, invariant 7): no silent recovery behind
  // its back.
  db.max_bgerror_resume_count = 0;
  db.listeners.push_back(std::make_shared<ErrorListener>(std::move(failure)));
  return db;
}

std::vector<rocksdb::ColumnFamilyDescriptor> FamilyOptions(const RocksStoreOptions& options) {
  const std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(options.block_cache_bytes, 3);
  const std::shared_ptr<const rocksdb::FilterPolicy> filter(rocksdb::NewBloomFilterPolicy(10));
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (int i = 0; i < kFamilies; ++i) {
    rocksdb::ColumnFamilyOptions family;
    family.table_factory = Table(i, cache, filter);
    family.write_buffer_size = options.write_buffer_bytes;
    family.max_write_buffer_number = 2;
    family.level_compaction_dynamic_level_bytes = true;
    family.compression = rocksdb::kLZ4Compression;
    if (i == kState) {
      family.prefix_extractor = std::make_shared<KeyWithoutRevision>();
      family.memtable_insert_with_hint_prefix_extractor = std::make_shared<KeyUpToLastText>();
    }
    if (i == kState || i == kOnce) {
      family.memtable_prefix_bloom_size_ratio = 0.02;
      family.memtable_whole_key_filtering = i == kOnce;  // a versioned key is sought by its prefix alone
    }
    families.emplace_back(kFamilyNames[i], family);
  }
  return families;
}

}  // namespace attain::storage
