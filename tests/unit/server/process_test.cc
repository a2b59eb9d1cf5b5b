// A server from its start to its end: signals, options that are handed on, what it refuses to start with, and
// a disk that fails.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "service/server/options.h"
#include "storage/rocksdb/open.h"
#include "tests/support/api.h"
#include "tests/support/raw_http.h"
#include "tests/support/scratch.h"
#include "tests/support/server_process.h"
#include "tests/support/watch.h"

namespace attain::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using Serving = grpc::health::v1::HealthCheckResponse;

constexpr absl::Duration kDeadline = absl::Seconds(20);

class ServerTest : public ::testing::Test {
 protected:
  void Start(const std::vector<std::string>& options = {}) {
    absl::StatusOr<std::unique_ptr<ServerProcess>> server = ServerProcess::Start(scratch_ / "data", options);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    api_ = std::make_unique<Api>(Connect(server_->address()));
  }
  // How a server ends that cannot start like this.
  Ended StartWith(const std::vector<std::string>& options) {
    std::vector<std::string> all = {absl::StrCat("--data-dir=", scratch_ / "data"), "--listen=127.0.0.1:0"};
    all.insert(all.end(), options.begin(), options.end());
    return RunServer(all);
  }
  static v1::BatchRecordActualsRequest Batch(int number) {
    v1::BatchRecordActualsRequest request;
    for (int i = 0; i < 50; ++i) {
      v1::NamedReport* report = request.add_reports();
      report->set_indicator(absl::StrCat("units/u/tables/p", i % 5 + 1, "/indicators/i1"));
      report->mutable_report()->set_value(absl::StrCat((number + i) % 100));
      report->mutable_report()->set_date("2024-06-30");
      report->mutable_report()->set_note(std::string(1900, 'n'));
    }
    request.mutable_write()->add_accept_findings("VALUE_JUMP");
    return request;
  }
  grpc::Status Write(int number) {
    v1::BatchRecordActualsResponse response;
    return api_->BatchRecordActuals(Batch(number), &response);
  }
  // Signals that a file of /proc names under this key, a bit for each; all of a thread that has just ended.
  static uint64_t SignalsOf(const std::string& key, const std::string& file) {
    std::ifstream status(file);
    if (!status) return ~uint64_t{0};
    for (std::string line; std::getline(status, line);) {
      const std::vector<absl::string_view> words = absl::StrSplit(line, '\t');
      uint64_t value = 0;
      if (words[0] == key && words.size() > 1 && absl::SimpleHexAtoi(words[1], &value)) return value;
    }
    ADD_FAILURE() << "no " << key;
    return 0;
  }
  static uint64_t Bit(int signal) { return uint64_t{1} << (signal - 1); }

  ScratchDirectory scratch_;
  std::unique_ptr<ServerProcess> server_;
  std::unique_ptr<Api> api_;
};

TEST_F(ServerTest, SaysWhereItListensAndEndsCleanlyOnEitherSignal) {
  for (const int signal : {SIGTERM, SIGINT}) {
    Start();
    EXPECT_THAT(
        server_->ready_line(),
        AllOf(HasSubstr(absl::StrCat("attaind ", server::kVersion, " ready: listening on 127.0.0.1:")),
              HasSubstr(absl::StrCat("data in ", scratch_ / "data, revision 1, pid ", server_->pid())),
              Not(HasSubstr("WARNING"))));
    EXPECT_EQ(api_->Health(), Serving::SERVING);
    server_->Signal(signal);
    const Ended ended = server_->Wait();
    EXPECT_EQ(ended.code, 0) << strsignal(signal);
    EXPECT_THAT(ended.error, HasSubstr("attaind stopped at revision 1\n")) << strsignal(signal);
  }
}

TEST_F(ServerTest, WaitsForItsSignalsAndIgnoresThoseOfFailedWrites) {
  Start();
  const std::string process = absl::StrCat("/proc/", server_->pid());
  EXPECT_EQ(SignalsOf("SigIgn:", process + "/status") & (Bit(SIGPIPE) | Bit(SIGXFSZ)),
            Bit(SIGPIPE) | Bit(SIGXFSZ));
  // The thread that waits for them has them open; no other one may get them.
  int others = 0;
  for (const auto& task : std::filesystem::directory_iterator(process + "/task")) {
    if (task.path().filename() == std::to_string(server_->pid())) continue;
    ++others;
    EXPECT_EQ(SignalsOf("SigBlk:", task.path().string() + "/status") & (Bit(SIGTERM) | Bit(SIGINT)),
              Bit(SIGTERM) | Bit(SIGINT));
  }
  EXPECT_GT(others, 3);
  server_->Signal(SIGPIPE);
  EXPECT_EQ(api_->Health(), Serving::SERVING);
}

