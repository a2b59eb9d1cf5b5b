// What was done to a store's files while it was closed is never opened without a word when something that was
// acknowledged is gone, and never held against a store that lost nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <memory>
#include <optional>
#include <random>
#include <string>

#include "tests/contract/rocksdb_raw.h"
#include "tests/unit/storage/crash_image.h"

namespace attain::storage {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr Revision kEntries = 40;

class DamageTest : public ::testing::Test {
 protected:
  DamageTest() : images_(scratch_.path()) {}

  // A store of kEntries with its log not flushed, as "image"; the marks know all of it.
  void MakeImage() {
    const std::unique_ptr<Store> store = OpenRocksStore(images_.Options("data")).value();
    for (Revision n = 1; n <= kEntries; ++n) CommitEntry(store.get(), n % 8 == 0 ? 50'000 : 300 * (n % 5));
    ASSERT_TRUE(images_.AwaitMarks("data", kEntries));
    images_.Copy("data", "image");
  }
  // Opens "copy"; what became of it.
  absl::Status Opened(OpenReport* report = nullptr) const {
    return OpenRocksStore(images_.Options("copy"), report).status();
  }
  void ExpectMissing(const absl::Status& refused, Revision first, Revision last) const {
    EXPECT_EQ(refused.code(), absl::StatusCode::kDataLoss) << refused;
    EXPECT_THAT(std::string(refused.message()),
                AllOf(HasSubstr(first == last ? absl::StrCat("revision ", first, " that was")
                                              : absl::StrCat("revisions ", first, " … ", last, " that were")),
                      HasSubstr("acknowledged"), HasSubstr("restore a backup"), HasSubstr("--accept-loss")));
  }
  // The revision that the store would end at, from the message.
  static Revision EndIn(const absl::Status& refused) {
    const std::string text(refused.message());
    for (const std::string before : {"ends at revision ", "would end at revision "}) {
      const size_t at = text.find(before);
      if (at != std::string::npos) return std::stoull(text.substr(at + before.size()));
    }
    ADD_FAILURE() << text;
    return 0;
  }
  // Flips a byte of the middle of the copy's log.
  void DamageCopy() const {
    const std::filesystem::path log = images_.NewestLog("copy");
    std::string bytes = ReadBytes(log);
    bytes[bytes.size() / 2] ^= 0x20;
    WriteBytes(log, bytes);
  }

  const ScratchDirectory scratch_;
  const CrashImages images_;
};

TEST_F(DamageTest, AnUntouchedCrashOpensWithoutAWord) {
  MakeImage();
  images_.Copy("image", "copy");
  OpenReport report;
  const auto store = OpenRocksStore(images_.Options("copy"), &report);
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_EQ((*store)->head().revision, kEntries);
  EXPECT_EQ((*store)->epoch(), kFirstEpoch);
  EXPECT_THAT(report.warnings, IsEmpty());
  EXPECT_FALSE(report.loss.has_value());
}

TEST_F(DamageTest, AFlippedByteAnywhereInTheLogIsToldAndNothingIsChanged) {
  MakeImage();
  const std::string whole = ReadBytes(images_.NewestLog("image"));
  std::mt19937_64 random(7);
  int refusals = 0;
  for (int i = 0; i < 60; ++i) {
    images_.Copy("image", "copy");
    const size_t at = i == 0 ? whole.size() - 1 : random() % whole.size();
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << random() % 8));
    WriteBytes(images_.NewestLog("copy"), damaged);
    const auto store = OpenRocksStore(images_.Options("copy"));
    if (store.ok()) {  // padding at the end of a block
      EXPECT_EQ((*store)->head().revision, kEntries) << "byte " << at;
      continue;
    }
    ++refusals;
    SCOPED_TRACE(absl::StrCat("byte ", at));
    ExpectMissing(store.status(), EndIn(store.status()) + 1, kEntries);
    EXPECT_EQ(ReadBytes(images_.NewestLog("copy")), damaged) << "what is there is left for those who repair";
    WriteBytes(images_.NewestLog("copy"), whole);
    const auto repaired = OpenRocksStore(images_.Options("copy"));
    ASSERT_TRUE(repaired.ok()) << repaired.status();
    EXPECT_EQ((*repaired)->head().revision, kEntries);
  }
  EXPECT_GE(refusals, 55);
}

