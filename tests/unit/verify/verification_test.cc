// A verification as its callers have it: while others commit, cancelled, with more findings than are told.
#include "service/verify/verification.h"

#include <gmock/gmock.h>

#include <atomic>
#include <map>
#include <thread>

#include "absl/strings/str_cat.h"
#include "service/state/keys.h"
#include "storage/inspection.h"
#include "storage/key_codec.h"
#include "tests/unit/verify/verify_fixture.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using VerificationTest = VerifyFixture;

// Puts a unit that no entry made at each of so many revisions.
void PutUnits(const storage::Database& raw, int count) {
  for (int i = 0; i < count; ++i) {
    EXPECT_TRUE(raw.db()
                    ->Put({}, raw.family(storage::kState),
                          storage::VersionedKey(UnitKey(absl::StrCat("x", i)), 1), std::string(1, 1))
                    .ok());
  }
}

TEST_F(VerificationTest, WhileOthersCommitItFindsNothing) {
  Fill();
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    for (int i = 0; !stop; ++i) RecordReport("latest", absl::StrCat(i % 90));
  });
  uint64_t last = 0;
  for (int i = 0; i < 10; ++i) {
    EXPECT_THAT(Verify(), IsEmpty());
    EXPECT_GE(result_.head.revision, last);
    last = result_.head.revision;
  }
  stop = true;
  writer.join();
  EXPECT_GE(store_->head().revision, last);
}

// What comes after the moment of the inspection is not looked at, though it is there.
TEST_F(VerificationTest, CoversWhatWasCommittedWhenItBegan) {
  Fill();
  const storage::Head before = store_->head();
  const auto inspection = *store_->Inspect();
  RecordReport("latest", "41");
  const auto result = VerifyStore(*inspection, {});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_TRUE(result->sound());
  EXPECT_EQ(result->head.revision, before.revision);
  EXPECT_EQ(result->head.hash, before.hash);
}

TEST_F(VerificationTest, ACancelledOneSaysSo) {
  Fill();
  std::atomic<bool> cancelled = true;
  VerifyOptions options;
  options.cancelled = &cancelled;
  EXPECT_EQ(VerifyStore(**store_->Inspect(), options).status().code(), absl::StatusCode::kCancelled);
  cancelled = false;
  EXPECT_TRUE(VerifyStore(**store_->Inspect(), options).ok());
}

TEST_F(VerificationTest, ProgressReachesTheEndOfEachPart) {
  Fill();
  const uint64_t head = store_->head().revision;
  Edit([](const storage::Database&) {});  // so that there are files
  std::map<VerifyPart, std::pair<uint64_t, uint64_t>> reached;
  VerifyOptions options;
  options.on_progress = [&](VerifyPart part, uint64_t done, uint64_t total) {
    EXPECT_LE(done, total);
    EXPECT_GE(done, reached[part].first);
    reached[part] = {done, total};
  };
  ASSERT_TRUE(VerifyStore(**store_->Inspect(), options).ok());
  EXPECT_EQ(reached[VerifyPart::kJournal], std::pair(head, head));
  EXPECT_EQ(reached[VerifyPart::kState], std::pair(head, head));
  EXPECT_GT(reached[VerifyPart::kFiles].second, 1000u);
  EXPECT_EQ(reached[VerifyPart::kFiles].first, reached[VerifyPart::kFiles].second);
}

TEST_F(VerificationTest, FindingsAboveTheLimitAreCounted) {
  Fill();
  Edit([](const storage::Database& raw) { PutUnits(raw, 30); });
  uint64_t told = 0;
  VerifyOptions options;
  options.most_told = 20;
  options.on_finding = [&](const VerifyFinding&) { ++told; };
  const auto result = VerifyStore(**store_->Inspect(), options);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(told, 20u);
  EXPECT_EQ(result->total(), 30u);
  EXPECT_EQ(result->findings[static_cast<int>(VerifyPart::kState)], 30u);
  EXPECT_FALSE(result->sound());
}

TEST_F(VerificationTest, OnlyThePartsAskedForAreVerified) {
  Fill();
  Edit([](const storage::Database& raw) { PutUnits(raw, 1); });
  EXPECT_THAT(Verify({VerifyPart::kJournal, VerifyPart::kHeads, VerifyPart::kFiles}), IsEmpty());
  EXPECT_THAT(Verify({VerifyPart::kState}),
              ElementsAre("unit units/x0 at revision 1: no entry of the journal made it"));
}

TEST_F(VerificationTest, AFindingSpeaksBothLanguages) {
  const VerifyFinding finding{VerifyPart::kState, 7, "unit units/a", {"缺失", "is missing"}};
  EXPECT_EQ(DescribeFinding(finding, "en"), "unit units/a at revision 7: is missing");
  EXPECT_EQ(DescribeFinding(finding, "zh-CN"), "unit units/a，第 7 次记录：缺失");
  EXPECT_EQ(DescribeFinding({VerifyPart::kFiles, 0, "1.sst", {"缺失", "is missing"}}, "en"),
            "1.sst: is missing");
  EXPECT_EQ(DescribeFinding({VerifyPart::kFiles, 0, "1.sst", {"缺失", "is missing"}}, "zh-CN"),
            "1.sst：缺失");
}

}  // namespace
}  // namespace attain::engine
