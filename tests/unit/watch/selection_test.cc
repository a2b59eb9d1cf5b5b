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

}  // namespace
}  // namespace attain::watch
