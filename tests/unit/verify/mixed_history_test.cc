// What an engine writes for a history of everything that people do is what its journal says.
#include <gmock/gmock.h>

#include "service/verify/verification.h"
#include "storage/inspection.h"
#include "tests/unit/engine/engine_fixture.h"
#include "tests/unit/engine/random_history.h"

namespace attain::engine {
namespace {

using MixedHistoryTest = EngineFixture;

TEST_F(MixedHistoryTest, IsSound) {
  Open();
  ImportSample();
  RandomHistory history(11, {[this](const std::string& table) { return TableOf(table); },
                             [this](const std::string& table) { return EvaluationOf(table).evaluation(); }});
  for (int i = 0; i < 400; ++i) {
    Step step = history.Next();
    if (Try(*step.request, step.response.get(), step.actor).ok()) history.Accepted(step);
  }
  ASSERT_GT(store().head().revision, 100u);
  std::vector<std::string> lines;
  VerifyOptions options;
  options.on_finding = [&](const VerifyFinding& finding) { lines.push_back(DescribeFinding(finding, "en")); };
  const auto inspection = store().Inspect();
  ASSERT_TRUE(inspection.ok()) << inspection.status();
  const auto result = VerifyStore(**inspection, options);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_THAT(lines, ::testing::IsEmpty());
  EXPECT_EQ(result->head.revision, store().head().revision);
}

}  // namespace
}  // namespace attain::engine
