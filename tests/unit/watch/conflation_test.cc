#include "service/watch/conflation.h"

#include <gtest/gtest.h>

#include "service/watch/token.h"
#include "tests/unit/watch/fake_source.h"

namespace attain::watch {
namespace {

TEST(Conflation, KeepsTheFirstBeforeAndTheLastAfterOfEachResource) {
  Conflation conflation(Select({"units/a/**", "units/b/**"}), 10, "hash");
  EXPECT_TRUE(conflation.Render().empty());
  for (Revision revision = 11; revision <= 20; ++revision) {
    conflation.Add(*MakeEntry(revision, revision % 3 == 0 ? "a" : revision % 3 == 1 ? "b" : "c"));
  }
  EXPECT_EQ(conflation.size(), 2u);
  const Messages messages = conflation.Render();
  ASSERT_EQ(messages.size(), 1u);
  v1::WatchResponse response;
  ASSERT_TRUE(response.ParseFromString(*messages[0]));
  EXPECT_EQ(response.changes().revision(), 20);
  EXPECT_EQ(DecodeToken(response.resume_token())->revision, 20u);
  ASSERT_EQ(response.changes().events_size(), 2);
  const v1::WatchEvent& a = response.changes().events(0);
  EXPECT_EQ(a.name(), "units/a/tables/t");
  EXPECT_EQ(a.score_before().score(), "11");
  EXPECT_EQ(a.score_after().score(), "18");
  EXPECT_EQ(response.changes().events(1).score_after().score(), "19");
}

}  // namespace
}  // namespace attain::watch
