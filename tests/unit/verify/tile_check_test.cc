// The tiles of the tree over the journal: what was changed, left out or put beside them.
#include "service/verify/tile_check.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "proofs/leaf.h"
#include "service/state/entry.h"
#include "storage/entry_codec.h"
#include "tests/unit/verify/verify_fixture.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::set<VerifyPart> kHeads = {VerifyPart::kHeads};
constexpr uint64_t kEntries = 1100;  // four tiles and a part

class TileCheckTest : public VerifyFixture {
 protected:
  TileCheckTest() {
    for (uint64_t n = 1; n <= kEntries; n += 100) {
      auto group = *store_->Begin();
      for (uint64_t i = n; i < n + 100; ++i) {
        group->StartEntry();
        // Both forms.
        disk::EntryPayload payload;
        payload.set_cause(absl::StrCat("c", i));
        if (i % 2 == 0) {
          group->FinishEntry(payload.SerializeAsString(), TimeOf(i));
        } else {
          group->FinishEntry(EncodeEntry(payload, {}, std::string(32, 's')), TimeOf(i),
                             storage::EntryForm::kParts);
        }
      }
      EXPECT_TRUE(group->Commit().ok());
    }
    proofs::TileWriter writer;
    const absl::Status read = store_->ReadJournal(1, [&](const storage::JournalRecord& record) {
      writer.Append(proofs::LeafHash(proofs::View(proofs::EncodeLeaf(storage::LeafOf(record)))), &tiles_);
      return true;
    });
    EXPECT_TRUE(read.ok()) << read;
    EXPECT_EQ(tiles_.size(), 4u);
  }
  // The tree as it is with these tiles.
  void Put(const std::vector<proofs::TileContent>& tiles) { ASSERT_TRUE(store_->PutTiles(tiles).ok()); }

  std::vector<proofs::TileContent> tiles_;
};

TEST_F(TileCheckTest, TilesThatFollowFromTheJournalAreSound) {
  Put(tiles_);
  EXPECT_THAT(Verify(), IsEmpty());
}

TEST_F(TileCheckTest, TheNewestMayBeMissing) {
  EXPECT_THAT(Verify(kHeads), IsEmpty());
  Put({tiles_[0], tiles_[1]});
  EXPECT_THAT(Verify(kHeads), IsEmpty());
}

TEST_F(TileCheckTest, OneBeforeOthersMayNot) {
  Put({tiles_[0], tiles_[2], tiles_[3]});
  EXPECT_THAT(Verify(kHeads), ElementsAre("tile/0/001: is missing, and tiles behind it are there"));
  EXPECT_EQ(result_.findings[static_cast<int>(VerifyPart::kHeads)], 1u);
}

TEST_F(TileCheckTest, AChangedOneIsNamed) {
  tiles_[2].bytes[77] ^= 1;
  Put(tiles_);
  EXPECT_THAT(Verify(kHeads),
              ElementsAre("tile/0/002: does not follow from the journal: it or an entry in it "
                          "was changed"));
}

TEST_F(TileCheckTest, OneThatNoEntriesFillIsTold) {
  Put(tiles_);
  proofs::TileContent extra = tiles_[0];
  extra.tile.number = 4;
  Put({extra});
  extra.tile = {1, 0};
  Put({extra});
  EXPECT_THAT(Verify(kHeads), ElementsAre("tile 4 of level 0: no entries of the journal fill it",
                                          "tile 0 of level 1: no entries of the journal fill it"));
}

}  // namespace
}  // namespace attain::engine
