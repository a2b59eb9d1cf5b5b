// Figures of the store: `storage_bench [entries] [tables of 10 keys] [data directory]`. Not a test; prints
// one line per measure.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "rocksdb/db.h"
#include "storage/key_codec.h"
#include "storage/rocksdb/open.h"

namespace attain::storage {
namespace {

constexpr size_t kGroup = 100, kPuts = 5, kValueBytes = 200, kPayloadBytes = 150;
constexpr uint64_t kIndicators = 10;
uint64_t tables = 2000;

using Clock = std::chrono::steady_clock;

std::string Key(uint64_t n) {
  return KeyBuilder(2)
      .Text(absl::StrCat("unit-", n / kIndicators % tables))
      .Text("table-1")
      .U64(n % kIndicators)
      .Build();
}

void Fail(const absl::Status& status) {
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::exit(1);
}

void Measure(const char* name, size_t count, const std::function<void()>& run) {
  const Clock::time_point start = Clock::now();
  run();
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  std::printf("%-44s %10.0f /s  %8.2f us each\n", name, count / seconds, seconds / count * 1e6);
  std::fflush(stdout);
}

long ResidentMegabytes() {
  std::ifstream statm("/proc/self/statm");
  long pages = 0, resident = 0;
  statm >> pages >> resident;
  return resident * 4 / 1024;
}

void FillStore(Store* store, size_t entries) {
  std::mt19937_64 random(1);
  const std::string value(kValueBytes, 'v'), payload(kPayloadBytes, 'p');
  for (size_t done = 0; done < entries;) {
    auto group = store->Begin();
    if (!group.ok()) Fail(group.status());
    for (size_t i = 0; i < kGroup; ++i, ++done) {
      const Revision revision = (*group)->StartEntry();
      for (size_t k = 0; k + 1 < kPuts; ++k) (*group)->Put(Key(random()), value);
      (*group)->PutOnce(KeyBuilder(9).U64(revision * 0x9E3779B97F4A7C15).Build(), payload);
      (*group)->FinishEntry(payload, absl::FromUnixMicros(static_cast<int64_t>(revision)));
    }
    if (absl::Status status = (*group)->Commit(); !status.ok()) Fail(status);
  }
}

// The same bytes written by RocksDB alone: what no store on it can beat.
void FillRaw(const std::string& directory, size_t entries) {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.compression = rocksdb::kLZ4Compression;
  options.write_buffer_size = size_t{32} << 20;
  rocksdb::DB* opened = nullptr;
  if (!rocksdb::DB::Open(options, directory, &opened).ok()) std::exit(1);
  std::unique_ptr<rocksdb::DB> db(opened);
  std::mt19937_64 random(1);
  const std::string value(kValueBytes, 'v'), payload(kPayloadBytes + 80, 'p');
  rocksdb::WriteOptions sync;
  sync.sync = true;
  for (size_t done = 0; done < entries;) {
    rocksdb::WriteBatch batch;
    for (size_t i = 0; i < kGroup; ++i, ++done) {
      for (size_t k = 0; k < kPuts; ++k) batch.Put(VersionedKey(Key(random()), done), value);
      batch.Put(KeyBuilder(1).U64(done).Build(), payload);
    }
    if (!db->Write(sync, &batch).ok()) std::exit(1);
  }
}

void Reads(Store* store, const char* when) {
  constexpr size_t kGets = 200'000, kScans = 20'000;
  std::printf("-- reads %s\n", when);
  std::mt19937_64 random(2);
  size_t found = 0;
  const auto one_reader_each = [&](Revision at) {
    for (size_t i = 0; i < kGets; ++i) found += (*(*store->ReadAt(at))->Get(Key(random()))).has_value();
  };
  const Revision head = store->head().revision;
  Measure("Get at head, one reader each", kGets, [&] { one_reader_each(head); });
  Measure("Get at half, one reader each", kGets, [&] { one_reader_each(head / 2); });
  Measure("Get at head, one reader for all", kGets, [&] {
    const auto reader = *store->ReadAt(head);
    for (size_t i = 0; i < kGets; ++i) found += (*reader->Get(Key(random()))).has_value();
  });
  Measure("Get at head, key that is not there", kGets, [&] {
    const auto reader = *store->ReadAt(head);
    for (size_t i = 0; i < kGets; ++i)
      found += (*reader->Get(KeyBuilder(2).U64(random()).Build())).has_value();
  });
  Measure("GetOnce that is not there", kGets, [&] {
    for (size_t i = 0; i < kGets; ++i)
      found += (*store->GetOnce(KeyBuilder(9).U64(random()).Build())).has_value();
  });
  for (const Revision at : {head, head / 2}) {
    Measure(at == head ? "Scan of 10 keys at head" : "Scan of 10 keys at half", kScans, [&] {
      for (size_t i = 0; i < kScans; ++i) {
        const std::string prefix =
            KeyBuilder(2).Text(absl::StrCat("unit-", random() % tables)).Text("table-1").Build();
        const absl::Status status =
            (*store->ReadAt(at))
                ->Scan(prefix, PrefixEnd(prefix),
                       [&](absl::string_view, Revision, absl::string_view) { return ++found > 0; });
        if (!status.ok()) Fail(status);
      }
    });
  }
  Measure("ReadJournal, entries", head, [&] {
    if (absl::Status s = store->ReadJournal(1, [&](const JournalRecord&) { return ++found > 0; }); !s.ok())
      Fail(s);
  });
  Measure("VerifyJournal, entries", head, [&] {
    if (absl::Status s = store->VerifyJournal(nullptr); !s.ok()) Fail(s);
  });
  Measure("RevisionAt", 20'000, [&] {
    for (size_t i = 0; i < 20'000; ++i)
      found += *store->RevisionAt(absl::FromUnixMicros(random() % head)) > 0;
  });
  std::printf("resident %ld MB (found %zu)\n", ResidentMegabytes(), found);
}

int Run(int argc, char** argv) {
  const size_t entries = argc > 1 ? std::stoul(argv[1]) : 200'000;
  if (argc > 2) tables = std::stoul(argv[2]);
  const std::filesystem::path directory =
      argc > 3 ? argv[3] : std::filesystem::temp_directory_path() / absl::StrCat("attain-bench-", getpid());
  std::filesystem::create_directories(directory);
  RocksStoreOptions options;
  options.directory = directory / "store";
  {
    auto store = *OpenRocksStore(options);
    std::printf("resident of an empty open store: %ld MB\n", ResidentMegabytes());
    Measure("Commit of 100 entries x 5 puts, entries", entries, [&] { FillStore(store.get(), entries); });
    Measure("the same bytes by RocksDB alone, entries", entries,
            [&] { FillRaw(directory / "raw", entries); });
    Reads(store.get(), "of the store that was just written");
  }
  absl::StatusOr<std::unique_ptr<Store>> store = absl::UnknownError("");
  Measure("reopen", 1, [&] { store = OpenRocksStore(options); });
  if (!store.ok()) Fail(store.status());
  std::printf("resident after reopening: %ld MB\n", ResidentMegabytes());
  Reads(store->get(), "after reopening");
  store->reset();
  std::filesystem::remove_all(directory);
  return 0;
}

}  // namespace
}  // namespace attain::storage

int main(int argc, char** argv) {
  return attain::storage::Run(argc, argv);
}
