// The contract of groups that follow each other: one is open at a time, sealed ones wait for their commit.
#ifndef ATTAIN_TESTS_CONTRACT_STORE_CONTRACT_SEALED_H_
#define ATTAIN_TESTS_CONTRACT_STORE_CONTRACT_SEALED_H_

#include "tests/contract/store_contract.h"

namespace attain::storage {

TEST_P(StoreContract, OnlyOneGroupIsOpenAtATime) {
  std::unique_ptr<Group> group = Begin();
  EXPECT_EQ(store_->Begin().status().code(), absl::StatusCode::kFailedPrecondition);
  group.reset();
  EXPECT_TRUE(store_->Begin().ok());
}

TEST_P(StoreContract, NextGroupSeesWhatTheSealedOneWroteAndReadersDoNot) {
  Write("a", "1");
  Write("b", "1");
  const std::unique_ptr<Group> sealed = Begin();
  EXPECT_EQ(sealed->StartEntry(), 3u);
  sealed->Put(Key("a"), "3");
  sealed->Erase(Key("b"));
  sealed->Put(Key("c"), "3");
  sealed->PutOnce(Key("id"), "answer");
  sealed->FinishEntry("", absl::FromUnixMicros(100));
  sealed->StartEntry();
  sealed->Put(Key("a"), "left open");
  sealed->Seal();

  std::unique_ptr<Group> next = Begin();
  EXPECT_EQ(next->StartEntry(), 4u);
  EXPECT_EQ(next->Get(Key("a")).value()->value, "3");
  EXPECT_EQ(next->Get(Key("a")).value()->revision, 3u);
  EXPECT_FALSE(next->Get(Key("b")).value().has_value());
  EXPECT_EQ(next->GetOnce(Key("id")).value(), "answer");
  next->Put(Key("d"), "4");
  next->Erase(Key("c"));
  std::vector<std::string> rows;
  const auto list = [&](absl::string_view, Revision revision, absl::string_view value) {
    rows.push_back(absl::StrCat(value, " of ", revision));
    return true;
  };
  ASSERT_TRUE(next->Scan("", "", list).ok());
  EXPECT_THAT(rows, ::testing::ElementsAre("3 of 3", "4 of 4"));
  EXPECT_EQ(next->FinishEntry("", absl::FromUnixMicros(50)), absl::FromUnixMicros(100));

  EXPECT_EQ(store_->head().revision, 2u);
  EXPECT_EQ(ReadAt(2, "a"), "1");
  EXPECT_FALSE(store_->GetOnce(Key("id")).value().has_value());
  ASSERT_TRUE(sealed->Commit().ok());
  EXPECT_EQ(store_->head().revision, 3u);
  EXPECT_EQ(ReadAt(3, "a"), "3");
  EXPECT_EQ(ReadAt(3, "c"), "3");
  EXPECT_EQ(store_->ReadAt(4).status().code(), absl::StatusCode::kOutOfRange);
  ASSERT_TRUE(next->Commit().ok());
  next.reset();
  Reopen();
  EXPECT_EQ(ReadAt(4, "b"), "nothing");
  EXPECT_EQ(ReadAt(4, "c"), "nothing");
  EXPECT_EQ(ReadAt(4, "d"), "4");
  EXPECT_TRUE(store_->VerifyJournal(nullptr).ok());
}

TEST_P(StoreContract, GroupsAreCommittedInTheirOrderAndTwoMayWait) {
  const auto fill = [&](absl::string_view value) {
    std::unique_ptr<Group> group = Begin();
    group->StartEntry();
    group->Put(Key("a"), value);
    group->FinishEntry("", absl::UnixEpoch());
    group->Seal();
    return group;
  };
  const std::unique_ptr<Group> first = fill("1"), second = fill("2");
  EXPECT_EQ(store_->Begin().status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(second->Commit().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(store_->healthy());
  EXPECT_EQ(store_->head().revision, 0u);
  ASSERT_TRUE(first->Commit().ok());
  const std::unique_ptr<Group> third = fill("3");
  EXPECT_EQ(third->Commit().code(), absl::StatusCode::kFailedPrecondition);
  ASSERT_TRUE(second->Commit().ok());
  ASSERT_TRUE(third->Commit().ok());
  EXPECT_EQ(ReadAt(2, "a"), "2");
  EXPECT_EQ(ReadAt(3, "a"), "3");
}

TEST_P(StoreContract, SealedGroupThatIsDroppedStopsWhatStandsOnIt) {
  Write("a", "1");
  Begin()->Seal();  // without entries there is nothing to lose
  EXPECT_TRUE(store_->healthy());
  std::unique_ptr<Group> dropped = Begin();
  dropped->StartEntry();
  dropped->Put(Key("a"), "2");
  dropped->FinishEntry("", absl::UnixEpoch());
  dropped->Seal();
  std::unique_ptr<Group> next = Begin();
  next->StartEntry();
  next->Put(Key("b"), "3");
  next->FinishEntry("", absl::UnixEpoch());
  dropped.reset();
  EXPECT_FALSE(store_->healthy());
  EXPECT_EQ(next->Commit().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(store_->Begin().status().code(), absl::StatusCode::kUnavailable);
  next.reset();
  Reopen();
  EXPECT_EQ(store_->head().revision, 1u);
  EXPECT_EQ(Write("a", "2"), 2u);
}

TEST_P(StoreContract, RandomHistoryFilledWhileTheGroupBeforeIsCommitted) {
  Random random(4);
  StoreModel model;
  std::unique_ptr<Group> before;
  for (int n = 0; n < 200; ++n) {
    std::thread writer([&before] {
      if (before == nullptr) return;
      EXPECT_TRUE(before->Commit().ok());
    });
    absl::StatusOr<std::unique_ptr<Group>> group = FillRandomGroup(store_.get(), 6, 200, random, &model);
    writer.join();
    ASSERT_TRUE(group.ok()) << group.status();
    before = *std::move(group);
    before->Seal();
  }
  ASSERT_TRUE(before->Commit().ok());
  before.reset();
  ExpectHolds(*store_, model, 30, random);
  Reopen();
  ExpectHolds(*store_, model, 30, random);
}

}  // namespace attain::storage

#endif  // ATTAIN_TESTS_CONTRACT_STORE_CONTRACT_SEALED_H_