TEST_F(ServerTest, StreamsAreToldThatItStops) {
  Start();
  ASSERT_TRUE(api_->ImportSample().ok());
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  const auto health = api_->health->Watch(&context, grpc::health::v1::HealthCheckRequest());
  Serving status;
  ASSERT_TRUE(health->Read(&status));
  EXPECT_EQ(status.status(), Serving::SERVING);
  WatchStream watch(api_->channel, WatchOf({"**"}));
  v1::WatchResponse response;
  ASSERT_TRUE(watch.Read(&response));
  server_->Signal(SIGTERM);
  ASSERT_TRUE(health->Read(&status));
  EXPECT_EQ(status.status(), Serving::NOT_SERVING);
  EXPECT_FALSE(health->Read(&status));
  EXPECT_EQ(health->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_FALSE(watch.Read(&response)) << response.ShortDebugString();
  EXPECT_EQ(Decode(watch.Finish()).reason, "SHUTTING_DOWN");
  EXPECT_EQ(server_->Wait().code, 0);
}

TEST_F(ServerTest, HealthSaysThatTheDiskFailedAndReadsGoOn) {
  Start();
  ASSERT_TRUE(api_->ImportSample().ok());
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(40));
  const auto health = api_->health->Watch(&context, grpc::health::v1::HealthCheckRequest());
  Serving status;
  ASSERT_TRUE(health->Read(&status));
  EXPECT_EQ(status.status(), Serving::SERVING);
  server_->LimitFileSize(uint64_t{1} << 20);
  int number = 0;
  grpc::Status written;
  while (number < 100 && (written = Write(number)).ok()) ++number;
  EXPECT_EQ(Decode(written).reason, "STORE_UNAVAILABLE") << written.error_message();
  EXPECT_GT(number, 0);
  ASSERT_TRUE(health->Read(&status)) << "within its deadline";
  EXPECT_EQ(status.status(), Serving::NOT_SERVING);
  EXPECT_EQ(api_->Health(), Serving::NOT_SERVING);
  EXPECT_FALSE(api_->GetServerInfo().accepting_writes());
  EXPECT_EQ(api_->ListActuals("units/u/tables/p1/indicators/-").size(), static_cast<size_t>(number) * 10);
  const Ended ended = server_->Terminate();
  EXPECT_EQ(ended.code, 0);
  EXPECT_THAT(ended.error, HasSubstr("error commit failed: the server takes no more writes"));
}

TEST_F(ServerTest, SaysWhatItIs) {
  Start();
  const v1::GetServerInfoResponse info = api_->GetServerInfo();
  EXPECT_EQ(info.version(), server::kVersion);
  EXPECT_EQ(info.schema_version(), storage::kSchemaVersion);
  EXPECT_TRUE(info.accepting_writes());
  EXPECT_EQ(info.revision(), 1);
}

TEST_F(ServerTest, LimitsOfWatchesAreHandedOn) {
  Start({"--max-watches=3", "--max-watches-per-caller=2"});
  std::vector<std::unique_ptr<WatchStream>> open;
  const auto refusal = [&](const std::string& actor) {
    open.push_back(std::make_unique<WatchStream>(api_->channel, WatchOf({"**"}), actor));
    v1::WatchResponse response;
    return open.back()->Read(&response) ? "" : Decode(open.back()->Finish()).reason;
  };
  EXPECT_EQ(refusal("a"), "");
  EXPECT_EQ(refusal("a"), "");
  EXPECT_EQ(refusal("a"), "TOO_MANY_WATCHES");
  EXPECT_EQ(refusal("b"), "");
  EXPECT_EQ(refusal("c"), "TOO_MANY_WATCHES");
}

