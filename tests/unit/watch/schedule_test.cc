#include "service/watch/schedule.h"

#include <gtest/gtest.h>

#include "service/watch/hub.h"
#include "tests/unit/watch/fake_source.h"

namespace attain::watch {
namespace {

using std::chrono::milliseconds;

class ScheduleTest : public ::testing::Test {
 protected:
  std::shared_ptr<Subscription> Make(int interval_ms) {
    Opening opening;
    opening.selection = Select({"**"});
    opening.interval = absl::Milliseconds(interval_ms);
    return std::make_shared<Subscription>(&hub_, std::move(opening), std::weak_ptr<Listener>());
  }

  FakeSource source_{1};
  Hub hub_{&source_, HubOptions()};
  const Schedule::SteadyTime start_ = std::chrono::steady_clock::now();
  Schedule schedule_{start_};
};

TEST_F(ScheduleTest, StreamsOfOneIntervalShareItsTicks) {
  const auto a = Make(100), b = Make(100), c = Make(250);
  EXPECT_EQ(schedule_.next(), Schedule::SteadyTime::max());
  EXPECT_EQ(schedule_.Add(a, start_ + milliseconds(10)), start_ + milliseconds(100));
  EXPECT_EQ(schedule_.Add(b, start_ + milliseconds(90)), start_ + milliseconds(100));
  EXPECT_EQ(schedule_.Add(c, start_ + milliseconds(90)), start_ + milliseconds(250));
  EXPECT_EQ(schedule_.next(), start_ + milliseconds(100));
  EXPECT_TRUE(schedule_.TakeDue(start_ + milliseconds(99)).empty());
  EXPECT_EQ(schedule_.TakeDue(start_ + milliseconds(100)).size(), 2u);
  EXPECT_EQ(schedule_.next(), start_ + milliseconds(250));
  EXPECT_EQ(schedule_.TakeAll().size(), 1u);
  EXPECT_EQ(schedule_.next(), Schedule::SteadyTime::max());
}

TEST_F(ScheduleTest, ALateTickIsNotMadeUpForAndKeepsItsGrid) {
  const auto one = Make(100);
  schedule_.Add(one, start_ + milliseconds(10));
  EXPECT_EQ(schedule_.TakeDue(start_ + milliseconds(150)).size(), 1u) << "the tick at 100, late";
  EXPECT_EQ(schedule_.Add(one, start_ + milliseconds(151)), start_ + milliseconds(200));
  EXPECT_EQ(schedule_.TakeDue(start_ + milliseconds(200)).size(), 1u) << "an interval after the last tick";
  schedule_.Add(one, start_ + milliseconds(210));
  schedule_.Remove(*one);
  schedule_.Remove(*one);
  EXPECT_TRUE(schedule_.TakeDue(start_ + milliseconds(300)).empty());
}

// Each had its snapshot shortly before the tick: each waits for the one after, not only the first that is
// looked at.
TEST_F(ScheduleTest, NobodyIsServedTwiceWithinAnInterval) {
  const std::vector<std::shared_ptr<Subscription>> all = {Make(100), Make(100), Make(100)};
  for (const auto& one : all) {
    one->MarkSent(start_ + milliseconds(60));
    schedule_.Add(one, start_ + milliseconds(70));
  }
  EXPECT_TRUE(schedule_.TakeDue(start_ + milliseconds(100)).empty());
  EXPECT_EQ(schedule_.next(), start_ + milliseconds(200));
  EXPECT_EQ(schedule_.TakeDue(start_ + milliseconds(200)).size(), 3u);
}

}  // namespace
}  // namespace attain::watch
