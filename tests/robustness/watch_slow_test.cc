// Watchers that do not read, that come and go and that die: they cost bounded memory, are cut off in the end,
// and neither writers nor other watchers notice.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "tests/support/api.h"
#include "tests/support/scratch.h"
#include "tests/support/server_process.h"
#include "tests/support/watch.h"

namespace attain::testing {
namespace {

constexpr int64_t kRingMib = 4;

int64_t Descriptors(pid_t pid) {
  return std::distance(std::filesystem::directory_iterator(absl::StrCat("/proc/", pid, "/fd")), {});
}

// User and system time of a process so far, in clock ticks.
int64_t CpuTicks(pid_t pid) {
  std::ifstream file(absl::StrCat("/proc/", pid, "/stat"));
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  const std::vector<std::string> fields = absl::StrSplit(text.substr(text.rfind(')') + 2), ' ');
  int64_t user = 0, system = 0;
  if (!absl::SimpleAtoi(fields[11], &user) || !absl::SimpleAtoi(fields[12], &system)) std::abort();
  return user + system;
}

class WatchSlowTest : public ::testing::Test {
 protected:
  void Start(const std::vector<std::string>& extra) {
    std::vector<std::string> options = {absl::StrCat("--watch-ring-mib=", kRingMib), "--cache-mib=8"};
    options.insert(options.end(), extra.begin(), extra.end());
    absl::StatusOr<std::unique_ptr<ServerProcess>> server = ServerProcess::Start(scratch_ / "data", options);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    api_ = std::make_unique<Api>(Connect(server_->address()));
    ASSERT_TRUE(api_->ImportSample().ok());
  }

  // Batches of `reports`, one revision each, with notes of `note` bytes.
  int64_t Write(int batches, int reports = 50, size_t note = 800) {
    int64_t revision = 0;
    for (int i = 0; i < batches; ++i) {
      v1::BatchRecordActualsRequest batch;
      for (int j = 0; j < reports; ++j) {
        v1::NamedReport* report = batch.add_reports();
        report->set_indicator(absl::StrCat("units/u/tables/p", j % 5 + 1, "/indicators/i", 1 + j % 3));
        report->mutable_report()->set_value(absl::StrCat((i + j) % 100));
        report->mutable_report()->set_date("2024-06-30");
        report->mutable_report()->set_note(std::string(note, 'n'));
      }
      batch.mutable_write()->add_accept_findings("VALUE_JUMP");  // the figures only count up
      v1::BatchRecordActualsResponse response;
      const grpc::Status status = api_->BatchRecordActuals(batch, &response);
      EXPECT_TRUE(status.ok()) << status.error_message();
      revision = response.commit().revision();
    }
    return revision;
  }

  // A call that was only begun watches from when the server takes it up, which may be after a write that
  // follows.
  void WaitForStreams(int64_t count) {
    const absl::Time limit = absl::Now() + absl::Seconds(60);
    while (api_->GetServerInfo().watch().streams() < count && absl::Now() < limit) {
    }
    ASSERT_EQ(api_->GetServerInfo().watch().streams(), count);
  }

  // A stream with a small window of its own connection that is never read from.
  std::unique_ptr<WatchStream> Stalled() {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
    return std::make_unique<WatchStream>(Connect(server_->address(), nullptr, arguments), WatchOf({"**"}));
  }

