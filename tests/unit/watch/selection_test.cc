#include "service/watch/selection.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "service/watch/token.h"
#include "tests/unit/watch/fake_source.h"

namespace attain::watch {
namespace {

v1::WatchResponse Parse(const Message& message) {
  v1::WatchResponse response;
  EXPECT_TRUE(response.ParseFromString(*message));
  return response;
}

TEST(Selection, WritesTheBytesThatProtobufWouldWrite) {
  const auto entry = MakeEntry(7, "a");
  entry->events.push_back(entry->events[0]);
  entry->events[1].after = nullptr;
  const auto messages = Select({"units/a/**"})->Render(*entry);
  ASSERT_EQ(messages->size(), 1u);
  v1::WatchResponse wanted;
  v1::WatchChanges* changes = wanted.mutable_changes();
  changes->set_revision(7);
  changes->mutable_record_time()->set_nanos(7'000'000);
  for (int i = 0; i < 2; ++i) {
    v1::WatchEvent* event = changes->add_events();
    event->set_name("units/a/tables/t");
    event->mutable_score_before()->set_name("units/a/tables/t");
    event->mutable_score_before()->set_score("6");
    if (i == 0) event->mutable_score_after()->set_name("units/a/tables/t");
    if (i == 0) event->mutable_score_after()->set_score("7");
    event->set_cause("Test");
    event->set_actor("me");
    event->set_left(i == 1);
  }
  const v1::WatchResponse response = Parse((*messages)[0]);
  wanted.set_resume_token(response.resume_token());
  EXPECT_EQ(*(*messages)[0], wanted.SerializeAsString());
  EXPECT_EQ(DecodeToken(response.resume_token())->revision, 7u);
}

TEST(Selection, StreamsThatSelectTheSameShareBytesAndThoseThatDoNotSeeNothing) {
  const auto entry = MakeEntry(7, "a");
  const SelectionPtr selection = Select({"units/a/**"});
  EXPECT_EQ(selection->Render(*entry), selection->Render(*entry));
  EXPECT_TRUE(Select({"units/b/**"})->Render(*entry)->empty());
  EXPECT_TRUE(Select({"units/a"})->Render(*entry)->empty());
  for (int i = 0; i < 20; ++i) {  // more than an entry remembers
    EXPECT_EQ(*Select({absl::StrCat("units/x", i), "units/a/tables/-"})->Render(*entry)->at(0),
              *Select({absl::StrCat("units/x", i), "units/a/tables/-"})->Render(*entry)->at(0));
  }
}

TEST(Selection, AFilterLetsInAndSaysWhenSomethingLeaves) {
  const auto at_least = [](int64_t least) {
    return [least](const google::protobuf::Message& row) {
      return std::stoll(static_cast<const v1::Score&>(row).score()) >= least;
    };
  };
  const auto left = [&](Revision revision, RowFilter filter) {
    const auto messages = Select({"**"}, std::move(filter))->Render(*MakeEntry(revision, "a"));
    return messages->empty() ? -1 : Parse(messages->at(0)).changes().events(0).left() ? 1 : 0;
  };
  EXPECT_EQ(left(7, at_least(7)), 0) << "enters";
  EXPECT_EQ(left(7, at_least(6)), 0) << "stays";
  EXPECT_EQ(left(7, at_least(8)), -1) << "never was";
  EXPECT_EQ(left(7,
                 [](const google::protobuf::Message& row) {
                   return static_cast<const v1::Score&>(row).score() == "6";
                 }),
            1);
}

TEST(Selection, ALargeRevisionIsCutAndEachPartCanBeResumedFromBefore) {
  const auto entry = MakeEntry(9, "a");
  entry->events.clear();
  for (int i = 0; i < 50; ++i) {
    const std::string name = absl::StrCat("units/a/tables/t", i);
    v1::Score score;
    score.set_name(name);
    score.set_display_name(std::string(100'000, 'x'));
    entry->events.push_back(
        {v1::WATCH_KIND_SCORES, name, name, nullptr, std::make_shared<const Row>(score), "c", ""});
  }
  const auto messages = Select({"**"})->Render(*entry);
  ASSERT_GT(messages->size(), 3u);
  int events = 0;
  for (size_t i = 0; i < messages->size(); ++i) {
    EXPECT_LE((*messages)[i]->size(), (size_t{1} << 20) + 1000);
    const v1::WatchResponse response = Parse((*messages)[i]);
    const bool last = i + 1 == messages->size();
    EXPECT_EQ(response.changes().revision(), 9);
    EXPECT_EQ(response.changes().more(), !last);
    const absl::StatusOr<Token> token = DecodeToken(response.resume_token());
    EXPECT_EQ(token->revision, last ? 9u : 8u);
    EXPECT_EQ(token->hash, (last ? entry->hash : entry->previous_hash).substr(0, 8));
    events += response.changes().events_size();
  }
  EXPECT_EQ(events, 50);
}

std::shared_ptr<Entry> EntryOf(v1::WatchKind kind, const std::string& name) {
  const auto entry = MakeEntry(3, "a");
  v1::Table table;
  table.set_name(name);
  v1::Actual actual;
  actual.set_name(name);
  const auto* row = kind == v1::WATCH_KIND_TABLES ? static_cast<const google::protobuf::Message*>(&table)
                                                  : static_cast<const google::protobuf::Message*>(&actual);
  entry->events = {{kind, name, name, nullptr, std::make_shared<const Row>(*row), "Test", "me"}};
  return entry;
}

SelectionPtr SelectKinds(const std::string& name, Kinds kinds) {
  std::vector<NamePattern> patterns;
  patterns.push_back(*NamePattern::Parse(name));
  return std::make_shared<const Selection>(name, std::string(32, 'a'), 1, std::move(patterns),
                                           std::move(kinds));
}

TEST(Selection, EachKindComesInItsOwnField) {
  const Kinds kinds = {{v1::WATCH_KIND_TABLES, nullptr}, {v1::WATCH_KIND_ACTUALS, nullptr}};
  const std::string table = "units/a/tables/t", report = table + "/indicators/i1/actuals/7";
  const auto event = [&](v1::WatchKind kind, const std::string& name) {
    const auto messages = SelectKinds("units/a/**", kinds)->Render(*EntryOf(kind, name));
    return messages->empty() ? v1::WatchEvent() : Parse(messages->at(0)).changes().events(0);
  };
  const v1::WatchEvent of_table = event(v1::WATCH_KIND_TABLES, table);
  EXPECT_EQ(of_table.table().name(), table) << of_table.ShortDebugString();
  EXPECT_FALSE(of_table.has_actual() || of_table.has_score_after()) << of_table.ShortDebugString();
  const v1::WatchEvent of_report = event(v1::WATCH_KIND_ACTUALS, report);
  EXPECT_EQ(of_report.actual().name(), report) << of_report.ShortDebugString();
  EXPECT_FALSE(of_report.has_table() || of_report.has_score_after()) << of_report.ShortDebugString();
}

TEST(Selection, ANameStandsForItsOwnScoreAndForReportsAndTablesBelowIt) {
  const SelectionPtr unit = SelectKinds("units/a", {{v1::WATCH_KIND_SCORES, nullptr},
                                                    {v1::WATCH_KIND_ACTUALS, nullptr},
                                                    {v1::WATCH_KIND_TABLES, nullptr}});
  EXPECT_TRUE(unit->Follows(v1::WATCH_KIND_SCORES, "units/a"));
  EXPECT_FALSE(unit->Follows(v1::WATCH_KIND_SCORES, "units/a/tables/t"));
  EXPECT_TRUE(unit->Follows(v1::WATCH_KIND_TABLES, "units/a/tables/t"));
  EXPECT_TRUE(unit->Follows(v1::WATCH_KIND_ACTUALS, "units/a/tables/t/indicators/i1/actuals/7"));
  EXPECT_FALSE(unit->Follows(v1::WATCH_KIND_ACTUALS, "units/b/tables/t/indicators/i1/actuals/7"));
  EXPECT_FALSE(Select({"units/a"})->Follows(v1::WATCH_KIND_TABLES, "units/a/tables/t")) << "not asked for";
}

TEST(Selection, AnEventLargerThanAMessageIsAMessage) {
  const auto entry = MakeEntry(9, "a");
  v1::Score large;
  large.set_display_name(std::string(3 << 20, 'x'));
  const Event small = entry->events[0];
  entry->events[0].after = std::make_shared<const Row>(large);
  entry->events.push_back(small);
  const auto messages = Select({"**"})->Render(*entry);
  ASSERT_EQ(messages->size(), 2u);
  EXPECT_EQ(Parse(messages->at(0)).changes().events_size(), 1);
  EXPECT_TRUE(Parse(messages->at(0)).changes().more());
  EXPECT_EQ(Parse(messages->at(1)).changes().events_size(), 1);
  EXPECT_FALSE(Parse(messages->at(1)).changes().more());
}

TEST(Selection, TheTimeHasSecondsAndWhatIsBehind) {
  const auto entry = MakeEntry(9, "a");
  entry->time_us = 1'700'000'000'000'123;
  const v1::WatchChanges changes = Parse(Select({"**"})->Render(*entry)->at(0)).changes();
  EXPECT_EQ(changes.record_time().seconds(), 1'700'000'000);
  EXPECT_EQ(changes.record_time().nanos(), 123'000);
}

TEST(Selection, KnowsItsUnitsOnlyWhenAllItsNamesHaveOne) {
  EXPECT_EQ(Select({"units/a/**", "units/b", "units/a"})->units(), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(Select({"units/a/**", "units/-"})->units(), std::vector<std::string>());
  EXPECT_TRUE(Select({"units/a/**", "units/-"})->WantsUnit("z"));
  EXPECT_FALSE(Select({"units/a/**"})->WantsUnit("z"));
}

}  // namespace
}  // namespace attain::watch
