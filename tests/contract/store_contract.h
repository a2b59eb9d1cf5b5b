// What every Store does, whatever it is built on. A backend's test file includes this once, and says how its
// stores are opened with INSTANTIATE_TEST_SUITE_P(Name, StoreContract, ::testing::Values(&MakeItsHarness)).
#ifndef ATTAIN_TESTS_CONTRACT_STORE_CONTRACT_H_
#define ATTAIN_TESTS_CONTRACT_STORE_CONTRACT_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/key_codec.h"
#include "storage/store.h"
#include "tests/contract/store_model.h"

namespace attain::storage {

class StoreHarness {
 public:
  virtual ~StoreHarness() = default;
  // A path below which nothing exists yet; another one at each call.
  virtual std::string NewDirectory() = 0;
  virtual absl::StatusOr<std::unique_ptr<Store>> Open(const std::string& directory) = 0;
  // Rewrites the files of a closed store as its background work would in time.
  virtual absl::Status Compact(const std::string& directory) = 0;
};

using HarnessFactory = std::unique_ptr<StoreHarness> (*)();

class StoreContract : public ::testing::TestWithParam<HarnessFactory> {
 protected:
  void SetUp() override {
    harness_ = GetParam()();
    directory_ = harness_->NewDirectory();
    Reopen();
  }
  void TearDown() override { store_.reset(); }

  void Reopen() { Open(directory_); }
  void Open(const std::string& directory) {
    store_.reset();
    absl::StatusOr<std::unique_ptr<Store>> opened = harness_->Open(directory);
    ASSERT_TRUE(opened.ok()) << opened.status();
    store_ = *std::move(opened);
  }

  std::unique_ptr<Group> Begin() {
    absl::StatusOr<std::unique_ptr<Group>> group = store_->Begin();
    EXPECT_TRUE(group.ok()) << group.status();
    return *std::move(group);
  }
  // One entry that puts `value` under Key(name).
  Revision Write(absl::string_view name, absl::string_view value, absl::Time time = absl::UnixEpoch()) {
    const std::unique_ptr<Group> group = Begin();
    const Revision revision = group->StartEntry();
    group->Put(Key(name), value);
    group->FinishEntry(absl::StrCat(name, "=", value), time);
    const absl::Status committed = group->Commit();
    EXPECT_TRUE(committed.ok()) << committed;
    return revision;
  }
  std::string ReadAt(Revision revision, absl::string_view name) {
    const absl::StatusOr<std::optional<Versioned>> found = store_->ReadAt(revision).value()->Get(Key(name));
    if (!found.ok()) return found.status().ToString();
    return found->has_value() ? (*found)->value : "nothing";
  }
  static std::string Key(absl::string_view name) { return KeyBuilder(1).Text(name).Build(); }