  ScratchDirectory scratch_;
  std::unique_ptr<ServerProcess> server_;
  std::unique_ptr<Api> api_;
};

// The bound: a stalled stream holds the message under way and what HTTP/2 has taken of it, not what it has
// not been sent; all together hold the ring. The same load without them comes first: it fills RocksDB's write
// buffers.
TEST_F(WatchSlowTest, StalledWatchersCostBoundedMemoryAndNobodyWaitsForThem) {
  Start({"--watch-write-timeout=600"});
  v1::WatchRequest request = WatchOf({"units/u/**"});
  WatchStream reader(api_->channel, request);
  v1::WatchResponse created;
  ASSERT_TRUE(reader.Read(&created));
  WatchMirror mirror;
  absl::Mutex mutex;
  std::thread reading([&] {
    v1::WatchResponse response;
    while (reader.Read(&response)) {
      absl::MutexLock lock(&mutex);
      mirror.Apply(response);
    }
  });
  Write(600, 300);
  const int64_t before = server_->ResidentKib();
  std::vector<std::unique_ptr<WatchStream>> stalled;
  for (int i = 0; i < 100; ++i) stalled.push_back(Stalled());
  WaitForStreams(101);
  const int64_t last = Write(600, 300);  // more than 200 MB of changes for each
  const auto all_read = [&] { return mirror.revision == last; };
  EXPECT_TRUE(mutex.LockWhenWithTimeout(absl::Condition(&all_read), absl::Seconds(60)))
      << "one who reads gets everything";
  EXPECT_EQ(mirror.revisions.size(), 1200u);
  mutex.Unlock();
  const int64_t grown = server_->ResidentKib() - before;
  EXPECT_LT(grown, 60 * 1024) << "KiB for 100 stalled streams that are 200 MB behind";
  std::printf("100 stalled streams, each 200 MB behind: %lld KiB\n", static_cast<long long>(grown));
  EXPECT_GE(api_->GetServerInfo().watch().slowest_lag(), 300);
  EXPECT_LE(api_->GetServerInfo().watch().ring_bytes(), kRingMib << 20);
  // Those that begin to read again are caught up from the journal.
  v1::WatchResponse response;
  WatchMirror late;
  while (late.revision < last && stalled[7]->Read(&response)) late.Apply(response);
  EXPECT_EQ(late.revision, last);
  EXPECT_EQ(late.revisions.size(), 600u);
  EXPECT_THAT(late.faults, ::testing::Each(::testing::HasSubstr("was not as"))) << "began without a snapshot";
  reader.Cancel();
  reading.join();
}

// Writers and one who reads everything, with 100 streams that do not read and without, in turns. What is held
// together is the server's own CPU time: wall clock on a machine that does other things tells nothing.
TEST_F(WatchSlowTest, StalledWatchersCostWritersAndReadersNothing) {
  Start({"--watch-write-timeout=600", "--watch-progress=1"});
  WatchStream reader(api_->channel, WatchOf({"units/u/**"}));
  v1::WatchResponse response;
  ASSERT_TRUE(reader.Read(&response));
  const auto cost = [&] {
    const int64_t before = CpuTicks(server_->pid());
    const int64_t last = api_->GetServerInfo().revision() + 60;
    std::thread writer([&] { EXPECT_EQ(Write(60, 300), last); });
    while (response.changes().revision() < last && reader.Read(&response)) {
    }
    writer.join();
    EXPECT_EQ(response.changes().revision(), last);
    return CpuTicks(server_->pid()) - before;
  };
  cost();
  int64_t alone = 0, with_stalled = 0;
  for (int round = 0; round < 3; ++round) {
    alone += cost();
    std::vector<std::unique_ptr<WatchStream>> stalled;
    for (int i = 0; i < 100; ++i) stalled.push_back(Stalled());
    WaitForStreams(101);
    Write(20, 300);  // fills their windows
    with_stalled += cost();
    EXPECT_EQ(api_->GetServerInfo().watch().streams(), 101);
    stalled.clear();
    while (api_->GetServerInfo().watch().streams() > 1) ASSERT_TRUE(reader.Read(&response));
    while (response.progress().revision() < api_->GetServerInfo().revision())
      ASSERT_TRUE(reader.Read(&response));
  }
  std::printf(
      "CPU ticks of the server for the same writes and reads: %lld alone, %lld with 100 stalled streams\n",
      static_cast<long long>(alone), static_cast<long long>(with_stalled));
  EXPECT_LT(with_stalled, alone * 4 / 3) << "three quarters of the rate at the least";
  reader.Cancel();
}

// A client whose machine is gone: its connection is silent, nothing is written, nobody says goodbye.
TEST_F(WatchSlowTest, ADeadClientIsNoticedWithoutAWrite) {
  Start({"--keepalive=1", "--watch-progress=1"});
  WatchStream pulse(api_->channel, WatchOf({"**"}));
  v1::WatchResponse response;
  ASSERT_TRUE(pulse.Read(&response));
  std::vector<std::string> words = {absl::StrCat(ATTAIN_BIN_DIR, "/attain"), "watch", "units/u", "--json",
                                    absl::StrCat("--server=", server_->address())};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (const int output : {1, 2})
    posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY, 0);
  pid_t client = -1;
  ASSERT_EQ(posix_spawn(&client, words[0].c_str(), &actions, nullptr, arguments.data(), environ), 0);
  posix_spawn_file_actions_destroy(&actions);
  const absl::Time limit = absl::Now() + absl::Seconds(60);
  const auto wait_for = [&](int streams) {
    while (api_->GetServerInfo().watch().streams() != streams && absl::Now() < limit &&
           pulse.Read(&response)) {
    }
    return api_->GetServerInfo().watch().streams();
  };
  EXPECT_EQ(wait_for(2), 2);
  kill(client, SIGSTOP);
  EXPECT_EQ(wait_for(1), 1);
  kill(client, SIGKILL);
  waitpid(client, nullptr, 0);
}

TEST_F(WatchSlowTest, AWatcherThatDoesNotReadIsCutOffAndCanComeBack) {
  Start({"--watch-write-timeout=1"});
  const auto stalled = Stalled();
  WaitForStreams(1);
  const int64_t last = Write(100);
  const absl::Time limit = absl::Now() + absl::Seconds(60);
  while (api_->GetServerInfo().watch().streams() > 0 && absl::Now() < limit) {
  }
  EXPECT_EQ(api_->GetServerInfo().watch().streams(), 0);
  EXPECT_EQ(api_->GetServerInfo().watch().stalled(), 1);
  WatchMirror mirror;
  v1::WatchResponse response;
  while (stalled->Read(&response)) mirror.Apply(response);
  EXPECT_LT(mirror.revision, last);
  v1::WatchRequest request = WatchOf({"**"});
  request.set_resume_token(mirror.token);
  WatchStream again(api_->channel, request);
  while (mirror.revision < last && again.Read(&response)) mirror.Apply(response);
  EXPECT_EQ(mirror.revisions.size(), 100u) << "nothing missing, nothing twice";
}

TEST_F(WatchSlowTest, StalledWatchersDoNotHoldUpTheEnd) {
  Start({"--watch-write-timeout=600"});
  const auto stalled = Stalled();
  WaitForStreams(1);
  Write(100);
  const absl::Time start = absl::Now();
  const Ended ended = server_->Terminate();
  EXPECT_EQ(ended.code, 0) << ended.error;
  EXPECT_LT(absl::Now() - start, absl::Seconds(8)) << "less than the time it gives to calls that hang";
}

// ATTAIN_GENERATIONS sets how often 500 come and go (short form: 12).
TEST_F(WatchSlowTest, FiveHundredThatComeStallDieAndComeBackLeaveNothingBehind) {
  Start({"--max-watches-per-caller=2000"});
  int generations = 12;
  if (const char* set = std::getenv("ATTAIN_GENERATIONS"); set != nullptr) {
    ASSERT_TRUE(absl::SimpleAtoi(set, &generations));
  }
  std::vector<int64_t> memory, descriptors;
  for (int generation = 0; generation < generations; ++generation) {
    std::vector<std::shared_ptr<grpc::Channel>> channels;
    std::vector<std::unique_ptr<WatchStream>> streams;
    for (int i = 0; i < 500; ++i) {
      if (i % 25 == 0) channels.push_back(Connect(server_->address()));
      v1::WatchRequest request =
          WatchOf({i % 3 == 0 ? "**" : absl::StrCat("units/u/tables/p", i % 5 + 1, "/**")});
      request.set_snapshot(i % 2 == 0);
      if (i % 4 == 0) request.set_mode(v1::WATCH_MODE_LATEST_STATE);
      streams.push_back(std::make_unique<WatchStream>(channels.back(), request));
    }
    v1::WatchResponse response;
    for (size_t i = 0; i < streams.size(); i += 2) ASSERT_TRUE(streams[i]->Read(&response));
    EXPECT_LE(api_->GetServerInfo().watch().streams(), 500);
    Write(20, 5, 0);
    for (size_t i = 0; i < streams.size(); i += 5) ASSERT_TRUE(streams[i]->Read(&response));
    streams.clear();  // some had read everything, some nothing
    channels.clear();
    const absl::Time limit = absl::Now() + absl::Seconds(60);
    while (api_->GetServerInfo().watch().streams() > 0 && absl::Now() < limit) {
    }
    ASSERT_EQ(api_->GetServerInfo().watch().streams(), 0);
    memory.push_back(server_->ResidentKib());
    descriptors.push_back(Descriptors(server_->pid()));
  }
  // The allocator keeps what a generation took at its height, so the first third warms up. Streams that
  // stayed would add 10 MB and more with each generation.
  const auto most = [](const std::vector<int64_t>& values, size_t from, size_t to) {
    return *std::max_element(values.begin() + static_cast<ptrdiff_t>(from),
                             values.begin() + static_cast<ptrdiff_t>(to));
  };
  const size_t third = memory.size() / 3, end = memory.size();
  EXPECT_LE(most(descriptors, end - third, end), most(descriptors, 0, third) + 25)
      << "connections that are just closing";
  EXPECT_LT(most(memory, end - third, end), most(memory, third, 2 * third) + 32 * 1024)
      << ::testing::PrintToString(memory);
  std::printf("%d generations: %lld KiB in the second third, %lld KiB in the last\n", generations,
              static_cast<long long>(most(memory, third, 2 * third)),
              static_cast<long long>(most(memory, end - third, end)));
}

}  // namespace
}  // namespace attain::testing
