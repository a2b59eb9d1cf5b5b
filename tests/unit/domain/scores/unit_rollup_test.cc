// A unit's roll-up (RULES 2.7): one mode and one set of grades for all its tables, whatever rules
// each of them has.
#include "absl/strings/str_cat.h"
#include "attain/v1/profile_service.pb.h"
#include "gmock/gmock.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class UnitRollup : public EngineFixture {
 protected:
  void SetUp() override {
    Open();
    MakeTable("seed", "t", 2, v1::ACCUMULATION_LATEST, /*approve=*/false);  // the pattern of all tables
  }

  v1::Profile ProfileOf(const std::string& name) {
    v1::GetProfileRequest get;
    get.set_name(name);
    return Ask<v1::GetProfileResponse>(get).profile();
  }
  void CreateProfile(const std::string& id, v1::RollupMode rollup) {
    v1::CreateProfileRequest create;
    create.set_profile_id(id);
    *create.mutable_profile() = ProfileOf("profiles/national");
    create.mutable_profile()->set_rollup(rollup);
    Do<v1::CreateProfileResponse>(create);
  }
  // A table of units/u in force, two rows of 45 points, with `reached` of 30 on each and the whole budget
  // spent.
  void AddTable(const std::string& id, const std::string& profile, const std::string& budget,
                const std::string& reached) {
    v1::CreateUnitRequest create_unit;
    create_unit.set_unit_id("u");
    create_unit.mutable_unit()->set_display_name("u");
    v1::CreateUnitResponse ignored;
    (void)Try(create_unit, &ignored);
    v1::CreateTableRequest create;
    create.set_parent("units/u");
    create.set_table_id(id);
    *create.mutable_table() = TableOf("units/seed/tables/t");
    create.mutable_table()->clear_name();
    create.mutable_table()->clear_etag();
    create.mutable_table()->set_profile(profile);
    create.mutable_table()->mutable_budget()->set_total(budget);
    for (v1::Indicator& row : *create.mutable_table()->mutable_indicators()) row.clear_name();
    v1::SubmitTableRequest submit;
    submit.set_name(absl::StrCat("units/u/tables/", id));
    submit.set_etag(Do<v1::CreateTableResponse>(create).table().etag());
    v1::ApproveTableRequest approve;
    approve.set_name(submit.name());
    approve.set_etag(Do<v1::SubmitTableResponse>(submit).table().etag());
    Do<v1::ApproveTableResponse>(approve);
    for (const char* row : {"i1", "i2"}) Report(absl::StrCat(submit.name(), "/indicators/", row), reached);
    v1::RecordSpendingRequest spend;
    spend.set_parent(submit.name());
    spend.mutable_spending()->set_spent(budget);
    spend.mutable_spending()->set_date("2024-06-30");
    Do<v1::RecordSpendingResponse>(spend);
  }
  void Adopt(const std::string& id) {
    v1::ProposeAmendmentRequest propose;
    propose.set_parent(absl::StrCat("units/u/tables/", id));
    propose.set_etag(TableOf(propose.parent()).etag());
    propose.mutable_amendment()->set_reason("new rules");
    propose.mutable_amendment()->set_effective_date("2024-09-01");
    propose.mutable_amendment()->set_adopt_newest_profile(true);
    v1::ApproveAmendmentRequest approve;
    const v1::Amendment amendment = Do<v1::ProposeAmendmentResponse>(propose, "lead").amendment();
    approve.set_name(amendment.name());
    approve.set_etag(amendment.etag());
    Do<v1::ApproveAmendmentResponse>(approve, "office");
  }
  v1::Explanation Explain() {
    v1::ExplainScoreRequest explain;
    explain.set_name("units/u");
    return Ask<v1::ExplainScoreResponse>(explain).explanation();
  }
  std::string Explained() { return Explain().DebugString(); }
  // "symbol value unit" of each table that the explanation names.
  std::vector<std::string> Tables() {
    std::vector<std::string> tables;
    const v1::Explanation explanation = Explain();
    for (const v1::ExplanationInput& input : explanation.inputs()) {
      if (input.symbol() == "p1" || input.symbol() == "p2")
        tables.push_back(absl::StrCat(input.symbol(), " ", input.value(), " ", input.unit()));
    }
    return tables;
  }
};

