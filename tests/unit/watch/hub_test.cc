// The hub over a journal in memory, with streams on threads of their own.
#include "service/watch/hub.h"

#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <thread>

#include "absl/strings/str_cat.h"
#include "service/watch/token.h"
#include "tests/unit/watch/fake_source.h"

namespace attain::watch {
namespace {

constexpr auto kPatience = std::chrono::seconds(20);

// A client that takes messages on the thread that calls Take, as a stream's reactions would.
class Client : public Listener, public std::enable_shared_from_this<Client> {
 public:
  void Open(Hub* hub, Opening opening, const std::string& caller = "me") {
    absl::StatusOr<std::shared_ptr<Subscription>> opened =
        hub->Open(std::move(opening), caller, weak_from_this());
    status_ = opened.status();
    if (opened.ok()) subscription_ = *std::move(opened);
  }
  void Close() {
    if (subscription_ != nullptr) subscription_->Close();
  }
  void OnReady() override {
    storage::MutexLock lock(&mutex_);
    ready_ = true;
    wake_.NotifyOne();
  }
  void OnStalled() override { ++stalled_; }

  // The next message; false when there is none within the patience or the stream is over.
  bool Take(v1::WatchResponse* response) {
    while (true) {
      const absl::StatusOr<Message> message = subscription_->Next();
      status_ = message.status();
      if (!status_.ok()) return false;
      // Else the one before, which waits for this one, would never be sent.
      EXPECT_TRUE(*message != nullptr || !promised_) << "there was said to be one more";
      promised_ = *message != nullptr && subscription_->more();
      if (*message != nullptr) return response->ParseFromString(**message);
      if (!WaitUntilReady()) return false;
    }
  }
  // The next CHANGES.
  bool TakeChanges(v1::WatchChanges* changes) {
    v1::WatchResponse response;
    while (Take(&response)) {
      if (response.has_changes()) {
        *changes = response.changes();
        return true;
      }
    }
    return false;
  }
  // How many messages it gets without a pause.
  int TakeInARow() {
    for (int count = 0;; ++count) {
      const absl::StatusOr<Message> message = subscription_->Next();
      status_ = message.status();
      if (!status_.ok() || *message == nullptr) return count;
    }
  }
  // Whether it is told to ask, within the patience. Who asks without being told finds out by itself.
  bool WaitUntilReady() {
    storage::MutexLock lock(&mutex_);
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (!ready_ && std::chrono::steady_clock::now() < deadline) wake_.WaitUntil(&mutex_, deadline);
    return std::exchange(ready_, false);
  }
  // How it was opened, and how it ended.
  const absl::Status& status() const { return status_; }
  int stalled() const { return stalled_; }