TEST_F(DamageTest, ALogCutToHalfEmptiedOrDeletedIsTold) {
  MakeImage();
  const std::string whole = ReadBytes(images_.NewestLog("image"));
  for (const size_t left : {whole.size() / 2, whole.size() - 1, size_t{5}, size_t{0}}) {
    images_.Copy("image", "copy");
    WriteBytes(images_.NewestLog("copy"), whole.substr(0, left));
    const absl::Status refused = Opened();
    ExpectMissing(refused, EndIn(refused) + 1, kEntries);
  }
  images_.Copy("image", "copy");
  std::filesystem::remove(images_.NewestLog("copy"));
  ExpectMissing(Opened(), 1, kEntries);
  RocksStoreOptions accept = images_.Options("copy");
  accept.accept_loss = true;
  OpenReport report;
  const std::unique_ptr<Store> store = OpenRocksStore(accept, &report).value();
  ASSERT_TRUE(report.loss.has_value());
  EXPECT_EQ(report.loss->last, kEntries);
  EXPECT_EQ(store->epoch(), 2u);
  EXPECT_EQ(store->store_id(), OpenRocksStore(images_.Options("data")).value()->store_id())
      << "the same store";
}

TEST_F(DamageTest, ZerosInTheMiddleOfTheLogAreTold) {
  MakeImage();
  images_.Copy("image", "copy");
  std::string bytes = ReadBytes(images_.NewestLog("copy"));
  ASSERT_GT(bytes.size(), 3u * 32768);
  bytes.replace(32768, 32768, 32768, '\0');
  WriteBytes(images_.NewestLog("copy"), bytes);
  const absl::Status refused = Opened();
  ExpectMissing(refused, EndIn(refused) + 1, kEntries);
}

// The log alone tells it, without any mark.
TEST_F(DamageTest, DamageBeforeAcknowledgedEntriesIsToldWithoutMarks) {
  MakeImage();
  images_.Copy("image", "copy");
  std::filesystem::remove(images_.MarkBeside("copy"));
  std::filesystem::remove(images_.MarkInside("copy"));
  DamageCopy();
  const absl::Status refused = Opened();
  ExpectMissing(refused, EndIn(refused) + 1, kEntries);
  EXPECT_THAT(std::string(refused.message()), HasSubstr(images_.NewestLog("copy").string()));
}

