#include "service/watch/roster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "service/watch/hub.h"
#include "tests/unit/watch/fake_source.h"

namespace attain::watch {
namespace {

using ::testing::UnorderedElementsAre;

class RosterTest : public ::testing::Test {
 protected:
  const Subscription* Add(const std::string& caller, const std::vector<std::string>& names) {
    Opening opening;
    opening.selection = Select(names);
    auto member = std::make_unique<Member>();
    member->selection = opening.selection;
    member->caller = caller;
    member->subscription =
        std::make_shared<Subscription>(&hub_, std::move(opening), std::weak_ptr<Listener>());
    const Subscription* const subscription = member->subscription.get();
    roster_.Add(std::move(member));
    return subscription;
  }
  std::vector<std::string> FollowersOf(const Entry& entry) {
    std::vector<std::string> callers;
    roster_.ForEachFollowing(entry, [&](Member* member) { callers.push_back(member->caller); });
    return callers;
  }

  FakeSource source_{1};
  Hub hub_{&source_, HubOptions()};
  Roster roster_;
};

TEST_F(RosterTest, FindsThoseThatAnEntryConcerns) {
  const Subscription* const a = Add("a", {"units/a/**", "units/b"});
  Add("b", {"units/b/tables/-"});
  const Subscription* const all = Add("all", {"units/-/tables/-"});
  EXPECT_THAT(FollowersOf(*MakeEntry(1, "a")), UnorderedElementsAre("a", "all"));
  EXPECT_THAT(FollowersOf(*MakeEntry(1, "b")), UnorderedElementsAre("a", "b", "all"));
  EXPECT_THAT(FollowersOf(*MakeEntry(1, "c")), UnorderedElementsAre("all"));
  EXPECT_EQ(roster_.Remove(a)->caller, "a");
  EXPECT_EQ(roster_.Remove(a), nullptr);
  EXPECT_NE(roster_.Remove(all), nullptr);
  EXPECT_THAT(FollowersOf(*MakeEntry(1, "a")), UnorderedElementsAre());
  EXPECT_THAT(FollowersOf(*MakeEntry(1, "b")), UnorderedElementsAre("b"));
}

TEST_F(RosterTest, CountsForWhom) {
  Add("a", {"**"});
  const Subscription* const second = Add("a", {"**"});
  EXPECT_EQ(roster_.CountOf("a"), 2u);
  EXPECT_EQ(roster_.CountOf("b"), 0u);
  EXPECT_EQ(roster_.Find(second)->caller, "a");
  roster_.Remove(second);
  EXPECT_EQ(roster_.Find(second), nullptr);
  EXPECT_EQ(roster_.CountOf("a"), 1u);
}

TEST(SelectionPool, SharesWhatIsInUseAndForgetsTheRest) {
  SelectionPool pool;
  const SelectionPtr kept = pool.Intern(Select({"**"}));
  EXPECT_EQ(pool.Intern(Select({"**"})), kept);
  for (int i = 0; i < 10'000; ++i) pool.Intern(Select({absl::StrCat("units/u", i)}));
  EXPECT_LE(pool.size(), 128u) << "ten thousand that came and went";
  EXPECT_EQ(pool.Intern(Select({"**"})), kept);
}

}  // namespace
}  // namespace attain::watch
