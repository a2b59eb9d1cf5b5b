// The whole log into a pipe, with a clock that the test holds.
#include "service/calls/operator_log.h"

#include <gmock/gmock.h>

#include <map>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/unit/calls/log_pipe.h"

namespace attain::calls {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class OperatorLogTest : public ::testing::Test {
 protected:
  OperatorLogOptions Options() {
    OperatorLogOptions options;
    options.fd = pipe_.fd();
    options.clock = &clock_;
    options.zone = absl::UTCTimeZone();
    options.rate = {2, absl::Seconds(10)};
    options.patience = absl::Milliseconds(1);
    return options;
  }
  static Entry Of(const std::string& kind, Level level = Level::kError) {
    return {level, "call failed", {{"method", kind}}, kind};
  }

  LogPipe pipe_;
  StillClock clock_;
};

TEST_F(OperatorLogTest, WritesTheLevelsThatAreWanted) {
  for (const auto& [level, lines] : {std::pair(Level::kError, 2), std::pair(Level::kWarning, 3),
                                     std::pair(Level::kInfo, 4), std::pair(Level::kDebug, 5)}) {
    OperatorLogOptions options = Options();
    options.level = level;
    OperatorLog log(options);
    for (const Level entry : {Level::kNotice, Level::kError, Level::kWarning, Level::kInfo, Level::kDebug}) {
      EXPECT_EQ(log.Writes(entry), entry <= level);
      log.Write({entry, "x", {}, ""});
    }
    EXPECT_THAT(pipe_.Lines(), SizeIs(lines));
  }
}

TEST_F(OperatorLogTest, CountComesWithTheNextLineOfItsKind) {
  OperatorLog log(Options());
  for (int i = 0; i < 10; ++i) log.Write(Of("a"));
  clock_.Advance(absl::Seconds(10));
  log.Write(Of("a"));
  EXPECT_THAT(pipe_.Lines(),
              ElementsAre(EndsWith("method=a"), EndsWith("method=a"), EndsWith("method=a left_out=8")));
}

TEST_F(OperatorLogTest, SilentKindIsToldBeforeTheNextLineOfAny) {
  OperatorLog log(Options());
  for (int i = 0; i < 10; ++i) log.Write(Of("a"));
  EXPECT_THAT(pipe_.Lines(), SizeIs(2));
  clock_.Advance(absl::Seconds(9));
  log.Write(Of("b"));
  EXPECT_THAT(pipe_.Lines(), SizeIs(1)) << "it may go on";
  clock_.Advance(absl::Seconds(1));
  log.Write(Of("b"));
  EXPECT_THAT(pipe_.Lines(),
              ElementsAre(AllOf(StartsWith("2024-11-19T07:06:50.123456+00:00 notice lines left out"),
                                HasSubstr("kind=a left_out=8")),
                          EndsWith("method=b")));
}

TEST_F(OperatorLogTest, EndTellsWhatWasLeftOutAtAnyLevel) {
  OperatorLogOptions options = Options();
  options.level = Level::kError;
  OperatorLog log(options);
  for (int i = 0; i < 10'000; ++i) log.Write(Of("GetScore DATA_LOSS CORRUPTION"));
  EXPECT_THAT(pipe_.Lines(), SizeIs(2));
  log.TellLeftOut();
  log.TellLeftOut();
  EXPECT_THAT(pipe_.Lines(),
              ElementsAre(HasSubstr("lines left out kind=\"GetScore DATA_LOSS CORRUPTION\" left_out=9998")));
}

TEST_F(OperatorLogTest, LinesWithoutAKindAreNotLimited) {
  OperatorLog log(Options());
  for (int i = 0; i < 50; ++i) log.Write({Level::kError, "commit failed", {}, ""});
  log.TellLeftOut();
  EXPECT_THAT(pipe_.Lines(), SizeIs(50));
}

TEST_F(OperatorLogTest, LinesThatNobodyTookAreCounted) {
  OperatorLog log(Options());
  const Entry large = {Level::kError, "large", {{"cause", std::string(2000, 'x')}}, ""};
  for (int i = 0; i < 200; ++i) log.Write(large);
  const size_t arrived = pipe_.Lines().size();
  ASSERT_LT(arrived, 200u);
  log.Write({Level::kError, "again", {}, ""});
  EXPECT_THAT(pipe_.Lines(), ElementsAre(EndsWith(absl::StrCat("lost=", 200 - arrived)), EndsWith("again")));
  log.Write({Level::kError, "and again", {}, ""});
  EXPECT_THAT(pipe_.Lines(), ElementsAre(EndsWith("and again")));
}

TEST_F(OperatorLogTest, ALineSaysNothingOfWhatWasNotLeftOut) {
  OperatorLog log(Options());
  log.Write(Of("a"));
  EXPECT_THAT(pipe_.Lines(), ElementsAre(EndsWith("error call failed method=a")));
}

TEST_F(OperatorLogTest, LostLinesAreCountedUntilThatIsTold) {
  OperatorLog log(Options());
  const Entry large = {Level::kError, "large", {{"cause", std::string(2000, 'x')}}, ""};
  size_t arrived = 0;
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 200; ++i) log.Write(large);
    if (round == 0) arrived = pipe_.Lines().size();
  }
  // The second round begins with the word of the lines that the first lost, and loses lines of its own.
  const std::vector<std::string> second = pipe_.Lines();
  ASSERT_FALSE(second.empty());
  EXPECT_THAT(second[0], EndsWith(absl::StrCat("lost=", 200 - arrived)));
  log.Write({Level::kError, "again", {}, ""});
  EXPECT_THAT(pipe_.Lines(),
              ElementsAre(EndsWith(absl::StrCat("lost=", 200 - (second.size() - 1))), EndsWith("again")));
}

TEST_F(OperatorLogTest, LinesOfManyThreadsComeWhole) {
  OperatorLog log(Options());
  constexpr int kThreads = 4, kLines = 50;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&log, thread] {
      for (int i = 0; i < kLines; ++i) {
        log.Write({Level::kError, "call failed", {{"thread", absl::StrCat("t", thread)}, {"end", "."}}, ""});
        log.Write(Of("shared"));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  log.TellLeftOut();
  int whole = 0, shared = 0;
  for (const std::string& line : pipe_.Lines()) {
    EXPECT_THAT(line, StartsWith("2024-11-19T07:06:40.123456+00:00 "));
    whole += absl::EndsWith(line, " end=.") ? 1 : 0;
    shared += absl::EndsWith(line, "method=shared") ? 1 : 0;
    if (absl::StrContains(line, "left out"))
      EXPECT_THAT(line, EndsWith(absl::StrCat("left_out=", kThreads * kLines - 2)));
  }
  EXPECT_EQ(whole, kThreads * kLines);
  EXPECT_EQ(shared, 2);
}

}  // namespace
}  // namespace attain::calls
