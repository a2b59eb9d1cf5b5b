// Values that were changed, added and taken away behind the store's back, with checksums that fit: each is
// named, and nothing else is.
#include <gmock/gmock.h>

#include <map>

#include "absl/strings/str_cat.h"
#include "service/state/entry.h"
#include "service/state/keys.h"
#include "storage/inspection.h"
#include "storage/key_codec.h"
#include "storage/rocksdb/open.h"
#include "tests/unit/verify/verify_fixture.h"

namespace attain::engine {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const std::string kBoard = BoardKey("u", "t");

class StateCheckTest : public VerifyFixture {
 protected:
  StateCheckTest() { Fill(); }
  // Values of the versioned store as they lie there, by key and revision.
  std::map<std::pair<std::string, uint64_t>, std::string> Versions() {
    std::map<std::pair<std::string, uint64_t>, std::string> found;
    const auto inspection = store_->Inspect();
    const absl::Status read =
        (*inspection)
            ->ForEachVersion(
                [&](const storage::StoredVersion& version) {
                  found[{std::string(version.key), version.revision}] = std::string(version.value);
                  return true;
                },
                [](const storage::Flaw& flaw) { ADD_FAILURE() << flaw.where << flaw.what; });
    EXPECT_TRUE(read.ok()) << read;
    return found;
  }
};

TEST_F(StateCheckTest, ASoundStoreHasNoFinding) {
  EXPECT_THAT(Verify(), IsEmpty());
  EXPECT_EQ(result_.head.revision, store_->head().revision);
  EXPECT_EQ(result_.head.hash, store_->head().hash);
}

TEST_F(StateCheckTest, AnEmptyStoreIsSound) {
  CloseStore();
  storage::RocksStoreOptions options = StoreOptions();
  options.directory = "/empty";
  store_ = *storage::OpenRocksStore(options);
  EXPECT_THAT(Verify(), IsEmpty());
  EXPECT_EQ(result_.head.revision, 0u);
}

TEST_F(StateCheckTest, EntriesOfTheOldFormAreVerifiedToo) {
  disk::EntryPayload payload;
  *payload.add_events() = OutlookEvent("latest", "late", "2024-08-01");
  RecordEntry(payload, storage::EntryForm::kWhole);
  EXPECT_THAT(Verify(), IsEmpty());
}

TEST_F(StateCheckTest, AForgedTotalIsNamedByKeyRevisionAndField) {
  const uint64_t revision = RecordReport("latest", "33");
  RecordReport("latest", "34");
  const std::string total = ForgeTotal(kBoard, revision, "0.63");
  EXPECT_THAT(Verify(), ElementsAre(absl::StrCat("board of units/u/tables/t at revision ", revision,
                                                 ": differs from what follows from the journal: total is "
                                                 "0.63 instead of ",
                                                 total)));
  EXPECT_EQ(result_.findings[static_cast<int>(VerifyPart::kState)], 1u);
}

TEST_F(StateCheckTest, TheNewestVersionIsComparedToo) {
  const uint64_t revision = RecordReport("latest", "33");
  ForgeTotal(kBoard, revision, "99");
  EXPECT_THAT(Verify(), ElementsAre(HasSubstr("total is 99 instead of ")));
}

TEST_F(StateCheckTest, AVersionThatIsGoneIsMissing) {
  const uint64_t revision = RecordReport("latest", "33");
  Edit([&](const storage::Database& raw) { DeleteVersion(raw, kBoard, revision); });
  EXPECT_THAT(Verify(), ElementsAre(absl::StrCat("board of units/u/tables/t at revision ", revision,
                                                 ": is missing: an entry of the journal made it")));
}

TEST_F(StateCheckTest, AVersionThatNoEntryMadeIsExtra) {
  const uint64_t revision = Record({OutlookEvent("latest", "late", "2024-08-01")});
  const uint64_t last = RecordReport("latest", "50");
  Edit([&](const storage::Database& raw) {
    PutVersion(raw, kBoard, revision, ValueIn(raw, kBoard, last));
    PutVersion(raw, UnitKey("nobody"), 2, "");
    PutVersion(raw, kBoard, last + 5, "");
  });
  EXPECT_THAT(Verify(),
              UnorderedElementsAre(absl::StrCat("board of units/u/tables/t at revision ", revision,
                                                ": no entry of the journal made it"),
                                   "unit units/nobody at revision 2: no entry of the journal made it",
                                   absl::StrCat("board of units/u/tables/t at revision ", last + 5,
                                                ": no entry of the journal made it")));
}

TEST_F(StateCheckTest, AnErasureAndItsOppositeAreTold) {
  const uint64_t revision = RecordReport("latest", "33");
  Edit([&](const storage::Database& raw) {
    EXPECT_TRUE(raw.db()
                    ->Put({}, raw.family(storage::kState), storage::VersionedKey(kBoard, revision),
                          std::string(1, storage::kErased))
                    .ok());
  });
  EXPECT_THAT(Verify(), ElementsAre(HasSubstr("is stored as erased, which no entry did")));
}

TEST_F(StateCheckTest, AForgedRequestIdIsNamed) {
  const uint64_t revision = RecordReport("latest", "33");
  const std::string key = RequestKey("tester", absl::StrCat("r", revision));
  Edit([&](const storage::Database& raw) {
    disk::RequestState state;
    state.set_fingerprint(std::string(32, 'f'));
    state.set_revision(4711);
    EXPECT_TRUE(raw.db()->Put({}, raw.family(storage::kOnce), key, state.SerializeAsString()).ok());
    EXPECT_TRUE(raw.db()->Put({}, raw.family(storage::kOnce), RequestKey("", "alien"), "x").ok());
  });
  EXPECT_THAT(Verify(),
              UnorderedElementsAre(absl::StrCat("request id r", revision, " of tester at revision ", revision,
                                                ": differs from what follows from the journal: revision is "
                                                "4711 instead of ",
                                                revision),
                                   "request id alien: no entry of the journal made it"));
  Edit([&](const storage::Database& raw) {
    EXPECT_TRUE(raw.db()->Delete({}, raw.family(storage::kOnce), key).ok());
    EXPECT_TRUE(raw.db()->Delete({}, raw.family(storage::kOnce), RequestKey("", "alien")).ok());
  });
  EXPECT_THAT(Verify(), ElementsAre(absl::StrCat("request id r", revision, " of tester at revision ",
                                                 revision, ": is missing: an entry of the journal made it")));
}

TEST_F(StateCheckTest, RecordsThatBelongToNothingAreTold) {
  Edit([&](const storage::Database& raw) {
    EXPECT_TRUE(raw.db()->Put({}, raw.family(storage::kMeta), "surprise", "1").ok());
    EXPECT_TRUE(raw.db()->Put({}, raw.family(storage::kDefault), "surprise", "1").ok());
    EXPECT_TRUE(raw.db()->Put({}, raw.family(storage::kState), "surprise, surprise", "\1").ok());
    EXPECT_TRUE(raw.db()->Put({}, raw.family(storage::kJournal), "surprise, surprise", "1").ok());
  });
  EXPECT_THAT(Verify(), UnorderedElementsAre(
                            AllOf(HasSubstr("meta: "), HasSubstr("7375727072697365 (hexadecimal) belongs")),
                            HasSubstr("default: "), HasSubstr("state: "), HasSubstr("journal: ")));
}

// A report that was forged is read when another one of its row is taken back: the replay then computes boards
// that differ from those stored, which are right.
TEST_F(StateCheckTest, WhatFollowsFromAForgedValueIsNotBlamed) {
  const uint64_t forged = RecordReport("sum", "7"), other = RecordReport("sum", "8");
  Retract("sum", other);
  RecordReport("sum", "9");
  Edit([&](const storage::Database& raw) {
    const std::string key = ActualKey("u", "t", "sum", {forged, 1});
    disk::ActualState actual;
    EXPECT_TRUE(actual.ParseFromString(ValueIn(raw, key, forged)));
    actual.set_number("7000");
    PutVersion(raw, key, forged, actual.SerializeAsString());
  });
  EXPECT_THAT(Verify(), ElementsAre(absl::StrCat("report units/u/tables/t/indicators/sum/actuals/", forged,
                                                 "-1 at revision ", forged,
                                                 ": differs from what follows from the "
                                                 "journal: number is 7000 instead of 7")));
}

// Damage that keeps an entry from being applied: once it is doubted it is not read any more.
TEST_F(StateCheckTest, AValueThatDoesNotParseHidesNothingBehindIt) {
  const uint64_t forged = RecordReport("sum", "7"), other = RecordReport("sum", "8");
  Retract("sum", other);
  const uint64_t last = RecordReport("latest", "9");
  Edit([&](const storage::Database& raw) {
    PutVersion(raw, ActualKey("u", "t", "sum", {forged, 1}), forged, "\xff\xff");
    DeleteVersion(raw, kBoard, last);
  });
  EXPECT_THAT(Verify(),
              UnorderedElementsAre(
                  AllOf(HasSubstr(absl::StrCat("report units/u/tables/t/indicators/sum/actuals/", forged)),
                        HasSubstr("has other bytes than those that follow from the journal")),
                  AllOf(HasSubstr(absl::StrCat("board of units/u/tables/t at revision ", last)),
                        HasSubstr("is missing"))));
}

// A whole other truth: everything that follows from a forged report is forged with it, so that the store's
// values agree with each other. All that differs from the journal's truth is named, record by record.
TEST_F(StateCheckTest, AForgeryThatIsConsistentIsNamedRecordByRecord) {
  const uint64_t start = store_->head().revision;
  const auto go_on = [&](const std::string& number) {
    RecordReport("sum", number);
    const uint64_t other = RecordReport("sum", "8");
    Retract("sum", other);
    RecordReport("sum", "9");
  };
  const std::string checkpoint = "/before";
  ASSERT_TRUE(store_->Checkpoint(checkpoint).ok());
  go_on("7");
  const auto truth = Versions();
  CloseStore();
  storage::RocksStoreOptions other = StoreOptions();
  other.directory = checkpoint;
  store_ = *storage::OpenRocksStore(other);
  workspace_.Clear();
  ASSERT_EQ(store_->head().revision, start);
  go_on("7000");
  const auto forged = Versions();
  ASSERT_EQ(truth.size(), forged.size());
  std::vector<std::string> expected;
  OpenStore();
  Edit([&](const storage::Database& raw) {
    for (const auto& [at, value] : forged) {
      if (truth.at(at) == value) continue;
      PutVersion(raw, at.first, at.second, value);
      expected.push_back(absl::StrCat(" at revision ", at.second, ": differs"));
    }
  });
  ASSERT_GT(expected.size(), 5u);
  const std::vector<std::string> found = Verify();
  ASSERT_EQ(found.size(), expected.size());
  for (const std::string& each : expected) EXPECT_THAT(found, ::testing::Contains(HasSubstr(each)));
}

TEST_F(StateCheckTest, AnEntryThatCannotBeAppliedEndsTheComparisonAndIsNamed) {
  const uint64_t wrong = store_->head().revision + 1;
  {
    auto group = *store_->Begin();
    group->StartEntry();
    group->FinishEntry("\xff", TimeOf(wrong));
    ASSERT_TRUE(group->Commit().ok());
  }
  const uint64_t before = wrong - 1, behind = Record({OutlookEvent("latest", "x", "2024-08-01")});
  EXPECT_THAT(Verify(), ElementsAre(AllOf(HasSubstr(absl::StrCat("entry at revision ", wrong,
                                                                 ": cannot be "
                                                                 "applied")),
                                          HasSubstr("does not parse"))));
  // What was wrong before is still found, what is behind it not blamed.
  const std::string outlook = OutlookKey("u", "t", "latest");
  Edit([&](const storage::Database& raw) {
    PutVersion(raw, UnitKey("nobody"), before, "");
    PutVersion(raw, outlook, behind, "forged");
  });
  EXPECT_THAT(Verify(), UnorderedElementsAre(HasSubstr("cannot be applied"), HasSubstr("unit units/nobody")));
}

TEST_F(StateCheckTest, AnEntryThatNamesOtherTablesIsTold) {
  // The steps of an entry that touched nothing before.
  const uint64_t revision = next();
  auto group = *store_->Begin();
  Applier applier(group.get(), &workspace_, group->StartEntry());
  disk::EntryPayload payload;
  *payload.add_events() = OutlookEvent("latest", "x", "2024-08-01");
  ASSERT_TRUE(applier.Replay(payload, storage::EntryForm::kParts).ok());
  std::vector<ThreadStep> steps = applier.steps();
  ASSERT_EQ(steps.size(), 1u);
  --steps[0].previous;
  group->FinishEntry(EncodeEntry(payload, steps, std::string(32, 's')), TimeOf(revision),
                     storage::EntryForm::kParts);
  ASSERT_TRUE(group->Commit().ok());
  EXPECT_THAT(Verify(), ElementsAre(absl::StrCat("entry at revision ", revision,
                                                 ": does not name the tables that it touches, and what "
                                                 "touched them before")));
  EXPECT_EQ(result_.findings[static_cast<int>(VerifyPart::kJournal)], 1u);
}

}  // namespace
}  // namespace attain::engine
