#include "clients/cli/terminal/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace attain::cli {
namespace {

TEST(Progress, SaysNothingWithinTheFirstSecond) {
  std::ostringstream err;
  {
    ProgressBar bar(&err, true, absl::UnixEpoch());
    bar.Update(1, 10, absl::UnixEpoch() + absl::Milliseconds(900));
  }
  EXPECT_EQ(err.str(), "");
}

TEST(Progress, SaysNothingWithoutATerminal) {
  std::ostringstream err;
  {
    ProgressBar bar(&err, false, absl::UnixEpoch());
    bar.Update(1, 10, absl::UnixEpoch() + absl::Seconds(9));
  }
  EXPECT_EQ(err.str(), "");
}

TEST(Progress, ShowsAtMostTenTimesASecondAndWipesItselfAway) {
  std::ostringstream err;
  {
    ProgressBar bar(&err, true, absl::UnixEpoch());
    bar.Update(5, 10, absl::UnixEpoch() + absl::Milliseconds(1000));
    bar.Update(6, 10, absl::UnixEpoch() + absl::Milliseconds(1050));
  }
  EXPECT_THAT(err.str(), testing::HasSubstr(" 50 %  5 / 10"));
  EXPECT_THAT(err.str(), testing::Not(testing::HasSubstr("6 / 10")));
  EXPECT_THAT(err.str(), testing::EndsWith("\r\033[K"));
}

TEST(Elapsed, ShowsSecondsOnATerminalAndWipesItselfAway) {
  std::ostringstream err, file;
  {
    ElapsedLine line(&err, true, "Scoring", absl::UnixEpoch());
    line.Update(absl::UnixEpoch() + absl::Milliseconds(999));
    EXPECT_EQ(err.str(), "");
    line.Update(absl::UnixEpoch() + absl::Milliseconds(2100));
    line.Update(absl::UnixEpoch() + absl::Milliseconds(2900));
    ElapsedLine silent(&file, false, "Scoring", absl::UnixEpoch());
    silent.Update(absl::UnixEpoch() + absl::Seconds(9));
  }
  EXPECT_EQ(err.str(), "\rScoring  2 s\033[K\r\033[K");
  EXPECT_EQ(file.str(), "");
}

TEST(Progress, LineFillsUp) {
  EXPECT_EQ(ProgressLine(0, 4), "[>                             ]   0 %  0 / 4");
  EXPECT_EQ(ProgressLine(4, 4), "[==============================] 100 %  4 / 4");
  EXPECT_EQ(ProgressLine(0, 0), "[==============================] 100 %  0 / 0");
}

TEST(Progress, NumbersHaveCommas) {
  EXPECT_EQ(WithCommas(0), "0");
  EXPECT_EQ(WithCommas(999), "999");
  EXPECT_EQ(WithCommas(1000), "1,000");
  EXPECT_EQ(WithCommas(1234567), "1,234,567");
}

}  // namespace
}  // namespace attain::cli
