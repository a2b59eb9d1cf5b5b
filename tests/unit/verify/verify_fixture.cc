#include "tests/unit/verify/verify_fixture.h"

#include "absl/strings/str_cat.h"
#include "rocksdb/env.h"
#include "service/state/keys.h"
#include "storage/inspection.h"
#include "storage/key_codec.h"
#include "tests/contract/rocksdb_raw.h"

namespace attain::engine {
namespace {

disk::EntryPayload UnderRequest(const std::vector<disk::Event>& events, uint64_t revision) {
  disk::EntryPayload payload;
  for (const disk::Event& event : events) *payload.add_events() = event;
  payload.set_actor("tester");
  payload.set_request_key(RequestKey("tester", absl::StrCat("r", revision)));
  payload.mutable_request()->set_fingerprint(std::string(32, 'f'));
  payload.mutable_request()->set_revision(static_cast<int64_t>(revision));
  return payload;
}

}  // namespace

void VerifyFixture::Fill(int rounds) {
  Record({ProfileEvent(1), TableEvent(TableNamed(kTable)), TableEvent(TableNamed("units/u/tables/s"))});
  for (int round = 0; round < rounds; ++round) {
    RecordReport("latest", absl::StrCat(10 + round));
    const uint64_t sum = RecordReport("sum", absl::StrCat(3 + round));
    Record({SpendingEvent(SpendingOf(absl::StrCat(20 + round), "90", "2024-05-01", 0)),
            ReviewEvent("latest", absl::StrCat(round % 10), "2024-06-01")});
    disk::ActualState correction = ReportOf(absl::StrCat(5 + round), "2024-03-01", 0);
    correction.set_corrects(absl::StrCat(sum));
    Record({ReportEvent("sum", absl::StrCat(next()), correction)});
    Record({OutlookEvent("latest", "soon", "2024-07-01")});
    Retract("latest", next() - 5);
  }
}

uint64_t VerifyFixture::RecordReport(const std::string& row, const std::string& number) {
  const disk::Event event = ReportEvent(row, absl::StrCat(next()), ReportOf(number, "2024-02-01", 0));
  return RecordEntry(UnderRequest({event}, next()), storage::EntryForm::kParts);
}

uint64_t VerifyFixture::Retract(const std::string& row, uint64_t revision) {
  return Record({RetractionEvent(row, absl::StrCat(revision), "mistaken")});
}

std::vector<std::string> VerifyFixture::Verify(const std::set<VerifyPart>& parts) {
  std::vector<std::string> lines;
  VerifyOptions options;
  options.parts = parts;
  options.on_finding = [&](const VerifyFinding& finding) { lines.push_back(DescribeFinding(finding, "en")); };
  const auto inspection = store_->Inspect();
  EXPECT_TRUE(inspection.ok()) << inspection.status();
  const absl::StatusOr<VerifyResult> result = VerifyStore(**inspection, options);
  EXPECT_TRUE(result.ok()) << result.status();
  result_ = *result;
  EXPECT_EQ(result_.total(), lines.size());
  EXPECT_EQ(result_.sound(), lines.empty());
  return lines;
}

storage::RocksStoreOptions VerifyFixture::StoreOptions() const {
  storage::RocksStoreOptions options;
  options.env = memory_.get();
  options.directory = "/store";
  return options;
}

void VerifyFixture::OpenStore() {
  auto store = storage::OpenRocksStore(StoreOptions());
  ASSERT_TRUE(store.ok()) << store.status();
  store_ = *std::move(store);
}

void VerifyFixture::Edit(const std::function<void(const storage::Database&)>& edit) {
  CloseStore();
  {
    const auto raw = storage::OpenRaw(StoreOptions());
    ASSERT_TRUE(raw.ok()) << raw.status();
    edit(**raw);
    ASSERT_TRUE((*raw)->db()->Flush({}, (*raw)->families()).ok());
  }
  // Who writes past the store takes its marks away, too.
  for (const char* mark : {"/store/head-mark", "/store.head-mark"}) memory_->DeleteFile(mark);
  OpenStore();
}

std::string VerifyFixture::ValueIn(const storage::Database& raw, const std::string& key, uint64_t revision) {
  std::string value;
  EXPECT_TRUE(
      raw.db()->Get({}, raw.family(storage::kState), storage::VersionedKey(key, revision), &value).ok());
  return value.empty() ? value : value.substr(1);
}

void VerifyFixture::PutVersion(const storage::Database& raw, const std::string& key, uint64_t revision,
                               const std::string& value) {
  EXPECT_TRUE(raw.db()
                  ->Put({}, raw.family(storage::kState), storage::VersionedKey(key, revision),
                        absl::StrCat(std::string(1, storage::kLive), value))
                  .ok());
}

void VerifyFixture::DeleteVersion(const storage::Database& raw, const std::string& key, uint64_t revision) {
  EXPECT_TRUE(raw.db()->Delete({}, raw.family(storage::kState), storage::VersionedKey(key, revision)).ok());
}

std::string VerifyFixture::ForgeTotal(const std::string& key, uint64_t revision, const std::string& total) {
  std::string before;
  Edit([&](const storage::Database& raw) {
    disk::BoardState board;
    EXPECT_TRUE(board.ParseFromString(ValueIn(raw, key, revision)));
    before = board.total();
    board.set_total(total);
    PutVersion(raw, key, revision, board.SerializeAsString());
  });
  return before;
}

}  // namespace attain::engine