TEST_F(UnitRollup, TablesUnderOtherProfilesAreRolledUpAsTheUnitIs) {
  CreateProfile("plain", v1::ROLLUP_MODE_PLAIN_MEAN);
  AddTable("p1", "profiles/plain", "10", "15");     // 45 + 10
  AddTable("p2", "profiles/national", "30", "30");  // 90 + 10
  EXPECT_EQ(ScoreOf("units/u").score(), "77.50") << "the unit's first table rolls up by plain mean";
  EXPECT_THAT(Explained(), HasSubstr("plain mean"));
  EXPECT_THAT(Tables(), ElementsAre("p1 55.00 ", "p2 100.00 ")) << "budgets do not weigh";
  v1::AsOf day;
  day.set_date("2024-12-31");
  EXPECT_EQ(ScoreOf("units/u", day).score(), "77.50");
  Open();
  Report("units/u/tables/p1/indicators/i1", "30");
  EXPECT_EQ(ScoreOf("units/u").score(), "88.75");
}

TEST_F(UnitRollup, ByBudgetWhenTheFirstTableIs) {
  CreateProfile("plain", v1::ROLLUP_MODE_PLAIN_MEAN);
  AddTable("p1", "profiles/national", "30", "30");
  AddTable("p2", "profiles/plain", "10", "15");
  EXPECT_EQ(ScoreOf("units/u").score(), "88.75");
  EXPECT_THAT(Explained(), HasSubstr("weighted by adjusted budget"));
  EXPECT_THAT(Tables(), ElementsAre("p1 100.00 × 30", "p2 55.00 × 10"));
}

TEST_F(UnitRollup, FollowsTheNewestVersionThatATableHasAdopted) {
  CreateProfile("own", v1::ROLLUP_MODE_BY_ADJUSTED_BUDGET);
  AddTable("p1", "profiles/own", "10", "15");  // 55
  AddTable("p2", "profiles/own", "30", "30");  // 100
  EXPECT_EQ(ScoreOf("units/u").score(), "88.75");
  EXPECT_EQ(ScoreOf("units/u").grade(), "良");
  const int64_t before = static_cast<int64_t>(store().head().revision);
  v1::UpdateProfileRequest update;
  update.mutable_update_mask()->add_paths("*");
  *update.mutable_profile() = ProfileOf("profiles/own");
  update.mutable_profile()->set_rollup(v1::ROLLUP_MODE_PLAIN_MEAN);
  update.mutable_profile()->mutable_grades(1)->set_from("75");
  Do<v1::UpdateProfileResponse>(update);
  EXPECT_EQ(ScoreOf("units/u").score(), "88.75") << "no table has adopted it";
  Adopt("p2");
  v1::Score score = ScoreOf("units/u");
  EXPECT_EQ(score.profile_version(), 2);
  EXPECT_EQ(score.score(), "77.50");
  EXPECT_EQ(score.grade(), "良");
  Report("units/u/tables/p1/indicators/i1", "30");
  EXPECT_EQ(ScoreOf("units/u").score(), "88.75") << "(77.5 + 100) / 2";
  v1::ReadOptions then;
  then.set_read_revision(before);
  EXPECT_EQ(ScoreOf("units/u", then).profile_version(), 1);
  v1::AsOf original;
  original.set_target_basis(v1::TARGET_BASIS_ORIGINAL);
  EXPECT_EQ(ScoreOf("units/u", original).profile_version(), 1)
      << "as first approved, under the rules of then";
  EXPECT_EQ(ScoreOf("units/u", original).score(), "94.38");  // (10 × 77.5 + 30 × 100) / 40
  v1::DiffScoresRequest diff;
  diff.set_name("units/u");
  diff.mutable_from()->set_read_revision(before);
  const auto parts = Ask<v1::DiffScoresResponse>(diff);
  EXPECT_EQ(parts.score_before(), "88.75");
  EXPECT_EQ(parts.score_after(), "88.75");
  Open();
  Report("units/u/tables/p2/indicators/i1", "15", "2024-07-01");
  EXPECT_EQ(ScoreOf("units/u").score(), "77.50") << "(77.5 + 77.5) / 2, from what was stored";
}

}  // namespace
}  // namespace attain::engine
