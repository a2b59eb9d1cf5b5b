// A program run to its end. The shell reads what it shall do from its standard input.
#include "service/documents/process.h"

#include <gtest/gtest.h>
#include <signal.h>

#include "absl/time/clock.h"

namespace attain::documents {
namespace {

constexpr absl::Duration kLong = absl::Seconds(20);

RunEnd RunScript(const std::string& script, const RunLimits& limits = {kLong, 1 << 20}) {
  absl::StatusOr<RunEnd> end = RunProgram("/bin/sh", script, limits);
  EXPECT_TRUE(end.ok()) << end.status();
  return end.ok() ? *std::move(end) : RunEnd();
}

TEST(RunProgram, GivesOutputAndExitCode) {
  const RunEnd fine = RunScript("printf 'a b'");
  EXPECT_EQ(fine.output, "a b");
  EXPECT_EQ(fine.exit_code, 0);
  EXPECT_EQ(fine.signal, 0);
  EXPECT_FALSE(fine.timed_out || fine.overflowed);
  const RunEnd failed = RunScript("printf part; exit 3");
  EXPECT_EQ(failed.output, "part");
  EXPECT_EQ(failed.exit_code, 3);
  EXPECT_EQ(failed.signal, 0);
}

TEST(RunProgram, TellsTheSignalThatEndedIt) {
  const RunEnd end = RunScript("kill -TERM $$");
  EXPECT_EQ(end.signal, SIGTERM);
  EXPECT_EQ(end.exit_code, 0);
  EXPECT_FALSE(end.timed_out || end.overflowed);
}

TEST(RunProgram, ExactlyAsMuchAsMayBeWrittenIsFine) {
  const RunEnd fine = RunScript("printf 12345", {kLong, 5});
  EXPECT_FALSE(fine.overflowed);
  EXPECT_EQ(fine.output, "12345");
  EXPECT_TRUE(RunScript("printf 123456", {kLong, 5}).overflowed);
  const RunEnd flood = RunScript("while :; do printf 1234567890; done", {kLong, 1000});
  EXPECT_TRUE(flood.overflowed);
  EXPECT_TRUE(flood.signal == SIGKILL || flood.signal == SIGPIPE)
      << flood.signal << ": killed, or ended by writing where nobody reads any more";
}

TEST(RunProgram, OneThatHangsIsKilledAtItsTime) {
  const absl::Time start = absl::Now();
  const RunEnd end = RunScript("printf part; exec sleep 60", {absl::Milliseconds(300), 1 << 20});
  EXPECT_TRUE(end.timed_out);
  EXPECT_EQ(end.signal, SIGKILL);
  EXPECT_LT(absl::Now() - start, absl::Seconds(10));
}

TEST(RunProgram, OneThatClosedItsOutputHasNothingLeftToDo) {
  const absl::Time start = absl::Now();
  const RunEnd end = RunScript("printf all; exec >&-; exec sleep 60", {absl::Milliseconds(500), 1 << 20});
  EXPECT_EQ(end.output, "all");
  EXPECT_FALSE(end.timed_out);
  EXPECT_EQ(end.signal, SIGKILL);
  EXPECT_LT(absl::Now() - start, absl::Seconds(6));
}

TEST(RunProgram, AnInputThatNobodyReadsIsNoError) {
  const RunEnd end = RunScript("exec <&-; printf enough; exit 4\n" + std::string(8 << 20, '#'));
  EXPECT_EQ(end.output, "enough");
  EXPECT_EQ(end.exit_code, 4);
  EXPECT_FALSE(end.timed_out);
}

TEST(RunProgram, InheritsNoVariable) {
  setenv("ATTAIN_TEST_SECRET", "seen", 1);
  EXPECT_EQ(RunScript("printf '%s' \"${ATTAIN_TEST_SECRET:-none}\"; pwd").output, "none/\n");
}

TEST(RunProgram, WhatIsNotThereIsNotFound) {
  EXPECT_EQ(RunProgram("/nonexistent/reader", "", {}).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace attain::documents