TEST_F(DamageTest, AClosedLogThatIsNeededStillIsMissed) {
  RocksStoreOptions options = images_.Options("data");
  options.write_buffer_bytes = 256 << 10;
  {
    const std::unique_ptr<Store> store = OpenRocksStore(options).value();
    for (int n = 0; images_.Logs("data").size() < 2 && n < 500; ++n) CommitEntry(store.get(), 20'000);
    CommitEntry(store.get(), 100);
    ASSERT_GE(images_.Logs("data").size(), 2u);
    images_.Copy("data", "image");
  }
  images_.Copy("image", "copy");
  EXPECT_TRUE(Opened().ok());
  images_.Copy("image", "copy");
  std::filesystem::remove(images_.Logs("copy").front());
  EXPECT_EQ(Opened().code(), absl::StatusCode::kDataLoss);
  images_.Copy("image", "copy");
  const std::filesystem::path oldest = images_.Logs("copy").front();
  WriteBytes(oldest, ReadBytes(oldest).substr(0, ReadBytes(oldest).size() / 2));
  EXPECT_EQ(Opened().code(), absl::StatusCode::kDataLoss);
}

// The last record was never acknowledged: whatever a power cut left of it, nothing is missing.
TEST_F(DamageTest, ATornLastRecordIsNoDamage) {
  std::string before, after;
  {
    const std::unique_ptr<Store> store = OpenRocksStore(images_.Options("data")).value();
    for (Revision n = 1; n <= 10; ++n) CommitEntry(store.get(), 3'000 * n);
    ASSERT_TRUE(images_.AwaitMarks("data", 10));
    images_.Copy("data", "image");
    before = ReadBytes(images_.NewestLog("image"));
    CommitEntry(store.get(), 100'000);  // crosses blocks
    images_.Copy("data", "later");
    after = ReadBytes(images_.NewestLog("later"));
  }
  ASSERT_EQ(after.substr(0, before.size()), before);
  ASSERT_GT(after.size(), before.size() + 3 * 32768);
  std::mt19937_64 random(3);
  const auto somewhere = [&] { return before.size() + random() % (after.size() - before.size()); };
  for (int i = 0; i < 80; ++i) {
    SCOPED_TRACE(i);
    std::string torn = after;
    switch (i % 5) {
      case 0:  // only its beginning was written
        torn.resize(somewhere());
        break;
      case 1:  // and something else behind it
        torn.resize(somewhere());
        for (int n = 0; n < 9'000; ++n) torn.push_back(static_cast<char>(random()));
        break;
      case 2:  // pages that were never written
        torn.replace(somewhere() / 4096 * 4096, std::string::npos, "");
        torn.resize(std::max(torn.size(), before.size()));
        torn.resize(after.size(), '\0');
        break;
      case 3:  // its first fragment is bad and all others are whole
        torn[before.size() + random() % 100] ^= 0x04;
        break;
      case 4:  // its last byte
        torn.back() ^= 0x04;
        break;
    }
    torn.replace(0, before.size(), before);
    images_.Copy("image", "copy");
    WriteBytes(images_.NewestLog("copy"), torn);
    OpenReport report;
    const auto store = OpenRocksStore(images_.Options("copy"), &report);
    ASSERT_TRUE(store.ok()) << store.status();
    EXPECT_EQ((*store)->head().revision, 10u);
    EXPECT_THAT(report.warnings, IsEmpty());
    CommitEntry(store->get(), 10);
  }
}

// A log that was torn may lie there still beside the one that goes on from it.
TEST_F(DamageTest, ATornLogBesideTheOneThatFollowsIsNoDamage) {
  MakeImage();
  images_.Copy("image", "copy");
  const std::filesystem::path torn = images_.NewestLog("copy");
  WriteBytes(torn, ReadBytes(torn) + std::string(50, 'x'));
  const std::string bytes = ReadBytes(torn);
  {
    const std::unique_ptr<Store> store = OpenRocksStore(images_.Options("copy")).value();
    CommitEntry(store.get(), 100);
    CommitEntry(store.get(), 100);
    images_.Copy("copy", "again");
  }
  const std::filesystem::path old = scratch_.path() / "again" / torn.filename();
  ASSERT_FALSE(std::filesystem::exists(old));
  WriteBytes(old, bytes);
  const auto store = OpenRocksStore(images_.Options("again"));
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_EQ((*store)->head().revision, kEntries + 2);
}

TEST_F(DamageTest, AnOlderCopyPutBackIsTold) {
  {
    const std::unique_ptr<Store> store = OpenRocksStore(images_.Options("data")).value();
    for (Revision n = 1; n <= 10; ++n) CommitEntry(store.get(), 100);
  }
  images_.CopyDirectory("data", "backup");
  {
    const std::unique_ptr<Store> store = OpenRocksStore(images_.Options("data")).value();
    for (Revision n = 11; n <= 25; ++n) CommitEntry(store.get(), 100);
  }
  EXPECT_EQ(CrashImages::Marked(images_.MarkInside("data")), 25u) << "exactly at a clean close";
  EXPECT_EQ(CrashImages::Marked(images_.MarkBeside("data")), 25u);
  images_.CopyDirectory("backup", "data");
  const absl::Status refused = OpenRocksStore(images_.Options("data")).status();
  ExpectMissing(refused, 11, 25);
  EXPECT_THAT(std::string(refused.message()),
              AllOf(HasSubstr("ends at revision 10"), HasSubstr("was at revision 25"),
                    HasSubstr(images_.MarkBeside("data"))));
}

TEST_F(DamageTest, AnotherHistoryIsTold) {
  const auto write = [&](const std::string& name, Revision entries, size_t bytes) {
    const std::unique_ptr<Store> store = OpenRocksStore(images_.Options(name)).value();
    for (Revision n = 0; n < entries; ++n) {
      const std::unique_ptr<Group> group = store->Begin().value();
      group->StartEntry();
      group->FinishEntry(std::string(bytes, 'p'), absl::UnixEpoch());
      ASSERT_TRUE(group->Commit().ok());
    }
  };
  write("data", 5, 1);
  images_.Copy("data", "other");
  write("data", 5, 2);
  write("other", 7, 3);
  images_.CopyDirectory("other", "data");
  const absl::Status refused = OpenRocksStore(images_.Options("data")).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(refused.message()),
              AllOf(HasSubstr("revision 10 is not the entry"), HasSubstr("another history")));
  RocksStoreOptions accept = images_.Options("data");
  accept.accept_loss = true;
  OpenReport report;
  ASSERT_TRUE(OpenRocksStore(accept, &report).ok());
  ASSERT_TRUE(report.loss.has_value());
  EXPECT_EQ(report.loss->first, 0u);
}

TEST_F(DamageTest, TheMarkOfAnotherStoreIsRefused) {
  CommitEntry(OpenRocksStore(images_.Options("data")).value().get(), 1);
  CommitEntry(OpenRocksStore(images_.Options("other")).value().get(), 1);
  images_.CopyDirectory("other", "data");
  RocksStoreOptions options = images_.Options("data");
  for (const bool accept : {false, true}) {
    options.accept_loss = accept;
    const absl::Status refused = OpenRocksStore(options).status();
    EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition) << refused;
    EXPECT_THAT(std::string(refused.message()),
                AllOf(HasSubstr("is of store"), HasSubstr(images_.MarkBeside("data")),
                      HasSubstr("take that file away")));
  }
  std::filesystem::remove(images_.MarkBeside("data"));
  EXPECT_TRUE(OpenRocksStore(images_.Options("data")).ok());
}

TEST_F(DamageTest, ALostDirectoryIsNotBegunAnew) {
  CommitEntry(OpenRocksStore(images_.Options("data")).value().get(), 1);
  std::filesystem::remove_all(scratch_.path() / "data");
  const absl::Status refused = OpenRocksStore(images_.Options("data")).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.message()), AllOf(HasSubstr("holds no store"), HasSubstr("revision 1")));
  EXPECT_FALSE(std::filesystem::exists(scratch_.path() / "data" / "CURRENT"));
  std::filesystem::remove(images_.MarkBeside("data"));
  EXPECT_TRUE(OpenRocksStore(images_.Options("data")).ok());
}

