#include "tests/bench/rocks_load.h"

#include <fcntl.h>
#include <unistd.h>

#include <memory>

#include "absl/random/random.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "rocksdb/db.h"

namespace attain::bench {
namespace {

constexpr int kBatch = 100, kValueBytes = 155;
constexpr size_t kAppendBytes = 4096;

void Check(bool fine, const std::string& what) {
  if (!fine) Fail(what, grpc::Status(grpc::StatusCode::INTERNAL, "failed"));
}

}  // namespace

Figures RunRocks(const std::string& directory, absl::Duration time) {
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  Check(rocksdb::DB::Open(options, directory, &opened).ok(), "open");
  const std::unique_ptr<rocksdb::DB> db(opened);
  rocksdb::WriteOptions synced;
  synced.sync = true;
  absl::InsecureBitGen random;
  const std::string value(kValueBytes, 'v');
  Figures figures;
  const absl::Time begin = absl::Now();
  while (absl::Now() - begin < time) {
    const absl::Time start = absl::Now();
    rocksdb::WriteBatch batch;
    for (int i = 0; i < kBatch; ++i) {
      Check(batch.Put(absl::StrFormat("%020d", absl::Uniform<uint64_t>(random)), value).ok(), "put");
    }
    Check(db->Write(synced, &batch).ok(), "write");
    figures.latencies.push_back(absl::Now() - start);
    figures.items += kBatch;
    figures.calls++;
  }
  figures.time = absl::Now() - begin;
  return figures;
}

Figures RunSync(const std::string& directory, absl::Duration time) {
  const int file = ::open(absl::StrCat(directory, "/append").c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600);
  Check(file >= 0, "open");
  const std::string bytes(kAppendBytes, 'b');
  Figures figures;
  const absl::Time begin = absl::Now();
  while (absl::Now() - begin < time) {
    const absl::Time start = absl::Now();
    Check(::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()), "write");
    Check(::fdatasync(file) == 0, "fdatasync");
    figures.latencies.push_back(absl::Now() - start);
    figures.calls = ++figures.items;
  }
  ::close(file);
  figures.time = absl::Now() - begin;
  return figures;
}

}  // namespace attain::bench
