#include "clients/cli/show/watch_screen.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/terminal/wrap.h"

namespace attain::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using Kind = client::WatchUpdate::Kind;

class Screen : public testing::Test {
 protected:
  explicit Screen(int columns = 80)
      : size_{columns, 24},
        context_(*Context::Make(*Args::Parse({"watch", "展会"}, Language::kChinese), Language::kChinese,
                                &out_, Style(false, columns), &err_, false)) {}

  WatchScreen Make(bool live, bool snapshot = true) {
    return WatchScreen(context_, {"展会", live, snapshot, [this] { return size_; }});
  }

  static client::WatchUpdate Update(Kind kind) {
    client::WatchUpdate update;
    update.kind = kind;
    return update;
  }
  static v1::Score Score(const std::string& table, const std::string& points) {
    v1::Score score;
    score.set_name(absl::StrCat("units/urumqi-itc/tables/", table));
    score.set_display_name("跨区域协同创新合作年会工作经费");
    score.set_score(points);
    score.set_grade("差");
    score.set_sure("0.00");
    score.set_possible("100.00");
    score.set_light(v1::WARNING_LIGHT_RED);
    return score;
  }
  static client::WatchUpdate Snapshot() {
    client::WatchUpdate update = Update(Kind::kSnapshot);
    for (const char* table : {"p1", "p2"})
      *update.response.mutable_snapshot()->add_scores() = Score(table, "10.00");
    return update;
  }
  static client::WatchUpdate Change() {
    client::WatchUpdate update = Update(Kind::kChanges);
    v1::WatchChanges* changes = update.response.mutable_changes();
    changes->set_revision(12);
    changes->mutable_record_time()->set_seconds(1700000000);
    v1::WatchEvent* event = changes->add_events();
    event->set_name("units/urumqi-itc/tables/p1");
    *event->mutable_score_before() = Score("p1", "10.00");
    *event->mutable_score_after() = Score("p1", "20.00");
    event->set_actor("项目组的一位工作人员");
    event->set_cause("RecordActual");
    return update;
  }
  void Show(WatchScreen* screen, const client::WatchUpdate& update) {
    ASSERT_TRUE(screen->Show(update, 0).ok());
  }

  // What the last drawing put on the terminal.
  std::vector<std::string> LastLines() const {
    const std::string all = out_.str();
    const size_t at = all.rfind("\033[J");
    return absl::StrSplit(at == std::string::npos ? all : all.substr(at + 3), '\n', absl::SkipEmpty());
  }

  ScreenSize size_;
  std::ostringstream out_, err_;
  Context context_;
};

TEST_F(Screen, SaysThatItWaitsBeforeThereIsAnything) {
  WatchScreen screen = Make(/*live=*/true);
  screen.Begin();
  EXPECT_THAT(out_.str(), HasSubstr("等待现状"));
  EXPECT_THAT(out_.str(), HasSubstr("正在关注 展会"));
  EXPECT_THAT(out_.str(), Not(HasSubstr("没有符合的内容")));
  Show(&screen, Update(Kind::kCreated));
  EXPECT_THAT(LastLines().back(), HasSubstr("等待现状"));
  Show(&screen, Update(Kind::kSnapshotEnd));
  EXPECT_THAT(LastLines().back(), HasSubstr("没有符合的内容"));
}

TEST_F(Screen, WithoutASnapshotItWaitsForChanges) {
  WatchScreen screen = Make(/*live=*/true, /*snapshot=*/false);
  Show(&screen, Update(Kind::kCreated));
  EXPECT_THAT(LastLines().back(), HasSubstr("还没有变化"));
}

TEST_F(Screen, NoLineIsWiderThanTheTerminal) {
  for (const int columns : {80, 60, 40}) {
    size_.columns = columns;
    out_.str("");
    WatchScreen screen = Make(/*live=*/true);
    Show(&screen, Snapshot());
    Show(&screen, Change());
    EXPECT_THAT(out_.str(), HasSubstr("p1"));
    for (const std::string& line : LastLines()) EXPECT_LE(PrintedWidth(line), columns) << line;
  }
}

TEST_F(Screen, ItIsDrawnOverTheLastDrawingAlsoWhereThatWasBroken) {
  WatchScreen screen = Make(/*live=*/true);
  Show(&screen, Snapshot());
  Show(&screen, Change());
  const auto lines = static_cast<int>(LastLines().size()) + 1;  // the blank one
  Show(&screen, Change());
  EXPECT_THAT(out_.str(), HasSubstr(absl::StrCat("\033[", lines, "F\033[J")));
  int broken = 0;
  for (const std::string& line : LastLines()) broken += PrintedWidth(line) > 40 ? 2 : 1;
  size_.columns = 40;
  out_.str("");
  Show(&screen, Change());
  EXPECT_THAT(out_.str(), HasSubstr(absl::StrCat("\033[", broken + 1, "F\033[J")));
}

TEST_F(Screen, APipeGetsWhatThereIsAndThenChangesInWords) {
  WatchScreen screen = Make(/*live=*/false);
  client::WatchUpdate created = Update(Kind::kCreated);
  created.response.mutable_created()->set_revision(11);
  Show(&screen, created);
  Show(&screen, Snapshot());
  Show(&screen, Update(Kind::kSnapshotEnd));
  Show(&screen, Change());
  const std::vector<std::string> lines = absl::StrSplit(out_.str(), '\n', absl::SkipEmpty());
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0], "现状                 第 11 次记录  urumqi-itc/p1  10.00  差");
  EXPECT_TRUE(absl::EndsWith(
      lines[2], "第 12 次记录  urumqi-itc/p1  10.00 → 20.00  +10.00  差  项目组的一位工作人员  上报"))
      << lines[2];
}

}  // namespace
}  // namespace attain::cli
