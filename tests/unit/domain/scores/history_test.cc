// Invariants 3, 4 and 5 of the architecture over random histories.
#include <map>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "service/model/table_model.h"
#include "service/state/keys.h"
#include "service/state/rebuild.h"
#include "tests/unit/engine/engine_fixture.h"
#include "tests/unit/engine/random_history.h"

namespace attain::engine {
namespace {

constexpr int kSteps = 720, kSample = 24;
constexpr const char* kTables[] = {"p1", "p2", "p3", "p4", "p5"};

std::string TableName(absl::string_view table) {
  return absl::StrCat("units/u/tables/", table);
}

// Which revision was the newest input differs: the running board also counts what was taken back.
void ClearRevisions(v1::Score* score) {
  score->clear_revision();
  score->clear_target_basis();
  for (v1::IndicatorScore& row : *score->mutable_indicators()) row.clear_revision();
}

class History : public EngineFixture, public ::testing::WithParamInterface<uint64_t> {
 protected:
  void SetUp() override {
    if (GetParam() % 2 == 0) engine_options.large_group = 1;  // the other way of committing
    Open();
    ImportSample();
  }

  // One step; refusals (a value the indicator does not take) belong to a history.
  void Advance(RandomHistory* history) {
    Step step = history->Next();
    if (Try(*step.request, step.response.get(), step.actor).ok()) {
      history->Accepted(step);
      ++accepted_;
      ++kinds_[step.request->GetDescriptor()->name()];
    }
  }
  RandomHistory Begin() {
    return {GetParam(),
            {[this](const std::string& table) { return TableOf(table); },
             [this](const std::string& table) { return EvaluationOf(table).evaluation(); }}};
  }

  // From scratch: all reports, spending and reviews up to a day that is still to come, read and scored again.
  v1::AsOf FromScratch() {
    v1::AsOf as_of;
    as_of.set_date("2999-12-31");
    return as_of;
  }

  void ExpectIncrementalEqualsFromScratch() {
    for (const char* table : kTables) {
      v1::Score kept = ScoreOf(TableName(table)), fresh = ScoreOf(TableName(table), FromScratch());
      ClearRevisions(&kept);
      ClearRevisions(&fresh);
      ASSERT_EQ(kept.DebugString(), fresh.DebugString()) << table;
      ExpectStoredScores(table, kept);
    }
    v1::Score kept = ScoreOf("units/u"), fresh = ScoreOf("units/u", FromScratch());
    ClearRevisions(&kept);
    ClearRevisions(&fresh);
    ASSERT_EQ(kept.DebugString(), fresh.DebugString());
  }

  // The scores that lie on disk beside the figures.
  void ExpectStoredScores(absl::string_view table, const v1::Score& score) {
    const auto reader = *store().ReadAt(store().head().revision);
    const auto bytes = *reader->Get(BoardKey("u", table));
    disk::BoardState board;
    ASSERT_TRUE(bytes.has_value() && board.ParseFromString(bytes->value));
    EXPECT_EQ(scoring::Decimal::Parse(board.total())->ToFixed(2), score.score());
    ASSERT_EQ(board.cells_size(), score.indicators_size());
    for (int i = 0; i < board.cells_size(); ++i) {
      const std::string& stored = board.cells(i).score();
      EXPECT_EQ(stored.empty() ? "" : scoring::Decimal::Parse(stored)->ToFixed(2),
                score.indicators(i).score());
    }
  }

  // Everything that can be asked about one revision, as bytes.
  std::string AnswersAt(int64_t revision) {
    std::string bytes;
    v1::ReadOptions read;
    read.set_read_revision(revision);
    for (const char* table : kTables) {
      bytes += ScoreOf(TableName(table), read).SerializeAsString();
      bytes += BytesOf(EvaluationOf(TableName(table), read));
      Past original(read);
      original.as_of.set_target_basis(v1::TARGET_BASIS_ORIGINAL);
      bytes += ScoreOf(TableName(table), original).SerializeAsString();
      v1::ListActualsRequest list;
      list.set_parent(absl::StrCat(TableName(table), "/indicators/-"));
      list.set_page_size(1000);
      *list.mutable_read() = read;
      bytes += BytesOf(Ask<v1::ListActualsResponse>(list));
    }
    bytes += ScoreOf("units/u", read).SerializeAsString();
    v1::ListScoresRequest rank;
    rank.set_parent("units/u");
    rank.set_order_by("score desc");
    *rank.mutable_read() = read;
    return bytes + BytesOf(Ask<v1::ListScoresResponse>(rank));
  }

  // The token names the store, and a store that was rebuilt is another one.
  template <typename Response>
  static std::string BytesOf(Response response) {
    response.mutable_read()->clear_token();
    return response.SerializeAsString();
  }

  int accepted_ = 0;
  std::map<std::string, int> kinds_;  // accepted, by request
};

TEST_P(History, IncrementalEqualsFromScratch) {
  RandomHistory history = Begin();
  for (int i = 1; i <= kSteps; ++i) {
    Advance(&history);
    if (i % kSample == 0) ExpectIncrementalEqualsFromScratch();
  }
  EXPECT_GT(accepted_, kSteps / 2);
  for (const char* kind : {"ApproveAmendmentRequest", "RejectAmendmentRequest", "SubmitEvaluationRequest",
                           "ReviewIndicatorRequest", "ReturnEvaluationRequest", "CorrectActualRequest",
                           "RetractActualRequest"}) {
    EXPECT_GT(kinds_[kind], 0) << kind << " was never accepted: the history is too tame";
  }
}

TEST_P(History, AReadAtARevisionGivesTheSameBytesForEver) {
  RandomHistory history = Begin();
  std::map<int64_t, std::string> remembered;
  for (int i = 1; i <= kSteps; ++i) {
    Advance(&history);
    if (i % kSample != 0) continue;
    const int64_t head = static_cast<int64_t>(store().head().revision);
    remembered[head] = AnswersAt(head);
  }
  const auto expect_same = [&](const char* when) {
    for (const auto& [revision, bytes] : remembered)
      EXPECT_TRUE(AnswersAt(revision) == bytes) << "revision " << revision << " " << when;
  };
  expect_same("after later writes");
  Open();
  expect_same("after a restart");
  auto copy = OpenStore("copy");
  ASSERT_TRUE(Rebuild(store(), copy.get()).ok());
  EXPECT_EQ(*copy->ContentDigest(), *store().ContentDigest());
  copy.reset();
  Open("copy");
  expect_same("in a store rebuilt from the journal");
}

INSTANTIATE_TEST_SUITE_P(Seeds, History, ::testing::Values(1, 2, 3));

}  // namespace
}  // namespace attain::engine
