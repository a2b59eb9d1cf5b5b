// What is done to the journal and to the record of its head, whole hashes recomputed: named by revision.
#include "service/verify/chain.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "storage/entry_codec.h"
#include "storage/rocksdb/files/record_keys.h"
#include "storage/rocksdb/rocks_store.h"
#include "tests/contract/rocksdb_raw.h"
#include "tests/unit/verify/verify_fixture.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

const std::set<VerifyPart> kChain = {VerifyPart::kJournal, VerifyPart::kHeads};

class ChainTest : public VerifyFixture {
 protected:
  ChainTest() { Fill(2); }

  static std::string EntryIn(const storage::Database& raw, uint64_t revision) {
    std::string bytes;
    EXPECT_TRUE(raw.db()->Get({}, raw.family(storage::kJournal), storage::JournalKey(revision), &bytes).ok());
    return bytes;
  }
  static void PutEntry(const storage::Database& raw, uint64_t revision, const std::string& bytes) {
    EXPECT_TRUE(raw.db()->Put({}, raw.family(storage::kJournal), storage::JournalKey(revision), bytes).ok());
  }
  static void DeleteEntry(const storage::Database& raw, uint64_t revision) {
    EXPECT_TRUE(raw.db()->Delete({}, raw.family(storage::kJournal), storage::JournalKey(revision)).ok());
  }
  // The entry with another payload or time, and its own hash recomputed.
  static std::string Reforged(const std::string& bytes, absl::string_view payload,
                              absl::Duration later = {}) {
    storage::EntryView entry;
    EXPECT_TRUE(storage::DecodeEntry(bytes, &entry));
    storage::EntryFields fields = entry;
    if (!payload.empty()) {
      fields.payload = payload;
      fields.form = storage::EntryForm::kWhole;
    }
    fields.time += later;
    storage::Sha256 sha;
    std::string forged;
    EXPECT_TRUE(storage::EncodeEntry(fields, &sha, &forged).has_value());
    return forged;
  }
};

TEST_F(ChainTest, ASoundJournalHasNoFinding) {
  EXPECT_THAT(Verify(kChain), IsEmpty());
}

TEST_F(ChainTest, AChangedByteIsNamedByItsRevisionAlone) {
  Edit([&](const storage::Database& raw) {
    std::string bytes = EntryIn(raw, 5);
    bytes.back() ^= 1;
    PutEntry(raw, 5, bytes);
  });
  EXPECT_THAT(Verify(kChain),
              ElementsAre(StartsWith("entry at revision 5: was changed after it was written")));
}

TEST_F(ChainTest, AForgedEntryWithAHashOfItsOwnShowsAtTheNext) {
  Edit([&](const storage::Database& raw) { PutEntry(raw, 5, Reforged(EntryIn(raw, 5), "forged")); });
  EXPECT_THAT(Verify(kChain),
              ElementsAre("entry at revision 6: does not follow revision 5: one of the two was changed"));
}

TEST_F(ChainTest, AForgedNewestEntryIsNotThatOfTheHead) {
  const uint64_t head = store_->head().revision;
  Edit([&](const storage::Database& raw) { PutEntry(raw, head, Reforged(EntryIn(raw, head), "forged")); });
  EXPECT_THAT(Verify(kChain), ElementsAre(absl::StrCat("record of the head at revision ", head,
                                                       ": is not that of the newest entry of the journal")));
  EXPECT_EQ(result_.findings[static_cast<int>(VerifyPart::kHeads)], 1u);
}

TEST_F(ChainTest, MissingEntriesAreCountedEach) {
  Edit([&](const storage::Database& raw) {
    DeleteEntry(raw, 4);
    DeleteEntry(raw, 5);
    DeleteEntry(raw, 8);
  });
  std::vector<std::string> lines;
  VerifyOptions options;
  options.parts = kChain;
  options.on_finding = [&](const VerifyFinding& finding) { lines.push_back(DescribeFinding(finding, "en")); };
  const auto result = VerifyStore(**store_->Inspect(), options);
  ASSERT_TRUE(result.ok());
  EXPECT_THAT(lines, ElementsAre("entry at revision 4: is missing, and all up to 5",
                                 "entry at revision 8: is missing"));
  EXPECT_EQ(result->total(), 3u);
}

