// The contract of what lasts: recorded times, the journal's chain, copies, random histories, readers beside a
// writer.
#ifndef ATTAIN_TESTS_CONTRACT_STORE_CONTRACT_HISTORY_H_
#define ATTAIN_TESTS_CONTRACT_STORE_CONTRACT_HISTORY_H_

#include "tests/contract/store_contract.h"

namespace attain::storage {

TEST_P(StoreContract, RecordedTimesNeverGoBackwardsAndFindTheirRevision) {
  const auto at = [](int64_t micros) { return absl::FromUnixMicros(micros); };
  Write("a", "1", at(100));
  Write("a", "2", at(50));
  Write("a", "3", at(200) + absl::Nanoseconds(7));
  EXPECT_EQ(store_->head().time, at(200));
  EXPECT_EQ(store_->RevisionAt(at(99)).value(), 0u);
  EXPECT_EQ(store_->RevisionAt(at(100)).value(), 2u);
  EXPECT_EQ(store_->RevisionAt(at(199)).value(), 2u);
  EXPECT_EQ(store_->RevisionAt(at(200)).value(), 3u);
  EXPECT_EQ(store_->RevisionAt(absl::InfiniteFuture()).value(), 3u);
  EXPECT_EQ(store_->RevisionAt(absl::InfinitePast()).value(), 0u);
  Reopen();
  EXPECT_EQ(store_->head().time, at(200));
  const std::unique_ptr<Group> group = Begin();
  group->StartEntry();
  EXPECT_EQ(group->FinishEntry("", at(1)), at(200));
}

TEST_P(StoreContract, JournalChainsItsEntries) {
  for (int n = 1; n <= 5; ++n) Write("a", absl::StrCat(n));
  std::string previous(32, '\0');
  Revision expected = 1;
  ASSERT_TRUE(store_
                  ->ReadJournal(0,
                                [&](const JournalRecord& record) {
                                  EXPECT_EQ(record.revision, expected);
                                  EXPECT_EQ(record.previous_hash, previous);
                                  EXPECT_EQ(record.payload, absl::StrCat("a=", expected));
                                  previous = record.hash;
                                  ++expected;
                                  return true;
                                })
                  .ok());
  EXPECT_EQ(expected, 6u);
  EXPECT_EQ(store_->head().hash, previous);
  std::vector<Revision> some;
  const auto first_two = [&](const JournalRecord& record) {
    some.push_back(record.revision);
    return some.size() < 2;
  };
  ASSERT_TRUE(store_->ReadJournal(3, first_two).ok());
  EXPECT_THAT(some, ::testing::ElementsAre(3, 4));
  EXPECT_TRUE(store_->ReadJournal(6, first_two).ok());
  EXPECT_EQ(some.size(), 2u);
  Revision done = 0, total = 0;
  EXPECT_TRUE(store_->VerifyJournal([&](Revision d, Revision t) { done = d, total = t; }).ok());
  EXPECT_EQ(done, 5u);
  EXPECT_EQ(total, 5u);
}

TEST_P(StoreContract, SameHistoryGivesTheSameDigestInStoresOfTheirOwn) {
  const auto fill = [&](bool in_one_group) {
    std::unique_ptr<Group> group;
    for (int n = 0; n < 10; ++n) {
      if (group == nullptr) group = Begin();
      group->StartEntry();
      group->Put(Key(absl::StrCat(n % 3)), absl::StrCat(n));
      group->PutOnce(Key(absl::StrCat("id", n)), "answer");
      group->FinishEntry("payload", absl::FromUnixMicros(n));
      if (in_one_group) continue;
      ASSERT_TRUE(group->Commit().ok());
      group.reset();
    }
    if (in_one_group) {
      ASSERT_TRUE(group->Commit().ok());
    }
  };
  fill(true);
  const std::string id = store_->store_id(), digest = store_->ContentDigest().value();
  Open(harness_->NewDirectory());
  EXPECT_NE(store_->ContentDigest().value(), digest);
  fill(false);
  EXPECT_NE(store_->store_id(), id);
  EXPECT_EQ(store_->ContentDigest().value(), digest);
  Write("a", "1");
  EXPECT_NE(store_->ContentDigest().value(), digest);
}

TEST_P(StoreContract, CheckpointIsAStoreAndTheOriginalGoesOn) {
  Write("a", "1");
  const std::string copy = harness_->NewDirectory(), digest = store_->ContentDigest().value();
  ASSERT_TRUE(store_->Checkpoint(copy).ok());
  EXPECT_EQ(store_->Checkpoint(copy).code(), absl::StatusCode::kAlreadyExists);
  Write("a", "2");
  Open(copy);
  EXPECT_EQ(store_->head().revision, 1u);
  EXPECT_EQ(store_->ContentDigest().value(), digest);
  EXPECT_EQ(Write("a", "other"), 2u);
  Reopen();
  EXPECT_EQ(ReadAt(2, "a"), "2");
}

TEST_P(StoreContract, RandomHistoryReadsTheSameAfterReopeningCompactionAndCheckpoint) {
  for (const uint64_t seed : {1, 2, 3}) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    Random random(seed);
    StoreModel model;
    directory_ = harness_->NewDirectory();
    Reopen();
    for (int round = 0; round < 4; ++round) {
      for (int n = 0; n < 25; ++n) {
        ASSERT_TRUE(CommitRandomGroup(store_.get(), 6, 200, random, &model).ok());
      }
      ExpectHolds(*store_, model, 15, random);
      store_.reset();
      if (round == 1) {
        ASSERT_TRUE(harness_->Compact(directory_).ok());
      }
      Reopen();
      ExpectHolds(*store_, model, 15, random);
      if (HasFailure()) return;
    }
    const std::string copy = harness_->NewDirectory(), digest = store_->ContentDigest().value();
    ASSERT_TRUE(store_->Checkpoint(copy).ok());
    Open(copy);
    ExpectHolds(*store_, model, 15, random);
    EXPECT_EQ(store_->ContentDigest().value(), digest);
  }
}