 private:
  absl::Status status_;
  std::shared_ptr<Subscription> subscription_;
  bool promised_ = false;  // more() after the last message
  std::atomic<int> stalled_{0};
  storage::Mutex mutex_;
  storage::CondVar wake_;
  bool ready_ ATTAIN_GUARDED_BY(mutex_) = false;
};

Opening From(const Source& source, Revision revision, SelectionPtr selection,
             absl::Duration interval = absl::ZeroDuration()) {
  Opening opening;
  opening.selection = std::move(selection);
  opening.interval = interval;
  opening.revision = revision;
  opening.hash = absl::StrCat(absl::Dec(revision, absl::kZeroPad8), "hash");
  v1::WatchResponse created;
  created.mutable_created()->set_revision(static_cast<int64_t>(revision));
  opening.first.push_back(Message(std::make_shared<const std::string>(created.SerializeAsString())));
  if (revision > source.head().revision) ADD_FAILURE() << "ahead of the journal";
  return opening;
}

TEST(Hub, EveryStreamGetsItsRevisionsInOrderWhateverItsPace) {
  constexpr int kUnits = 4, kClients = 8, kRevisions = 6000;
  FakeSource source(kUnits);
  source.Append(100);
  HubOptions options;
  options.ring_bytes = 60'000;  // some 50 entries: slow ones are caught up from the journal all the time
  Hub hub(&source, options);
  std::vector<std::thread> threads;
  for (int c = 0; c < kClients; ++c) {
    const bool all = c % 2 == 0;
    const Revision start = c < 4 ? 100 : 20;
    const auto client = std::make_shared<Client>();
    client->Open(&hub, From(source, start,
                            all ? Select({"**"}) : Select({absl::StrCat("units/u", c % kUnits, "/**")})));
    threads.emplace_back([=] {
      std::mt19937 random(static_cast<uint32_t>(c));
      Revision expected = start;
      v1::WatchChanges changes;
      while (expected < kRevisions + 100) {
        do {
          ++expected;
        } while (!all && expected % kUnits != static_cast<Revision>(c % kUnits));
        if (expected > kRevisions + 100) break;
        ASSERT_TRUE(client->TakeChanges(&changes)) << client->status();
        ASSERT_EQ(changes.revision(), static_cast<int64_t>(expected));
        if (random() % 500 == 0) {
          for (const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(2);
               std::chrono::steady_clock::now() < end;) {
          }
        }
      }
      client->Close();
    });
  }
  for (int n = 0; n < kRevisions; n += 10) {
    source.Append(10);
    hub.Notify();
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(hub.Load().streams(), 0);
  EXPECT_EQ(hub.Load().ring_bytes(), 0);
}

TEST(Hub, LatestStateSkipsButLosesNothing) {
  FakeSource source(3);
  source.Append(1);
  HubOptions options;
  options.ring_bytes = 60'000;  // the one that begins late is caught up from the journal
  Hub hub(&source, options);
  const auto live = std::make_shared<Client>(), late = std::make_shared<Client>();
  live->Open(&hub, From(source, 1, Select({"**"}), absl::Milliseconds(20)));
  late->Open(&hub, From(source, 1, Select({"**"}), absl::Milliseconds(50)));
  const auto follow = [](Client* client, int64_t from, int64_t to,
                         std::map<std::string, std::string>* scores) {
    int messages = 0;
    v1::WatchChanges changes;
    for (int64_t revision = from; revision < to && client->TakeChanges(&changes); ++messages) {
      EXPECT_GT(changes.revision(), revision);
      revision = changes.revision();
      for (const v1::WatchEvent& event : changes.events()) {
        std::string& known = (*scores)[event.name()];
        if (!known.empty()) {
          EXPECT_EQ(event.score_before().score(), known) << "as the message before left it";
        }
        known = event.score_after().score();
      }
    }
    EXPECT_EQ(changes.revision(), to);
    return messages;
  };
  std::map<std::string, std::string> scores, late_scores;
  int messages = 0;
  for (int64_t revision = 1; revision < 5001; revision += 500) {
    for (int n = 0; n < 500; ++n) {
      source.Append(1);
      hub.Notify();
    }
    messages += follow(live.get(), revision, revision + 500, &scores);
  }
  EXPECT_GE(messages, 10);
  EXPECT_LT(messages, 2500);
  EXPECT_LT(follow(late.get(), 1, 5001, &late_scores), 10);
  EXPECT_EQ(scores, (std::map<std::string, std::string>{{"units/u0/tables/t", "5001"},
                                                        {"units/u1/tables/t", "4999"},
                                                        {"units/u2/tables/t", "5000"}}));
  EXPECT_EQ(late_scores, scores);
  live->Close();
  late->Close();
}

// A dashboard that wants news once an hour still hears that the stream lives, and nothing of what waits for
// its tick.
TEST(Hub, ALongIntervalDoesNotSilenceProgress) {
  FakeSource source(1);
  source.Append(1);
  HubOptions options;
  options.progress_interval = absl::Milliseconds(1);
  Hub hub(&source, options);
  const auto client = std::make_shared<Client>();
  client->Open(&hub, From(source, 1, Select({"**"}), absl::Hours(1)));
  v1::WatchResponse response;
  ASSERT_TRUE(client->Take(&response));
  EXPECT_TRUE(response.has_created());
  source.Append(1);
  hub.Notify();
  for (int heard = 0; heard < 2; heard += hub.Load().published_revision() == 2 ? 1 : 0) {
    ASSERT_TRUE(client->Take(&response));
    EXPECT_EQ(response.progress().revision(), 1) << response.ShortDebugString();
  }
  client->Close();
}

TEST(Hub, ASnapshotComesInPiecesAndThenWhatHappenedMeanwhile) {
  FakeSource source(1);
  source.Append(5);
  Hub hub(&source, HubOptions());
  Opening opening = From(source, 5, Select({"**"}));
  opening.snapshot = *source.OpenSnapshot(opening.selection, 5);
  const auto client = std::make_shared<Client>();
  client->Open(&hub, std::move(opening));
  source.Append(2);
  hub.Notify();
  std::vector<int> kinds;
  v1::WatchResponse response;
  while (kinds.size() < 6 && client->Take(&response)) {
    kinds.push_back(response.event_case());
    if (response.has_snapshot()) {
      EXPECT_TRUE(DecodeToken(response.resume_token())->in_snapshot);
      EXPECT_EQ(response.snapshot().scores(0).score(), "5");
    }
  }
  using Kind = v1::WatchResponse;
  EXPECT_EQ(kinds, (std::vector<int>{Kind::kCreated, Kind::kSnapshot, Kind::kSnapshot, Kind::kSnapshotEnd,
                                     Kind::kChanges, Kind::kChanges}));
  EXPECT_EQ(response.changes().revision(), 7);
  client->Close();
}

TEST(Hub, QuietStreamsHearHowFarItIsAndSilentClientsAreReported) {
  FakeSource source(2);
  source.Append(3);
  HubOptions options;
  options.progress_interval = absl::Milliseconds(1);
  options.write_timeout = absl::Milliseconds(1);
  Hub hub(&source, options);
  const auto client = std::make_shared<Client>();
  client->Open(&hub, From(source, 3, Select({"units/u0/**"})));
  source.Append(2);  // revision 4 is of u0, 5 of u1
  hub.Notify();
  v1::WatchResponse response;
  for (int heard = 0; heard < 10 && response.progress().revision() < 5; ++heard)
    ASSERT_TRUE(client->Take(&response));
  EXPECT_EQ(response.progress().revision(), 5) << response.ShortDebugString();
  const absl::StatusOr<Token> token = DecodeToken(response.resume_token());
  ASSERT_TRUE(token.ok());
  EXPECT_EQ(token->revision, 5u) << "what was not for it need not be read again";
  EXPECT_EQ(token->hash, MakeEntry(5, "u1")->hash.substr(0, 8));
  // The message just taken is never followed by the next Next: the client does not read.
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (client->stalled() == 0 && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  // Another one hears progress each time that the hub looks around.
  const auto other = std::make_shared<Client>();
  other->Open(&hub, From(source, 5, Select({"units/u0/**"})));
  for (int heard = 0; heard < 3; heard += response.has_progress() ? 1 : 0)
    ASSERT_TRUE(other->Take(&response));
  EXPECT_EQ(client->stalled(), 1) << "told once";
  EXPECT_GE(hub.Load().stalled(), 1);
  other->Close();
  client->Close();
}

TEST(Hub, LimitsHoldAndPlacesComeBack) {
  FakeSource source(1);
  HubOptions options;
  options.max_streams = 3;
  options.max_streams_per_caller = 2;
  Hub hub(&source, options);
  std::vector<std::shared_ptr<Client>> clients;
  const auto open = [&](const std::string& caller) {
    clients.push_back(std::make_shared<Client>());
    clients.back()->Open(&hub, From(source, 0, Select({"**"})), caller);
    return clients.back()->status().code();
  };
  EXPECT_EQ(open("a"), absl::StatusCode::kOk);
  EXPECT_EQ(open("a"), absl::StatusCode::kOk);
  EXPECT_EQ(open("a"), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(clients.back()->status().message(), "2") << "the limit that was met";
  EXPECT_EQ(open("b"), absl::StatusCode::kOk);
  EXPECT_EQ(open("c"), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(clients.back()->status().message(), "3");
  EXPECT_EQ(hub.Load().refused(), 2);
  clients[0]->Close();
  clients[0]->Close();
  EXPECT_EQ(open("c"), absl::StatusCode::kOk);
  for (const auto& client : clients) client->Close();
  EXPECT_EQ(hub.Load().streams(), 0);
}

// A piece that fails, or one row of each other kind and then the end.
class OtherWalk : public SnapshotWalk {
 public:
  explicit OtherWalk(bool fails) : fails_(fails) {}
  absl::StatusOr<bool> Next(size_t, v1::WatchSnapshot* piece) override {
    if (fails_) return absl::DataLossError("damaged");
    ++pieces_;
    if (pieces_ == 1) piece->add_tables()->set_name("units/u0/tables/t");
    if (pieces_ == 2) piece->add_actuals()->set_name("units/u0/tables/t/indicators/i/actuals/1");
    return pieces_ < 3;
  }

 private:
  const bool fails_;
  int pieces_ = 0;
};

TEST(Hub, FirstRowsOfEveryKindComeAndAnEmptyPieceDoesNot) {
  FakeSource source(1);
  source.Append(5);
  Hub hub(&source, HubOptions());
  Opening opening = From(source, 5, Select({"**"}));
  opening.snapshot = std::make_unique<OtherWalk>(/*fails=*/false);
  const auto client = std::make_shared<Client>();
  client->Open(&hub, std::move(opening));
  std::vector<std::string> pieces;
  v1::WatchResponse response;
  while (client->Take(&response) && !response.has_snapshot_end()) {
    if (response.has_snapshot()) {
      pieces.push_back(
          absl::StrCat(response.snapshot().tables_size(), " ", response.snapshot().actuals_size()));
    }
  }
  EXPECT_EQ(pieces, (std::vector<std::string>{"1 0", "0 1"}));
  EXPECT_EQ(response.snapshot_end().revision(), 5) << response.ShortDebugString();
  const absl::StatusOr<Token> token = DecodeToken(response.resume_token());
  ASSERT_TRUE(token.ok());
  EXPECT_FALSE(token->in_snapshot);
  EXPECT_EQ(token->revision, 5u);
  client->Close();
}

TEST(Hub, FirstRowsThatCannotBeReadEndTheStream) {
  FakeSource source(1);
  source.Append(5);
  Hub hub(&source, HubOptions());
  Opening opening = From(source, 5, Select({"**"}));
  opening.snapshot = std::make_unique<OtherWalk>(/*fails=*/true);
  const auto client = std::make_shared<Client>();
  client->Open(&hub, std::move(opening));
  v1::WatchResponse response;
  ASSERT_TRUE(client->Take(&response));
  EXPECT_TRUE(response.has_created());
  EXPECT_FALSE(client->Take(&response)) << response.ShortDebugString();
  EXPECT_EQ(client->status().code(), absl::StatusCode::kDataLoss);
  client->Close();
}

TEST(Hub, AStreamWithMuchToSayGivesOthersATurn) {
  FakeSource source(1);
  source.Append(1);
  Hub hub(&source, HubOptions());
  const auto client = std::make_shared<Client>(), other = std::make_shared<Client>();
  client->Open(&hub, From(source, 1, Select({"**"})));
  other->Open(&hub, From(source, 1, Select({"**"})));
  source.Append(1000);
  hub.Notify();
  v1::WatchChanges changes;
  while (changes.revision() < 1001) ASSERT_TRUE(other->TakeChanges(&changes)) << other->status();
  EXPECT_EQ(client->TakeInARow(), 128) << "CREATED and what is up to revision 128";
  for (int64_t revision = 129; revision <= 1001; ++revision) {
    ASSERT_TRUE(client->TakeChanges(&changes)) << client->status();
    ASSERT_EQ(changes.revision(), revision) << "nothing is lost over a turn";
  }
  client->Close();
  other->Close();
}

TEST(Hub, OnlyWhoHasSomethingComingIsBehind) {
  FakeSource source(2);
  source.Append(3);
  Hub hub(&source, HubOptions());
  const auto quiet = std::make_shared<Client>(), slow = std::make_shared<Client>();
  quiet->Open(&hub, From(source, 3, Select({"units/other/**"})));
  v1::WatchResponse response;
  ASSERT_TRUE(quiet->Take(&response));
  EXPECT_EQ(quiet->TakeInARow(), 0) << "waits now";
  source.Append(10);
  hub.Notify();
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (hub.Load().published_revision() < 13 && std::chrono::steady_clock::now() < deadline)
    std::this_thread::yield();
  EXPECT_EQ(hub.Load().slowest_lag(), 0) << "nothing of it was for this stream";
  slow->Open(&hub, From(source, 6, Select({"**"})));
  EXPECT_EQ(hub.Load().slowest_lag(), 7);
  EXPECT_EQ(hub.Load().streams(), 2);
  quiet->Close();
  slow->Close();
}

// Nothing of it was for this stream, and yet it must not be read again.
TEST(Hub, ProgressMovesTheTokenOfAStreamThatNothingWasFor) {
  FakeSource source(2);
  source.Append(3);
  HubOptions options;
  options.progress_interval = absl::Seconds(1);
  Hub hub(&source, options);
  const auto quiet = std::make_shared<Client>();
  quiet->Open(&hub, From(source, 3, Select({"units/other/**"})));
  v1::WatchResponse response;
  ASSERT_TRUE(quiet->Take(&response));
  quiet->TakeInARow();  // it waits now
  source.Append(2);
  hub.Notify();
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (hub.Load().published_revision() < 5 && std::chrono::steady_clock::now() < deadline)
    std::this_thread::yield();
  ASSERT_TRUE(quiet->WaitUntilReady());
  ASSERT_TRUE(quiet->Take(&response));
  EXPECT_EQ(response.progress().revision(), 5) << response.ShortDebugString();
  const absl::StatusOr<Token> token = DecodeToken(response.resume_token());
  ASSERT_TRUE(token.ok());
  EXPECT_EQ(token->revision, 5u);
  EXPECT_EQ(token->hash, MakeEntry(5, "u1")->hash.substr(0, 8));
  quiet->Close();
}

// A dashboard that is served once an hour hears at once that it is over.
TEST(Hub, AFailureDoesNotWaitForTheTick) {
  FakeSource source(1);
  source.Append(1);
  Hub hub(&source, HubOptions());
  const auto hourly = std::make_shared<Client>();
  hourly->Open(&hub, From(source, 1, Select({"**"}), absl::Hours(1)));
  v1::WatchResponse response;
  ASSERT_TRUE(hourly->Take(&response));
  EXPECT_EQ(hourly->TakeInARow(), 0) << "waits now";
  source.Append(1);
  hub.Notify();
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (hub.Load().published_revision() < 2 && std::chrono::steady_clock::now() < deadline)
    std::this_thread::yield();
  source.Damage();
  source.Append(1);
  hub.Notify();
  EXPECT_TRUE(hourly->WaitUntilReady());
  EXPECT_FALSE(hourly->Take(&response)) << response.ShortDebugString();
  EXPECT_EQ(hourly->status().code(), absl::StatusCode::kDataLoss);
  hourly->Close();
}

TEST(Hub, DamageEndsTheStreamsInsteadOfLeavingAGap) {
  FakeSource source(1);
  source.Append(1);
  Hub hub(&source, HubOptions());
  const auto every = std::make_shared<Client>(), latest = std::make_shared<Client>();
  every->Open(&hub, From(source, 1, Select({"**"})));
  latest->Open(&hub, From(source, 1, Select({"**"}), absl::Milliseconds(10)));
  source.Damage();
  source.Append(1);
  hub.Notify();
  v1::WatchChanges changes;
  for (const auto& client : {every, latest}) {
    EXPECT_FALSE(client->TakeChanges(&changes));
    EXPECT_EQ(client->status().code(), absl::StatusCode::kDataLoss);
  }
  const auto late = std::make_shared<Client>();
  late->Open(&hub, From(source, 1, Select({"**"})));
  EXPECT_EQ(late->status().code(), absl::StatusCode::kDataLoss);
  every->Close();
  latest->Close();
  // Those who come back find out for themselves: damaged still, then well again.
  const auto again = std::make_shared<Client>();
  again->Open(&hub, From(source, 1, Select({"**"})));
  EXPECT_TRUE(again->status().ok());
  EXPECT_FALSE(again->TakeChanges(&changes));
  EXPECT_EQ(again->status().code(), absl::StatusCode::kDataLoss);
  again->Close();
  source.Damage(false);
  const auto well = std::make_shared<Client>();
  well->Open(&hub, From(source, 1, Select({"**"})));
  ASSERT_TRUE(well->TakeChanges(&changes));
  EXPECT_EQ(changes.revision(), 2);
  well->Close();
}

// A journal that gives nothing where there should be something must not be taken for the end.
TEST(Hub, AJournalThatEndsTooEarlyEndsTheStreamsToo) {
  FakeSource source(1);
  source.Append(1);
  Hub hub(&source, HubOptions());
  const auto live = std::make_shared<Client>();
  live->Open(&hub, From(source, 1, Select({"**"})));
  source.Hide();
  source.Append(1);
  hub.Notify();
  v1::WatchChanges changes;
  EXPECT_FALSE(live->TakeChanges(&changes));
  EXPECT_EQ(live->status().code(), absl::StatusCode::kDataLoss);
  live->Close();
  const auto behind = std::make_shared<Client>();
  behind->Open(&hub, From(source, 0, Select({"**"})));
  EXPECT_FALSE(behind->TakeChanges(&changes));
  EXPECT_EQ(behind->status().code(), absl::StatusCode::kDataLoss);
  behind->Close();
}

// However much happened, one message to one dashboard is bounded; the rest follows at the next ticks.
TEST(Hub, LatestStateTakesManyResourcesInPortions) {
  constexpr int kUnits = 25'000;
  FakeSource source(kUnits);
  Hub hub(&source, HubOptions());
  const auto live = std::make_shared<Client>();
  live->Open(&hub, From(source, 0, Select({"**"}), absl::Milliseconds(10)));
  source.Append(kUnits);
  hub.Notify();
  int events = 0;
  v1::WatchChanges changes;
  while (changes.revision() < kUnits && live->TakeChanges(&changes)) {
    EXPECT_LE(changes.events_size(), 10'000);
    events += changes.events_size();
  }
  EXPECT_EQ(events, kUnits);
  live->Close();
}

TEST(Hub, LatestStateArrivesWhileTheHeadRunsAway) {
  FakeSource source(2);
  source.Append(5000);
  HubOptions options;
  options.ring_bytes = 20'000;  // reading what is behind it costs as much as publishing
  Hub hub(&source, options);
  const auto live = std::make_shared<Client>();
  live->Open(&hub, From(source, 0, Select({"**"}), absl::Milliseconds(1)));
  std::atomic<bool> over{false};
  std::thread writer([&] {
    while (!over) {
      if (static_cast<int64_t>(source.head().revision) <= hub.Load().published_revision() + 500)
        source.Append(100);
      hub.Notify();
    }
  });
  v1::WatchChanges changes;
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(live->TakeChanges(&changes));
  over = true;
  writer.join();
  live->Close();
}

// Streams that close while the hub and its worker are busy with them.
TEST(Hub, StreamsMayGoAtAnyMoment) {
  FakeSource source(2);
  HubOptions options;
  options.ring_bytes = 20'000;
  Hub hub(&source, options);
  std::atomic<bool> over{false};
  std::thread writer([&] {
    while (!over) {
      const v1::WatchLoad load = hub.Load();
      // A journal that grows faster than the streams can follow would keep them silent for seconds.
      const bool ahead = load.streams() > 0 && load.slowest_lag() > 500;
      if (!ahead) source.Append(3);
      hub.Notify();
      std::this_thread::yield();
    }
  });
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      std::mt19937 random(static_cast<uint32_t>(t));
      for (int round = 0; round < 150; ++round) {
        const auto client = std::make_shared<Client>();
        const Revision head = source.head().revision;
        const Revision start = head - std::min<Revision>(head, random() % 300);
        client->Open(&hub, From(source, start, Select({random() % 2 == 0 ? "**" : "units/u1/**"}),
                                random() % 3 == 0 ? absl::Milliseconds(1) : absl::ZeroDuration()));
        v1::WatchResponse response;
        for (uint32_t n = random() % 20; n > 0; --n) ASSERT_TRUE(client->Take(&response));
        client->Close();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  over = true;
  writer.join();
  EXPECT_EQ(hub.Load().streams(), 0);
}

}  // namespace
}  // namespace attain::watch
