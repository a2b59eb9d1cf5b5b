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

// A file on a disk that is full after so many bytes.
class SmallDisk {
 public:
  SmallDisk() {
    std::string path = ::testing::TempDir() + "attain-log-XXXXXX";
    fd_ = mkstemp(path.data());
    EXPECT_GE(fd_, 0);
    unlink(path.c_str());
    signal(SIGXFSZ, SIG_IGN);  // as the server does
    EXPECT_EQ(getrlimit(RLIMIT_FSIZE, &before_), 0);
  }
  ~SmallDisk() {
    Mend();
    close(fd_);
  }
  int fd() const { return fd_; }
  void FullAfter(rlim_t bytes) {
    rlimit full = before_;
    full.rlim_cur = bytes;
    EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &full), 0);
  }
  void Mend() { EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &before_), 0); }
  std::string Text() const {
    char text[256] = {};
    EXPECT_GE(pread(fd_, text, sizeof(text) - 1, 0), 0);
    return text;
  }

 private:
  int fd_ = -1;
  rlimit before_{};
};

TEST(LineWriterTest, LineThatTheDiskCutOffIsEndedOnce) {
  SmallDisk disk;
  LineWriter writer(disk.fd());
  disk.FullAfter(6);
  const bool cut = !writer.Write("cut off\n"), lost = !writer.Write("lost\n");
  disk.Mend();
  EXPECT_TRUE(cut);
  EXPECT_TRUE(lost);
  EXPECT_TRUE(writer.Write("whole\n"));
  EXPECT_TRUE(writer.Write("next\n"));
  EXPECT_EQ(disk.Text(), "cut of\nwhole\nnext\n");
}

TEST(LineWriterTest, LineThatTheDiskDidNotTakeLeavesNothing) {
  SmallDisk disk;
  LineWriter writer(disk.fd());
  ASSERT_TRUE(writer.Write("first\n"));
  disk.FullAfter(6);
  const bool lost = !writer.Write("lost\n");
  disk.Mend();
  EXPECT_TRUE(lost);
  EXPECT_TRUE(writer.Write("next\n"));
  EXPECT_EQ(disk.Text(), "first\nnext\n");
}

}  // namespace
}  // namespace attain::calls
