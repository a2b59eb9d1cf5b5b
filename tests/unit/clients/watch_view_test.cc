#include "clients/cli/show/watch_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace attain::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class View : public testing::Test {
 protected:
  static v1::Score Score(const std::string& name, const std::string& points, int year = 0) {
    v1::Score score;
    score.set_name(absl::StrCat("units/", name));
    score.set_score(points);
    score.set_fiscal_year(year);
    score.set_table_count(year > 0 ? 3 : 0);
    return score;
  }
  void Begin(const std::vector<v1::Score>& scores) {
    v1::WatchSnapshot snapshot;
    for (const v1::Score& score : scores) *snapshot.add_scores() = score;
    view_.Apply(snapshot);
  }
  void Move(const v1::Score& before, const v1::Score& after, bool left = false) {
    v1::WatchChanges changes;
    v1::WatchEvent* const event = changes.add_events();
    *event->mutable_score_before() = before;
    *event->mutable_score_after() = after;
    event->set_left(left);
    view_.Apply(changes);
  }
  std::string Printed(const Style& style) {
    std::ostringstream text;
    view_.Table(context_, 100).Print(text, style);
    return text.str();
  }
  // "name points" of every row.
  std::vector<std::string> Rows() {
    std::vector<std::string> rows;
    for (const absl::string_view line : absl::StrSplit(Printed(Style()), '\n', absl::SkipEmpty())) {
      const std::vector<std::string> cells = absl::StrSplit(line, ' ', absl::SkipEmpty());
      rows.push_back(absl::StrCat(cells[0], " ", cells[1]));
    }
    rows.erase(rows.begin());  // the header
    return rows;
  }

  std::ostringstream out_, err_;
  const Context context_ = *Context::Make(*Args::Parse({"watch"}, Language::kEnglish), Language::kEnglish,
                                          &out_, Style(), &err_, false);
  WatchView view_;
};

TEST_F(View, AUnitHasARowForEachOfItsYears) {
  Begin({Score("u", "80.00", 2024), Score("u", "90.00", 2025)});
  EXPECT_THAT(Rows(), ElementsAre("u 80.00", "u 90.00"));
  Move(Score("u", "90.00", 2025), Score("u", "91.00", 2025));
  EXPECT_THAT(Rows(), ElementsAre("u 80.00", "u 91.00"));
  EXPECT_EQ(view_.size(), 2u);
}

TEST_F(View, WhatLeavesIsTakenOffTheScreen) {
  Begin({Score("u/tables/p1", "80.00"), Score("u/tables/p2", "90.00"), Score("u/tables/p3", "95.00")});
  Move(Score("u/tables/p2", "90.00"), Score("u/tables/p2", "59.00"), /*left=*/true);
  EXPECT_THAT(Rows(), ElementsAre("u/p1 80.00", "u/p3 95.00")) << "no longer what was asked for";
  v1::WatchChanges gone;
  *gone.add_events()->mutable_score_before() = Score("u/tables/p3", "95.00");
  gone.mutable_events(0)->set_left(true);
  view_.Apply(gone);
  EXPECT_THAT(Rows(), ElementsAre("u/p1 80.00")) << "there is none any more";
}

TEST_F(View, WhatRisesIsGreenAndWhatFallsRed) {
  const Style colours(/*colours=*/true, /*columns=*/0);
  Move(Score("u/tables/p1", "80.00"), Score("u/tables/p1", "82.50"));
  Move(Score("u/tables/p2", "80.00"), Score("u/tables/p2", "77.00"));
  EXPECT_THAT(Printed(colours), HasSubstr(colours.Paint(Colour::kGreen, "+2.50")));
  EXPECT_THAT(Printed(colours), HasSubstr(colours.Paint(Colour::kRed, "-3.00")));
  Move(Score("u/tables/p2", "77.00"), Score("u/tables/p2", "77.00"));
  EXPECT_THAT(Printed(colours), Not(HasSubstr("-3.00"))) << "only the last movement";
}

TEST_F(View, IdsAreInTheirOwnOrderAndWhatHoldsOthersComesBeforeThem) {
  Begin({Score("u/tables/p1/indicators/i10", "1.00"), Score("u/tables/p1/indicators/i2", "2.00"),
         Score("u/tables/p10", "3.00"), Score("u/tables/p2", "4.00"), Score("u/tables/p1", "5.00"),
         Score("u", "6.00", 2024)});
  EXPECT_THAT(Rows(),
              ElementsAre("u 6.00", "u/p1 5.00", "u/p1/i2 2.00", "u/p1/i10 1.00", "u/p2 4.00", "u/p10 3.00"));
}

}  // namespace
}  // namespace attain::cli