// Every group writes the same value under two keys, and a count of the groups under a third.
TEST_P(StoreContract, ReadersSeeWholeGroupsAndTheSameBytesForEverWhileTheWriterCommits) {
  constexpr Revision kGroups = 150;
  std::atomic<bool> done{false};
  const auto read = [&](const Reader& reader, absl::string_view name) {
    const absl::StatusOr<std::optional<Versioned>> found = reader.Get(Key(name));
    EXPECT_TRUE(found.ok()) << found.status();
    return found.ok() && found->has_value() ? (*found)->value : "";
  };
  const auto watch = [&] {
    std::vector<std::pair<Revision, std::string>> seen;
    while (!done || seen.empty()) {
      const Revision revision = store_->head().revision;
      const std::unique_ptr<Reader> reader = store_->ReadAt(revision).value();
      const std::string value = read(*reader, "a");
      ASSERT_EQ(value, revision == 0 ? "" : absl::StrCat(revision));
      ASSERT_EQ(read(*reader, "b"), value);
      seen.push_back({revision, value});
      const auto& [old_revision, old_value] = seen[seen.size() / 2];
      ASSERT_EQ(read(*store_->ReadAt(old_revision).value(), "a"), old_value);
      Revision entries = 0;
      ASSERT_TRUE(
          store_->ReadJournal(old_revision, [&](const JournalRecord&) { return ++entries < 5; }).ok());
    }
  };
  std::vector<std::thread> readers;
  for (int n = 0; n < 2; ++n) readers.emplace_back(watch);
  for (Revision revision = 1; revision <= kGroups; ++revision) {
    const std::unique_ptr<Group> group = Begin();
    group->StartEntry();
    EXPECT_EQ(group->Get(Key("a")).value().has_value(), revision > 1);
    group->Put(Key("a"), absl::StrCat(revision));
    group->Put(Key("b"), absl::StrCat(revision));
    group->FinishEntry("both", absl::UnixEpoch());
    EXPECT_TRUE(group->Commit().ok());
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_TRUE(store_->VerifyJournal(nullptr).ok());
}

}  // namespace attain::storage

#endif  // ATTAIN_TESTS_CONTRACT_STORE_CONTRACT_HISTORY_H_
