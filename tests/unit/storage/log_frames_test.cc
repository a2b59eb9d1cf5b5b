// Frames of RocksDB's logs: every byte counts, and an end that a power cut tore is told from damage.
#include "storage/rocksdb/files/log_frames.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rocksdb/db.h"
#include "rocksdb/env.h"
#include "storage/rocksdb/files/table_footer.h"

namespace attain::storage {
namespace {

using ::testing::HasSubstr;

// The log of a database with records of all sizes, also ones that go over several blocks.
std::string MakeLog() {
  const std::unique_ptr<rocksdb::Env> env(rocksdb::NewMemEnv(rocksdb::Env::Default()));
  rocksdb::Options options;
  options.env = env.get();
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  EXPECT_TRUE(rocksdb::DB::Open(options, "/db", &opened).ok());
  const std::unique_ptr<rocksdb::DB> db(opened);
  for (const size_t size : {size_t{10}, size_t{40'000}, size_t{3}, size_t{100'000}, size_t{25'000}}) {
    EXPECT_TRUE(db->Put({}, "key", std::string(size, 'v')).ok());
  }
  std::vector<std::string> names;
  EXPECT_TRUE(env->GetChildren("/db", &names).ok());
  for (const std::string& name : names) {
    std::string bytes;
    if (name.find(".log") == std::string::npos) continue;
    EXPECT_TRUE(rocksdb::ReadFileToString(env.get(), "/db/" + name, &bytes).ok());
    if (!bytes.empty()) return bytes;
  }
  ADD_FAILURE() << "no log";
  return "";
}

class LogFramesTest : public ::testing::Test {
 protected:
  const std::string log_ = MakeLog();
};

TEST_F(LogFramesTest, ASoundLogHasNothingWrong) {
  ASSERT_GT(log_.size(), 160'000u);
  EXPECT_EQ(CheckFrames(log_, LogEnd::kWhole), std::nullopt);
  EXPECT_EQ(CheckFrames(log_, LogEnd::kMayBeTorn), std::nullopt);
  EXPECT_EQ(CheckFrames("", LogEnd::kWhole), std::nullopt);
}

TEST_F(LogFramesTest, EveryFlippedBitIsFound) {
  for (size_t at = 0; at < log_.size(); at += 997) {
    std::string flipped = log_;
    flipped[at] = static_cast<char>(flipped[at] ^ 1 << at % 8);
    EXPECT_NE(CheckFrames(flipped, LogEnd::kWhole), std::nullopt) << at;
  }
  std::string flipped = log_;
  flipped[20] ^= 1;
  EXPECT_THAT(*CheckFrames(flipped, LogEnd::kMayBeTorn), HasSubstr("checksum does not fit at byte 0"));
  flipped = log_;
  flipped[6] = 9;
  EXPECT_THAT(*CheckFrames(flipped, LogEnd::kWhole), HasSubstr("unknown type at byte 0"));
}

TEST_F(LogFramesTest, ATornEndIsDamageOnlyWhereItMayNotBe) {
  for (const size_t left : {log_.size() - 1, log_.size() - 20'000, size_t{12}, size_t{3}}) {
    const std::string torn = log_.substr(0, left);
    EXPECT_NE(CheckFrames(torn, LogEnd::kWhole), std::nullopt) << left;
    EXPECT_EQ(CheckFrames(torn, LogEnd::kMayBeTorn), std::nullopt) << left;
  }
}

// A length that says more than its block has, where the log goes on: nothing was cut off there.
TEST_F(LogFramesTest, ALengthThatLiesInTheMiddleIsDamage) {
  std::string lies = log_;
  lies[4] = '\xff';
  lies[5] = '\x7f';
  EXPECT_THAT(*CheckFrames(lies, LogEnd::kMayBeTorn), HasSubstr("cut off at byte 0"));
}

TEST_F(LogFramesTest, RoomThatWasSetAsideIsNoDamage) {
  EXPECT_EQ(CheckFrames(log_ + std::string(50'000, '\0'), LogEnd::kWhole), std::nullopt);
  std::string dirty = log_ + std::string(50'000, '\0');
  dirty[dirty.size() - 5] = 1;
  EXPECT_NE(CheckFrames(dirty, LogEnd::kWhole), std::nullopt);
}

TEST(TableFooterTest, LeavesNoBitFree) {
  std::string footer("\x04", 1);
  footer.append("\x81\x02\x05\x86\x03\x7f", 6);
  footer.append(34, '\0');
  footer.append("\x05\0\0\0\xf7\xcf\xf4\x85\xb7\x41\xe2\x88", 12);
  ASSERT_TRUE(IsFooter(footer));
  EXPECT_FALSE(IsFooter(footer.substr(1)));
  for (const size_t at : {size_t{0}, size_t{7}, size_t{40}, size_t{41}, size_t{52}}) {
    std::string flipped = footer;
    flipped[at] ^= 1;
    EXPECT_FALSE(IsFooter(flipped)) << at;
  }
  std::string long_number = footer;
  long_number.replace(1, 6, std::string("\x81\x02\x05\x86\x03\xff", 6));
  EXPECT_FALSE(IsFooter(long_number)) << "not written in the fewest bytes";
  long_number.replace(1, 40, std::string(40, '\x81'));
  EXPECT_FALSE(IsFooter(long_number)) << "no end";
}

}  // namespace
}  // namespace attain::storage
