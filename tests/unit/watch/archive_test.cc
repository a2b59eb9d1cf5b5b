#include "service/watch/archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/watch/fake_source.h"

namespace attain::watch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ArchiveTest : public ::testing::Test {
 protected:
  ArchiveTest() { source_.Append(20); }
  std::vector<Revision> Read(Archive* archive, Revision from, Revision to, const Portion& portion = {}) {
    std::vector<EntryPtr> entries;
    const absl::Status read = archive->Read(from, to, portion, &entries);
    EXPECT_TRUE(read.ok()) << read;
    std::vector<Revision> revisions;
    for (const EntryPtr& entry : entries) revisions.push_back(entry->revision);
    return revisions;
  }

  const size_t one_ = MakeEntry(1, "u0")->bytes;
  FakeSource source_{1};
};

TEST_F(ArchiveTest, GivesWhatWasAskedForWhetherItIsKeptOrNot) {
  Archive archive(&source_, size_t{1} << 20);
  EXPECT_THAT(Read(&archive, 3, 8), ElementsAre(3, 4, 5, 6, 7, 8));
  EXPECT_THAT(Read(&archive, 4, 5), ElementsAre(4, 5)) << "not beyond the end, though more is kept";
  EXPECT_THAT(Read(&archive, 4, 8, {2}), ElementsAre(4, 5));
  EXPECT_THAT(Read(&archive, 4, 8, {10, 1}), ElementsAre(4)) << "at least one";
  EXPECT_THAT(Read(&archive, 12, 12), ElementsAre(12));
  EXPECT_THAT(Read(&archive, 7, 20), ElementsAre(7, 8)) << "what is kept, as far as it goes";
  EXPECT_THAT(Read(&archive, 9, 10), ElementsAre(9, 10)) << "12 is not the one that follows";
}

TEST_F(ArchiveTest, ReadsAgainOnlyWhatItDoesNotKeep) {
  Archive archive(&source_, 4 * one_);
  EXPECT_THAT(Read(&archive, 1, 8), ElementsAre(1, 2, 3, 4, 5, 6, 7, 8));
  source_.Damage();
  EXPECT_THAT(Read(&archive, 5, 8), ElementsAre(5, 6, 7, 8)) << "kept";
  std::vector<EntryPtr> entries;
  EXPECT_EQ(archive.Read(4, 8, {}, &entries).code(), absl::StatusCode::kDataLoss)
      << "dropped, the limit is 4";
  archive.Clear();
  EXPECT_EQ(archive.Read(5, 8, {}, &entries).code(), absl::StatusCode::kDataLoss) << "forgotten";
  EXPECT_THAT(entries, IsEmpty());
}

}  // namespace
}  // namespace attain::watch
