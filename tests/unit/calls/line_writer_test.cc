// Lines into pipes that are read, full or closed.
#include "service/calls/line_writer.h"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "absl/time/clock.h"
#include "service/calls/log_format.h"
#include "tests/unit/calls/log_pipe.h"

namespace attain::calls {
namespace {

std::string LongLine(char filling) {
  return std::string(kMaxLine - 1, filling) + "\n";
}

// Fills the pipe to where a line has no room any more; returns the number of lines that went in.
int Fill(LineWriter* writer) {
  int lines = 0;
  while (lines < 100'000 && writer->Write(LongLine('x'))) ++lines;
  return lines;
}

TEST(LineWriterTest, LinesArriveAsTheyAre) {
  LogPipe pipe;
  LineWriter writer(pipe.fd());
  EXPECT_TRUE(writer.Write("one\n"));
  EXPECT_TRUE(writer.Write(LongLine('y')));
  EXPECT_EQ(pipe.Read(), "one\n" + LongLine('y'));
}

TEST(LineWriterTest, FullPipeIsWaitedForOnceAndNotForLong) {
  LogPipe pipe;
  LineWriter writer(pipe.fd(), absl::Milliseconds(1));
  const int lines = Fill(&writer);
  ASSERT_GT(lines, 0);
  ASSERT_LT(lines, 100'000);
  // Would take a minute and more if each waited.
  LineWriter patient(pipe.fd(), absl::Milliseconds(20));
  const absl::Time start = absl::Now();
  for (int i = 0; i < 10'000; ++i) EXPECT_FALSE(patient.Write("lost\n"));
  EXPECT_LT(absl::Now() - start, absl::Seconds(20));
}

TEST(LineWriterTest, GoesOnWhenThePipeIsReadAgain) {
  LogPipe pipe;
  LineWriter writer(pipe.fd(), absl::Milliseconds(1));
  const int lines = Fill(&writer);
  EXPECT_FALSE(writer.Write("lost\n"));
  EXPECT_EQ(pipe.Lines().size(), static_cast<size_t>(lines));
  EXPECT_TRUE(writer.Write("found\n"));
  EXPECT_EQ(pipe.Read(), "found\n") << "nothing of the lost line";
}

TEST(LineWriterTest, NobodyAtTheOtherEndIsNoHarm) {
  LogPipe pipe;
  LineWriter writer(pipe.fd(), absl::Milliseconds(1));
  pipe.CloseReader();
  EXPECT_FALSE(writer.Write("lost\n"));
  EXPECT_FALSE(LineWriter(-1, absl::Milliseconds(1)).Write("no descriptor\n"));
}

TEST(LineWriterTest, LineThatTheDiskCutOffIsEndedBeforeTheNext) {
  std::string path = ::testing::TempDir() + "attain-log-XXXXXX";
  const int fd = mkstemp(path.data());
  ASSERT_GE(fd, 0);
  unlink(path.c_str());
  signal(SIGXFSZ, SIG_IGN);  // as the server does
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  LineWriter writer(fd);
  rlimit full = before;
  full.rlim_cur = 6;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &full), 0);
  const bool cut = !writer.Write("cut off\n"), lost = !writer.Write("lost\n");
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  EXPECT_TRUE(cut);
  EXPECT_TRUE(lost);
  EXPECT_TRUE(writer.Write("whole\n"));
  char text[64] = {};
  EXPECT_GT(pread(fd, text, sizeof(text) - 1, 0), 0);
  EXPECT_STREQ(text, "cut of\nwhole\n");
  close(fd);
}

}  // namespace
}  // namespace attain::calls