TEST_F(ServerTest, TimesOfWatchesAreHandedOn) {
  Start({"--watch-progress=1", "--watch-write-timeout=1", "--watch-ring-mib=1"});
  ASSERT_TRUE(api_->ImportSample().ok());
  const absl::Time start = absl::Now();
  {
    WatchStream quiet(api_->channel, WatchOf({"units/u"}));
    v1::WatchResponse response;
    ASSERT_TRUE(quiet.ReadUntil([](const v1::WatchResponse& one) { return one.has_progress(); }));
    EXPECT_LT(absl::Now() - start, absl::Seconds(4)) << "not after the default of 5";
  }
  // On a connection of its own, since what it does not read fills it.
  grpc::ChannelArguments small;
  small.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  WatchStream silent(Connect(server_->address(), nullptr, small), WatchOf({"**"}));
  v1::WatchResponse response;
  ASSERT_TRUE(silent.Read(&response));
  for (int number = 0; number < 20; ++number) ASSERT_TRUE(Write(number).ok());
  v1::WatchLoad load = api_->GetServerInfo().watch();
  EXPECT_LE(load.ring_bytes(), (int64_t{1} << 20) + (int64_t{1} << 19));
  for (const absl::Time end = absl::Now() + kDeadline; load.stalled() == 0 && absl::Now() < end;)
    load = api_->GetServerInfo().watch();
  EXPECT_EQ(load.stalled(), 1) << "a client that does not read is cut off after a second";
}

TEST_F(ServerTest, WarnsOnlyWhereOthersCanReachItWithoutEncryption) {
  Start({"--listen=0.0.0.0:0"});
  EXPECT_THAT(server_->ready_line(),
              AllOf(HasSubstr("WARNING: 0.0.0.0:"), HasSubstr("without encryption; use --tls-cert")));
  EXPECT_EQ(server_->Terminate().code, 0);
  ASSERT_EQ(
      std::system(absl::StrCat("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
                               "-subj /CN=localhost -keyout ",
                               scratch_ / "key", " -out ", scratch_ / "cert", " 2>/dev/null")
                      .c_str()),
      0);
  Start({"--listen=0.0.0.0:0", "--http-listen=0.0.0.0:0", absl::StrCat("--tls-cert=", scratch_ / "cert"),
         absl::StrCat("--tls-key=", scratch_ / "key")});
  EXPECT_THAT(server_->ready_line(), Not(HasSubstr("WARNING")));
  const std::string http = server_->http_address();
  EXPECT_EQ(Fetch(absl::StrCat("127.0.0.1", http.substr(http.rfind(':'))), GetOf("/healthz")).status, 0)
      << "encrypted as the other port";
}

TEST_F(ServerTest, RefusesFilesThatMakeNoEncryption) {
  WriteFileOrDie(scratch_ / "empty", "");
  const auto with = [&](const std::string& certificate, const std::string& key) {
    return StartWith({absl::StrCat("--tls-cert=", certificate), absl::StrCat("--tls-key=", key)});
  };
  const Ended missing = with(scratch_ / "none", scratch_ / "empty");
  EXPECT_EQ(missing.code, 2);
  EXPECT_EQ(missing.error, absl::StrCat("cannot read ", scratch_ / "none", "\n"));
  const Ended empty = with(scratch_ / "empty", scratch_ / "empty");
  EXPECT_EQ(empty.code, 2);
  EXPECT_THAT(empty.error, HasSubstr("is empty: TLS needs a certificate and its key"));
  WriteFileOrDie(scratch_ / "letter", "dear mother");
  EXPECT_EQ(with(scratch_ / "letter", scratch_ / "letter").code, 2);
}

TEST_F(ServerTest, RefusesProgramsThatCannotBeRun) {
  WriteFileOrDie(scratch_ / "letter", "dear mother");
  chmod((scratch_ / "letter").c_str(), 0644);
  for (const char* option : {"extract", "converter"}) {
    for (const std::string& path : {std::string("/nonexistent/program"), scratch_ / "letter"}) {
      const Ended ended = StartWith({absl::StrCat("--", option, "=", path)});
      EXPECT_EQ(ended.code, 2);
      EXPECT_EQ(ended.error, absl::StrCat("--", option, ": ", path, " is no program that can be run\n"));
    }
  }
  EXPECT_FALSE(std::filesystem::exists(scratch_ / "data")) << "looked at before anything is made";
}

