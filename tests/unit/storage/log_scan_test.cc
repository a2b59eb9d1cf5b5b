// Where a log is damaged and where it is only torn.
#include "storage/rocksdb/files/log_scan.h"

#include <gtest/gtest.h>

#include "tests/contract/rocksdb_raw.h"
#include "tests/unit/storage/crash_image.h"

namespace attain::storage {
namespace {

class LogScanTest : public ::testing::Test {
 protected:
  LogScanTest() : images_(scratch_.path()) {
    const std::unique_ptr<Store> store = OpenRocksStore(images_.Options("data")).value();
    const auto end = [&] { return std::filesystem::file_size(images_.NewestLog("data")); };
    for (const size_t bytes : {100, 200, 80'000, 300, 70'000}) {
      CommitEntry(store.get(), bytes);
      ends_.push_back(end());
    }
    images_.Copy("data", "copy");
    log_ = images_.NewestLog("copy");
    bytes_ = ReadBytes(log_);
  }

  // Scans the copy with these bytes as its log.
  LogScan Scan(const std::string& bytes) const {
    WriteBytes(log_, bytes);
    absl::StatusOr<LogScan> scan = ScanLogs(rocksdb::Env::Default(), images_.Options("copy").directory);
    EXPECT_TRUE(scan.ok()) << scan.status();
    return scan.ok() ? *std::move(scan) : LogScan();
  }
  LogScan ScanFlipped(size_t at) const {
    std::string bytes = bytes_;
    bytes[at] ^= 0x10;
    return Scan(bytes);
  }

  const ScratchDirectory scratch_;
  const CrashImages images_;
  std::vector<size_t> ends_;  // of entry 1, 2, … in the log
  std::filesystem::path log_;
  std::string bytes_;
};

TEST_F(LogScanTest, AWholeLogGivesItsNewestHead) {
  const LogScan scan = Scan(bytes_);
  EXPECT_FALSE(scan.damage.has_value());
  EXPECT_EQ(scan.head, 5u);
  EXPECT_EQ(scan.dropped_head, 0u);
}

TEST_F(LogScanTest, NoLogIsNoDamage) {
  const absl::StatusOr<LogScan> scan =
      ScanLogs(rocksdb::Env::Default(), (scratch_.path() / "nowhere").string());
  ASSERT_TRUE(scan.ok()) << scan.status();
  EXPECT_FALSE(scan->damage.has_value());
  EXPECT_EQ(Scan("").head, 0u);
}

// Header, data of the first, a middle and the last fragment of entry 3.
TEST_F(LogScanTest, ABadRecordBeforeAnotherIsDamageAtItsBeginning) {
  for (const size_t at :
       {ends_[1], ends_[1] + 4, ends_[1] + 6, ends_[1] + 100, size_t{40'000}, ends_[2] - 1}) {
    const LogScan scan = ScanFlipped(at);
    ASSERT_TRUE(scan.damage.has_value()) << at;
    EXPECT_EQ(scan.damage->offset, ends_[1]) << at;
    EXPECT_EQ(scan.damage->file, log_.string());
    EXPECT_EQ(scan.head, 2u);
    EXPECT_EQ(scan.dropped_head, 5u);
  }
}

TEST_F(LogScanTest, TheFirstRecordOfALogIsNoException) {
  const LogScan scan = ScanFlipped(8);
  ASSERT_TRUE(scan.damage.has_value());
  EXPECT_EQ(scan.damage->offset, 0u);
}

TEST_F(LogScanTest, ABadLastRecordIsTornWhicheverOfItsFragments) {
  for (const size_t at : {ends_[3], ends_[3] + 6, ends_[3] + 50, ends_[3] + 33'000, ends_[4] - 1}) {
    const LogScan scan = ScanFlipped(at);
    EXPECT_FALSE(scan.damage.has_value()) << at;
    EXPECT_EQ(scan.head, 4u) << at;
  }
}

TEST_F(LogScanTest, RecordsOfAnOlderLogBehindATornEndAreNotOurs) {
  const LogScan scan = Scan(bytes_ + std::string(20, '\x7f') + bytes_.substr(ends_[0], ends_[1] - ends_[0]));
  EXPECT_FALSE(scan.damage.has_value());
  EXPECT_EQ(scan.head, 5u);
}

TEST_F(LogScanTest, ALogThatEndsBadlyBeforeOneWithLaterRecordsIsDamage) {
  const std::filesystem::path next = scratch_.path() / "copy" / "999999.log";
  {
    const std::unique_ptr<Store> store = OpenRocksStore(images_.Options("data")).value();
    CommitEntry(store.get(), 500);
    WriteBytes(next, ReadBytes(images_.NewestLog("data")));
  }
  const LogScan follows = Scan(bytes_ + "torn end");
  EXPECT_FALSE(follows.damage.has_value());
  EXPECT_EQ(follows.head, 6u);
  const LogScan gap = ScanFlipped(ends_[4] - 1);
  ASSERT_TRUE(gap.damage.has_value());
  EXPECT_EQ(gap.damage->offset, ends_[3]);
  EXPECT_EQ(gap.dropped_head, 6u);
}

}  // namespace
}  // namespace attain::storage