  std::unique_ptr<StoreHarness> harness_;
  std::string directory_;
  std::unique_ptr<Store> store_;
};

TEST_P(StoreContract, NewStoreIsEmptyAndHasAnIdOfItsOwn) {
  EXPECT_EQ(store_->head().revision, 0u);
  EXPECT_EQ(store_->head().hash, std::string(32, '\0'));
  EXPECT_EQ(store_->head().time, absl::InfinitePast());
  EXPECT_TRUE(store_->healthy());
  EXPECT_EQ(ReadAt(0, "a"), "nothing");
  EXPECT_EQ(store_->RevisionAt(absl::InfiniteFuture()).value(), 0u);
  EXPECT_TRUE(store_->VerifyJournal(nullptr).ok());
  const std::string id = store_->store_id();
  EXPECT_THAT(id, ::testing::MatchesRegex("[0-9a-f]{32}"));
  Reopen();
  EXPECT_EQ(store_->store_id(), id);
  Open(harness_->NewDirectory());
  EXPECT_NE(store_->store_id(), id);
}

TEST_P(StoreContract, CommittedValueIsReadAtItsRevisionAndLater) {
  EXPECT_EQ(Write("a", "1"), 1u);
  EXPECT_EQ(Write("b", "x"), 2u);
  EXPECT_EQ(Write("a", "2"), 3u);
  for (int opened = 0; opened < 2; ++opened, Reopen()) {
    EXPECT_EQ(ReadAt(0, "a"), "nothing");
    EXPECT_EQ(ReadAt(1, "a"), "1");
    EXPECT_EQ(ReadAt(2, "a"), "1");
    EXPECT_EQ(ReadAt(3, "a"), "2");
    EXPECT_EQ(store_->head().revision, 3u);
  }
}

TEST_P(StoreContract, RevisionAboveTheHeadIsOutOfRange) {
  Write("a", "1");
  EXPECT_EQ(store_->ReadAt(2).status().code(), absl::StatusCode::kOutOfRange);
}

TEST_P(StoreContract, ErasedKeyIsGoneFromThenOnAndStaysInThePast) {
  Write("a", "1");
  {
    const std::unique_ptr<Group> group = Begin();
    group->StartEntry();
    group->Erase(Key("a"));
    EXPECT_FALSE(group->Get(Key("a")).value().has_value());
    group->FinishEntry("erase", absl::UnixEpoch());
    ASSERT_TRUE(group->Commit().ok());
  }
  Write("a", "3");
  EXPECT_EQ(ReadAt(1, "a"), "1");
  EXPECT_EQ(ReadAt(2, "a"), "nothing");
  EXPECT_EQ(ReadAt(3, "a"), "3");
}

TEST_P(StoreContract, LastWriteOfOneEntryWins) {
  const std::unique_ptr<Group> group = Begin();
  group->StartEntry();
  group->Put(Key("a"), "1");
  group->Erase(Key("a"));
  group->Put(Key("b"), "1");
  group->Put(Key("b"), "2");
  group->FinishEntry("", absl::UnixEpoch());
  ASSERT_TRUE(group->Commit().ok());
  EXPECT_EQ(ReadAt(1, "a"), "nothing");
  EXPECT_EQ(ReadAt(1, "b"), "2");
}

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

TEST_P(StoreContract, UncommittedGroupIsNotSeenByReaders) {
  Write("a", "1");
  const std::unique_ptr<Group> group = Begin();
  group->StartEntry();
  group->Put(Key("a"), "2");
  group->FinishEntry("", absl::UnixEpoch());
  EXPECT_EQ(store_->head().revision, 1u);
  EXPECT_EQ(ReadAt(1, "a"), "1");
}

TEST_P(StoreContract, KeyThatBeginsAnotherKeyHasItsOwnVersions) {
  const std::string outer = KeyBuilder(1).U64(1).Build(),
                    inner = KeyBuilder(1).U64(1).U64(~uint64_t{0}).Build();
  for (int n = 0; n < 20; ++n) {
    const std::unique_ptr<Group> group = Begin();
    group->StartEntry();
    group->Put(n % 2 == 0 ? outer : inner, absl::StrCat(n));
    group->FinishEntry("", absl::UnixEpoch());
    ASSERT_TRUE(group->Commit().ok());
  }
  std::vector<std::string> seen;
  ASSERT_TRUE(store_->ReadAt(20)
                  .value()
                  ->Scan(outer, PrefixEnd(outer),
                         [&](absl::string_view key, Revision, absl::string_view value) {
                           seen.push_back(absl::StrCat(key == outer ? "outer " : "inner ", value));
                           return true;
                         })
                  .ok());
  EXPECT_THAT(seen, ::testing::ElementsAre("outer 18", "inner 19"));
}

TEST_P(StoreContract, ScanStopsWhenTheVisitorSaysSo) {
  for (const char* name : {"a", "b", "c", "d"}) Write(name, name);
  const auto count_to = [](size_t limit, auto& source) {
    size_t seen = 0;
    EXPECT_TRUE(
        source.Scan("", "", [&](absl::string_view, Revision, absl::string_view) { return ++seen < limit; })
            .ok());
    return seen;
  };
  EXPECT_EQ(count_to(2, *store_->ReadAt(4).value()), 2u);
  const std::unique_ptr<Group> group = Begin();
  group->StartEntry();
  group->Put(Key("e"), "own");
  EXPECT_EQ(count_to(2, *group), 2u);
  EXPECT_EQ(count_to(100, *group), 5u);
  size_t seen = 0;
  EXPECT_TRUE(group
                  ->Scan(Key("b"), Key("b"),
                         [&](absl::string_view, Revision, absl::string_view) { return ++seen > 0; })
                  .ok());
  EXPECT_EQ(seen, 0u);
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
  const auto write = [this](Group& group, const std::string& id) {
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

#endif  // ATTAIN_TESTS_CONTRACT_STORE_CONTRACT_H_
