// What becomes of commands: those that are kept, refused, tried or sent again, one by one and in one group.
#include <gmock/gmock.h>

#include <future>

#include "absl/strings/str_cat.h"
#include "service/api/cause.h"
#include "service/commit/committer.h"
#include "service/commit/preparer.h"
#include "service/commit/rehearsal.h"
#include "service/state/entry.h"
#include "service/state/keys.h"
#include "service/state/require.h"
#include "tests/unit/commit/gated_store.h"
#include "tests/unit/state/state_fixture.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Thread-safe.
class SetClock : public Clock {
 public:
  absl::Time Now() const override { return absl::FromUnixMicros(now_us_); }
  void Set(int64_t seconds) { now_us_ = seconds * 1'000'000; }

 private:
  std::atomic<int64_t> now_us_{1'700'000'000'000'000};
};

// Hears of groups and writes down what.
class Listener final : public GroupListener {
 public:
  bool BeginGroup() override {
    storage::MutexLock lock(&mutex_);
    ++begun_;
    return wants_;
  }
  void EndGroup(uint64_t revision, std::optional<std::vector<MovedTable>> moved) override {
    storage::MutexLock lock(&mutex_);
    absl::StrAppend(&heard_, revision, moved.has_value() ? absl::StrCat("/", moved->size()) : "", " ");
  }
  void GroupAnswered() override {
    storage::MutexLock lock(&mutex_);
    heard_ += "! ";
  }
  void Want() {
    storage::MutexLock lock(&mutex_);
    wants_ = true;
  }
  std::string heard() {
    storage::MutexLock lock(&mutex_);
    return heard_;
  }

 private:
  storage::Mutex mutex_;
  bool wants_ ATTAIN_GUARDED_BY(mutex_) = false;
  int begun_ ATTAIN_GUARDED_BY(mutex_) = 0;
  std::string heard_ ATTAIN_GUARDED_BY(mutex_);
};

disk::Event UnitEvent(const std::string& unit, const std::string& name = "") {
  disk::Event event;
  event.mutable_unit_set()->set_name("units/" + unit);
  event.mutable_unit_set()->set_display_name(name.empty() ? unit : name);
  return event;
}

// A command on its way; the answer is a text.
struct Sent {
  std::unique_ptr<Command> command = std::make_unique<Command>();
  std::string answer;
  std::promise<absl::Status> promise;
  std::future<absl::Status> future = promise.get_future();

  bool answered() const { return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }
  absl::Status Wait() {
    if (future.wait_for(std::chrono::seconds(60)) != std::future_status::ready)
      return absl::DeadlineExceededError("no answer came");
    return future.get();
  }
};

using Body = std::function<absl::Status(Transaction&)>;

std::unique_ptr<Sent> CommandOf(Body body, const std::string& method = "Test") {
  auto sent = std::make_unique<Sent>();
  Command& command = *sent->command;
  Sent* const out = sent.get();
  command.method = method;
  command.caller.actor = "lead";
  command.run = std::move(body);
  command.stamp = [out](const Transaction* txn) {
    v1::Commit commit;
    if (txn != nullptr) txn->FillCommit(&commit);
    out->answer = absl::StrCat("revision ", commit.revision(), " at ", commit.record_time().seconds());
  };
  command.serialize = [out] { return out->answer; };
  command.restore = [out](const std::string& bytes) {
    out->answer = "again " + bytes;
    return bytes != "broken";
  };
  command.done = [out](absl::Status status) { out->promise.set_value(std::move(status)); };
  return sent;
}

Body Emits(std::vector<disk::Event> events, absl::Status then = absl::OkStatus()) {
  return [events = std::move(events), then](Transaction& txn) {
    for (const disk::Event& event : events) {
      if (absl::Status status = txn.Emit(event); !status.ok()) return status;
    }
    return then;
  };
}

std::unique_ptr<Sent> Known(std::unique_ptr<Sent> sent, const std::string& id,
                            const std::string& print = "print") {
  sent->command->request_id = id;
  sent->command->request_key = "key " + id;
  sent->command->fingerprint = print;
  sent->command->keeps_answer = true;
  return sent;
}

// The same as a person sends it whose ids are that person's own; `actor` is not empty.
std::unique_ptr<Sent> KnownOf(const std::string& actor, std::unique_ptr<Sent> sent, const std::string& id,
                              const std::string& print = "print") {
  sent = Known(std::move(sent), id, print);
  sent->command->caller.actor = actor;
  sent->command->request_key = RequestKey(actor, id);
  sent->command->shared_key = RequestKey("", id);
  return sent;
}

std::unique_ptr<Sent> Dry(std::unique_ptr<Sent> sent) {
  sent->command->validate_only = true;
  return sent;
}

class CommandsTest : public StateFixture {
 protected:
  CommandsTest() {
    store_ = std::make_unique<GatedStore>(std::move(store_), &gate_);
    Start();
  }
  ~CommandsTest() override {
    gate_.Open();
    if (committer_ != nullptr) committer_->Shutdown();
  }
  void Start(size_t max_waiting = 100, size_t large_group = 1000) {
    committer_.reset();
    CommitterOptions options;
    options.store = store_.get();
    options.clock = &clock_;
    options.workspace_bytes = 1 << 20;
    options.max_waiting = max_waiting;
    options.large_group = large_group;
    options.commit_failed = [this](const absl::Status& status) { failures_.push_back(status); };
    committer_ = std::make_unique<Committer>(options, &listener_);
  }
  Sent& Send(std::unique_ptr<Sent> sent) {
    sent_.push_back(std::move(sent));
    committer_->Submit(std::move(sent_.back()->command));
    return *sent_.back();
  }
  absl::Status Run(std::unique_ptr<Sent> sent) { return Send(std::move(sent)).Wait(); }
  // What is sent while `together` runs becomes one group.
  void InOneGroup(const std::function<void()>& together) {
    gate_.Close();
    Send(CommandOf(Emits({UnitEvent("first")})));
    gate_.AwaitCommits(1);
    together();
    gate_.Open();
  }
  bool IsThere(const std::string& unit) { return RequireUnit(At()->reads(), unit).ok(); }
  disk::EntryPayload Entry(uint64_t revision) {
    disk::EntryPayload payload;
    EXPECT_TRUE(store_
                    ->ReadJournal(revision,
                                  [&](const storage::JournalRecord& record) {
                                    const auto read = ReadEntry(record);
                                    EXPECT_TRUE(read.ok()) << read.status();
                                    payload = *read;
                                    return false;
                                  })
                    .ok());
    return payload;
  }

