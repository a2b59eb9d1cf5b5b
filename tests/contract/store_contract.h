// What every Store does, whatever it is built on: the fixture, and values at their revisions. Groups, the
// order of groups and what lasts have files of their own. A backend includes each once, and says how its
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

}  // namespace attain::storage

#endif  // ATTAIN_TESTS_CONTRACT_STORE_CONTRACT_H_
