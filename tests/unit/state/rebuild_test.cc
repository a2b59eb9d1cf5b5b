// Invariant 2 of the architecture: rebuilding an empty store from the journal gives byte-identical contents.
#include "service/state/rebuild.h"

#include "tests/unit/engine/engine_fixture.h"
#include "tests/unit/engine/random_history.h"

namespace attain::engine {
namespace {

using RebuildTest = EngineFixture;

TEST_F(RebuildTest, GivesByteIdenticalContents) {
  Open();
  ImportSample();
  RandomHistory history(7, {[this](const std::string& table) { return TableOf(table); },
                            [this](const std::string& table) { return EvaluationOf(table).evaluation(); }});
  for (int i = 0; i < 300; ++i) {
    Step step = history.Next();
    if (Try(*step.request, step.response.get(), step.actor).ok()) history.Accepted(step);
  }
  ASSERT_GT(store().head().revision, 60u);
  EXPECT_TRUE(store().VerifyJournal(nullptr).ok());

  std::unique_ptr<storage::Store> copy = OpenStore("copy");
  const absl::Status rebuilt = Rebuild(store(), copy.get());
  ASSERT_TRUE(rebuilt.ok()) << rebuilt;
  EXPECT_EQ(copy->head().hash, store().head().hash);
  EXPECT_EQ(*copy->ContentDigest(), *store().ContentDigest());
  EXPECT_EQ(Rebuild(store(), copy.get()).code(), absl::StatusCode::kFailedPrecondition)
      << "only into an empty store";
}

}  // namespace
}  // namespace attain::engine
