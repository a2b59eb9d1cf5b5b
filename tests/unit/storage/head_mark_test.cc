// The bytes of the head mark, its two slots, and how close it is kept to the head.
#include "storage/rocksdb/files/head_mark.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "absl/time/clock.h"
#include "storage/rocksdb/files/mark_keeper.h"
#include "tests/contract/rocksdb_raw.h"
#include "tests/unit/storage/crash_image.h"

namespace attain::storage {
namespace {

using ::testing::HasSubstr;

Mark MarkAt(Revision revision, uint32_t epoch = 1) {
  return {
      "0123456789abcdef0123456789abcdef", epoch,
      Head{revision, std::string(32, static_cast<char>('a' + revision % 26)), absl::FromUnixMicros(12345)}};
}

class HeadMarkTest : public ::testing::Test {
 protected:
  MarkFile File() const { return MarkFile(rocksdb::Env::Default(), Path()); }
  std::string Path() const { return (scratch_.path() / "mark").string(); }
  Revision Stored() const { return CrashImages::Marked(Path()); }
  // Changes a byte of the file.
  void Damage(size_t at) const {
    std::string bytes = ReadBytes(Path());
    bytes[at] ^= 1;
    WriteBytes(Path(), bytes);
  }
  const ScratchDirectory scratch_;
};

TEST_F(HeadMarkTest, ComesBackAsItWas) {
  const std::optional<Mark> mark = DecodeMark(EncodeMark(MarkAt(77, 3)));
  ASSERT_TRUE(mark.has_value());
  EXPECT_EQ(mark->store_id, MarkAt(1).store_id);
  EXPECT_EQ(mark->epoch, 3u);
  EXPECT_EQ(mark->head.revision, 77u);
  EXPECT_EQ(mark->head.hash, MarkAt(77).head.hash);
  EXPECT_EQ(mark->head.time, absl::FromUnixMicros(12345));
}

TEST_F(HeadMarkTest, EveryByteOfASlotCounts) {
  const std::string slot = EncodeMark(MarkAt(77));
  ASSERT_EQ(slot.size(), kMarkSlotBytes);
  for (size_t at = 0; at < 112; ++at) {
    std::string damaged = slot;
    damaged[at] ^= 1;
    EXPECT_FALSE(DecodeMark(damaged).has_value()) << at;
  }
  EXPECT_FALSE(DecodeMark("").has_value());
  EXPECT_FALSE(DecodeMark(slot.substr(0, 111)).has_value());
}

TEST_F(HeadMarkTest, ALaterEpochIsNewerThanALaterRevision) {
  EXPECT_TRUE(IsNewer(MarkAt(2), MarkAt(1)));
  EXPECT_FALSE(IsNewer(MarkAt(2), MarkAt(2)));
  EXPECT_TRUE(IsNewer(MarkAt(1, 2), MarkAt(9, 1)));
  EXPECT_FALSE(IsNewer(MarkAt(9, 1), MarkAt(1, 2)));
}

TEST_F(HeadMarkTest, TheMarkBeforeIsThereWhileOneIsWritten) {
  MarkFile file = File();
  EXPECT_FALSE(file.Read().value().has_value());
  ASSERT_TRUE(file.Make(MarkAt(1)).ok());
  for (Revision revision = 2; revision < 8; ++revision) {
    ASSERT_TRUE(file.Write(MarkAt(revision)).ok());
    EXPECT_EQ(Stored(), revision);
    EXPECT_EQ(ReadBytes(Path()).size(), kMarkFileBytes);
    const std::string bytes = ReadBytes(Path());
    const size_t newer = DecodeMark(bytes)->head.revision == revision ? 0 : kMarkSlotBytes;
    Damage(newer + 40);
    EXPECT_EQ(Stored(), revision - 1);
    WriteBytes(Path(), bytes);
  }
}

TEST_F(HeadMarkTest, AFileWithoutAMarkIsDamagedAndOneThatHasGoneIsMadeAgain) {
  MarkFile file = File();
  for (const std::string& bytes : {std::string(), std::string("text"), std::string(kMarkFileBytes, '\0')}) {
    WriteBytes(Path(), bytes);
    EXPECT_EQ(file.Read().status().code(), absl::StatusCode::kDataLoss);
  }
  std::filesystem::remove(Path());
  ASSERT_TRUE(file.Write(MarkAt(5)).ok());
  EXPECT_EQ(Stored(), 5u);
}

TEST_F(HeadMarkTest, AKeeperWritesTheFirstAtOnceAndTheLastAtItsEnd) {
  MarkFile file = File();
  ASSERT_TRUE(file.Make(MarkAt(0)).ok());
  {
    MarkKeeper keeper({file}, MarkAt(0), nullptr);
    keeper.Note(MarkAt(1).head);
    const auto noted = std::chrono::steady_clock::now();
    while (Stored() != 1 && std::chrono::steady_clock::now() < noted + std::chrono::seconds(30))
      absl::SleepFor(absl::Milliseconds(1));
    EXPECT_EQ(Stored(), 1u);
    for (Revision revision = 2; revision <= 500; ++revision) keeper.Note(MarkAt(revision).head);
    EXPECT_LT(Stored(), 500u) << "not for every head";
    while (Stored() != 500 && std::chrono::steady_clock::now() < noted + std::chrono::seconds(60))
      absl::SleepFor(absl::Milliseconds(1));
    EXPECT_EQ(Stored(), 500u) << "though nothing comes after it";
    keeper.Note(MarkAt(501).head);
  }
  EXPECT_EQ(Stored(), 501u);
}

TEST_F(HeadMarkTest, AKeeperThatCannotWriteTellsItOnceAndKeepsTheOtherCopy) {
  std::atomic<int> told{0};
  std::string words;
  MarkFile good = File();
  {
    MarkKeeper keeper({MarkFile(rocksdb::Env::Default(), Path() + "/no/place"), good}, MarkAt(0),
                      [&](const std::string& sentence) {
                        words = sentence;
                        ++told;
                      });
    for (Revision revision = 1; revision <= 2; ++revision) {
      keeper.Note(MarkAt(revision).head);
      while (Stored() < revision) absl::SleepFor(absl::Milliseconds(1));
    }
  }
  EXPECT_EQ(told, 1);
  EXPECT_THAT(words, HasSubstr("/no/place"));
  EXPECT_EQ(Stored(), 2u);
}

}  // namespace
}  // namespace attain::storage
