// A second engine that is fed with the journal of the first, group by group: it ends with the same contents,
// the same ranking and the same bytes for watches.
#include "service/state/replayer.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "attain/v1/scoring_service.pb.h"
#include "service/domain/scores/rank_index.h"
#include "service/state/group_listeners.h"
#include "storage/mutex.h"
#include "tests/unit/engine/engine_fixture.h"
#include "tests/unit/engine/random_history.h"

namespace attain::engine {
namespace {

std::vector<storage::JournalRecord> ReadGroup(const storage::Store& store, storage::Revision from,
                                              size_t size) {
  std::vector<storage::JournalRecord> records;
  const absl::Status read = store.ReadJournal(from, [&](const storage::JournalRecord& record) {
    records.push_back(record);
    return records.size() < size;
  });
  EXPECT_TRUE(read.ok()) << read;
  return records;
}

// Reads an engine's watch to a revision.
class Watcher : public watch::Listener {
 public:
  static std::shared_ptr<Watcher> Open(Engine* engine) {
    auto watcher = std::make_shared<Watcher>();
    v1::WatchRequest request;
    request.add_names("units/u/**");
    for (const v1::WatchKind kind : {v1::WATCH_KIND_ACTUALS, v1::WATCH_KIND_SCORES, v1::WATCH_KIND_TABLES})
      request.add_kinds(kind);
    auto opened = engine->Watch(request, {"watcher", "en", ""}, watcher);
    EXPECT_TRUE(opened.ok()) << opened.status();
    watcher->subscription_ = *std::move(opened);
    return watcher;
  }
  ~Watcher() override {
    if (subscription_ != nullptr) subscription_->Close();
  }

  void OnReady() override {
    storage::MutexLock lock(&mutex_);
    ready_ = true;
    wake_.NotifyAll();
  }
  void OnStalled() override {}

  // All messages up to the changes of this revision, which must come.
  std::vector<std::string> ReadTo(uint64_t revision) {
    std::vector<std::string> messages;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(2);
    while (true) {
      const absl::StatusOr<watch::Message> next = subscription_->Next();
      EXPECT_TRUE(next.ok()) << next.status();
      if (!next.ok()) return messages;
      if (*next == nullptr) {
        storage::MutexLock lock(&mutex_);
        while (!ready_ && std::chrono::steady_clock::now() < deadline) wake_.WaitUntil(&mutex_, deadline);
        EXPECT_TRUE(ready_) << "nothing more came after " << messages.size() << " messages";
        if (!std::exchange(ready_, false)) return messages;
        continue;
      }
      messages.push_back(**next);
      v1::WatchResponse response;
      EXPECT_TRUE(response.ParseFromString(messages.back()));
      if (static_cast<uint64_t>(response.changes().revision()) >= revision) return messages;
    }
  }

 private:
  std::shared_ptr<watch::Subscription> subscription_;
  storage::Mutex mutex_;
  storage::CondVar wake_;
  bool ready_ ATTAIN_GUARDED_BY(mutex_) = false;
};

class ReplayerTest : public EngineFixture {
 protected:
  ReplayerTest() { engine_options.watch.progress_interval = absl::Hours(1); }

