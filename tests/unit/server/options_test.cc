#include "service/server/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "tests/support/scratch.h"

namespace attain::server {
namespace {

using ::testing::HasSubstr;

ServerOptions Parse(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "--data-dir=d");
  const absl::StatusOr<ServerOptions> options = ParseOptions(arguments);
  EXPECT_TRUE(options.ok()) << options.status();
  return options.ok() ? *options : ServerOptions();
}

// The sentence that refuses them; empty when nothing does.
std::string Refusal(const std::vector<std::string>& arguments) {
  const absl::Status status = ParseOptions(arguments).status();
  EXPECT_TRUE(status.ok() || status.code() == absl::StatusCode::kInvalidArgument) << status;
  return std::string(status.message());
}
std::string RefusalOf(const std::string& argument) {
  return Refusal({"--data-dir=d", argument});
}

TEST(Options, DefaultsAreThoseOfTheHelpText) {
  const ServerOptions options = Parse({});
  EXPECT_EQ(options.data_dir, "d");
  EXPECT_EQ(options.listen, "127.0.0.1:50051");
  EXPECT_EQ(options.http_listen, "") << "no HTTP port unless it is asked for";
  EXPECT_EQ(options.log_level, "info");
  EXPECT_EQ(options.log_format, "text");
  EXPECT_EQ(options.tls_cert + options.tls_key + options.extract + options.converter, "");
  EXPECT_EQ(options.head_mark, "");
  EXPECT_FALSE(options.help || options.version || options.accept_loss);
  const std::vector<std::pair<std::string, size_t>> numbers = {
      {"--cache-mib=N", options.cache_mib},
      {"--keepalive=SECONDS", options.keepalive},
      {"--max-watches=N", options.max_watches},
      {"--max-watches-per-caller=N", options.max_watches_per_caller},
      {"--watch-ring-mib=N", options.watch_ring_mib},
      {"--watch-write-timeout=SECONDS", options.watch_write_timeout},
      {"--watch-progress=SECONDS", options.watch_progress}};
  const std::string help = HelpText();
  for (const auto& [name, value] : numbers) {
    const size_t at = help.find(name);
    ASSERT_NE(at, std::string::npos) << name;
    const std::string described = help.substr(at, help.find("\n  --", at) - at);
    EXPECT_THAT(described, HasSubstr(absl::StrCat("Default: ", value))) << name;
  }
}

TEST(Options, ALossIsAcceptedByASwitch) {
  const ServerOptions options = Parse({"--accept-loss", "--head-mark=m"});
  EXPECT_TRUE(options.accept_loss);
  EXPECT_EQ(options.head_mark, "m");
}

TEST(Options, AreWrittenWithASignOrAsTwoWords) {
  const ServerOptions options =
      Parse({"--listen=unix:/a=b", "--tls-cert", "c.pem", "--tls-key=k.pem", "--cache-mib", "7",
             "--keepalive=8", "--max-watches=9", "--max-watches-per-caller", "10", "--watch-ring-mib=11",
             "--watch-write-timeout=12", "--watch-progress=13", "--http-listen=h:1", "--extract=e",
             "--converter", "f", "--log-level=debug", "--log-format=json"});
  EXPECT_EQ(options.listen, "unix:/a=b") << "only the first sign cuts";
  EXPECT_EQ(options.http_listen, "h:1");
  EXPECT_EQ(options.tls_cert, "c.pem");
  EXPECT_EQ(options.tls_key, "k.pem");
  EXPECT_EQ(options.cache_mib, 7u);
  EXPECT_EQ(options.keepalive, 8u);
  EXPECT_EQ(options.max_watches, 9u);
  EXPECT_EQ(options.max_watches_per_caller, 10u);
  EXPECT_EQ(options.watch_ring_mib, 11u);
  EXPECT_EQ(options.watch_write_timeout, 12u);
  EXPECT_EQ(options.watch_progress, 13u);
  EXPECT_EQ(options.extract, "e");
  EXPECT_EQ(options.converter, "f");
  EXPECT_EQ(options.log_level, "debug");
  EXPECT_EQ(options.log_format, "json");
}

TEST(Options, TheLastOfTwoCounts) {
  EXPECT_EQ(Parse({"--listen=a:1", "--listen=b:2"}).listen, "b:2");
}

TEST(Options, NumbersHaveBordersThatTheRefusalNames) {
  struct Border {
    const char* name;
    size_t most;
  };
  for (const Border& border : std::vector<Border>{{"cache-mib", 1'000'000},
                                                  {"keepalive", 86'400},
                                                  {"max-watches", 1'000'000},
                                                  {"max-watches-per-caller", 1'000'000},
                                                  {"watch-ring-mib", 1'000'000},
                                                  {"watch-write-timeout", 86'400},
                                                  {"watch-progress", 86'400}}) {
    const std::string option = absl::StrCat("--", border.name, "=");
    EXPECT_EQ(RefusalOf(option + "1"), "");
    EXPECT_EQ(RefusalOf(absl::StrCat(option, border.most)), "");
    for (const std::string& wrong : {std::string("0"), absl::StrCat(border.most + 1), std::string("-1"),
                                     std::string("1.5"), std::string("many")}) {
      EXPECT_THAT(RefusalOf(option + wrong),
                  HasSubstr(absl::StrCat("--", border.name, " must be a whole number ")))
          << option << wrong;
      EXPECT_THAT(RefusalOf(option + wrong), HasSubstr(absl::StrCat("from 1 to ", border.most)));
    }
  }
}

TEST(Options, ChoicesAreNamed) {
  for (const char* level : {"error", "warning", "info", "debug"})
    EXPECT_EQ(Parse({absl::StrCat("--log-level=", level)}).log_level, level);
  EXPECT_EQ(Parse({"--log-level=warn"}).log_level, "warning") << "what it was called once";
  EXPECT_EQ(RefusalOf("--log-level=loud"), "--log-level is one of error, warning, info, debug");
  EXPECT_EQ(RefusalOf("--log-format=xml"), "--log-format is one of text, json");
  EXPECT_NE(RefusalOf("--log-format=warn"), "");
}

TEST(Options, BackupsHaveADirectoryAndTimeSpans) {
  const ServerOptions none = Parse({});
  EXPECT_EQ(none.backup_dir + none.backup_key_file, "");
  EXPECT_EQ(none.backup_every, absl::Hours(24));
  EXPECT_EQ(none.backup_keep, absl::InfiniteDuration());
  const ServerOptions options =
      Parse({"--backup-dir=b", "--backup-key-file", "k", "--backup-every=90s", "--backup-keep=30d"});
  EXPECT_EQ(options.backup_dir, "b");
  EXPECT_EQ(options.backup_key_file, "k");
  EXPECT_EQ(options.backup_every, absl::Seconds(90));
  EXPECT_EQ(options.backup_keep, absl::Hours(24 * 30));
  EXPECT_EQ(Parse({"--backup-dir=b", "--backup-every=15m"}).backup_every, absl::Minutes(15));
  EXPECT_EQ(Parse({"--backup-dir=b", "--backup-every=2h"}).backup_every, absl::Hours(2));
  EXPECT_EQ(Parse({"--backup-dir=b", "--backup-keep=3650d"}).backup_keep, absl::Hours(24 * 3650));
  for (const char* wrong : {"24", "0h", "-1h", "1.5h", "h", "1 week", "3651d", "99999999999s"}) {
    EXPECT_THAT(Refusal({"--data-dir=d", "--backup-dir=b", absl::StrCat("--backup-every=", wrong)}),
                HasSubstr("--backup-every is a whole number with its unit"))
        << wrong;
  }
  for (const char* alone : {"--backup-key-file=k", "--backup-every=1h", "--backup-keep=1d"})
    EXPECT_THAT(RefusalOf(alone), HasSubstr("need --backup-dir=DIR")) << alone;
}

TEST(Options, WhatIsWrongIsSaid) {
  EXPECT_THAT(Refusal({}), HasSubstr("--data-dir=DIR is required"));
  EXPECT_EQ(Refusal({"--data-dir"}), "--data-dir needs a value: --data-dir=VALUE");
  EXPECT_EQ(RefusalOf("--listen="), "--listen needs a value: --listen=VALUE");
  EXPECT_THAT(RefusalOf("--colour=red"), HasSubstr("unknown option --colour"));
  EXPECT_THAT(RefusalOf("--colour"), HasSubstr("unknown option --colour"));
  EXPECT_THAT(RefusalOf("here"), HasSubstr("unexpected argument here"));
  EXPECT_THAT(RefusalOf("-x"), HasSubstr("unexpected argument -x"));
  for (const char* half : {"--tls-cert=c", "--tls-key=k"})
    EXPECT_EQ(RefusalOf(half), "--tls-cert and --tls-key go together") << half;
}

TEST(Options, HelpAndVersionNeedNothingElseAndTakeNothing) {
  for (const char* word : {"--help", "-h"}) {
    const absl::StatusOr<ServerOptions> options = ParseOptions({word});
    ASSERT_TRUE(options.ok()) << options.status();
    EXPECT_TRUE(options->help);
    EXPECT_FALSE(options->version);
  }
  const absl::StatusOr<ServerOptions> version = ParseOptions({"--version", "--data-dir", "d"});
  ASSERT_TRUE(version.ok()) << version.status();
  EXPECT_TRUE(version->version);
  EXPECT_FALSE(version->help);
  EXPECT_EQ(version->data_dir, "d") << "what follows is an option of its own";
}

class ConfigTest : public ::testing::Test {
 protected:
  std::string Config(const std::string& text) {
    testing::WriteFileOrDie(scratch_ / "conf", text);
    return absl::StrCat("--config=", scratch_ / "conf");
  }
  testing::ScratchDirectory scratch_;
};

TEST_F(ConfigTest, IsReadWhereItStands) {
  const std::string config = Config(
      "# comment = no option\n\n  listen = file:1 \nlog-level=error\n\t# another\nextract = a = b\r\n");
  const ServerOptions after = Parse({config, "--listen=line:2"});
  EXPECT_EQ(after.listen, "line:2");
  EXPECT_EQ(after.log_level, "error");
  EXPECT_EQ(after.extract, "a = b");
  EXPECT_EQ(Parse({"--listen=line:2", config}).listen, "file:1");
  EXPECT_EQ(ParseOptions({Config("data-dir=from-file")})->data_dir, "from-file");
}

TEST_F(ConfigTest, SaysInWhichLineItIsWrong) {
  const std::string file = scratch_ / "conf";
  EXPECT_THAT(RefusalOf(Config("# one\n\ncolour = red\n")),
              HasSubstr(absl::StrCat(file, ":3: unknown option --colour")));
  EXPECT_THAT(RefusalOf(Config("cache-mib = 0\n")), HasSubstr(absl::StrCat(file, ":1: --cache-mib must be")));
  EXPECT_THAT(RefusalOf(Config("listen\n")), HasSubstr(":1: --listen needs a value"));
  for (const char* name : {"config = other", "help", "version", "accept-loss"})
    EXPECT_THAT(RefusalOf(Config(name)), HasSubstr("belongs on the command line")) << name;
  EXPECT_THAT(RefusalOf("--config=/nonexistent/conf"), HasSubstr("cannot read /nonexistent/conf"));
  EXPECT_THAT(RefusalOf(absl::StrCat("--config=", scratch_.path())), HasSubstr("cannot read"));
}

TEST(IsLoopback, IsWhatOnlyThisMachineReaches) {
  for (const char* here : {"127.0.0.1:50051", "127.9.9.9:1", "localhost:1", "[::1]:1", "unix:/tmp/s"})
    EXPECT_TRUE(IsLoopback(here)) << here;
  for (const char* everywhere :
       {"0.0.0.0:50051", "[::]:1", "10.0.0.1:1", "localhost.example:1", "128.0.0.1:1", "[::1:2]:1", "127:1"})
    EXPECT_FALSE(IsLoopback(everywhere)) << everywhere;
}

}  // namespace
}  // namespace attain::server
