// kill -9 of the real server under load, again and again: everything acknowledged is there, nothing is
// half-applied, retries give the first answer, the hash chain is intact (architecture, invariant 7).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/random/random.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "service/state/rebuild.h"
#include "storage/rocksdb/open.h"
#include "tests/robustness/writers.h"
#include "tests/support/api.h"
#include "tests/support/scratch.h"
#include "tests/support/server_process.h"

namespace attain::testing {
namespace {

constexpr int kKills = 50;

std::unique_ptr<ServerProcess> StartOrDie(const std::string& directory) {
  absl::StatusOr<std::unique_ptr<ServerProcess>> server = ServerProcess::Start(directory);
  if (!server.ok()) ADD_FAILURE() << server.status();
  return server.ok() ? *std::move(server) : nullptr;
}

std::unique_ptr<storage::Store> OpenStopped(const std::string& directory) {
  storage::RocksStoreOptions options;
  options.directory = directory;
  absl::StatusOr<std::unique_ptr<storage::Store>> store = storage::OpenRocksStore(options);
  if (!store.ok()) ADD_FAILURE() << store.status();
  return store.ok() ? *std::move(store) : nullptr;
}

int64_t NewestRevision(const std::vector<std::unique_ptr<Writer>>& writers) {
  int64_t newest = 0;
  for (const auto& writer : writers) {
    for (const Answer& answer : writer->answers()) newest = std::max(newest, answer.revision);
  }
  return newest;
}

// Points as hundredths; "" = 0.
int64_t Hundredths(const std::string& points) {
  if (points.empty()) return 0;
  int64_t number = 0;
  EXPECT_TRUE(absl::SimpleAtoi(absl::StrReplaceAll(points, {{".", ""}}), &number)) << points;
  EXPECT_EQ(points.size() - points.find('.'), 3u) << points;
  return number;
}

// The board agrees with itself and with a computation from scratch.
void CheckBoard(const Api& api, int table) {
  v1::ExplainScoreRequest request;
  request.set_name(absl::StrCat("units/u/tables/p", table));
  v1::ExplainScoreResponse explained;
  const grpc::Status status =
      Call(api.scoring.get(), &v1::ScoringService::Stub::ExplainScore, request, &explained);
  ASSERT_TRUE(status.ok()) << status.error_message();
  const v1::Score score = api.GetScore(request.name());
  EXPECT_EQ(score.SerializeAsString(), explained.score().SerializeAsString());
  EXPECT_EQ(explained.explanation().result(), score.score());
  int64_t sum = 0;
  for (const v1::IndicatorScore& row : score.indicators()) sum += Hundredths(row.score());
  EXPECT_EQ(sum, Hundredths(score.indicator_points())) << request.name();
}

// The newest acknowledged report of each indicator is the one that counts.
void CheckNewest(const Api& api, const Writer& writer) {
  if (writer.answers().empty()) return;
  const Answer& newest = writer.answers().back();
  for (const Fact& fact : newest.facts) {
    const std::string indicator = fact.name.substr(0, fact.name.find("/actuals/"));
    const v1::Score score = api.GetScore(indicator);
    ASSERT_EQ(score.indicators_size(), 1);
    EXPECT_EQ(score.indicators(0).revision(), newest.revision) << indicator;
    const std::vector<std::string> words = absl::StrSplit(score.indicators(0).actual(), ' ');
    EXPECT_EQ(absl::StripSuffix(words[0], "%"), fact.value) << indicator;
  }
}

// Exactly the acknowledged reports are stored, with their values.
void CheckAll(const Api& api, const std::vector<std::unique_ptr<Writer>>& writers) {
  std::map<std::string, std::string> stored;
  for (int table = 1; table <= 5; ++table) {
    for (const v1::Actual& actual :
         api.ListActuals(absl::StrCat("units/u/tables/p", table, "/indicators/-"))) {
      EXPECT_TRUE(stored.emplace(actual.name(), actual.report().value()).second)
          << "twice: " << actual.name();
    }
  }
  size_t facts = 0;
  for (const auto& writer : writers) {
    for (const Answer& answer : writer->answers()) {
      for (const Fact& fact : answer.facts) {
        ++facts;
        EXPECT_EQ(stored[fact.name], fact.value) << fact.name;
      }
    }
  }
  EXPECT_EQ(stored.size(), facts) << "nothing is there that was not acknowledged or repeated";
}

size_t Answers(const std::vector<std::unique_ptr<Writer>>& writers) {
  size_t answers = 0;
  for (const auto& writer : writers) answers += writer->answers().size();
  return answers;
}

// Lets all writers write until some number of answers has come, then kills the server in the middle of the
// next ones.
void WriteAndKill(ServerProcess* server, const std::vector<std::unique_ptr<Writer>>& writers,
                  absl::BitGen* random) {
  Acknowledged acknowledged;
  std::vector<std::thread> threads;
  for (const auto& writer : writers) {
    threads.emplace_back([&, writer = writer.get(), address = server->address()] {
      writer->Run(Api(Connect(address)), &acknowledged);
    });
  }
  const bool written = acknowledged.WaitFor(absl::Uniform(*random, 0, 400), absl::Seconds(30));
  // Somewhere inside a commit, not always right behind an answer.
  acknowledged.WaitFor(1 << 30, absl::Microseconds(absl::Uniform(*random, 0, 3000)));
  server->Kill();
  for (std::thread& thread : threads) thread.join();
  EXPECT_TRUE(written) << "the server has stopped answering";
}

// The journal of a stopped directory: the chain is intact and nothing acknowledged is missing.
void CheckStopped(const std::string& directory, int64_t newest_acknowledged) {
  const std::unique_ptr<storage::Store> store = OpenStopped(directory);
  ASSERT_NE(store, nullptr);
  const absl::Status intact = store->VerifyJournal(nullptr);
  EXPECT_TRUE(intact.ok()) << intact;
  EXPECT_GE(static_cast<int64_t>(store->head().revision), newest_acknowledged);
}

TEST(KillTest, EverythingAcknowledgedSurvivesFiftyKills) {
  absl::BitGen random;
  ScratchDirectory scratch;
  const std::string directory = scratch / "data";
  const absl::Time start = absl::Now();
  std::unique_ptr<ServerProcess> server = StartOrDie(directory);
  ASSERT_NE(server, nullptr);
  ASSERT_TRUE(Api(Connect(server->address())).ImportSample().ok());
  const int64_t base = Api(Connect(server->address())).GetServerInfo().revision();
  const std::vector<std::unique_ptr<Writer>> writers = MakeWriters();
  absl::Duration slowest;
  int kills = 0;
  for (; kills < kKills && !HasFailure(); ++kills) {
    WriteAndKill(server.get(), writers, &random);
    // Sometimes the server itself recovers from the kill, sometimes it is killed in its recovery, sometimes
    // the audit reads first.
    if (kills % 5 == 4)
      ServerProcess::StartAndKill(directory, absl::Milliseconds(absl::Uniform(random, 1, 60)));
    if (kills % 2 == 1) CheckStopped(directory, NewestRevision(writers));
    const absl::Time restart = absl::Now();
    server = StartOrDie(directory);
    ASSERT_NE(server, nullptr);
    slowest = std::max(slowest, absl::Now() - restart);
    const Api api(Connect(server->address()));
    EXPECT_GE(api.GetServerInfo().revision(), NewestRevision(writers));
    for (const auto& writer : writers) writer->Settle(api, &random);
    EXPECT_EQ(api.GetServerInfo().revision(), base + static_cast<int64_t>(Answers(writers)))
        << "one revision per answer, no gaps";
    for (int table = 1; table <= 5; ++table) CheckBoard(api, table);
    for (const auto& writer : writers) CheckNewest(api, *writer);
  }
  CheckAll(Api(Connect(server->address())), writers);
  EXPECT_EQ(server->Terminate().code, 0);

  const std::unique_ptr<storage::Store> store = OpenStopped(directory),
                                        rebuilt = OpenStopped(scratch / "rebuilt");
  ASSERT_TRUE(store != nullptr && rebuilt != nullptr);
  EXPECT_TRUE(store->VerifyJournal(nullptr).ok());
  const absl::Status same = engine::Rebuild(*store, rebuilt.get());
  EXPECT_TRUE(same.ok()) << same;
  EXPECT_EQ(*store->ContentDigest(), *rebuilt->ContentDigest())
      << "the state is what the journal gives from scratch";
  std::printf("%d kills, %zu answers, %llu revisions, slowest restart %s, %s\n", kills, Answers(writers),
              static_cast<unsigned long long>(store->head().revision), absl::FormatDuration(slowest).c_str(),
              absl::FormatDuration(absl::Now() - start).c_str());
}

}  // namespace
}  // namespace attain::testing