  // A copy of the first engine's store, and an engine on it that only follows.
  void OpenFollower() {
    ASSERT_TRUE(store().Checkpoint(DirectoryOf("follower")).ok());
    follower_store_ = OpenStore("follower");
    EngineOptions options = engine_options;
    options.store = follower_store_.get();
    auto opened = Engine::Open(options);
    ASSERT_TRUE(opened.ok()) << opened.status();
    follower_ = *std::move(opened);
  }
  void TakeRandomSteps(uint64_t seed, int steps) {
    RandomHistory history(seed,
                          {[this](const std::string& table) { return TableOf(table); },
                           [this](const std::string& table) { return EvaluationOf(table).evaluation(); }});
    for (int i = 0; i < steps; ++i) {
      Step step = history.Next();
      if (Try(*step.request, step.response.get(), step.actor).ok()) history.Accepted(step);
    }
  }
  // The ranking of an engine as it answers, page by page.
  static std::string RankingOf(const Engine& engine, const std::string& order) {
    std::string pages;
    v1::ListScoresRequest request;
    request.set_parent("units/-");
    request.set_order_by(order);
    request.set_page_size(2);
    do {
      v1::ListScoresResponse page;
      const absl::Status read = engine.Read(request, &page, {"reader", "en", ""});
      EXPECT_TRUE(read.ok()) << read;
      pages += page.SerializeAsString();
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return pages;
  }

  std::unique_ptr<storage::Store> follower_store_;
  std::unique_ptr<Engine> follower_;
};

TEST_F(ReplayerTest, ASecondEngineFedGroupByGroupEndsWithTheSameContentsRankingAndWatchBytes) {
  Open();
  ImportSample();  // a watch names units that are there
  OpenFollower();
  const auto watcher = Watcher::Open(&engine()), follower_watcher = Watcher::Open(follower_.get());
  RankingOf(engine(), "score");  // makes the index
  RankingOf(*follower_, "score");
  RankIndex ranks{RankLimits()};
  ASSERT_TRUE(ranks.EnsureBuilt(*follower_store_).ok());
  GroupListeners listeners({follower_->group_listener(), &ranks});
  Replayer replayer(follower_store_.get(), &listeners);
  std::mt19937_64 random(3);
  const auto follow = [&] {
    while (follower_store_->head().revision < store().head().revision) {
      const auto group = ReadGroup(store(), follower_store_->head().revision + 1, 1 + random() % 9);
      const absl::Status fed = replayer.Feed(group);
      ASSERT_TRUE(fed.ok()) << fed;
    }
  };
  for (uint64_t seed = 1; seed <= 4; ++seed) {
    TakeRandomSteps(seed, 60);
    follow();
    EXPECT_EQ(RankingOf(*follower_, "score desc"), RankingOf(engine(), "score desc")) << seed;
  }
  MakeTable("u", "last", 1);  // something that the watch is told for certain
  follow();
  const uint64_t head = store().head().revision;
  ASSERT_GT(head, 60u);

  EXPECT_EQ(follower_store_->head().hash, store().head().hash);
  EXPECT_EQ(*follower_store_->ContentDigest(), *store().ContentDigest());
  EXPECT_EQ(RankingOf(*follower_, "score"), RankingOf(engine(), "score"));
  const std::vector<std::string> told = watcher->ReadTo(head);
  EXPECT_GT(told.size(), 60u);
  EXPECT_EQ(follower_watcher->ReadTo(head), told);

  // The index was carried on and not made again.
  RankQuestion question;
  question.revision = head;
  question.limit = 100;
  const std::optional<RankSlice> carried = ranks.After(question);
  ASSERT_TRUE(carried.has_value());
  RankIndex fresh{RankLimits()};
  ASSERT_TRUE(fresh.EnsureBuilt(store()).ok());
  const std::optional<RankSlice> made = fresh.After(question);
  ASSERT_TRUE(made.has_value());
  EXPECT_GE(made->tables.size(), 6u);
  ASSERT_EQ(carried->tables.size(), made->tables.size());
  for (size_t i = 0; i < made->tables.size(); ++i) {
    EXPECT_EQ(carried->tables[i].table, made->tables[i].table);
    EXPECT_EQ(carried->tables[i].place, made->tables[i].place);
  }
}

TEST_F(ReplayerTest, WhatDoesNotFollowIsRefusedAndNothingOfItIsKept) {
  Open();
  ImportSample();
  TakeRandomSteps(5, 20);
  GroupListeners nobody((std::vector<GroupListener*>()));
  const std::unique_ptr<storage::Store> target = OpenStore("target");
  Replayer replayer(target.get(), &nobody);
  EXPECT_TRUE(replayer.Feed({}).ok());
  EXPECT_EQ(replayer.Feed(ReadGroup(store(), 2, 3)).code(), absl::StatusCode::kDataLoss) << "a gap";

  const std::vector<storage::JournalRecord> group = ReadGroup(store(), 1, 12);
  ASSERT_EQ(group.size(), 12u);
  std::vector<storage::JournalRecord> damaged = group;
  damaged[11].payload = "\xff";
  EXPECT_EQ(replayer.Feed(damaged).code(), absl::StatusCode::kDataLoss) << "no entry";
  damaged = group;
  damaged[7].previous_hash[0] ^= 1;
  EXPECT_EQ(replayer.Feed(damaged).code(), absl::StatusCode::kDataLoss) << "another chain";
  EXPECT_EQ(target->head().revision, 0u);

  // What was decoded for the failed groups is forgotten.
  const absl::Status fed = replayer.Feed(group);
  ASSERT_TRUE(fed.ok()) << fed;
  EXPECT_TRUE(replayer.Feed(ReadGroup(store(), 13, 100'000)).ok());
  EXPECT_EQ(*target->ContentDigest(), *store().ContentDigest());
}

TEST_F(ReplayerTest, AnEntryThatWasChangedIsNoticedByItsHash) {
  Open();
  ImportSample();
  GroupListeners nobody((std::vector<GroupListener*>()));
  const std::unique_ptr<storage::Store> target = OpenStore("target");
  std::vector<storage::JournalRecord> group = ReadGroup(store(), 1, 100'000);
  group.back().time += absl::Seconds(1);
  EXPECT_EQ(Replayer(target.get(), &nobody).Feed(group).code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace attain::engine
