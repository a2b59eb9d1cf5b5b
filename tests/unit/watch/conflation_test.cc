#include "service/watch/conflation.h"

#include <gtest/gtest.h>

#include "service/watch/token.h"
#include "tests/unit/watch/fake_source.h"

namespace attain::watch {
namespace {

TEST(Conflation, KeepsTheFirstBeforeAndTheLastAfterOfEachResource) {
  Conflation conflation(Select({"units/a/**", "units/b/**"}), 10, "hash");
  EXPECT_TRUE(conflation.Render().empty());
  for (Revision revision = 11; revision <= 20; ++revision) {
    conflation.Add(*MakeEntry(revision, revision % 3 == 0 ? "a" : revision % 3 == 1 ? "b" : "c"));
  }
  EXPECT_EQ(conflation.size(), 2u);
  const Messages messages = conflation.Render();
  ASSERT_EQ(messages.size(), 1u);
  v1::WatchResponse response;
  ASSERT_TRUE(response.ParseFromString(*messages[0]));
  EXPECT_EQ(response.changes().revision(), 20);
  EXPECT_EQ(DecodeToken(response.resume_token())->revision, 20u);
  ASSERT_EQ(response.changes().events_size(), 2);
  const v1::WatchEvent& a = response.changes().events(0);
  EXPECT_EQ(a.name(), "units/a/tables/t");
  EXPECT_EQ(a.score_before().score(), "11");
  EXPECT_EQ(a.score_after().score(), "18");
  EXPECT_EQ(response.changes().events(1).score_after().score(), "19");
}

v1::WatchResponse OnlyMessageOf(const Conflation& conflation) {
  const Messages messages = conflation.Render();
  EXPECT_EQ(messages.size(), 1u);
  v1::WatchResponse response;
  EXPECT_TRUE(!messages.empty() && response.ParseFromString(*messages[0]));
  return response;
}

TEST(Conflation, NamesWhoAndWhatCameLastAndWhen) {
  Conflation conflation(Select({"**"}), 4, "hash");
  for (Revision revision = 5; revision <= 7; ++revision) {
    const auto entry = MakeEntry(revision, "a");
    entry->events[0].actor = "actor " + std::to_string(revision);
    entry->events[0].cause = "cause " + std::to_string(revision);
    entry->time_us = static_cast<int64_t>(revision) * 1'000'000 + 250;
    conflation.Add(*entry);
  }
  EXPECT_EQ(conflation.revision(), 7u);
  EXPECT_EQ(conflation.hash(), MakeEntry(7, "a")->hash);
  const v1::WatchResponse response = OnlyMessageOf(conflation);
  ASSERT_EQ(response.changes().events_size(), 1) << response.changes().ShortDebugString();
  EXPECT_EQ(response.changes().events(0).actor(), "actor 7");
  EXPECT_EQ(response.changes().events(0).cause(), "cause 7");
  EXPECT_EQ(response.changes().record_time().seconds(), 7);
  EXPECT_EQ(response.changes().record_time().nanos(), 250'000);
  EXPECT_EQ(DecodeToken(response.resume_token())->hash, MakeEntry(7, "a")->hash.substr(0, 8));
}

// A unit has one score for each fiscal year, under one name.
TEST(Conflation, RowsOfOneNameAndDifferentKeysStayApart) {
  Conflation conflation(Select({"**"}), 0, "hash");
  for (Revision revision = 1; revision <= 4; ++revision) {
    const auto entry = MakeEntry(revision, "a");
    entry->events[0].key = revision % 2 == 0 ? "units/a 2024" : "units/a 2025";
    conflation.Add(*entry);
  }
  const v1::WatchResponse response = OnlyMessageOf(conflation);
  ASSERT_EQ(response.changes().events_size(), 2) << response.changes().ShortDebugString();
  EXPECT_EQ(response.changes().events(0).score_after().score(), "3");
  EXPECT_EQ(response.changes().events(1).score_after().score(), "4");
}

TEST(Conflation, TakesEntriesUntilItIsFullAndNoFurther) {
  std::vector<EntryPtr> entries;
  for (Revision revision = 1; revision <= 3; ++revision) {
    const auto entry = MakeEntry(revision, "a");
    const Event event = entry->events[0];
    entry->events.clear();
    for (int i = 0; i < 6'000; ++i) {
      entry->events.push_back(event);
      entry->events.back().key = std::to_string(revision) + "-" + std::to_string(i);
    }
    entries.push_back(entry);
  }
  Conflation conflation(Select({"**"}), 0, "hash");
  conflation.AddAll(entries);
  EXPECT_TRUE(conflation.full());
  EXPECT_EQ(conflation.revision(), 2u) << "the third finds it full";
  EXPECT_EQ(conflation.size(), 12'000u) << "with the last entry it may have more";
}

}  // namespace
}  // namespace attain::watch