TEST_F(DamageTest, MissingMarksAreToldAndMadeAnew) {
  MakeImage();
  images_.Copy("image", "copy");
  std::filesystem::remove(images_.MarkBeside("copy"));
  OpenReport report;
  EXPECT_TRUE(Opened(&report).ok());
  EXPECT_THAT(report.warnings, IsEmpty()) << "the directory may have moved";
  EXPECT_EQ(CrashImages::Marked(images_.MarkBeside("copy")), kEntries);
  std::filesystem::remove(images_.MarkBeside("copy"));
  std::filesystem::remove(images_.MarkInside("copy"));
  EXPECT_TRUE(Opened(&report).ok());
  EXPECT_THAT(report.warnings,
              ElementsAre(AllOf(HasSubstr("are gone"), HasSubstr(images_.MarkInside("copy")))));
  EXPECT_EQ(CrashImages::Marked(images_.MarkInside("copy")), kEntries);
}

TEST_F(DamageTest, AStoreMadeBeforeThereWereMarksGetsThem) {
  CommitEntry(OpenRocksStore(images_.Options("copy")).value().get(), 1);
  {
    const std::unique_ptr<Database> raw = OpenRaw(images_.Options("copy")).value();
    ASSERT_TRUE(raw->db()->Delete({}, raw->family(kMeta), kMarkedKey).ok());
  }
  std::filesystem::remove(images_.MarkBeside("copy"));
  std::filesystem::remove(images_.MarkInside("copy"));
  OpenReport report;
  EXPECT_TRUE(Opened(&report).ok());
  EXPECT_THAT(report.warnings, IsEmpty());
  EXPECT_EQ(CrashImages::Marked(images_.MarkInside("copy")), 1u);
}

