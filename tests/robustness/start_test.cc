// How attaind starts, refuses to start, and what it says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <regex>
#include <string>

#include "absl/strings/str_cat.h"
#include "storage/rocksdb/open.h"
#include "tests/support/api.h"
#include "tests/support/scratch.h"
#include "tests/support/server_process.h"

namespace attain::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

int Lines(const std::string& text) {
  return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

Ended StartOn(const std::string& directory, const std::string& more = "--listen=127.0.0.1:0") {
  return RunServer({absl::StrCat("--data-dir=", directory), "--listen=127.0.0.1:0", more});
}

// One sentence, this exit code.
void ExpectRefused(const Ended& ended, int code, const std::string& word) {
  EXPECT_EQ(ended.code, code) << ended.error;
  EXPECT_EQ(Lines(ended.error), 1) << ended.error;
  EXPECT_THAT(ended.error, AllOf(HasSubstr("attaind: "), HasSubstr(word)));
  EXPECT_EQ(ended.output, "");
}

std::unique_ptr<ServerProcess> Start(const std::string& directory,
                                     const std::vector<std::string>& extra = {}) {
  absl::StatusOr<std::unique_ptr<ServerProcess>> server = ServerProcess::Start(directory, extra);
  EXPECT_TRUE(server.ok()) << server.status();
  return server.ok() ? *std::move(server) : nullptr;
}

TEST(StartTest, SaysOneLineWhenReadyAndOneWhenStopped) {
  ScratchDirectory scratch;
  const auto server = Start(scratch / "data");
  ASSERT_NE(server, nullptr);
  const std::regex ready(
      "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}[+-]\\d\\d:\\d\\d notice attaind \\d+\\.\\d+\\.\\d+ "
      "ready: listening on 127\\.0\\.0\\.1:[1-9]\\d*, data in (.*), revision "
      "\\d+, pid " +
      std::to_string(server->pid()));
  EXPECT_TRUE(std::regex_match(server->ready_line(), ready)) << server->ready_line();
  const Ended ended = server->Terminate();
  EXPECT_EQ(ended.code, 0);
  EXPECT_EQ(Lines(ended.error), 1) << ended.error;
  EXPECT_THAT(ended.error, HasSubstr("attaind stopped at revision "));
}

TEST(StartTest, IdleServerIsSmall) {
  ScratchDirectory scratch;
  const auto server = Start(scratch / "data");
  ASSERT_NE(server, nullptr);
#if !defined(__SANITIZE_ADDRESS__)
  EXPECT_LT(server->ResidentKib(), 60 * 1024);
#endif
}

TEST(StartTest, TeachesItsOptions) {
  const Ended help = RunServer({"--help"});
  EXPECT_EQ(help.code, 0);
  for (const char* option :
       {"--data-dir", "--head-mark", "--accept-loss", "--listen", "--tls-cert", "--tls-key", "--config",
        "--cache-mib", "--extract", "--converter", "--log-level", "--log-format", "--version"}) {
    EXPECT_THAT(help.output, HasSubstr(option));
  }
  EXPECT_THAT(RunServer({"--version"}).output, HasSubstr("attaind "));
}

TEST(StartTest, WrongOptionsExitWithTwo) {
  ScratchDirectory scratch;
  ExpectRefused(RunServer({}), 2, "--data-dir");
  ExpectRefused(RunServer({"--data-dir"}), 2, "--data-dir");
  ExpectRefused(StartOn(scratch / "d", "--colour=red"), 2, "--colour");
  ExpectRefused(RunServer({"--colour"}), 2, "unknown option --colour");
  ExpectRefused(StartOn(scratch / "d", "--listen=unix:"), 2, "unix:PATH");
  ExpectRefused(StartOn(scratch / "d", "--cache-mib=many"), 2, "--cache-mib");
  ExpectRefused(StartOn(scratch / "d", "--log-level=loud"), 2,
                "--log-level is one of error, warning, info, debug");
  ExpectRefused(StartOn(scratch / "d", "--log-format=xml"), 2, "--log-format is one of text, json");
  ExpectRefused(StartOn(scratch / "d", "--extract=/nowhere/reader"), 2, "--extract: /nowhere/reader");
  ExpectRefused(StartOn(scratch / "d", "--converter=/nowhere/soffice"), 2, "--converter: /nowhere/soffice");
  ExpectRefused(StartOn(scratch / "d", "here"), 2, "here");
  ExpectRefused(StartOn(scratch / "d", "--listen=50051"), 2, "HOST:PORT");
  ExpectRefused(StartOn(scratch / "d", "--listen=127.0.0.1:70000"), 2, "65535");
  ExpectRefused(StartOn(scratch / "d", "--config=/nowhere/attain.conf"), 2, "/nowhere/attain.conf");
  ExpectRefused(StartOn(scratch / "d", "--config=/tmp"), 2, "cannot read /tmp");
  WriteFileOrDie(scratch / "conf", "# a comment\ncolour = red\n");
  ExpectRefused(StartOn(scratch / "d", absl::StrCat("--config=", scratch / "conf")), 2, "conf:2: ");
}

TEST(StartTest, ReadsAConfigFileThatTheCommandLineOverrides) {
  ScratchDirectory scratch;
  WriteFileOrDie(scratch / "conf",
                 absl::StrCat("# data\ndata-dir = ", scratch / "from-file", "\nlisten=127.0.0.1:1\n"));
  const auto server =
      Start(scratch / "data", {absl::StrCat("--config=", scratch / "conf"), "--listen=127.0.0.1:0"});
  ASSERT_NE(server, nullptr);
  EXPECT_THAT(server->ready_line(), HasSubstr(scratch / "from-file"));
}

TEST(StartTest, RefusesADirectoryInUse) {
  ScratchDirectory scratch;
  const auto server = Start(scratch / "data");
  ASSERT_NE(server, nullptr);
  ExpectRefused(StartOn(scratch / "data"), 1, "in use");
  EXPECT_EQ(Api(Connect(server->address())).GetServerInfo().revision(), 1)
      << "the first one is not disturbed";
}

TEST(StartTest, RefusesAPortInUse) {
  ScratchDirectory scratch;
  const auto server = Start(scratch / "data");
  ASSERT_NE(server, nullptr);
  ExpectRefused(StartOn(scratch / "other", absl::StrCat("--listen=", server->address())), 1,
                server->address());
}

TEST(StartTest, RefusesTheDirectoryOfANewerVersion) {
  ScratchDirectory scratch;
  storage::RocksStoreOptions newer;
  newer.directory = scratch / "data";
  newer.schema_version = storage::kSchemaVersion + 1;
  newer.upgrades = {};
  ASSERT_TRUE(storage::OpenRocksStore(newer).ok());
  ExpectRefused(StartOn(scratch / "data"), 1, "newer");
}

TEST(StartTest, RefusesWhatIsNoStore) {
  ScratchDirectory scratch;
  std::filesystem::create_directory(scratch / "letters");
  WriteFileOrDie(scratch / "letters/mother.txt", "dear mother");
  ExpectRefused(StartOn(scratch / "letters"), 1, "letters");
  EXPECT_EQ(ReadFileOrDie(scratch / "letters/mother.txt"), "dear mother");
  ExpectRefused(StartOn(scratch / "letters/mother.txt"), 1, "mother.txt");
}

TEST(StartTest, RefusesADamagedStore) {
  ScratchDirectory scratch;
  ASSERT_NE(Start(scratch / "data"), nullptr);
  for (const auto& file : std::filesystem::directory_iterator(scratch / "data")) {
    if (file.path().filename().string().rfind("MANIFEST", 0) == 0)
      WriteFileOrDie(file.path().string(), "garbage garbage garbage");
  }
  ExpectRefused(StartOn(scratch / "data"), 1, "data");
}

TEST(StartTest, ListensOnAUnixSocket) {
  ScratchDirectory scratch;
  const std::string address = absl::StrCat("unix:", scratch / "socket");
  const auto server = Start(scratch / "data", {absl::StrCat("--listen=", address)});
  ASSERT_NE(server, nullptr);
  EXPECT_EQ(server->address(), address);
  EXPECT_EQ(Api(Connect(address)).GetServerInfo().revision(), 1);
}

TEST(StartTest, WarnsWhenItCanBeReachedWithoutEncryption) {
  ScratchDirectory scratch;
  const auto server = Start(scratch / "data", {"--listen=0.0.0.0:0"});
  ASSERT_NE(server, nullptr);
  EXPECT_THAT(server->ready_line(), AllOf(HasSubstr("WARNING"), HasSubstr("--tls-cert")));
}

class TlsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"one", "two"}) {
      const std::string command = absl::StrCat(
          "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost "
          "-addext "
          "subjectAltName=IP:127.0.0.1 -keyout ",
          scratch_ / name, ".key -out ", scratch_ / name, ".crt 2>/dev/null");
      ASSERT_EQ(std::system(command.c_str()), 0) << "openssl is needed";
    }
  }
  std::vector<std::string> Pair(const std::string& certificate, const std::string& key) const {
    return {absl::StrCat("--tls-cert=", scratch_ / certificate), absl::StrCat("--tls-key=", scratch_ / key)};
  }
  Ended StartWith(const std::string& certificate, const std::string& key) const {
    std::vector<std::string> arguments = Pair(certificate, key);
    arguments.push_back(absl::StrCat("--data-dir=", scratch_ / "data"));
    arguments.push_back("--listen=127.0.0.1:0");
    return RunServer(arguments);
  }
  ScratchDirectory scratch_;
};

