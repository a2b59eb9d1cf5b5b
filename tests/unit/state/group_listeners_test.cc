// Each listener hears what it asked for, however groups overlap.
#include "service/state/group_listeners.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace attain::engine {
namespace {

class Recorder final : public GroupListener {
 public:
  bool BeginGroup() override { return wants; }
  void EndGroup(uint64_t revision, std::optional<std::vector<MovedTable>> moved) override {
    absl::StrAppend(&heard, revision, ":");
    absl::StrAppend(&heard, moved.has_value() ? moved->at(0).table : "-", " ");
  }
  void GroupAnswered() override { absl::StrAppend(&heard, "! "); }

  bool wants = false;
  std::string heard;
};

std::vector<MovedTable> Moved(const std::string& table) {
  MovedTable moved;
  moved.table = table;
  return {moved};
}

TEST(GroupListenersTest, EachHearsWhatItAskedForWhenTheGroupBegan) {
  Recorder ranking, other, hub;
  GroupListeners all({&ranking, &other, &hub});
  EXPECT_FALSE(all.BeginGroup());
  ranking.wants = other.wants = true;
  EXPECT_TRUE(all.BeginGroup());  // before the first one ends
  other.wants = false;
  all.EndGroup(1, std::nullopt);
  all.GroupAnswered();
  EXPECT_TRUE(all.BeginGroup());
  all.EndGroup(2, Moved("a"));
  all.EndGroup(3, Moved("b"));
  EXPECT_EQ(ranking.heard, "1:- ! 2:a 3:b ");
  EXPECT_EQ(other.heard, "1:- ! 2:a 3:- ");
  EXPECT_EQ(hub.heard, "1:- ! 2:- 3:- ");
}

TEST(GroupListenersTest, NobodyWantsNothing) {
  GroupListeners nobody((std::vector<GroupListener*>()));
  EXPECT_FALSE(nobody.BeginGroup());
  nobody.EndGroup(1, std::nullopt);
  nobody.GroupAnswered();
}

}  // namespace
}  // namespace attain::engine
