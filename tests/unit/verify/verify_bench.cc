// Figures of the verification: `verify_bench [revisions] [tables]`. Not a test; prints one line per measure.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "service/state/entry.h"
#include "service/state/keys.h"
#include "service/verify/verification.h"
#include "storage/inspection.h"
#include "storage/rocksdb/open.h"
#include "tests/contract/rocksdb_raw.h"
#include "tests/unit/state/state_fixture.h"

namespace attain::engine {
namespace {

constexpr int kGroup = 100;
using Clock = std::chrono::steady_clock;

void Require(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::exit(1);
}

std::string TableName(uint64_t n) {
  return absl::StrCat("units/u", n / 10, "/tables/t", n % 10);
}

// Entries as a server writes them: one report under a request id each, every tenth row's spending.
class Filler {
 public:
  explicit Filler(storage::Store* store) : store_(store) {}

  void Fill(uint64_t revisions, uint64_t tables) {
    Begin();
    Write({ProfileEvent(1)});
    for (uint64_t n = 0; n < tables; ++n) Write({TableEvent(TableNamed(TableName(n)))});
    while (revision_ < revisions) {
      const std::string table = TableName(revision_ * 7919 % tables);
      if (revision_ % 10 == 0) {
        Write({SpendingEvent(SpendingOf(absl::StrCat(revision_ % 90), "95", "2024-05-01", 0), table)});
      } else {
        const char* const row = revision_ % 2 == 0 ? "latest" : "sum";
        Write({ReportEvent(row, absl::StrCat(revision_ + 1),
                           ReportOf(absl::StrCat(revision_ % 100), "2024-02-01", 0), table)});
      }
    }
    Require(group_->Commit());
  }

 private:
  void Begin() {
    auto group = store_->Begin();
    Require(group.status());
    group_ = *std::move(group);
  }
  void Write(const std::vector<disk::Event>& events) {
    if (group_->size() == kGroup) {
      Require(group_->Commit());
      workspace_.Trim();
      Begin();
    }
    revision_ = group_->StartEntry();
    Applier applier(group_.get(), &workspace_, revision_);
    disk::EntryPayload payload;
    for (const disk::Event& event : events) *payload.add_events() = event;
    payload.set_actor("tester");
    payload.set_request_key(RequestKey("tester", absl::StrCat("request-", revision_)));
    payload.mutable_request()->set_fingerprint(std::string(32, 'f'));
    payload.mutable_request()->set_revision(static_cast<int64_t>(revision_));
    Require(applier.Replay(payload, storage::EntryForm::kParts));
    group_->FinishEntry(EncodeEntry(payload, applier.steps(), std::string(32, 's')),
                        absl::FromUnixSeconds(static_cast<int64_t>(revision_)), storage::EntryForm::kParts);
  }

  storage::Store* const store_;
  Workspace workspace_{size_t{64} << 20};
  std::unique_ptr<storage::Group> group_;
  uint64_t revision_ = 0;
};

void Measure(const char* name, const storage::Store& store, std::set<VerifyPart> parts) {
  const auto inspection = store.Inspect();
  Require(inspection.status());
  VerifyOptions options;
  options.parts = std::move(parts);
  options.on_finding = [](const VerifyFinding& finding) {
    std::printf("  %s\n", DescribeFinding(finding, "en").c_str());
  };
  const Clock::time_point start = Clock::now();
  const auto result = VerifyStore(**inspection, options);
  Require(result.status());
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  std::printf("%-30s %10.0f revisions/s  %6.2f s\n", name, result->head.revision / seconds, seconds);
  std::fflush(stdout);
}

int Main(uint64_t revisions, uint64_t tables) {
  const storage::ScratchDirectory scratch;
  storage::RocksStoreOptions options;
  options.directory = scratch.path();
  auto store = storage::OpenRocksStore(options);
  Require(store.status());
  const Clock::time_point start = Clock::now();
  Filler(store->get()).Fill(revisions, tables);
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  std::printf("written                        %10.0f revisions/s\n", revisions / seconds);
  Measure("chain", **store, {VerifyPart::kJournal, VerifyPart::kHeads});
  Measure("values against a rebuild", **store, {VerifyPart::kState});
  Measure("everything", **store, VerifyOptions().parts);
  return 0;
}

}  // namespace
}  // namespace attain::engine

int main(int argc, char** argv) {
  return attain::engine::Main(argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100'000,
                              argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1000);
}