TEST_F(ChainTest, AnEndThatIsCutOffIsMissing) {
  const uint64_t head = store_->head().revision;
  Edit([&](const storage::Database& raw) { DeleteEntry(raw, head); });
  EXPECT_THAT(Verify(kChain), ElementsAre(absl::StrCat("entry at revision ", head, ": is missing")));
}

TEST_F(ChainTest, AnEntryBehindTheEndIsTold) {
  const uint64_t head = store_->head().revision;
  Edit([&](const storage::Database& raw) { PutEntry(raw, head + 3, EntryIn(raw, head)); });
  EXPECT_THAT(Verify(kChain), ElementsAre(absl::StrCat("entry at revision ", head + 3,
                                                       ": stands behind the newest revision, ", head)));
}

TEST_F(ChainTest, AnEntryInTheWrongPlaceIsTold) {
  Edit([&](const storage::Database& raw) { PutEntry(raw, 5, EntryIn(raw, 4)); });
  EXPECT_THAT(Verify(kChain), ElementsAre(StartsWith("entry at revision 5: was changed"),
                                          StartsWith("entry at revision 5: does "
                                                     "not follow revision 4"),
                                          StartsWith("entry at revision 6: does not follow revision 5")));
}

TEST_F(ChainTest, BytesThatAreNoEntryAreCutOff) {
  Edit([&](const storage::Database& raw) { PutEntry(raw, 5, EntryIn(raw, 5).substr(0, 20)); });
  EXPECT_THAT(Verify(kChain), ElementsAre("entry at revision 5: is cut off"));
}

TEST_F(ChainTest, ATimeThatGoesBackIsTold) {
  Edit([&](const storage::Database& raw) {
    PutEntry(raw, 5, Reforged(EntryIn(raw, 5), "", -absl::Hours(1)));
  });
  EXPECT_THAT(Verify(kChain), ElementsAre(HasSubstr("revision 5: was recorded earlier than the entry before"),
                                          HasSubstr("revision 6: does not follow revision 5")));
}

TEST_F(ChainTest, AForgedHeadIsTold) {
  storage::Head head = store_->head();
  const auto put_head = [&](const storage::Head& forged) {
    Edit([&](const storage::Database& raw) {
      EXPECT_TRUE(
          raw.db()->Put({}, raw.family(storage::kMeta), storage::kHeadKey, storage::EncodeHead(forged)).ok());
    });
  };
  storage::Head forged = head;
  forged.hash[0] ^= 1;
  put_head(forged);
  EXPECT_THAT(Verify(kChain), ElementsAre(StartsWith("record of the head")));
  forged = head;
  forged.time += absl::Seconds(1);
  put_head(forged);
  EXPECT_THAT(Verify(kChain), ElementsAre(StartsWith("record of the head")));
  forged = head;
  ++forged.revision;
  put_head(forged);
  EXPECT_THAT(Verify(kChain),
              ElementsAre(absl::StrCat("entry at revision ", head.revision + 1, ": is missing")));
  put_head(head);
  EXPECT_THAT(Verify(kChain), IsEmpty());
}

// Without the record a store does not open; one that is looked into offline is verified up to its last entry.
TEST_F(ChainTest, AHeadThatIsGoneOrMalformedIsTold) {
  const uint64_t head = store_->head().revision;
  for (const std::string& record : {std::string(), std::string("malformed")}) {
    CloseStore();
    {
      const auto raw = storage::OpenRaw(StoreOptions());
      ASSERT_TRUE(raw.ok());
      ASSERT_TRUE((*raw)->db()->Delete({}, (*raw)->family(storage::kMeta), storage::kHeadKey).ok());
      if (!record.empty()) {
        ASSERT_TRUE((*raw)->db()->Put({}, (*raw)->family(storage::kMeta), storage::kHeadKey, record).ok());
      }
    }
    const auto opened = storage::OpenInspection(StoreOptions());
    ASSERT_TRUE(opened.ok()) << opened.status();
    std::vector<std::string> lines;
    VerifyOptions options;
    options.on_finding = [&](const VerifyFinding& finding) {
      lines.push_back(DescribeFinding(finding, "en"));
    };
    const auto result = VerifyStore(**opened, options);
    ASSERT_TRUE(result.ok());
    EXPECT_THAT(lines, ElementsAre(StartsWith("record of the head")));
    EXPECT_EQ(result->head.revision, head);
  }
}

}  // namespace
}  // namespace attain::engine
