// Watches under load that are interrupted again and again, by their client, by a restart and by kill -9 at
// random moments: nothing is missed, nothing comes twice, and the end is a fresh read. ATTAIN_INTERRUPTIONS
// sets how many (short form: 200).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/random/random.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "tests/robustness/writers.h"
#include "tests/support/api.h"
#include "tests/support/scratch.h"
#include "tests/support/server_process.h"
#include "tests/support/watch.h"

namespace attain::testing {
namespace {

int Interruptions() {
  int number = 200;
  const char* set = std::getenv("ATTAIN_INTERRUPTIONS");
  if (set != nullptr && !absl::SimpleAtoi(set, &number)) number = 0;
  return number;
}

// A client that follows everything of the unit over one stream after the other. Its thread runs while the
// server does.
class Follower {
 public:
  Follower(v1::WatchMode mode, int interval_ms) : request_(WatchOf({"units/u/**"})) {
    request_.set_mode(mode);
    request_.set_interval_ms(interval_ms);
    request_.set_snapshot(true);
  }

  // Reads until `end` was heard of (0 = for ever) or the server has gone; cuts its own stream now and then.
  void Run(const std::shared_ptr<grpc::Channel>& channel, int64_t end, int* interruptions) {
    while (end == 0 || mirror_.revision < end || !complete_) {
      v1::WatchRequest request = request_;
      if (!mirror_.token.empty()) request.set_resume_token(mirror_.token);
      WatchStream stream(channel, request);
      int64_t left = end != 0 ? -1 : absl::LogUniform<int64_t>(random_, 1, 400);
      v1::WatchResponse response;
      bool any = false;
      while (left != 0 && (end == 0 || mirror_.revision < end || !complete_) && stream.Read(&response)) {
        any = true;
        --left;
        Take(response);
      }
      if (left == 0) ++*interruptions;
      stream.Cancel();
      const grpc::Status status = stream.Finish();
      if (!any && status.error_code() == grpc::StatusCode::UNAVAILABLE) return;
      if (status.error_code() == grpc::StatusCode::INVALID_ARGUMENT) {
        mirror_.faults.push_back(status.error_message());
        return;
      }
    }
  }

  const WatchMirror& mirror() const { return mirror_; }
  int64_t first() const { return first_; }

 private:
  void Take(const v1::WatchResponse& response) {
    if (response.has_created() && complete_ && response.created().revision() != mirror_.revision) {
      mirror_.faults.push_back(
          absl::StrCat("goes on at ", response.created().revision(), " instead of ", mirror_.revision));
    }
    if (response.has_reset() && complete_) mirror_.faults.emplace_back("a reset without a reason");
    mirror_.Apply(response);
    if (response.has_snapshot_end()) {
      complete_ = true;
      first_ = mirror_.revision;
    }
  }

  v1::WatchRequest request_;
  WatchMirror mirror_;
  absl::BitGen random_;
  bool complete_ = false;
  int64_t first_ = 0;  // revision of the snapshot
};

TEST(WatchResume, NothingIsMissedOrDoubledWhateverBreaks) {
  const int wanted = Interruptions();
  ASSERT_GT(wanted, 0);
  absl::BitGen random;
  ScratchDirectory scratch;
  std::vector<std::unique_ptr<Writer>> writers = MakeWriters();
  Follower every(v1::WATCH_MODE_EVERY_CHANGE, 0), latest(v1::WATCH_MODE_LATEST_STATE, 50);
  const std::vector<Follower*> followers = {&every, &latest};
  int cut = 0, restarts = 0, kills = 0;
  for (int round = 0; cut + restarts + kills < wanted || restarts + kills < wanted / 4; ++round) {
    absl::StatusOr<std::unique_ptr<ServerProcess>> server =
        ServerProcess::Start(scratch / "data", {"--watch-ring-mib=1"});
    ASSERT_TRUE(server.ok()) << server.status();
    const Api api(Connect((*server)->address()));
    if (round == 0) {
      ASSERT_TRUE(api.ImportSample().ok());
    }
    for (const auto& writer : writers) writer->Settle(api, &random);
    Acknowledged acknowledged;
    std::vector<int> cuts(followers.size());
    std::vector<std::thread> threads;
    for (const auto& writer : writers) {
      threads.emplace_back([&] { writer->Run(Api(Connect((*server)->address())), &acknowledged); });
    }
    for (size_t i = 0; i < followers.size(); ++i) {
      threads.emplace_back([&, i] { followers[i]->Run(Connect((*server)->address()), 0, &cuts[i]); });
    }
    EXPECT_TRUE(acknowledged.WaitFor(absl::Uniform(random, 20, 400), absl::Seconds(30)));
    if (round % 3 == 0) {
      (*server)->Signal(SIGTERM);
      EXPECT_EQ((*server)->Wait().code, 0);
      ++restarts;
    } else {
      (*server)->Kill();
      ++kills;
    }
    for (std::thread& thread : threads) thread.join();
    for (const int more : cuts) cut += more;
  }
  absl::StatusOr<std::unique_ptr<ServerProcess>> server = ServerProcess::Start(scratch / "data");
  ASSERT_TRUE(server.ok()) << server.status();
  const Api api(Connect((*server)->address()));
  for (const auto& writer : writers) writer->Settle(api, &random);
  const int64_t head = api.GetServerInfo().revision();
  const WatchMirror fresh = FreshRead(api, head);
  for (Follower* follower : followers) {
    int more = 0;
    follower->Run(api.channel, head, &more);
    const WatchMirror& mirror = follower->mirror();
    EXPECT_THAT(mirror.faults, ::testing::IsEmpty());
    EXPECT_THAT(Differences(mirror, fresh), ::testing::IsEmpty());
  }
  // Every revision since the snapshot moved something in the unit: the list has no gap.
  std::vector<int64_t> all;
  for (int64_t revision = every.first() + 1; revision <= head; ++revision) all.push_back(revision);
  EXPECT_EQ(every.mirror().revisions, all);
  const std::vector<int64_t>& heard = every.mirror().revisions;
  const std::set<int64_t> each(heard.begin(), heard.end());
  std::printf(
      "%d interruptions: %d by the client, %d restarts, %d kills; %zu revisions, %zu missed, %zu twice\n",
      cut + restarts + kills, cut, restarts, kills, all.size(), all.size() - each.size(),
      heard.size() - each.size());
}

}  // namespace
}  // namespace attain::testing