  Gate gate_;
  SetClock clock_;
  Listener listener_;
  std::vector<absl::Status> failures_;
  std::vector<std::unique_ptr<Sent>> sent_;
  std::unique_ptr<Committer> committer_;
};

TEST_F(CommandsTest, WhatIsKeptStandsInTheJournalWithWhoWhyAndWhen) {
  Sent& sent = Send(Known(CommandOf(Emits({UnitEvent("a"), UnitEvent("b")}), "CreateUnit"), "id"));
  ASSERT_TRUE(sent.Wait().ok());
  EXPECT_EQ(sent.answer, "revision 1 at 1700000000");
  const disk::EntryPayload entry = Entry(1);
  EXPECT_EQ(entry.actor(), "lead");
  EXPECT_EQ(entry.cause(), "CreateUnit");
  EXPECT_EQ(entry.time_us(), 1'700'000'000'000'000);
  ASSERT_EQ(entry.events_size(), 2);
  EXPECT_EQ(entry.events(1).unit_set().name(), "units/b");
  EXPECT_EQ(entry.request_key(), "key id");
  EXPECT_EQ(entry.request().fingerprint(), "print");
  EXPECT_EQ(entry.request().revision(), 1);
  EXPECT_EQ(entry.request().response(), sent.answer);
  EXPECT_EQ(store_->head().time, absl::FromUnixSeconds(1'700'000'000));
  EXPECT_TRUE(IsThere("a") && IsThere("b"));
}

TEST_F(CommandsTest, WithoutARequestIdNoneIsKept) {
  ASSERT_TRUE(Run(CommandOf(Emits({UnitEvent("a")}))).ok());
  EXPECT_FALSE(Entry(1).has_request());
  EXPECT_EQ(Entry(1).request_key(), "");
}

TEST_F(CommandsTest, ARefusedCommandLeavesNothing) {
  Sent& sent = Send(Known(CommandOf(Emits({UnitEvent("a")}, ShuttingDown())), "id"));
  EXPECT_EQ(ReasonOf(sent.Wait()), v1::ERROR_REASON_SHUTTING_DOWN);
  EXPECT_EQ(sent.answer, "") << "it has no revision to tell";
  EXPECT_EQ(store_->head().revision, 0u);
  EXPECT_FALSE(store_->GetOnce("key id")->has_value());
  EXPECT_FALSE(IsThere("a"));
  ASSERT_TRUE(Run(CommandOf(Emits({UnitEvent("b")}))).ok());
  EXPECT_EQ(store_->head().revision, 1u);
  EXPECT_FALSE(IsThere("a"));
}

TEST_F(CommandsTest, AnErrorOfTheStoreIsToldInOurWords) {
  const absl::Status status =
      Run(CommandOf([](Transaction&) -> absl::Status { return absl::DataLossError("block 7 is bad"); }));
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(MessageOf(status, "en"), ::testing::Not(HasSubstr("block 7")));
  EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_CORRUPTION);
  EXPECT_EQ(CauseOf(status), "block 7 is bad") << "for the operator";
}

TEST_F(CommandsTest, ATriedCommandAnswersWithoutARevisionAndLeavesNothing) {
  Sent& sent = Send(Dry(Known(CommandOf(Emits({ProfileEvent(1), TableEvent(TableNamed(kTable))})), "id")));
  ASSERT_TRUE(sent.Wait().ok());
  EXPECT_EQ(sent.answer, "revision 0 at 0");
  EXPECT_EQ(store_->head().revision, 0u);
  EXPECT_FALSE(store_->GetOnce("key id")->has_value());
  bool there = true;
  ASSERT_TRUE(Run(CommandOf([&](Transaction& txn) {
                there = txn.GetTable(NameOf(kTable)).ok() || txn.CompiledProfile("national", 1).ok();
                return absl::OkStatus();
              })).ok());
  EXPECT_FALSE(there);
}

TEST_F(CommandsTest, ACommandThatChangesNothingIsNoRevision) {
  Sent& sent = Send(CommandOf([](Transaction&) { return absl::OkStatus(); }));
  ASSERT_TRUE(sent.Wait().ok());
  EXPECT_EQ(sent.answer, "revision 0 at 0");
  EXPECT_EQ(store_->head().revision, 0u);
}

TEST_F(CommandsTest, InOneGroupEachSeesWhatTheKeptOnesBeforeItDid) {
  std::vector<std::string> seen;
  const auto looks = [&seen](Transaction& txn) {
    std::string units;
    for (const char* unit : {"kept", "refused", "tried", "later"}) {
      if (txn.reads().Exists(UnitKey(unit)).value_or(false)) absl::StrAppend(&units, unit, " ");
    }
    seen.push_back(units);
    return absl::OkStatus();
  };
  InOneGroup([&] {
    Send(CommandOf(Emits({UnitEvent("kept")})));
    Send(CommandOf(Emits({UnitEvent("refused")}, Overloaded())));
    Send(CommandOf(looks));
    Send(Dry(CommandOf(Emits({UnitEvent("tried")}))));
    Send(CommandOf(looks));
    Send(CommandOf(Emits({UnitEvent("later")})));
  });
  for (auto& sent : sent_) (void)sent->Wait();
  EXPECT_THAT(seen, ElementsAre("kept ", "kept "));
  EXPECT_EQ(sent_[1]->answer, "revision 2 at 1700000000");
  EXPECT_EQ(sent_[6]->answer, "revision 3 at 1700000000") << "numbers have no gaps";
  EXPECT_FALSE(IsThere("refused") || IsThere("tried"));
  EXPECT_TRUE(store_->VerifyJournal(nullptr).ok());
}

TEST_F(CommandsTest, InOneGroupARefusedTableIsForgotten) {
  ASSERT_TRUE(Run(CommandOf(Emits({ProfileEvent(1), TableEvent(TableNamed(kTable))}))).ok());
  const auto report = [](const std::string& id, const std::string& value) {
    return ReportEvent("sum", id, ReportOf(value, "2024-05-10", 3));
  };
  InOneGroup([&] {
    Send(CommandOf(Emits({report("3", "20")}, Overloaded())));
    Send(Dry(CommandOf(Emits({report("3", "10")}))));
    Send(CommandOf(Emits({report("3", "4")})));
  });
  for (size_t i = 1; i < sent_.size(); ++i) (void)sent_[i]->Wait();
  const TableView view = *At()->GetBoard(NameOf(kTable));
  EXPECT_EQ(view.board->cells[1].sum.ToString(), "4");
  EXPECT_EQ(At()->GetUnitBoard("u", 2024)->sums.weighted_total.ToString(), "100");
}

TEST_F(CommandsTest, ARepeatedRequestGetsItsFirstAnswerWhereverThatIs) {
  const auto request = [] { return Known(CommandOf(Emits({UnitEvent("a")})), "id"); };
  InOneGroup([&] {
    Send(request());
    Send(request());  // in the open group
  });
  EXPECT_TRUE(sent_[1]->Wait().ok());
  EXPECT_TRUE(sent_[2]->Wait().ok());
  EXPECT_EQ(sent_[2]->answer, "again revision 2 at 1700000000");
  clock_.Set(1'800'000'000);
  Sent& later = Send(request());  // on disk
  EXPECT_TRUE(later.Wait().ok());
  EXPECT_EQ(later.answer, "again revision 2 at 1700000000");
  Start();
  Sent& reopened = Send(request());
  EXPECT_TRUE(reopened.Wait().ok());
  EXPECT_EQ(reopened.answer, "again revision 2 at 1700000000");
  EXPECT_EQ(store_->head().revision, 2u);
}

TEST_F(CommandsTest, ARequestIdStandsForItsContent) {
  ASSERT_TRUE(Run(Known(CommandOf(Emits({UnitEvent("a")})), "id")).ok());
  const absl::Status other = Run(Known(CommandOf(Emits({UnitEvent("b")})), "id", "another print"));
  EXPECT_EQ(ReasonOf(other), v1::ERROR_REASON_REQUEST_ID_REUSED);
  EXPECT_FALSE(IsThere("b"));
  ASSERT_TRUE(Run(Known(CommandOf(Emits({UnitEvent("b")})), "id2")).ok());
  EXPECT_TRUE(IsThere("b")) << "another id";
}

// A store of the time when ids were everybody's kept them without a name, whoever sent them.
class OldIdsTest : public CommandsTest {
 protected:
  void SetUp() override {
    auto old = Known(CommandOf(Emits({UnitEvent("a")})), "id");  // by lead
    old->command->request_key = RequestKey("", "id");
    ASSERT_TRUE(Run(std::move(old)).ok());
    Start();
  }
};

TEST_F(OldIdsTest, WhoSentTheRequestThenGetsItsAnswer) {
  Sent& again = Send(KnownOf("lead", CommandOf(Emits({UnitEvent("a")})), "id"));
  EXPECT_TRUE(again.Wait().ok());
  EXPECT_EQ(again.answer, "again revision 1 at 1700000000");
  EXPECT_EQ(ReasonOf(Run(KnownOf("lead", CommandOf(Emits({UnitEvent("b")})), "id", "another print"))),
            v1::ERROR_REASON_REQUEST_ID_REUSED);
  EXPECT_EQ(store_->head().revision, 1u) << "nothing is recorded twice";
  EXPECT_FALSE(store_->GetOnce(RequestKey("lead", "id"))->has_value());
}

TEST_F(OldIdsTest, ForAnotherPersonItIsANewId) {
  const auto request = [] { return KnownOf("office", CommandOf(Emits({UnitEvent("b")})), "id", "other"); };
  Sent& first = Send(request());
  EXPECT_TRUE(first.Wait().ok());
  EXPECT_EQ(first.answer, "revision 2 at 1700000000");
  EXPECT_TRUE(IsThere("b"));
  Sent& again = Send(request());
  EXPECT_TRUE(again.Wait().ok());
  EXPECT_EQ(again.answer, "again revision 2 at 1700000000");
  Sent& lead = Send(KnownOf("lead", CommandOf(Emits({UnitEvent("a")})), "id"));
  EXPECT_TRUE(lead.Wait().ok());
  EXPECT_EQ(lead.answer, "again revision 1 at 1700000000") << "what was kept then stays";
  EXPECT_EQ(store_->head().revision, 2u);
}

TEST_F(CommandsTest, ARefusedOrTriedRequestMayBeSentAgain) {
  EXPECT_FALSE(Run(Known(CommandOf(Emits({UnitEvent("a")}, Overloaded())), "id")).ok());
  EXPECT_TRUE(Run(Dry(Known(CommandOf(Emits({UnitEvent("a")})), "id"))).ok());
  Sent& sent = Send(Known(CommandOf(Emits({UnitEvent("a")})), "id"));
  ASSERT_TRUE(sent.Wait().ok());
  EXPECT_EQ(sent.answer, "revision 1 at 1700000000");
}

TEST_F(CommandsTest, AnAnswerThatFollowsFromItsRevisionIsNotKept) {
  const auto request = [this](const std::string& id, bool keep) {
    auto sent = Known(CommandOf(Emits({UnitEvent(id)})), id);
    sent->command->keeps_answer = keep;
    Sent& running = Send(std::move(sent));
    EXPECT_TRUE(running.Wait().ok());
    return running.answer;
  };
  request("a", false);
  EXPECT_EQ(Entry(1).request().response(), "");
  EXPECT_EQ(request("a", false), "revision 1 at 1700000000");
  request("b", true);
  EXPECT_EQ(Entry(2).request().response(), "revision 2 at 1700000000");
  EXPECT_EQ(request("b", true), "again revision 2 at 1700000000");
}

// Between the two the rules became stricter: a newer program would not do now what is recorded.
class StricterTest : public CommandsTest {
 protected:
  void SetUp() override {
    ASSERT_TRUE(Run(Request(Emits({UnitEvent("a")}))).ok());
    clock_.Set(1'800'000'000);
  }
  // The answer is not kept: it is made again from its revision.
  static std::unique_ptr<Sent> Request(Body body) {
    auto sent = Known(CommandOf(std::move(body)), "id");
    sent->command->keeps_answer = false;
    return sent;
  }
};

TEST_F(StricterTest, WhatIsRecordedIsNotToldAsRefused) {
  std::vector<std::string> restored;
  auto refused = Request(Emits({UnitEvent("a")}, Overloaded()));
  refused->command->restore = [&restored](const std::string& bytes) {
    restored.push_back(bytes);
    return true;
  };
  Sent& again = Send(std::move(refused));
  EXPECT_TRUE(again.Wait().ok());
  EXPECT_THAT(restored, ElementsAre("")) << "what the refused step left in the answer is taken out";
  EXPECT_EQ(again.answer, "revision 1 at 1700000000") << "the commit, as it was";
  EXPECT_EQ(store_->head().revision, 1u);
}

TEST_F(StricterTest, NorIsWhatOnlyNamedPeopleMayDoNow) {
  v1::CallRule named;
  named.set_signed_(true);
  const auto nameless = [&named](std::unique_ptr<Sent> sent) {
    sent->command->caller.actor.clear();
    sent->command->rule = &named;
    return sent;
  };
  EXPECT_EQ(ReasonOf(Run(nameless(CommandOf(Emits({UnitEvent("b")}))))), v1::ERROR_REASON_ACTOR_REQUIRED);
  Sent& again = Send(nameless(Request(Emits({UnitEvent("a")}))));
  EXPECT_TRUE(again.Wait().ok());
  EXPECT_EQ(again.answer, "revision 1 at 1700000000");
}

TEST_F(StricterTest, WhatTheStoreCannotReadIsNoRefusal) {
  const absl::Status lost =
      Run(Request([](Transaction&) -> absl::Status { return absl::DataLossError("block 7 is bad"); }));
  EXPECT_EQ(ReasonOf(lost), v1::ERROR_REASON_CORRUPTION) << lost;
}

TEST_F(StricterTest, AnAnswerThatIsKeptComesAsAWhole) {
  ASSERT_TRUE(Run(Known(CommandOf(Emits({UnitEvent("b")})), "kept")).ok());
  Sent& again = Send(Known(CommandOf(Emits({UnitEvent("b")}, Overloaded())), "kept"));
  EXPECT_TRUE(again.Wait().ok());
  EXPECT_EQ(again.answer, "again revision 2 at 1800000000");
}

TEST_F(CommandsTest, AnAnswerThatDoesNotParseIsDamage) {
  auto first = Known(CommandOf(Emits({UnitEvent("a")})), "id");
  first->command->serialize = [] { return std::string("broken"); };
  ASSERT_TRUE(Run(std::move(first)).ok());
  EXPECT_EQ(Run(Known(CommandOf(Emits({UnitEvent("a")})), "id")).code(), absl::StatusCode::kDataLoss);
}

TEST_F(CommandsTest, RecordedTimeNeverGoesBack) {
  const auto time = [this](int64_t seconds) {
    clock_.Set(seconds);
    Sent& sent = Send(CommandOf(Emits({UnitEvent("a")})));
    EXPECT_TRUE(sent.Wait().ok());
    return sent.answer.substr(sent.answer.find("at ") + 3);
  };
  EXPECT_EQ(time(2000), "2000");
  EXPECT_EQ(time(1000), "2000");
  EXPECT_EQ(time(2001), "2001");
  Start();
  EXPECT_EQ(time(1500), "2001") << "not after a restart either";
  EXPECT_EQ(Entry(4).time_us(), 2'001'000'000);
}

TEST_F(CommandsTest, AsManyWaitAsMayAndNoMore) {
  Start(/*max_waiting=*/2);
  InOneGroup([&] {
    Send(CommandOf(Emits({UnitEvent("a")})));
    Sent& b = Send(CommandOf(Emits({UnitEvent("b")})));
    Sent& c = Send(CommandOf(Emits({UnitEvent("c")})));
    EXPECT_TRUE(c.answered());
    EXPECT_EQ(ReasonOf(c.Wait()), v1::ERROR_REASON_OVERLOADED);
    EXPECT_FALSE(b.answered());
  });
  EXPECT_TRUE(sent_[1]->Wait().ok());
  EXPECT_TRUE(sent_[2]->Wait().ok());
  EXPECT_TRUE(Run(CommandOf(Emits({UnitEvent("d")}))).ok());
  EXPECT_FALSE(IsThere("c"));
}

TEST_F(CommandsTest, AfterTheEndNothingIsTaken) {
  gate_.Close();
  Sent& last = Send(CommandOf(Emits({UnitEvent("a")})));
  gate_.AwaitCommits(1);
  std::thread stopper([this] { committer_->Shutdown(); });
  gate_.Open();
  stopper.join();
  EXPECT_TRUE(last.answered());
  EXPECT_TRUE(last.Wait().ok());
  EXPECT_EQ(ReasonOf(Run(CommandOf(Emits({UnitEvent("b")})))), v1::ERROR_REASON_SHUTTING_DOWN);
  committer_->Shutdown();
}

TEST_F(CommandsTest, ListenersHearOfEachGroupWhatItMovedAndThatItWasAnswered) {
  ASSERT_TRUE(Run(CommandOf(Emits({UnitEvent("a")}))).ok());
  EXPECT_FALSE(Run(CommandOf(Emits({UnitEvent("b")}, Overloaded()))).ok());
  listener_.Want();
  ASSERT_TRUE(Run(CommandOf(Emits({ProfileEvent(1), TableEvent(TableNamed(kTable)),
                                   TableEvent(TableNamed("units/u/tables/x"))})))
                  .ok());
  ASSERT_TRUE(Run(CommandOf(Emits({UnitEvent("c")}))).ok());
  committer_->Shutdown();
  EXPECT_EQ(listener_.heard(), "1 ! 0 2/2 ! 3/0 ! ");
}

TEST_F(CommandsTest, AFailedGroupIsToldAsUnavailableToAllOfIt) {
  gate_.Close();
  Send(CommandOf(Emits({UnitEvent("a")})));
  gate_.AwaitCommits(1);
  gate_.Fail();
  EXPECT_EQ(sent_[0]->Wait().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(Run(CommandOf(Emits({UnitEvent("b")}))).code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(Run(Dry(CommandOf(Emits({UnitEvent("b")})))).code(), absl::StatusCode::kUnavailable);
  committer_->Shutdown();
  EXPECT_EQ(failures_.size(), 1u);
  EXPECT_EQ(listener_.heard(), "0 ") << "nobody is told of a group that is not there";
}

TEST_F(CommandsTest, BulkGoesBehindTheOthersThatWaitWithItAndStaysInItsOrder) {
  std::vector<std::string> order;
  const auto send = [&](const std::string& name, bool bulk, size_t bytes) {
    auto sent = CommandOf([&order, name](Transaction&) {
      order.push_back(name);
      return absl::OkStatus();
    });
    sent->command->bulk = bulk;
    sent->command->bytes = bytes;
    Send(std::move(sent));
  };
  InOneGroup([&] {
    send("bulk 1", true, 50);
    send("a", false, 50);
    send("bulk 2", true, 50'000);
    send("bulk 3", true, 50);
    send("b", false, 50);
  });
  for (auto& sent : sent_) (void)sent->Wait();
  EXPECT_THAT(order, ElementsAre("a", "b", "bulk 1", "bulk 2", "bulk 3"));
}

TEST_F(CommandsTest, BulkHasItsTurnHoweverManyOthersWait) {
  constexpr int kOthers = 1100;  // more than two groups of them
  Start(/*max_waiting=*/2 * kOthers);
  int done = 0, bulk_at = -1, last = 0;
  InOneGroup([&] {
    auto bulk = CommandOf([&](Transaction&) {
      bulk_at = done++;
      return absl::OkStatus();
    });
    bulk->command->bulk = true;
    Send(std::move(bulk));
    for (int i = 0; i < kOthers; ++i) {
      Send(CommandOf([&, i](Transaction&) {
        EXPECT_EQ(i, last++) << "in order of arrival";
        ++done;
        return absl::OkStatus();
      }));
    }
  });
  for (auto& sent : sent_) EXPECT_TRUE(sent->Wait().ok());
  EXPECT_EQ(bulk_at, 1024) << "the others of one group go alone, those of the second with it";
}

TEST_F(CommandsTest, ReportsOfOneCommandHaveNumbersForEachRow) {
  std::vector<std::string> ids;
  ASSERT_TRUE(Run(CommandOf([&](Transaction& txn) {
                for (const char* row : {"i1", "i1", "i2", "i1"})
                  ids.push_back(txn.NextActualId(row).ToString());
                EXPECT_EQ(txn.event_count(), 0u);
                return absl::OkStatus();
              })).ok());
  EXPECT_THAT(ids, ElementsAre("1", "1-2", "1", "1-3"));
}

TEST_F(CommandsTest, AnEventThatDoesNotFitIsNotRecorded) {
  size_t count = 9;
  EXPECT_FALSE(Run(CommandOf([&](Transaction& txn) {
                 const absl::Status status = txn.Emit(disk::Event());
                 count = txn.event_count();
                 return status;
               })).ok());
  EXPECT_EQ(count, 0u);
}

// --- rehearsals ---

class RehearsalTest : public CommandsTest {
 protected:
  absl::Status Rehearsed(Body body) {
    auto sent = CommandOf(std::move(body));
    const absl::Status status = Rehearse(*sent->command, *store_, clock_, 1 << 20);
    answer_ = sent->answer;
    return status;
  }
  static disk::Event Draft(const std::string& id, const std::string& goal) {
    disk::TableState table = TableNamed("units/u/tables/" + id, v1::TABLE_STATE_DRAFT);
    table.set_goal(goal);
    return TableEvent(table);
  }
  static std::string Heads(Transaction& txn) {
    std::string text;
    EXPECT_TRUE(txn.reads()
                    .ForEachTable("u",
                                  [&](const ResourceName& name, const Found<disk::TableState>& table) {
                                    absl::StrAppend(&text, name.table, "=", table.state.goal(), " ");
                                    return true;
                                  })
                    .ok());
    return text;
  }

  std::string answer_;
};

TEST_F(RehearsalTest, SeesItsOwnWritesAmongThoseThatAreThereEachOnce) {
  ASSERT_TRUE(
      Run(CommandOf(Emits({ProfileEvent(1), Draft("b", "old"), Draft("d", "old"), Draft("f", "old")}))).ok());
  std::string heads;
  ASSERT_TRUE(Rehearsed([&](Transaction& txn) {
                for (const char* id : {"a", "d", "e", "g"}) EXPECT_TRUE(txn.Emit(Draft(id, "new")).ok());
                heads = Heads(txn);
                EXPECT_EQ((*txn.GetTable(NameOf("units/u/tables/d")))->model->state.goal(), "new");
                EXPECT_EQ(txn.revision(), 2u);
                return absl::OkStatus();
              }).ok());
  EXPECT_EQ(heads, "a=new b=old d=new e=new f=old g=new ");
  EXPECT_EQ(answer_, "revision 0 at 0");
  EXPECT_EQ(store_->head().revision, 1u);
  ASSERT_TRUE(Rehearsed([&](Transaction& txn) {
                heads = Heads(txn);
                return absl::OkStatus();
              }).ok());
  EXPECT_EQ(heads, "b=old d=old f=old ");
}

TEST_F(RehearsalTest, AScanEndsWhereItsReaderHasEnough) {
  ASSERT_TRUE(Run(CommandOf(Emits({UnitEvent("b", "同名"), UnitEvent("d", "同名")}))).ok());
  const auto named = [this](std::vector<disk::Event> events) {
    std::string id;
    EXPECT_TRUE(Rehearsed([&](Transaction& txn) {
                  for (const disk::Event& event : events) EXPECT_TRUE(txn.Emit(event).ok());
                  return txn.reads().ForEachUnit(
                      [&](const std::string& unit, const Found<disk::UnitState>& found) {
                        if (found.state.display_name() != "同名") return true;
                        id = unit;
                        return false;
                      });
                }).ok());
    return id;
  };
  EXPECT_EQ(named({}), "b");
  EXPECT_EQ(named({UnitEvent("a", "同名"), UnitEvent("c", "同名")}), "a");
  EXPECT_EQ(named({UnitEvent("b", "别名")}), "d");
  EXPECT_EQ(named({UnitEvent("b", "别名"), UnitEvent("d", "别名"), UnitEvent("e", "同名")}), "e");
}

TEST_F(RehearsalTest, FindsWhatItWroteAndWhatWasThere) {
  ASSERT_TRUE(Run(CommandOf(Emits({UnitEvent("a", "old"), UnitEvent("b", "old")}))).ok());
  std::string found;
  ASSERT_TRUE(Rehearsed([&](Transaction& txn) {
                for (const char* unit : {"b", "c"}) EXPECT_TRUE(txn.Emit(UnitEvent(unit, "new")).ok());
                for (const char* unit : {"a", "b", "c", "d"}) {
                  const auto state = RequireUnit(txn.reads(), unit);
                  absl::StrAppend(
                      &found, unit, "=",
                      state.ok() ? absl::StrCat(state->state.display_name(), "@", state->revision) : "none",
                      " ");
                }
                return absl::OkStatus();
              }).ok());
  EXPECT_EQ(found, "a=old@1 b=new@2 c=new@2 d=none ");
  EXPECT_FALSE(IsThere("c"));
}

TEST_F(RehearsalTest, IsOfTheNextRevisionAndNoEarlierTime) {
  clock_.Set(2000);
  ASSERT_TRUE(Run(CommandOf(Emits({UnitEvent("a")}))).ok());
  clock_.Set(1000);
  int64_t time_us = 0;
  ASSERT_TRUE(Rehearsed([&](Transaction& txn) {
                time_us = txn.time_us();
                EXPECT_EQ(txn.caller().actor, "lead");
                return absl::OkStatus();
              }).ok());
  EXPECT_EQ(time_us, 2'000'000'000);
  clock_.Set(3000);
  ASSERT_TRUE(Rehearsed([&](Transaction& txn) {
                time_us = txn.time_us();
                return absl::OkStatus();
              }).ok());
  EXPECT_EQ(time_us, 3'000'000'000);
}

TEST_F(RehearsalTest, ARefusalIsToldAndHasNoStamp) {
  EXPECT_EQ(ReasonOf(Rehearsed(Emits({UnitEvent("a")}, Overloaded()))), v1::ERROR_REASON_OVERLOADED);
  EXPECT_EQ(answer_, "");
}

// --- preparing ---

class PreparerTest : public CommandsTest {
 protected:
  void StartPreparer(size_t max_waiting = 10) {
    PreparerOptions options;
    options.store = store_.get();
    options.clock = &clock_;
    options.workspace_bytes = 1 << 20;
    options.threads = 1;
    options.max_waiting = max_waiting;
    preparer_ = std::make_unique<Preparer>(options, committer_.get());
  }
  ~PreparerTest() override { preparer_.reset(); }
  Sent& Prepare(
      std::unique_ptr<Sent> sent, std::function<void()> prepare = [] {}) {
    sent->command->prepare = std::move(prepare);
    sent_.push_back(std::move(sent));
    preparer_->Submit(std::move(sent_.back()->command));
    return *sent_.back();
  }
  // Keeps the only thread busy until the end of `meanwhile`.
  void WhileBusy(const std::function<void()>& meanwhile) {
    std::promise<void> began, go_on;
    Prepare(CommandOf(Emits({UnitEvent("busy")})), [&] {
      began.set_value();
      go_on.get_future().wait();
    });
    ASSERT_EQ(began.get_future().wait_for(std::chrono::seconds(60)), std::future_status::ready);
    meanwhile();
    go_on.set_value();
    EXPECT_TRUE(sent_[0]->Wait().ok()) << "what is being prepared is carried out";
  }

  std::unique_ptr<Preparer> preparer_;
};

TEST_F(PreparerTest, PreparesBeforeTheCommandIsDecided) {
  StartPreparer();
  std::vector<std::string> steps;
  Sent& sent = Prepare(CommandOf([&](Transaction& txn) {
                         steps.push_back("run");
                         return txn.Emit(UnitEvent("a"));
                       }),
                       [&] { steps.push_back("prepare"); });
  ASSERT_TRUE(sent.Wait().ok());
  EXPECT_THAT(steps, ElementsAre("prepare", "run"));
  EXPECT_TRUE(IsThere("a"));
}

TEST_F(PreparerTest, WhatIsOnlyTriedNeverWaitsForTheCommitter) {
  StartPreparer();
  gate_.Close();
  Send(CommandOf(Emits({UnitEvent("a")})));
  gate_.AwaitCommits(1);
  Sent& sent = Prepare(Dry(CommandOf(Emits({UnitEvent("b")}))));
  EXPECT_TRUE(sent.Wait().ok());
  EXPECT_EQ(sent.answer, "revision 0 at 0");
  Sent& unknown = Prepare(Dry(Known(CommandOf(Emits({UnitEvent("b")})), "new")));
  EXPECT_TRUE(unknown.Wait().ok());
  EXPECT_EQ(unknown.answer, "revision 0 at 0");
  EXPECT_FALSE(sent_[0]->answered());
}

TEST_F(PreparerTest, ATriedRequestWhoseIdIsKnownGetsThatAnswer) {
  StartPreparer();
  ASSERT_TRUE(Run(Known(CommandOf(Emits({UnitEvent("a")})), "id")).ok());
  Sent& sent = Prepare(Dry(Known(CommandOf(Emits({UnitEvent("a")})), "id")));
  ASSERT_TRUE(sent.Wait().ok());
  EXPECT_EQ(sent.answer, "again revision 1 at 1700000000");
  EXPECT_EQ(ReasonOf(Prepare(Dry(Known(CommandOf(Emits({UnitEvent("b")})), "id", "other"))).Wait()),
            v1::ERROR_REASON_REQUEST_ID_REUSED);
}

TEST_F(PreparerTest, AsManyWaitAsMayAndNoMore) {
  StartPreparer(/*max_waiting=*/1);
  WhileBusy([&] {
    Sent& waits = Prepare(CommandOf(Emits({UnitEvent("a")})));
    Sent& refused = Prepare(CommandOf(Emits({UnitEvent("b")})));
    EXPECT_TRUE(refused.answered());
    EXPECT_EQ(ReasonOf(refused.Wait()), v1::ERROR_REASON_OVERLOADED);
    EXPECT_FALSE(waits.answered());
  });
  EXPECT_TRUE(sent_[1]->Wait().ok());
  EXPECT_FALSE(IsThere("b"));
}

TEST_F(PreparerTest, AtTheEndWhatWaitsIsRefusedAndWhatIsBeingPreparedIsCarriedOut) {
  StartPreparer();
  std::thread stopper;
  WhileBusy([&] {
    Sent& waits = Prepare(CommandOf(Emits({UnitEvent("a")})));
    stopper = std::thread([this] { preparer_->Shutdown(); });
    EXPECT_EQ(ReasonOf(waits.Wait()), v1::ERROR_REASON_SHUTTING_DOWN);
  });
  stopper.join();
  EXPECT_TRUE(IsThere("busy"));
  EXPECT_FALSE(IsThere("a"));
  EXPECT_EQ(ReasonOf(Prepare(CommandOf(Emits({UnitEvent("b")}))).Wait()), v1::ERROR_REASON_SHUTTING_DOWN);
}

}  // namespace
}  // namespace attain::engine