TEST_F(DamageTest, AnAcceptedLossBeginsAnEpoch) {
  MakeImage();
  images_.Copy("image", "copy");
  DamageCopy();
  const absl::Status refused = Opened();
  const Revision end = EndIn(refused);
  RocksStoreOptions accept = images_.Options("copy");
  accept.accept_loss = true;
  {
    OpenReport report;
    const std::unique_ptr<Store> store = OpenRocksStore(accept, &report).value();
    ASSERT_TRUE(report.loss.has_value());
    EXPECT_EQ(report.loss->first, end + 1);
    EXPECT_EQ(report.loss->last, kEntries);
    EXPECT_EQ(report.loss->epoch, 1u);
    EXPECT_THAT(report.loss->words, AllOf(HasSubstr(absl::StrCat("revisions ", end + 1, " … ", kEntries)),
                                          HasSubstr("as epoch 2")));
    EXPECT_EQ(store->epoch(), 2u);
    EXPECT_EQ(store->head().revision, end);
    CommitEntry(store.get(), 100);
    EXPECT_EQ(store->head().revision, end + 1);
    EXPECT_TRUE(store->VerifyJournal(nullptr).ok());
  }
  OpenReport report;
  const auto plain = OpenRocksStore(images_.Options("copy"), &report);
  ASSERT_TRUE(plain.ok()) << plain.status();
  EXPECT_EQ((*plain)->epoch(), 2u);
  EXPECT_FALSE(report.loss.has_value());
  EXPECT_THAT(report.warnings, IsEmpty());
}

TEST_F(DamageTest, AcceptingWhereNothingIsMissingChangesNothingAndIsTold) {
  MakeImage();
  images_.Copy("image", "copy");
  RocksStoreOptions accept = images_.Options("copy");
  accept.accept_loss = true;
  OpenReport report;
  const std::unique_ptr<Store> store = OpenRocksStore(accept, &report).value();
  EXPECT_EQ(store->epoch(), 1u);
  EXPECT_FALSE(report.loss.has_value());
  EXPECT_THAT(report.warnings, ElementsAre(HasSubstr("nothing is missing")));
}

// The first epoch's copy, once the second has begun.
TEST_F(DamageTest, ACopyOfAnEarlierEpochIsTold) {
  MakeImage();
  images_.Copy("image", "copy");
  images_.Copy("image", "whole");
  DamageCopy();
  RocksStoreOptions accept = images_.Options("copy");
  accept.accept_loss = true;
  ASSERT_TRUE(OpenRocksStore(accept).ok());
  images_.CopyDirectory("whole", "copy");
  const absl::Status refused = Opened();
  EXPECT_EQ(refused.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(refused.message()), AllOf(HasSubstr("epoch 2"), HasSubstr("older copy")));
  OpenReport report;
  EXPECT_EQ(OpenRocksStore(accept, &report).value()->epoch(), 3u);
}

TEST_F(DamageTest, TwoStoresNeverShareADirectoryEvenWithoutItsLockFile) {
  const std::unique_ptr<Store> store = OpenRocksStore(images_.Options("copy")).value();
  std::filesystem::remove(scratch_.path() / "copy" / "LOCK");
  const absl::Status refused = Opened();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("in use by another attaind"));
}

TEST_F(DamageTest, DirectoryAndFilesAreTheOwnersAlone) {
  const std::filesystem::path directory = scratch_.path() / "copy";
  CommitEntry(OpenRocksStore(images_.Options("copy")).value().get(), 1);
  std::filesystem::permissions(directory, std::filesystem::perms(0755));
  std::filesystem::permissions(directory / "IDENTITY", std::filesystem::perms(0644));
  const std::unique_ptr<Store> store = OpenRocksStore(images_.Options("copy")).value();
  const auto mode = [](const std::filesystem::path& path) {
    return static_cast<int>(std::filesystem::status(path).permissions());
  };
  EXPECT_EQ(mode(directory), 0700);
  EXPECT_EQ(mode(directory / "IDENTITY") & 077, 0);
  EXPECT_EQ(mode(images_.MarkInside("copy")), 0600);
  EXPECT_EQ(mode(images_.MarkBeside("copy")), 0600);
}

TEST_F(DamageTest, AMarkThatCannotStandBesideIsToldOnceAndTheOneInsideServes) {
  RocksStoreOptions options = images_.Options("copy");
  options.head_mark = (scratch_.path() / "nowhere" / "mark").string();
  OpenReport report;
  {
    const std::unique_ptr<Store> store = OpenRocksStore(options, &report).value();
    EXPECT_THAT(report.warnings,
                ElementsAre(AllOf(HasSubstr("--head-mark=FILE"), HasSubstr(options.head_mark))));
    CommitEntry(store.get(), 1);
  }
  EXPECT_EQ(CrashImages::Marked(images_.MarkInside("copy")), 1u);
}

}  // namespace
}  // namespace attain::storage