TEST_F(ServerTest, MakesItsDirectoryWhereThereIsNone) {
  Start({absl::StrCat("--data-dir=", scratch_ / "a/b/c")});
  EXPECT_TRUE(std::filesystem::is_directory(scratch_ / "a/b/c"));
  EXPECT_EQ(server_->Terminate().code, 0);
  WriteFileOrDie(scratch_ / "file", "x");
  const Ended ended = StartWith({absl::StrCat("--data-dir=", scratch_ / "file/data")});
  EXPECT_EQ(ended.code, 1);
  EXPECT_THAT(ended.error, HasSubstr(absl::StrCat("cannot make ", scratch_ / "file/data")));
}

TEST_F(ServerTest, HttpSaysHowItIsAsGrpcDoes) {
  Start({"--http-listen=127.0.0.1:0"});
  ASSERT_TRUE(api_->ImportSample().ok());
  const std::string http = server_->http_address();
  EXPECT_EQ(Fetch(http, GetOf("/healthz")).body, "ok\n");
  EXPECT_EQ(Fetch(http, GetOf("/readyz")).body, "ready\n");
  server_->LimitFileSize(uint64_t{1} << 20);
  int number = 0;
  while (number < 100 && Write(number).ok()) ++number;
  const HttpAnswer failed = Fetch(http, GetOf("/readyz"));
  EXPECT_EQ(failed.status, 503);
  EXPECT_THAT(failed.body, HasSubstr("STORE_UNAVAILABLE"));
  EXPECT_EQ(Fetch(http, GetOf("/healthz")).status, 200) << "a restart alone does not make room on the disk";
  RawHttp open(http);
  EXPECT_EQ(server_->Terminate().code, 0);
  EXPECT_TRUE(open.Closes());
}

TEST_F(ServerTest, HttpIsNotReadyWhileItStops) {
  // It stops within a tenth of a second, in which a busy machine may not get round to asking.
  HttpAnswer stopping;
  for (int round = 0; round < 20 && stopping.status == 0; ++round) {
    Start({"--http-listen=127.0.0.1:0"});
    TimedContext watching;
    const auto health = api_->health->Watch(&watching, grpc::health::v1::HealthCheckRequest());
    grpc::health::v1::HealthCheckResponse status;
    ASSERT_TRUE(health->Read(&status));
    server_->Signal(SIGTERM);
    ASSERT_TRUE(health->Read(&status));
    EXPECT_EQ(status.status(), Serving::NOT_SERVING);
    stopping = Fetch(server_->http_address(), GetOf("/readyz", "Accept-Language: zh\r\n"));
    EXPECT_EQ(server_->Wait().code, 0);
  }
  EXPECT_EQ(stopping.status, 503);
  EXPECT_THAT(stopping.body, AllOf(HasSubstr("SHUTTING_DOWN"), HasSubstr("正在停止")));
}

TEST_F(ServerTest, HttpIsServedOnlyWhereItIsAskedFor) {
  Start();
  EXPECT_EQ(server_->http_address(), "");
  EXPECT_EQ(server_->Terminate().code, 0);
  Start({"--http-listen=0.0.0.0:0"});
  EXPECT_THAT(server_->ready_line(), HasSubstr("WARNING: 0.0.0.0:")) << "of the HTTP port alone";
  const Ended used = StartWith({absl::StrCat("--data-dir=", scratch_ / "other"),
                                absl::StrCat("--http-listen=", server_->http_address())});
  EXPECT_EQ(used.code, 1);
  EXPECT_THAT(used.error, HasSubstr(absl::StrCat("cannot listen on ", server_->http_address())));
  EXPECT_EQ(StartWith({absl::StrCat("--data-dir=", scratch_ / "other"), "--http-listen=8080"}).code, 2);
}

TEST_F(ServerTest, APortInUseAndADirectoryInUseAreRefused) {
  Start();
  const Ended port = StartWith(
      {absl::StrCat("--data-dir=", scratch_ / "other"), absl::StrCat("--listen=", server_->address())});
  EXPECT_EQ(port.code, 1);
  EXPECT_THAT(port.error, HasSubstr(absl::StrCat("cannot listen on ", server_->address())));
  EXPECT_EQ(StartWith({}).code, 1);
  EXPECT_EQ(api_->Health(), Serving::SERVING) << "the first one is not disturbed";
}

}  // namespace
}  // namespace attain::testing
