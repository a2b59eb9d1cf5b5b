// The contract of a group: its entries and its request ids.
#ifndef ATTAIN_TESTS_CONTRACT_STORE_CONTRACT_GROUPS_H_
#define ATTAIN_TESTS_CONTRACT_STORE_CONTRACT_GROUPS_H_

#include "tests/contract/store_contract.h"

namespace attain::storage {

TEST_P(StoreContract, CancelledEntryLeavesNothing) {
  Write("a", "1");
  const std::string digest = store_->ContentDigest().value();
  const std::unique_ptr<Group> group = Begin();
  group->StartEntry();
  group->Put(Key("a"), "2");
  group->Erase(Key("a"));
  group->PutOnce(Key("id"), "answer");
  group->CancelEntry();
  EXPECT_EQ(group->Get(Key("a")).value()->value, "1");
  EXPECT_FALSE(group->GetOnce(Key("id")).value().has_value());
  EXPECT_EQ(group->size(), 0u);
  ASSERT_TRUE(group->Commit().ok());
  EXPECT_EQ(store_->ContentDigest().value(), digest);
}

TEST_P(StoreContract, CancelledEntryDoesNotDisturbItsGroup) {
  std::unique_ptr<Group> group = Begin();
  group->StartEntry();
  group->Put(Key("a"), "1");
  group->PutOnce(Key("id"), "first");
  group->FinishEntry("", absl::UnixEpoch());
  EXPECT_EQ(group->StartEntry(), 2u);
  group->Put(Key("a"), "2");
  group->PutOnce(Key("id"), "second");
  group->CancelEntry();
  EXPECT_EQ(group->Get(Key("a")).value()->value, "1");
  EXPECT_EQ(group->GetOnce(Key("id")).value(), "first");
  EXPECT_EQ(group->StartEntry(), 2u);
  group->Put(Key("b"), "2");
  group->FinishEntry("", absl::UnixEpoch());
  ASSERT_TRUE(group->Commit().ok());
  group.reset();
  Reopen();
  EXPECT_EQ(ReadAt(2, "a"), "1");
  EXPECT_EQ(ReadAt(2, "b"), "2");
  EXPECT_EQ(store_->GetOnce(Key("id")).value(), "first");
}

TEST_P(StoreContract, DroppedGroupLeavesNothing) {
  {
    const std::unique_ptr<Group> group = Begin();
    group->StartEntry();
    group->Put(Key("a"), "1");
    group->FinishEntry("", absl::UnixEpoch());
  }
  EXPECT_EQ(store_->head().revision, 0u);
  EXPECT_EQ(Write("a", "2"), 1u);
}

TEST_P(StoreContract, EntryThatIsStillOpenIsLeftOutOfTheCommit) {
  const std::unique_ptr<Group> group = Begin();
  group->StartEntry();
  group->FinishEntry("first", absl::UnixEpoch());
  group->StartEntry();
  group->Put(Key("a"), "1");
  ASSERT_TRUE(group->Commit().ok());
  EXPECT_EQ(store_->head().revision, 1u);
  EXPECT_EQ(ReadAt(1, "a"), "nothing");
  EXPECT_EQ(group->Commit().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_P(StoreContract, UncommittedGroupIsNotSeenByReaders) {
  Write("a", "1");
  const std::unique_ptr<Group> group = Begin();
  group->StartEntry();
  group->Put(Key("a"), "2");
  group->FinishEntry("", absl::UnixEpoch());
  EXPECT_EQ(store_->head().revision, 1u);
  EXPECT_EQ(ReadAt(1, "a"), "1");
}

TEST_P(StoreContract, RequestIdsLastWithoutVersions) {
  const std::unique_ptr<Group> group = Begin();
  group->StartEntry();
  group->PutOnce(Key("id"), "answer");
  EXPECT_EQ(group->GetOnce(Key("id")).value(), "answer");
  group->FinishEntry("", absl::UnixEpoch());
  EXPECT_FALSE(store_->GetOnce(Key("id")).value().has_value());
  ASSERT_TRUE(group->Commit().ok());
  EXPECT_EQ(store_->GetOnce(Key("id")).value(), "answer");
  EXPECT_FALSE(store_->GetOnce(Key("other")).value().has_value());
  EXPECT_EQ(ReadAt(1, "id"), "nothing");
}

TEST_P(StoreContract, RequestIdsThatWereExpectedAreFoundWhereverTheyAre) {
  const auto write = [](Group& group, const std::string& id) {
    group.StartEntry();
    group.PutOnce(Key(id), id);
    group.FinishEntry("", absl::UnixEpoch());
  };
  const std::unique_ptr<Group> first = Begin();
  write(*first, "committed");
  ASSERT_TRUE(first->Commit().ok());
  const std::unique_ptr<Group> sealed = Begin();
  write(*sealed, "sealed");
  sealed->Seal();
  const std::unique_ptr<Group> group = Begin();
  group->ExpectOnce({Key("committed"), Key("sealed"), Key("own"), Key("nowhere"), Key("nowhere")});
  ASSERT_TRUE(sealed->Commit().ok());  // between the hint and the reads
  write(*group, "own");
  for (const std::string id : {"committed", "sealed", "own"}) EXPECT_EQ(group->GetOnce(Key(id)).value(), id);
  EXPECT_FALSE(group->GetOnce(Key("nowhere")).value().has_value());
  EXPECT_FALSE(group->GetOnce(Key("not expected")).value().has_value());
  group->ExpectOnce({});
  EXPECT_EQ(group->GetOnce(Key("committed")).value(), "committed");
}

}  // namespace attain::storage

#endif  // ATTAIN_TESTS_CONTRACT_STORE_CONTRACT_GROUPS_H_