TEST_F(TlsTest, ServesThoseWhoTrustItsCertificateAndNobodyElse) {
  std::vector<std::string> options = Pair("one.crt", "one.key");
  options.push_back("--listen=0.0.0.0:0");
  const auto server = Start(scratch_ / "data", options);
  ASSERT_NE(server, nullptr);
  EXPECT_THAT(server->ready_line(), Not(HasSubstr("WARNING")));
  const std::string address =
      absl::StrCat("127.0.0.1", server->address().substr(server->address().rfind(':')));
  const auto trusting = [&](const std::string& certificate) {
    grpc::SslCredentialsOptions ssl;
    ssl.pem_root_certs = ReadFileOrDie(scratch_ / certificate);
    return Connect(address, grpc::SslCredentials(ssl));
  };
  EXPECT_EQ(Api(trusting("one.crt")).GetServerInfo().revision(), 1);
  for (const auto& channel : {trusting("two.crt"), Connect(address)}) {
    v1::GetServerInfoResponse response;
    const Api api(channel);
    EXPECT_EQ(
        Call(api.admin.get(), &v1::AdminService::Stub::GetServerInfo, v1::GetServerInfoRequest(), &response)
            .error_code(),
        grpc::StatusCode::UNAVAILABLE);
  }
}

TEST_F(TlsTest, RefusesWhatIsNoPair) {
  ExpectRefused(StartWith("one.crt", "two.key"), 2, "does not belong");
  ExpectRefused(StartWith("one.key", "one.key"), 2, "certificate");
  ExpectRefused(StartWith("one.crt", "one.crt"), 2, "key");
  ExpectRefused(StartWith("none.crt", "one.key"), 2, "none.crt");
  WriteFileOrDie(scratch_ / "empty.crt", "");  // would be taken for no encryption at all
  ExpectRefused(StartWith("empty.crt", "empty.crt"), 2, "empty.crt is empty");
  ExpectRefused(StartOn(scratch_ / "data", absl::StrCat("--tls-cert=", scratch_ / "one.crt")), 2,
                "--tls-key");
}

}  // namespace
}  // namespace attain::testing
